import { dispatch } from '@backend/dispatch';
import { DAY, HOUR, MINUTE, type OutboxId, type PhoneE164, type UtcMs } from '@domain/kernel';
import { withConsent } from '@services/consent';
import { recordStop } from '@services/consent/record';
import {
  closeConversation,
  listInbox,
  markThreadRead,
  readEarlier,
  readThread,
  reopenConversation,
  replyTo,
  sendAnyway,
} from '@services/inbox';
import { responseTimes } from '@services/inbox/response';
import { dropReplyTemplate, keepReplyTemplate, listReplyTemplates, restoreReplyTemplate } from '@services/inbox/templates';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aNewYorker, aSendingShop, givePermission, type SendingShop } from '../support/sending-shop';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const ALL = { filter: 'all', q: '', offset: 0, limit: 100 } as const;
const ANA = '+12125550147' as PhoneE164;
let n = 0;

function person(ctx: TestCtx, id: number, first: string, last: string, phone: PhoneE164 = ANA): void {
  ctx.db.raw
    .prepare('INSERT INTO customer (id, first_name, last_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, 0)')
    .run(id, first, last, phone, 'mobile');
}
/** A reply as it was taken; `auto`: a rule took care of it. */
function wrote(ctx: TestCtx, body: string, o: { phone?: PhoneE164; at?: number; meaning?: string; auto?: boolean } = {}): string {
  const at = o.at ?? ctx.clock.now();
  const sid = `SM${++n}`;
  ctx.db.raw
    .prepare(
      "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, read_at) VALUES (?, ?, '+1', ?, ?, ?, ?, ?)",
    )
    .run(sid, o.phone ?? ANA, body, at, at, o.meaning ?? 'message', o.auto ? at : null);
  return sid;
}
const lines = (ctx: TestCtx, over: Partial<Parameters<typeof listInbox>[1]> = {}) =>
  listInbox(ctx, { ...ALL, ...over }).threads.map((t) => t.phone);

describe('conversations', () => {
  it('what waits for a person: answered, closed and automatic ones do not, a new message does again', () => {
    const ctx = aCtx();
    const [b, c, d] = [1, 2, 3].map(aNewYorker) as [PhoneE164, PhoneE164, PhoneE164];
    wrote(ctx, 'do you have it in red?');
    wrote(ctx, 'thanks', { phone: b });
    wrote(ctx, 'STOP', { phone: c, meaning: 'opt-out', auto: true });
    wrote(ctx, 'hold it please', { phone: d });
    const waiting = () => lines(ctx, { filter: 'needs-you' }).sort();
    expect(waiting()).toEqual([ANA, b, d].sort());
    ctx.clock.advance(MINUTE);
    markThreadRead(ctx, ANA); // read is not answered
    expect(listInbox(ctx, ALL).counts).toEqual({ needsYou: 3, parked: 0, unread: 2 });
    expect(readThread(ctx, ANA)).toMatchObject({ unread: 0, waiting: true });
    replyTo(ctx, owner, { phone: ANA, body: 'Yes, red is here', hours: 'wait' });
    closeConversation(ctx, owner, b);
    expect(waiting()).toEqual([d]);
    ctx.clock.advance(MINUTE);
    wrote(ctx, 'and in blue?', { phone: b });
    expect(waiting()).toEqual([b, d].sort());
    ctx.clock.advance(31 * DAY); // nobody waits for this any more
    expect(waiting()).toEqual([]);
  });

  it('a family that shares a number is named, and nobody of them is greeted by name', () => {
    const ctx = aCtx();
    person(ctx, 1, 'Ana', 'Ruiz');
    person(ctx, 2, 'Luis', 'Ruiz');
    wrote(ctx, 'hi');
    const thread = readThread(ctx, ANA);
    expect(thread.people.map((p) => p.name).sort()).toEqual(['Ana Ruiz', 'Luis Ruiz']);
    expect(thread.fields['first name']).toBe('');
    expect(listInbox(ctx, ALL).threads[0]).toMatchObject({ others: 1 });
  });

  it('is found by name without its accents, by digits and by words of a text', () => {
    const ctx = aCtx();
    person(ctx, 1, 'Ana', 'Gómez');
    wrote(ctx, '100% sure about the boots_');
    wrote(ctx, 'hello', { phone: aNewYorker(1) });
    for (const q of ['gomez', '555-0147', 'the boots', '100%', 'boots_']) expect(lines(ctx, { q }), q).toEqual([ANA]);
    for (const q of ['boots%', '0%sure', 'nobody', '9999']) expect(lines(ctx, { q }), q).toEqual([]);
  });

  it('shows who left, whatever way they took, and says how inside the conversation', () => {
    const ctx = aCtx();
    givePermission(ctx, [ANA, aNewYorker(1)]);
    wrote(ctx, 'hello');
    wrote(ctx, 'hello', { phone: aNewYorker(1) });
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: ANA, occurredAt: NOON, method: 'counter', reason: '', carrierStop: false, staffId: 2 as never }),
    );
    expect(lines(ctx, { filter: 'stopped' })).toEqual([ANA]);
    const thread = readThread(ctx, ANA);
    expect(thread.mayReply).toBe(false);
    expect(thread.permission.map((e) => [e.kind, e.method, e.staffName])).toEqual([
      ['attested', 'import', null],
      ['stopped', 'counter', 'Clara'],
    ]);
  });

  it('the summary of each conversation is what its texts say, whatever was done in whatever order', () => {
    const op = fc.record({
      what: fc.constantFrom(
        'in',
        'auto',
        'hold',
        'read',
        'answer',
        'auto-answer',
        'drop-answer',
        'close',
        'reopen',
        'not-a-stop',
        'forget',
      ),
      who: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(op, { maxLength: 25 }), (ops) => {
        const ctx = aCtx();
        const sql = (text: string, ...given: unknown[]) => ctx.db.raw.prepare(text).run(...given);
        let id = 0;
        const queue = (phone: string, cause: string) =>
          sql(
            `INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, created_at, updated_at)
             VALUES ('reply', ?, 'sms', ?, 'reply', 4, 'waiting', 'b', 1, 0, ?, 0)`,
            cause,
            phone,
            ctx.clock.now(),
          );
        for (const { what, who } of ops) {
          ctx.clock.advance(MINUTE);
          const phone = aNewYorker(who);
          if (what === 'in') wrote(ctx, 'hi', { phone });
          else if (what === 'auto') wrote(ctx, 'STOP', { phone, meaning: 'opt-out', auto: true });
          else if (what === 'hold') wrote(ctx, 'enough', { phone, meaning: 'hold' });
          else if (what === 'read') markThreadRead(ctx, phone);
          else if (what === 'answer') queue(phone, `${ctx.clock.now()}-${++id}`);
          else if (what === 'auto-answer') queue(phone, `auto:less:SM${++id}`);
          else if (what === 'drop-answer') sql("UPDATE outbox SET state = 'cancelled' WHERE address = ?", phone);
          else if (what === 'close') closeConversation(ctx, owner, phone);
          else if (what === 'reopen') reopenConversation(ctx, phone);
          else if (what === 'not-a-stop') sql("UPDATE inbound SET resolution = 'stop' WHERE from_address = ? AND meaning = 'hold'", phone);
          else sql('DELETE FROM inbound WHERE from_address = ?', phone);
        }
        const kept = ctx.db.raw.prepare('SELECT * FROM reply_thread ORDER BY address').all();
        const all = <T>(text: string, phone: unknown) => ctx.db.raw.prepare(text).all(phone) as T[];
        const told = (ctx.db.raw.prepare('SELECT DISTINCT from_address FROM inbound ORDER BY 1').pluck().all() as string[]).map((phone) => {
          type In = { received_at: number; fetched_at: number; read_at: number | null; meaning: string; resolution: string | null };
          const ins = all<In>('SELECT * FROM inbound WHERE from_address = ?', phone);
          const ours = all<{ created_at: number; state: string; cause_id: string }>('SELECT * FROM outbox WHERE address = ?', phone).filter(
            (o) => o.state !== 'cancelled' && !o.cause_id.startsWith('auto:'),
          );
          const closed = all<{ at: number }>('SELECT at FROM thread_closed WHERE address = ?', phone);
          const most = (ns: number[]) => (ns.length === 0 ? null : Math.max(...ns));
          const ours_at = most(ours.map((o) => o.created_at));
          const ended = Math.max(0, ours_at ?? 0, most(closed.map((c) => c.at)) ?? 0);
          const waits = ins
            .filter((m) => m.read_at !== m.fetched_at && !(m.meaning === 'hold' && m.resolution === 'stop') && m.received_at > ended)
            .map((m) => m.received_at);
          const last_in = Math.max(...ins.map((m) => m.received_at));
          return {
            address: phone,
            last_at: Math.max(last_in, ours_at ?? 0),
            last_in,
            our_at: ours_at,
            unread: ins.filter((m) => m.read_at === null).length,
            parked: ins.filter((m) => m.meaning === 'hold' && m.resolution === null).length,
            waiting_since: waits.length === 0 ? null : Math.min(...waits),
            asked_at: most(waits),
          };
        });
        expect(kept).toEqual(told);
      }),
      { numRuns: 40 },
    );
  });

  it('10,000 conversations: pages do not overlap, and each is there in milliseconds', () => {
    const ctx = aCtx();
    ctx.db.tx((trx) => {
      const add = trx.prepare(
        "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, read_at) VALUES (?, ?, '+1', ?, ?, ?, 'message', NULL)",
      );
      for (let i = 0; i < 30_000; i++) {
        const at = NOON - (i % 20_000) * 60_000;
        add.run(`L${i}`, aNewYorker(i % 10_000), `message ${i}`, at, at);
      }
    });
    const seen = new Set<string>();
    const times: number[] = [];
    for (const offset of [0, 100, 5000, 9900]) {
      const began = performance.now();
      const page = listInbox(ctx, { ...ALL, offset });
      times.push(performance.now() - began);
      expect(page.total).toBe(10_000);
      for (const t of page.threads) seen.add(t.phone);
    }
    expect(seen.size).toBe(400);
    const began = performance.now();
    expect(listInbox(ctx, { ...ALL, q: 'message 29999' }).total).toBe(1);
    times.push(performance.now() - began);
    console.info('10,000 conversations, ms a page:', times.map((t) => Math.round(t)).join(' '));
    expect(Math.min(...times)).toBeLessThan(100); // a busy machine is slow, not wrong
  });

  it('a long conversation comes in pieces without a gap or a double', () => {
    const ctx = aCtx();
    for (let i = 0; i < 250; i++) wrote(ctx, `m${i}`, { at: NOON - (250 - i) * MINUTE });
    const thread = readThread(ctx, ANA);
    expect(thread.more).toBe(true);
    const all = [...thread.messages];
    for (let more = thread.more; more; ) {
      const older = readEarlier(ctx, ANA, all[0]?.at ?? (0 as UtcMs));
      all.unshift(...older.messages);
      more = older.more;
    }
    expect(all.map((m) => m.body)).toEqual(Array.from({ length: 250 }, (_, i) => `m${i}`));
  });
});

describe('answers and the hours', () => {
  let shop: SendingShop | undefined;
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  });
  const state = (ctx: TestCtx, id: OutboxId) =>
    ctx.db.raw.prepare('SELECT state, reason FROM outbox WHERE id = ?').get(id) as { state: string; reason: string | null };
  /** Tuesday 22:30 in New York. */
  const NIGHT = (NOON + 11.5 * HOUR) as UtcMs;

  it('right after their message it leaves at any hour; later it waits for the morning', async () => {
    shop = await aSendingShop({ now: NIGHT });
    const { ctx } = shop;
    const phone = aNewYorker(1);
    givePermission(ctx, [phone]);
    wrote(ctx, 'are you open tomorrow?', { phone, at: NIGHT - 5 * MINUTE });
    const first = replyTo(ctx, owner, { phone, body: 'Yes, from 9', hours: 'wait' });
    expect(first.leavesAt).toBe(NIGHT);
    await shop.run(() => state(ctx, first.id).state !== 'waiting', 10 * MINUTE);
    expect(state(ctx, first.id).state).not.toBe('waiting');
    shop.advance(20 * MINUTE);
    const late = replyTo(ctx, owner, { phone, body: 'One more thing', hours: 'wait' });
    expect(new Date(late.leavesAt ?? 0).toISOString()).toBe('2026-11-18T15:00:00.000Z'); // 10:00 there
    await shop.drain();
    expect(state(ctx, late.id)).toEqual({ state: 'waiting', reason: 'quiet-hours' });
    // the owner was told what time it is there, and sends it all the same
    sendAnyway(ctx, owner, late.id);
    await shop.run(() => state(ctx, late.id).state !== 'waiting', 10 * MINUTE);
    expect(state(ctx, late.id).state).not.toBe('waiting');
    expect(ctx.db.raw.prepare('SELECT outbox_id, staff_id, local_time, opens_at FROM reply_anyway').get()).toEqual({
      outbox_id: late.id,
      staff_id: 1,
      local_time: '22:50',
      opens_at: late.leavesAt,
    });
    expect(() => sendAnyway(ctx, owner, late.id)).toThrow('outbox.not-found');
  });

  it('the word of the owner waives the hours, never a stop that came meanwhile', async () => {
    shop = await aSendingShop({ now: NIGHT });
    const { ctx } = shop;
    const phone = aNewYorker(2);
    givePermission(ctx, [phone]);
    wrote(ctx, 'hm', { phone, at: NIGHT - HOUR });
    const { id, leavesAt } = replyTo(ctx, owner, { phone, body: 'Still here?', hours: 'now' });
    expect(leavesAt).toBe(NIGHT);
    withConsent(ctx, (trx) => recordStop(ctx, trx, { phone, occurredAt: NIGHT, method: 'reply', reason: 'exact', carrierStop: false }));
    await shop.drain();
    expect(['cancelled', 'skipped']).toContain(state(ctx, id).state);
    expect(() => replyTo(ctx, owner, { phone, body: 'Please?', hours: 'now' })).toThrow('consent.opted-out');
    expect(await dispatch(ctx, clerk, 'inbox/send-anyway', { id })).toMatchObject({ error: { code: 'session.owner-only' } });
  });
});

describe('kept answers', () => {
  it('come with some, are changed, taken away and stay away, and refuse blanks that stand for nothing', () => {
    const ctx = aCtx();
    const before = listReplyTemplates(ctx);
    expect(before.length).toBeGreaterThanOrEqual(5);
    const { id } = keepReplyTemplate(ctx, { id: null, name: 'Shoes', en: 'Hi {first name|there}', es: '' });
    keepReplyTemplate(ctx, { id, name: 'Shoes!', en: 'Hi {shop}', es: 'Hola' });
    expect(listReplyTemplates(ctx).at(-1)).toEqual({ id, key: null, name: 'Shoes!', en: 'Hi {shop}', es: 'Hola' });
    expect(() => keepReplyTemplate(ctx, { id, name: 'x', en: 'Hi {name}', es: '' })).toThrow('campaign.unknown-field');
    dropReplyTemplate(ctx, before[0]?.id ?? 0);
    expect(listReplyTemplates(ctx).map((t) => t.key)).not.toContain(before[0]?.key);
    restoreReplyTemplate(ctx, before[0]?.id ?? 0);
    expect(listReplyTemplates(ctx)[0]).toEqual(before[0]);
  });
});

describe('how quickly we answer', () => {
  it('counts only messages for a person and hours in which the shop is open', () => {
    const ctx = aCtx(); // Tuesday 11:00, open 9 to 18
    const at = (hours: number) => (NOON + hours * HOUR) as number;
    const answers: [number, number][] = [
      [-1, 10], // 10:00, ten minutes later
      [-1, 20],
      [-16, 14 * 60 + 30], // 19:00 yesterday, answered 9:30 today: half an hour of opening time
    ];
    answers.forEach(([hour, minutes], i) => {
      wrote(ctx, 'question', { phone: aNewYorker(i), at: at(hour) });
      ctx.clock.set((at(hour) + minutes * MINUTE) as UtcMs);
      replyTo(ctx, owner, { phone: aNewYorker(i), body: 'answer', hours: 'wait' });
    });
    ctx.clock.set((NOON + HOUR) as UtcMs);
    wrote(ctx, 'STOP', { phone: aNewYorker(8), meaning: 'opt-out', auto: true, at: at(-5) });
    wrote(ctx, 'waiting', { phone: aNewYorker(9), at: at(-25) });
    const figures = responseTimes(ctx);
    expect(figures).toMatchObject({ answered: 3, open: 1, withinADay: { x: 3, n: 4 } });
    expect(figures.medianMinutes).toBe(20); // 10, 20, 30 and one still waiting: after 20 minutes half had an answer
    expect(figures.longest.map((l) => l.phone)).toEqual([aNewYorker(9)]);
    expect(figures.longest[0]?.minutes).toBe(11 * 60); // 8 hours of Monday, 3 of Tuesday
  });
});
