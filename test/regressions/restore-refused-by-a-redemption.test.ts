import type { Cents, CustomerId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import type { JournalEntry } from '@services/ctx';
import { issueCodes } from '@services/offers/codes';
import { saveOffer } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const AT = (NOON - 30 * 60_000) as UtcMs;
async function aCode(codeUses: number): Promise<{ ctx: TestCtx; code: string }> {
  const ctx = aCtx({ now: (NOON - DAY) as UtcMs });
  ctx.db.prepare("INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (1, 'Ana', 0, 0)").run();
  const offer = { id: null, name: '15 %', kind: 'percent' as const, percent: 15, codeMode: 'personal' as const, validDays: 5, codeUses };
  const { id } = saveOffer(ctx, owner, offer);
  const order = { offerId: id, campaignId: null, customerIds: [1 as CustomerId], expiresAt: (NOON + 5 * DAY) as UtcMs };
  const [code] = [...ctx.db.tx((trx) => issueCodes(ctx, trx, order)).values()];
  await Promise.resolve();
  ctx.clock.advance(DAY);
  return { ctx, code: code as string };
}
/** A shop where only what the journal tells is known. */
const brought = (journal: readonly JournalEntry[], times = 1): TestCtx => {
  const copy = aCtx();
  for (let i = 0; i < times; i++) copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, journal, NOON));
  return copy;
};
const uses = (ctx: TestCtx) =>
  ctx.db.prepare('SELECT use_no AS no, amount, reversed_at IS NOT NULL AS undone FROM redemption ORDER BY id').all();
const state = (ctx: TestCtx) => ctx.db.prepare('SELECT state FROM offer_code').pluck().get();

/*
 * Story: a code for two visits was used twice, and the line that told of its issue was on a page that died. The first use brought the
 * code along as one for a single use, the second was one too many for the table, and the copy was refused whole: no shop at all.
 */
it('uses of a code of which nothing else is known never stand in the way of a restore', async () => {
  const { ctx, code } = await aCode(2);
  for (const amount of [4000, 5000]) {
    redeem(ctx, clerk, { code, how: 'code', amount: amount as Cents });
    ctx.clock.advance(60_000);
  }
  const copy = brought(ctx.journalled.filter((j) => j.kind === 'redemption'));
  expect(uses(copy)).toEqual(uses(ctx));
  expect(state(copy)).toBe('redeemed');
});

/*
 * Story: the journal on the stick knew that a code had been used; the stick was in a drawer when the copy came back, and the code was
 * used again. At the next restore both uses came together, and the copy was refused.
 */
it('two lives that both used a code do not stand in the way of a restore', async () => {
  const { ctx, code } = await aCode(1);
  const issued = ctx.journalled.slice();
  redeem(ctx, clerk, { code, how: 'code', amount: 4000 as Cents });
  const life = brought(issued);
  life.clock.advance(DAY);
  redeem(life, clerk, { code, how: 'code', amount: 6000 as Cents });
  const copy = brought([...ctx.journalled, ...life.journalled]);
  expect(uses(copy)).toEqual([{ no: 1, amount: 4000, undone: 0 }]);
  expect(state(copy)).toBe('redeemed');
});

/*
 * Story: the line was down, and a use was written down later for half past eleven, with the wrong amount; taken back and written down
 * again for the same minute. After a restore the second one was taken for the first, which had been taken back: the code was good again.
 */
it('a use written down again for the same minute stands after a restore, and so do two of one minute', async () => {
  const { ctx, code } = await aCode(1);
  const { redemption } = redeem(ctx, clerk, { code, how: 'code', amount: 400 as Cents, occurredAt: AT });
  undoRedemption(ctx, clerk, redemption.id);
  redeem(ctx, clerk, { code, how: 'code', amount: 4000 as Cents, occurredAt: AT });
  for (const copy of [brought(ctx.journalled), brought(ctx.journalled, 2)]) {
    expect(uses(copy)).toEqual([
      { no: 1, amount: 400, undone: 1 },
      { no: 1, amount: 4000, undone: 0 },
    ]);
    expect(state(copy)).toBe('redeemed');
  }
  const two = await aCode(2);
  for (let i = 0; i < 2; i++) redeem(two.ctx, clerk, { code: two.code, how: 'code', amount: 4000 as Cents, occurredAt: AT });
  for (const copy of [brought(two.ctx.journalled), brought(two.ctx.journalled, 2)]) {
    expect(uses(copy)).toEqual(uses(two.ctx));
    expect(state(copy)).toBe('redeemed');
  }
});
