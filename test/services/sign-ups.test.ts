import { DAY, type PhoneE164, type ShopDay, type StaffId, type UtcMs } from '@domain/kernel';
import {
  attestImported,
  recordAgreed,
  recordDoubleOptInAsked,
  recordSignUp,
  recordStop,
  undoAttested,
  withConsent,
} from '@services/consent';
import { signUps, signUpsOfWeek } from '@services/reports/sign-ups';
import { thisWeek } from '@services/reports/week';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const phone = (n: number) => `+1212555${String(1000 + n)}` as PhoneE164;
const at = (days: number) => (NOON - days * DAY) as UtcMs;

function signUp(ctx: TestCtx, n: number, change: Partial<Parameters<typeof recordSignUp>[2]> = {}): void {
  withConsent(ctx, (trx) => {
    recordSignUp(ctx, trx, { phone: phone(n), occurredAt: at(1), method: 'screen', device: 'counter', staffId: 2 as StaffId, ...change });
  });
}

/** Sales on a shop day, as an import would have left them. */
function sales(ctx: TestCtx, day: string, count: number): void {
  const raw = ctx.db.raw;
  raw
    .prepare(
      `INSERT OR IGNORE INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
       VALUES (1, 'f', 'h', 1, 'p', 't', '{}', 'done', 0, ?, ?)`,
    )
    .run(NOON, NOON);
  const sale = raw.prepare(
    `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, currency, gross, net, tax, refunded, is_gift, import_id)
     VALUES ('t', ?, ?, ?, ?, ?, 'USD', 100, 100, 0, 0, 0, 1)`,
  );
  for (let i = 0; i < count; i++) sale.run(`${day}-${i}`, 'sale', 'completed', NOON, day);
  sale.run(`${day}-void`, 'sale', 'void', NOON, day);
  sale.run(`${day}-back`, 'refund', 'completed', NOON, day);
}

describe('sign-ups, read from the ledger', () => {
  it('per place, with the names of the kit’s words, and per person', async () => {
    const ctx = aCtx();
    signUp(ctx, 1);
    signUp(ctx, 2, { device: 'display' });
    signUp(ctx, 3, { method: 'join-text', device: 'word:JOIN', staffId: null });
    signUp(ctx, 4, { method: 'join-text', device: 'word:OLDSIGN', staffId: null });
    signUp(ctx, 5, { method: 'paper', device: 'paper', staffId: 1 as StaffId });
    const r = await signUps(ctx, 12);
    expect(r.total).toBe(5);
    expect(r.sources.map((s) => [s.source, s.place]).sort()).toEqual([
      ['counter', null],
      ['display', null],
      ['paper', null],
      ['word:JOIN', 'card'],
      ['word:OLDSIGN', null],
    ]);
    expect(r.staff).toEqual([
      { staffId: 2, name: 'Clara', signedUp: 2, asked: 0, answered: 0 },
      { staffId: 1, name: 'Olga', signedUp: 1, asked: 0, answered: 0 },
    ]);
  });

  it('asked by text: who asked, and whether it was answered; an unanswered question is no sign-up', async () => {
    const ctx = aCtx();
    for (const n of [1, 2]) {
      withConsent(ctx, (trx) =>
        recordDoubleOptInAsked(ctx, trx, { phone: phone(n), occurredAt: at(2), staffId: 2 as StaffId, device: 'counter' }),
      );
    }
    withConsent(ctx, (trx) => recordAgreed(ctx, trx, { phone: phone(1), occurredAt: at(1), inboundSid: 'SM1', inboundText: 'Y' }));
    const r = await signUps(ctx, 12);
    expect(r.sources.map((s) => [s.source, s.count])).toEqual([['asked', 1]]);
    expect(r.staff).toEqual([{ staffId: 2, name: 'Clara', signedUp: 0, asked: 2, answered: 1 }]);
  });

  it('what a file brought stands apart and goes with its undo; leaving takes no sign-up away', async () => {
    const ctx = aCtx();
    for (const n of [1, 2, 3]) {
      withConsent(ctx, (trx) =>
        attestImported(ctx, trx, { phone: phone(n), occurredAt: at(5), importId: 1, how: 'paper', wordingText: 'w', staffId: null }),
      );
    }
    withConsent(ctx, (trx) => undoAttested(ctx, trx, { phone: phone(1), importId: 1, staffId: null }));
    signUp(ctx, 4);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: phone(4), occurredAt: NOON, method: 'reply', reason: 'stop', carrierStop: true }),
    );
    const r = await signUps(ctx, 12);
    expect([r.total, r.imported]).toEqual([1, 2]);
  });

  it('per 100 sales of the days that are here; voided sales and refunds are none', async () => {
    const ctx = aCtx();
    for (let i = 1; i <= 4; i++) signUp(ctx, i, { occurredAt: at(3) });
    for (const [i, day] of ['2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14', '2026-11-16'].entries()) sales(ctx, day, 40 + i - 2);
    const week = await signUpsOfWeek(ctx, '2026-11-16' as ShopDay);
    expect(week.count).toBe(4);
    expect(week.perHundred).toBeCloseTo(2, 10);
    expect(await signUpsOfWeek(ctx, null)).toEqual({ count: 4, perHundred: null });
    expect((await thisWeek(ctx)).signUps.count).toBe(4);
  });

  it('at zero: what is usual, and what is missing', async () => {
    const w = await thisWeek(aCtx());
    expect(w.pace).toMatchObject({ perDay: 10, assumed: true });
    expect(w.waitsForCarriers).toBe(true);
    expect(w.signUps).toEqual({ count: 0, perHundred: null });
  });
});
