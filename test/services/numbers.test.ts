import { makeTwilioLookup } from '@adapters/twilio/lookup';
import { learnProblem } from '@db/queries/phone-facts';
import { cannotWhy } from '@domain/customers/line-type';
import { AppError } from '@domain/errors';
import { type CustomerId, DAY, type PhoneE164, type TaskId, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { savePerson } from '@services/customers/customers';
import { countUntextable, exportUntextable, listUntextable } from '@services/numbers/cannot-text';
import { learnLinkCapable, numberKnown, sayLinks, tryNumberAgain } from '@services/numbers/known';
import { quoteLookUp, startLookUp } from '@services/numbers/look-up';
import { takeReports } from '@services/outbox/poll';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aCarrier, SENDER, type TestCarrier } from '../support/carrier';
import { aPolledShop } from '../support/polled-shop';
import { aNewYorker } from '../support/sending-shop';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const PAGE = { offset: 0, limit: 50 };
let open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const o of open) await o.close();
  open = [];
});
const aShop = (o: Parameters<typeof aCtx>[0] = {}): TestCtx => {
  const ctx = aCtx(o);
  open.push(ctx.db);
  return ctx;
};
const person = (ctx: TestCtx, phone: PhoneE164 | null, more: Record<string, string | number | null> = {}): CustomerId => {
  const row: Record<string, string | number | null> = { first_name: 'Ana', phone, created_at: NOON, updated_at: NOON, ...more };
  const names = Object.keys(row);
  const sql = `INSERT INTO customer (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  return Number(ctx.db.prepare(sql).run(...(Object.values(row) as never[])).lastInsertRowid) as CustomerId;
};
const stored = (ctx: TestCtx, id: CustomerId) =>
  ctx.db.prepare('SELECT phone_kind AS kind, phone_problem AS problem FROM customer WHERE id = ?').get(id);
const report = (sid: string, status: CarrierMessage['status'], errorCode: number | null = null): CarrierMessage => ({
  sid,
  direction: 'outbound',
  from: SENDER,
  to: '',
  messagingServiceSid: null,
  body: '',
  status,
  errorCode,
  segments: 1,
  price: null,
  priceCurrency: null,
  createdAt: NOON,
  sentAt: NOON,
  updatedAt: NOON,
});

describe('what real texts teach', () => {
  it('a landline is marked for everybody who has the number; a delivery proves a mobile and lifts every mark', async () => {
    const s = aPolledShop();
    open.push(s.ctx.db);
    const phone = aNewYorker(1);
    const [ana, ben] = [person(s.ctx, phone), person(s.ctx, phone)];
    takeReports(s.ctx, [report(s.left({ to: phone }), 'undelivered', 30006)]);
    expect([stored(s.ctx, ana), stored(s.ctx, ben)]).toEqual(Array(2).fill({ kind: 'landline', problem: '30006' }));
    expect(numberKnown(s.ctx, ana)).toMatchObject({ kind: 'landline', how: 'learned', problem: { code: 30006, soft: false } });
    takeReports(s.ctx, [report(s.left({ to: phone }), 'delivered')]);
    expect(stored(s.ctx, ben)).toEqual({ kind: 'mobile', problem: null });
    expect(numberKnown(s.ctx, ben)).toMatchObject({ kind: 'mobile', how: 'learned', problem: null, provenAt: NOON });
  });

  it('"not reached" marks after three in a row, softly; a text from them, or the owner, lifts it and the count begins anew', async () => {
    const s = aPolledShop();
    open.push(s.ctx.db);
    const phone = aNewYorker(2);
    const id = person(s.ctx, phone);
    const miss = () => {
      s.ctx.clock.advance(DAY);
      takeReports(s.ctx, [report(s.left({ to: phone }), 'undelivered', 30003)]);
    };
    miss();
    miss();
    expect(stored(s.ctx, id)).toEqual({ kind: 'unknown', problem: null });
    miss();
    expect(numberKnown(s.ctx, id)).toMatchObject({ kind: 'unknown', how: null, problem: { code: 30003, soft: true } });
    s.ctx.clock.advance(DAY);
    tryNumberAgain(s.ctx, owner, id, false);
    expect(stored(s.ctx, id)).toEqual({ kind: 'unknown', problem: null }); // nothing was claimed that nobody saw
    miss();
    miss();
    expect(stored(s.ctx, id)).toMatchObject({ problem: null });
    miss();
    expect(stored(s.ctx, id)).toMatchObject({ problem: '30003' });
    s.carrier.messages.push({
      sid: `SM${'8'.repeat(32)}`,
      direction: 'inbound',
      from: phone,
      to: SENDER,
      body: 'when do you open?',
      createdAt: s.ctx.clock.now(),
      plan: [{ afterMs: 0, status: 'received' }],
    });
    await s.live(5 * 60_000);
    expect(stored(s.ctx, id)).toEqual({ kind: 'mobile', problem: null });
  });

  it('belongs to the number: whoever gets it by hand, by a file or by signing up is told at once', () => {
    const ctx = aShop();
    const dead = aNewYorker(3);
    ctx.db.tx((trx) => learnProblem(trx, dead, { problem: '30005', kind: 'invalid', now: NOON }));
    const byFile = person(ctx, dead);
    const byHand = person(ctx, null);
    savePerson(ctx, owner, byHand, { phone: dead }, true);
    expect([stored(ctx, byFile), stored(ctx, byHand)]).toEqual(Array(2).fill({ kind: 'invalid', problem: '30005' }));
    // a new number is a new beginning
    savePerson(ctx, owner, byHand, { phone: '+1 646 321 4567' });
    expect(stored(ctx, byHand)).toEqual({ kind: 'unknown', problem: null });
  });

  it('a toll-free line that answers is still a business line', () => {
    const ctx = aShop();
    const s = aPolledShop();
    open.push(s.ctx.db);
    const line = '+18005551234' as PhoneE164;
    const id = person(s.ctx, line, { phone_kind: 'toll-free' });
    takeReports(s.ctx, [report(s.left({ to: line }), 'delivered')]);
    expect(stored(s.ctx, id)).toEqual({ kind: 'toll-free', problem: null });
    expect(ctx.announced).toEqual([]);
  });

  it('somebody who taps a link can open links, whatever was said; saying "no smartphone" is written down', () => {
    const ctx = aShop();
    const id = person(ctx, aNewYorker(4));
    expect(numberKnown(ctx, id).links).toBe('unknown');
    sayLinks(ctx, owner, id, 'no');
    expect(numberKnown(ctx, id)).toMatchObject({ links: 'no', linksAt: NOON });
    ctx.db.tx((trx) => learnLinkCapable(trx, id, (NOON + 1) as UtcMs));
    expect(numberKnown(ctx, id)).toMatchObject({ links: 'yes', linksAt: NOON + 1 });
    expect(ctx.db.prepare("SELECT count(*) FROM audit WHERE action = 'customer.links'").pluck().get()).toBe(1);
    // staff only of whoever stands in front of them
    expect(() => sayLinks(ctx, clerk, id, 'no')).toThrow('counter.not-in-front');
    expect(() => sayLinks(ctx, owner, 99 as CustomerId, 'no')).toThrow('customer.not-found');
  });
});

describe('the list of who cannot be texted', () => {
  it('sorts everybody as the rule does, whatever the record looks like', () => {
    const kinds = ['unknown', 'mobile', 'landline', 'voip', 'toll-free', 'invalid'] as const;
    const problems = [null, '30003', '30005', '30006', '21211', '21614', '21635', '30640'] as const;
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            kind: fc.constantFrom(...kinds),
            problem: fc.constantFrom(...problems),
            none: fc.boolean(),
            weak: fc.boolean(),
            last: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
          }),
          { maxLength: 25 },
        ),
        (people) => {
          const ctx = aCtx();
          const expected = new Map<number, string>();
          for (const [i, p] of people.entries()) {
            const phone = p.none ? null : aNewYorker(i);
            const phoneProblem = p.none ? null : p.problem;
            const id = person(ctx, phone, { phone_kind: p.kind, phone_problem: phoneProblem, weak: Number(p.weak), last_visit_at: p.last });
            const why = cannotWhy({ phone, phoneKind: p.kind, phoneProblem });
            if (why !== null && !p.weak) expected.set(id, why);
          }
          const both = [...listUntextable(ctx, 'numbers', PAGE).rows, ...listUntextable(ctx, 'no-number', PAGE).rows];
          expect(new Map(both.map((r) => [r.id, r.why]))).toEqual(expected);
          const counts = countUntextable(ctx);
          for (const why of ['landline', 'dead', 'not-a-number', 'not-reached', 'refused', 'toll-free', 'no-number'] as const) {
            const of = [...expected.values()].filter((w) => w === why).length;
            expect([counts[why], listUntextable(ctx, why, PAGE).total, listUntextable(ctx, why, PAGE).rows.length]).toEqual([of, of, of]);
          }
          const last = listUntextable(ctx, 'numbers', PAGE).rows.map((r) => r.lastVisitAt ?? -1);
          expect(last).toEqual([...last].sort((a, b) => b - a)); // the best customers first
          ctx.db.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is saved as CSV that no spreadsheet runs, with who may be e-mailed, and the saving is written down', async () => {
    const ctx = aShop();
    person(ctx, aNewYorker(5), {
      phone_kind: 'landline',
      last_name: '=HYPERLINK("http://x")',
      company: '@cmd',
      street: '-2+3',
      email: 'a@b.example',
      last_visit_at: NOON,
    });
    person(ctx, null, { phone_kind: 'invalid', phone_raw: '+CALL ME' });
    const { text, people, name } = await exportUntextable(ctx, owner, 'numbers');
    expect(people).toBe(2);
    expect(name).toMatch(/^no-texts-numbers-2026-11-17\.csv$/);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    for (const cell of lines.slice(1).flatMap((l) => l.split(','))) expect(cell).not.toMatch(/^"?[=@]|^"?-2|^"?\+C/);
    expect(lines[1]).toContain('a@b.example,no,');
    expect(lines[1]).toContain('2026-11-17');
    expect(ctx.db.prepare("SELECT detail FROM audit WHERE action = 'customer.cannot-text-list'").pluck().get()).toContain('"people":2');
  });
});

describe('looking numbers up, for money', () => {
  const carrier = async (o: Parameters<typeof aCarrier>[0] = {}): Promise<{ ctx: TestCtx; c: TestCarrier }> => {
    const c = await aCarrier(o);
    open.push(c);
    const { accountSid, keySid, keySecret } = c.sim.account;
    const lookup = makeTwilioLookup({ accountSid, keySid, keySecret, baseUrl: c.url, retryPausesMs: [5] });
    return { c, ctx: aShop({ gateway: c.gateway, lookup }) };
  };
  const run = async (ctx: TestCtx) => ctx.tasks.finished((await startLookUp(ctx, owner, (await quoteLookUp(ctx)).token)) as TaskId);

  it('asks only about numbers nobody knows anything about, says the price first, and never asks twice in 90 days', async () => {
    const { ctx, c } = await carrier();
    c.sim.account.lines = [
      { to: '5550011$', type: 'landline' },
      { to: '.', type: 'mobile' },
    ] as never;
    const [unknown, landline] = [person(ctx, aNewYorker(10)), person(ctx, aNewYorker(11))];
    person(ctx, aNewYorker(12), { phone_kind: 'mobile' });
    person(ctx, aNewYorker(13), { phone_problem: '30003' });
    person(ctx, aNewYorker(14), { weak: 1 });
    person(ctx, aNewYorker(123)); // 555-0123: a number of films
    person(ctx, '+19005551234' as PhoneE164);
    person(ctx, aNewYorker(10)); // a family shares it: one question
    const quote = await quoteLookUp(ctx);
    expect(quote).toMatchObject({ count: 2, perNumber: 8000, price: 16_000, currency: 'USD', last: null });
    expect(quote.balance?.amount).toBeGreaterThan(0);
    expect(await run(ctx)).toMatchObject({ asked: 2, mobile: 1, landline: 1 });
    expect([stored(ctx, unknown), stored(ctx, landline)]).toMatchObject([{ kind: 'mobile' }, { kind: 'landline' }]);
    expect(numberKnown(ctx, landline)).toMatchObject({ how: 'look-up', lookedUpAt: NOON });
    expect((await quoteLookUp(ctx)).count).toBe(0);
    await expect(startLookUp(ctx, owner, '5-8000-0')).rejects.toThrow('lookup.nothing-to-ask');
    expect((await quoteLookUp(ctx)).last).toMatchObject({ at: NOON, asked: 2 });
  });

  it('what nobody could tell is asked again after 90 days, not before', async () => {
    const { ctx, c } = await carrier();
    c.sim.account.lines = [{ to: '.', type: 'unknown' }] as never;
    person(ctx, aNewYorker(20));
    await run(ctx);
    expect((await quoteLookUp(ctx)).count).toBe(0);
    ctx.clock.advance(91 * DAY);
    expect((await quoteLookUp(ctx)).count).toBe(1);
  });

  it('pays for no more than was agreed to', async () => {
    const { ctx } = await carrier();
    person(ctx, aNewYorker(21));
    const { token } = await quoteLookUp(ctx);
    person(ctx, aNewYorker(22));
    await expect(startLookUp(ctx, owner, token)).rejects.toThrow('lookup.quote-outdated');
    const fresh = await quoteLookUp(ctx);
    await expect(startLookUp(ctx, owner, fresh.token.replace('8000', '1'))).rejects.toThrow('lookup.quote-outdated');
    expect(ctx.db.prepare('SELECT count(*) FROM phone_fact').pluck().get()).toBe(0);
  });

  it('a key that may not: kind words, nothing paid, nothing claimed', async () => {
    const { ctx, c } = await carrier();
    c.sim.account.denied = ['lookup'];
    const id = person(ctx, aNewYorker(23));
    await expect(run(ctx)).rejects.toThrow('lookup.not-allowed');
    expect(stored(ctx, id)).toEqual({ kind: 'unknown', problem: null });
    expect((await quoteLookUp(ctx)).count).toBe(1);
  });

  it('can be stopped: what was answered by then stays', async () => {
    const asked: string[] = [];
    let ctx: TestCtx;
    const lookup = {
      accountSid: 'AC',
      lookUp: async (phone: PhoneE164) => {
        asked.push(phone);
        if (asked.length === 12) ctx.tasks.cancel('task-1' as TaskId);
        return { valid: true, type: 'mobile' as const };
      },
    };
    ctx = aShop({ lookup });
    for (let i = 0; i < 60; i++) person(ctx, aNewYorker(300 + i));
    await expect(run(ctx)).rejects.toBeDefined();
    expect(asked.length).toBeLessThan(20);
    expect(ctx.db.prepare("SELECT count(*) FROM customer WHERE phone_kind = 'mobile'").pluck().get()).toBe(asked.length);
    expect((await quoteLookUp(ctx)).last).toMatchObject({ asked: asked.length });
  });

  it('when the line breaks it ends with the reason, and what is proven by texts is not overruled', async () => {
    let n = 0;
    const lookup = {
      accountSid: 'AC',
      lookUp: async () => {
        if (++n > 4) throw new AppError('sms.unreachable', { why: 'reset' });
        return { valid: true, type: 'landline' as const };
      },
    };
    const ctx = aShop({ lookup });
    const ids = Array.from({ length: 8 }, (_, i) => person(ctx, aNewYorker(200 + i)));
    ctx.db.prepare('INSERT INTO phone_fact (phone, proven_at) VALUES (?, ?)').run(aNewYorker(200), NOON);
    await expect(run(ctx)).rejects.toThrow('sms.unreachable');
    expect(stored(ctx, ids[0] as CustomerId)).toMatchObject({ kind: 'unknown' });
    expect(stored(ctx, ids[1] as CustomerId)).toMatchObject({ kind: 'landline' });
    expect(stored(ctx, ids[7] as CustomerId)).toMatchObject({ kind: 'unknown' });
  });
});
