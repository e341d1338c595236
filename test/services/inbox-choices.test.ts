import { personOf } from '@db/queries/consent';
import { putJoinWord } from '@db/queries/join-words';
import { outboxById } from '@db/queries/outbox';
import { reasonsSince, saveReplyWords } from '@db/queries/replies';
import { putTopic } from '@db/queries/topics';
import { topicState } from '@domain/consent/purposes';
import { type CampaignId, DAY, HOUR, MINUTE, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import {
  channelsFor,
  consentOf,
  currentWording,
  emailConsentOf,
  evidenceOf,
  recordSignUp,
  recordStop,
  verifyLedger,
  withConsent,
} from '@services/consent';
import { takeInbound } from '@services/inbox';
import { mayLeave } from '@services/outbox/may-leave';
import { saveReplies } from '@services/settings/settings';
import { describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { freshAt } from '../support/fresh';
import { aSendingCampaign } from '../support/sending-shop';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
let n = 0;
const text = (body: string, at: number = NOON, from: PhoneE164 = ANA): CarrierMessage => ({
  sid: `SM${String(++n).padStart(32, '0')}`,
  direction: 'inbound',
  from,
  to: SENDER,
  messagingServiceSid: null,
  body,
  status: 'received',
  errorCode: null,
  segments: 1,
  price: null,
  priceCurrency: null,
  createdAt: at as UtcMs,
  sentAt: at as UtcMs,
  updatedAt: at as UtcMs,
});
/** A customer with permission; returns how to write as her and what we answered. */
function ana(o: { language?: 'en' | 'es'; email?: string | null; promiseMax?: number; ctx?: TestCtx } = {}) {
  const ctx = o.ctx ?? aCtx();
  ctx.db.raw
    .prepare('INSERT INTO customer (first_name, phone, phone_kind, email, language, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run('Ana', ANA, 'mobile', o.email ?? null, o.language ?? 'en', NOON, NOON);
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, {
      phone: ANA,
      method: 'screen',
      occurredAt: (NOON - DAY) as UtcMs,
      promiseMax: o.promiseMax ?? 4,
      wordingHash: currentWording(ctx, 'sign-up', 'en', o.promiseMax ?? 4).hash,
    }),
  );
  const says = async (body: string, afterMs = MINUTE) => {
    ctx.clock.advance(afterMs);
    await takeInbound(ctx, [text(body, ctx.clock.now())]);
    return answers(ctx).at(-1);
  };
  return { ctx, says };
}
const answers = (ctx: TestCtx, phone = ANA) =>
  ctx.db.raw
    .prepare("SELECT id, body, message_class AS class, segments FROM outbox WHERE address = ? AND cause_kind = 'reply' ORDER BY id")
    .all(phone) as { id: number; body: string; class: string; segments: number }[];
const marketing = (ctx: TestCtx, phone = ANA) =>
  consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()).find((s) => s.purpose === 'marketing');
const unread = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT count(*) FROM inbound WHERE read_at IS NULL').pluck().get();
const kinds = (ctx: TestCtx) => evidenceOf(ctx, ANA).map((e) => e.event.kind);
const clubs = (ctx: TestCtx, ...slugs: string[]) =>
  ctx.db.tx((trx) => {
    ctx.db.raw.exec('UPDATE topic SET join_word = NULL; DELETE FROM join_word; DELETE FROM topic');
    slugs.forEach((slug, i) => {
      const name = slug[0]?.toUpperCase() + slug.slice(1);
      putTopic(trx, { slug, name: { en: name, es: `${name} es` }, about: { en: '', es: '' }, joinWord: null, position: i, active: true });
      putJoinWord(trx, {
        word: `${slug.toUpperCase()}CLUB`,
        source: 'topic',
        label: '',
        topic: slug,
        current: true,
        active: true,
        createdAt: NOON,
      });
    });
  });
const topicsOn = (ctx: TestCtx, ...slugs: string[]) =>
  slugs.filter((t) => topicState(consentOf(ctx.db, ctx.hmacKey, ANA, ctx.clock.now()), t) === 'in');

describe('LESS', () => {
  it('halves the promise, says so in one text, and stops at one a month', async () => {
    const { ctx, says } = ana();
    expect((await says('less'))?.body).toContain('at most 2 offer texts a month');
    expect(marketing(ctx)).toMatchObject({ state: 'in', promiseMax: 2 });
    expect((await says('Fewer texts please'))?.body).toContain('at most 1 offer text a month');
    expect((await says('MENOS'))?.body).toContain('Ya recibes lo m');
    expect(marketing(ctx)?.promiseMax).toBe(1);
    expect(kinds(ctx)).toEqual(['signed-up', 'preferred', 'preferred']);
    expect(answers(ctx).every((a) => a.class === 'reply' && a.segments === 1)).toBe(true);
    expect(unread(ctx)).toBe(0);
    expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).ok).toBe(true);
  });

  it('from somebody who gets no texts is for a person, and is not answered', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('LESS')]);
    expect(answers(ctx)).toEqual([]);
    expect(unread(ctx)).toBe(1);
  });

  it('leaves through the gate at night, within fifteen minutes of their words', async () => {
    const { ctx, says } = ana({ ctx: aCtx({ settings: { texting: { senderApproved: true } } }) });
    ctx.clock.set((NOON + 11 * HOUR) as UtcMs); // ten in the evening
    await says('less');
    const row = outboxById(ctx.db, answers(ctx)[0]?.id as never);
    const leave = async (after: number) =>
      row && mayLeave(ctx, row, (ctx.clock.now() + after) as UtcMs, await freshAt(ctx, (ctx.clock.now() + after) as UtcMs)).kind;
    expect(await leave(0)).toBe('send');
    expect(await leave(16 * MINUTE)).toBe('wait');
  });
});

describe('PREFS', () => {
  it('offers numbers, and numbers mean something only while the question is open', async () => {
    const { ctx, says } = ana();
    clubs(ctx, 'boots', 'events');
    await says('2');
    expect(answers(ctx)).toEqual([]);
    expect(unread(ctx)).toBe(1);
    expect((await says('PREFS'))?.body).toBe(
      'Corner Shoes: You get up to 4 texts a month. Reply 1 fewer texts, 2 e-mail instead, 3 choose topics. STOP to end all.',
    );
    expect((await says('1'))?.body).toContain('at most 2 offer texts');
    expect(marketing(ctx)?.promiseMax).toBe(2);
    await says('7'); // no such number
    expect(unread(ctx)).toBe(2);
    ctx.clock.advance(25 * HOUR);
    await says('1'); // the question has run out
    expect(marketing(ctx)?.promiseMax).toBe(2);
    expect(unread(ctx)).toBe(3);
  });

  it('switches topics one by one and never brings back what was not chosen', async () => {
    const { ctx, says } = ana();
    clubs(ctx, 'boots', 'events', 'kids');
    expect((await says('Preferencias'))?.body).toContain('3 elegir temas');
    expect((await says('3'))?.body).toContain('1 Boots es (s');
    ctx.clock.advance(HOUR);
    await says('2');
    expect(topicsOn(ctx, 'boots', 'events', 'kids')).toEqual(['boots', 'kids']);
    await says('1');
    await says('3');
    expect(topicsOn(ctx, 'boots', 'events', 'kids')).toEqual([]);
    ctx.clock.advance(HOUR);
    expect((await says('2'))?.body).toContain('Events es');
    expect(topicsOn(ctx, 'boots', 'events', 'kids')).toEqual(['events']);
    expect(marketing(ctx)?.state).toBe('in');
  });

  it('sends e-mails instead: to the known address, which may be corrected', async () => {
    const { ctx, says } = ana({ email: 'ana@example.com' });
    await says('prefs');
    expect((await says('2'))?.body).toContain('a***@example.com');
    const who = { phone: ANA, email: 'ana@example.com' };
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: false, email: true });
    expect(marketing(ctx)?.state).toBe('paused');
    await says('no, better ana.new@example.org');
    expect(channelsFor(ctx, { ...who, email: 'ana.new@example.org' }, 'marketing')).toEqual({ sms: false, email: true });
    ctx.clock.advance(HOUR);
    await says('JOIN');
    expect(marketing(ctx)?.state).toBe('in');
  });

  it('asks for an address where none is known, and changes nothing until it comes', async () => {
    const { ctx, says } = ana();
    await says('prefs');
    expect((await says('2'))?.body).toContain('Reply with your e-mail address');
    await says('why?');
    expect(marketing(ctx)?.state).toBe('in');
    await says('ok: ana@example.com');
    expect(marketing(ctx)?.state).toBe('paused');
    expect(emailConsentOf(ctx.db, ctx.hmacKey, 'ana@example.com').find((s) => s.purpose === 'marketing')?.state).toBe('in');
    const id = personOf(ctx.db, ANA)?.id;
    expect(ctx.db.raw.prepare('SELECT email FROM customer WHERE id = ?').pluck().get(id)).toBe('ana@example.com');
    // an address in any other conversation is nobody's yes
    const other = ana();
    await other.says('send the receipt to bob@example.com');
    expect(emailConsentOf(other.ctx.db, other.ctx.hmacKey, 'bob@example.com')).toEqual([]);
  });

  it('is closed by a stop: a digit after it answers the question why', async () => {
    const { ctx, says } = ana();
    await says('prefs');
    await says('please take me off your list');
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE cause_kind = 'stop-confirmation'").run(ctx.clock.now());
    await says('1');
    expect(marketing(ctx)?.state).toBe('out');
    expect(kinds(ctx)).not.toContain('preferred');
    expect(reasonsSince(ctx.db, NOON as UtcMs)).toMatchObject([{ reason: 'too-many', via: 'reply' }]);
  });
});

describe('JOIN and topic words', () => {
  it('sign up with the word they came by and its topic', async () => {
    const ctx = aCtx();
    clubs(ctx, 'boots', 'events');
    await takeInbound(ctx, [text('Boots club!')]);
    expect(marketing(ctx)?.state).toBe('in');
    expect(evidenceOf(ctx, ANA).map((e) => [e.event.kind, e.device, e.event.topics])).toEqual([['signed-up', 'word:BOOTSCLUB', ['boots']]]);
    expect(topicsOn(ctx, 'boots', 'events')).toEqual(['boots']);
    expect(ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE cause_kind = 'confirmation'").pluck().get()).toBe(1);
    expect(answers(ctx)).toEqual([]);
  });

  it('add a topic to what somebody gets already, and take nothing away', async () => {
    const { ctx, says } = ana();
    clubs(ctx, 'boots', 'events', 'kids');
    expect((await says('BOOTSCLUB'))?.body).toContain("you'll hear about Boots too");
    expect(topicsOn(ctx, 'boots', 'events', 'kids')).toEqual(['boots', 'events', 'kids']);
    expect(kinds(ctx)).toEqual(['signed-up']); // they had it: nothing to write down
    await says('prefs');
    await says('3');
    await says('1');
    await says('3');
    expect(topicsOn(ctx, 'boots', 'events', 'kids')).toEqual(['events']);
    ctx.clock.advance(2 * HOUR);
    await says('kidsclub');
    expect(topicsOn(ctx, 'boots', 'events', 'kids')).toEqual(['events', 'kids']);
    expect(evidenceOf(ctx, ANA).at(-1)).toMatchObject({ device: 'word:KIDSCLUB' });
  });
});

describe('why people left', () => {
  it('is kept once per stop, the last word said, with the campaign they left over', async () => {
    const ctx = aCtx();
    const { phones } = aSendingCampaign(ctx, { people: 1 });
    const phone = phones[0] as PhoneE164;
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON - HOUR);
    await takeInbound(ctx, [text('no more texts', NOON, phone)]);
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE cause_kind = 'stop-confirmation'").run(NOON);
    ctx.clock.advance(MINUTE);
    await takeInbound(ctx, [text('1', NOON + MINUTE, phone)]);
    ctx.clock.advance(MINUTE);
    await takeInbound(ctx, [text('not for me', NOON + 2 * MINUTE, phone)]);
    expect(reasonsSince(ctx.db, 0 as UtcMs)).toMatchObject([{ reason: 'not-for-me', via: 'reply', campaignId: 1 }]);
    const stop = evidenceOf(ctx, phone).find((e) => e.event.kind === 'stopped')?.event.id;
    expect(ctx.db.raw.prepare('SELECT stop_event_id FROM stop_reason').pluck().get()).toBe(stop);
  });
});

describe("a campaign's own word", () => {
  const withWord = (o: { ends?: number | null; answerEn?: string } = {}) => {
    const ctx = aCtx();
    const { phones } = aSendingCampaign(ctx, { people: 2 });
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON - HOUR);
    ctx.db.raw.prepare('UPDATE campaign SET window_ends_at = ?').run(o.ends ?? null);
    ctx.db.tx((trx) =>
      saveReplyWords(trx, 1 as CampaignId, [{ word: 'hold', means: 'hold', answerEn: o.answerEn ?? '', answerEs: '', holdDays: 3 }]),
    );
    return { ctx, phone: phones[0] as PhoneE164 };
  };
  const tasks = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT * FROM counter_task').all() as Record<string, unknown>[];

  it('makes one task with the rest of the words and one answer that says until when', async () => {
    const { ctx, phone } = withWord();
    const m = text('Hold 8.5 in blue please', NOON, phone);
    await takeInbound(ctx, [m, m]);
    await takeInbound(ctx, [m]);
    expect(tasks(ctx)).toHaveLength(1);
    expect(tasks(ctx)[0]).toMatchObject({ kind: 'hold', campaign_id: 1, inbound_sid: m.sid });
    expect(JSON.stringify(tasks(ctx)[0])).toContain('8.5 in blue please');
    expect(answers(ctx, phone).map((a) => a.body)).toEqual([
      "Corner Shoes: Got it! We'll hold it for you until closing on Friday. Questions? Just reply.",
    ]);
    expect(ctx.db.raw.prepare('SELECT campaign_id FROM inbound').pluck().get()).toBe(1);
  });

  it("uses the owner's words; not after the campaign's life, not turned round, not from somebody who said stop", async () => {
    const { ctx, phone } = withWord({ answerEn: 'Saved at the front for you' });
    await takeInbound(ctx, [text('hold', NOON, phone)]);
    expect(answers(ctx, phone)[0]?.body).toBe('Corner Shoes: Saved at the front for you');
    const late = withWord({ ends: NOON - MINUTE });
    await takeInbound(late.ctx, [text('hold', NOON, late.phone)]);
    expect(tasks(late.ctx)).toEqual([]);
    const no = withWord();
    await takeInbound(no.ctx, [text("don't hold it", NOON, no.phone)]);
    expect(tasks(no.ctx)).toEqual([]);
    withConsent(no.ctx, (trx) =>
      recordStop(no.ctx, trx, {
        phone: no.phone,
        occurredAt: NOON,
        method: 'counter',
        reason: '',
        carrierStop: false,
        staffId: 1 as StaffId,
      }),
    );
    await takeInbound(no.ctx, [text('HOLD one', NOON, no.phone)]);
    expect(tasks(no.ctx)).toHaveLength(1); // they asked the shop for something: done without texting them
    const row = outboxById(no.ctx.db, answers(no.ctx, no.phone)[0]?.id as never);
    expect(row && mayLeave(no.ctx, row, NOON, await freshAt(no.ctx))).toEqual({ kind: 'skip', reason: 'opted-out' });
  });
});

describe('while the shop is closed', () => {
  const NIGHT = (NOON + 10 * HOUR) as UtcMs; // nine in the evening
  const night = (on = true) => aCtx({ now: NIGHT, settings: { replies: { afterHours: { on, en: '', es: '' } } } });

  it('answers a question once a day, saying when it opens', async () => {
    const ctx = night();
    await takeInbound(ctx, [text('Do you have size 9?', NIGHT)]);
    ctx.clock.advance(MINUTE);
    await takeInbound(ctx, [text('and in red?', NIGHT + MINUTE)]);
    expect(answers(ctx).map((a) => a.body)).toEqual([
      "Corner Shoes: Thanks for your message! We're closed now and will answer when we open tomorrow at 9 am.",
    ]);
    expect(unread(ctx)).toBe(2); // a person still has to read them
    ctx.clock.advance(DAY);
    await takeInbound(ctx, [text('hello?', NIGHT + DAY)]);
    expect(answers(ctx)).toHaveLength(2);
  });

  it('says nothing when switched off, open, told already, thanked, stopped, held, or read late', async () => {
    const quiet = async (ctx: TestCtx, ...bodies: string[]) => {
      for (const b of bodies) await takeInbound(ctx, [text(b, ctx.clock.now())]);
      return answers(ctx).length;
    };
    expect(await quiet(night(false), 'Do you have size 9?')).toBe(0);
    expect(await quiet(aCtx({ settings: { replies: { afterHours: { on: true, en: '', es: '' } } } }), 'Do you have size 9?')).toBe(0);
    expect(await quiet(night(), 'thanks!', '👍', 'ok see you tomorrow', 'gracias')).toBe(0);
    expect(await quiet(night(), 'enough already', 'Do you have size 9?')).toBe(0);
    expect(await quiet(night(), 'remove me', 'Do you have size 9?')).toBe(0);
    const late = night();
    await takeInbound(late, [text('Do you have size 9?', NIGHT - HOUR)]);
    expect(answers(late)).toEqual([]);
  });
});

describe('answers', () => {
  it('come in the language somebody wrote in, also from a number nobody knows', async () => {
    const ctx = aCtx();
    await takeInbound(ctx, [text('por favor ya no me manden mensajes')]);
    expect(ctx.db.raw.prepare('SELECT body FROM outbox').pluck().all()).toEqual([currentWording(ctx, 'stop-confirmation', 'es').text]);
    expect(currentWording(ctx, 'stop-confirmation', 'es').text).not.toBe(currentWording(ctx, 'stop-confirmation', 'en').text);
  });
});

describe('two machines', () => {
  it('do not talk to each other: after six answers in an hour a person has to', async () => {
    const { ctx, says } = ana({ promiseMax: 31 });
    for (let i = 0; i < 30; i++) await says('PREFS', 30_000);
    expect(answers(ctx)).toHaveLength(6);
    ctx.clock.advance(HOUR);
    for (let i = 0; i < 30; i++) await says('PREFS', 30_000);
    expect(answers(ctx)).toHaveLength(12);
    ctx.clock.advance(2 * HOUR);
    await says('PREFS');
    expect(answers(ctx)).toHaveLength(12);
    // what is owed is not held back: a stop is confirmed all the same
    await says('please stop texting me');
    expect(ctx.db.raw.prepare("SELECT count(*) FROM outbox WHERE cause_kind = 'stop-confirmation'").pluck().get()).toBe(1);
  });
});

describe('the answer while closed', () => {
  it('must fit one text with the longest day it may name', () => {
    const ctx = aCtx();
    saveReplies(ctx, owner, { afterHours: { on: true, en: '{shop}: back {opens}', es: '' } });
    expect(ctx.settings().replies.afterHours).toEqual({ on: true, en: '{shop}: back {opens}', es: '' });
    const long = `${'x'.repeat(125)} {opens}`;
    expect(() => saveReplies(ctx, owner, { afterHours: { on: true, en: long, es: '' } })).toThrow('input.invalid');
    expect(() => saveReplies(ctx, owner, { afterHours: { on: true, en: '', es: '🥾 '.repeat(40) } })).toThrow('input.invalid');
  });
});
