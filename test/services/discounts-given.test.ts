import { listOffers } from '@db/queries/offers';
import type { OfferId } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { sayTillNames } from '@services/results/till-names';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareTransactions } from '../support/imports';
import { aCtx, clerk, owner, type TestCtx } from '../support/test-ctx';

/** 20 % off for whoever says FALL20. */
function aShop(): {
  ctx: TestCtx;
  given: () => number;
  use: (receiptNo: string, amount?: number) => void;
  till: (rows: Record<string, string>[]) => Promise<void>;
} {
  const ctx = aCtx();
  const id: OfferId = saveOffer(ctx, owner, {
    id: null,
    name: 'Fall',
    kind: 'percent',
    percent: 20,
    codeMode: 'shared',
    sharedCode: 'FALL20',
    validDays: 60,
  }).id;
  const at = Date.UTC(2026, 10, 10, 17, 5);
  return {
    ctx,
    given: () => listOffers(ctx.db, ctx.clock.now()).find((o) => o.id === id)?.discount as number,
    use: (receiptNo, amount) =>
      void redeem(ctx, clerk, {
        code: 'FALL20',
        how: 'code',
        receiptNo,
        occurredAt: at as never,
        ...(amount !== undefined && { amount: amount as never }),
      }),
    till: async (rows) => {
      await importFile(ctx, aFile(squareTransactions(rows)));
      await recomputeCredits(ctx);
    },
  };
}
const receipt = (no: string, discount: string, name: string, more: Record<string, string> = {}) => ({
  'Transaction ID': `T${no}`,
  'Payment ID': `${no}xyz`,
  'Gross Sales': '$100.00',
  Discounts: `-$${discount}`,
  'Net Sales': `$${(100 - Number(discount)).toFixed(2)}`,
  Tax: '$0.00',
  'Total Collected': `$${(100 - Number(discount)).toFixed(2)}`,
  Card: `$${(100 - Number(discount)).toFixed(2)}`,
  'Discount Name': name,
  ...more,
});

describe('what was given away is counted once', () => {
  it('as the counter worked it out until the receipt is here, then as the receipt says', async () => {
    const s = aShop();
    s.use('AB1Z', 9000);
    expect(s.given()).toBe(1800);
    await s.till([receipt('AB1Z', '25.00', 'Text 20%')]);
    expect(s.given()).toBe(2500);
  });

  it('once, though two codes were typed for one receipt', async () => {
    const s = aShop();
    s.use('AB1Z');
    s.use('AB1Z');
    await s.till([receipt('AB1Z', '20.00', 'Text 20%')]);
    // the second has no receipt of its own and no amount
    expect(s.given()).toBe(2000);
  });

  it('of a receipt with another discount besides, no more than the offer gives', async () => {
    const s = aShop();
    s.use('AB1Z', 10_000);
    await s.till([receipt('AB1Z', '30.00', 'Friends, Text 20%')]);
    expect(s.given()).toBe(2000);
  });

  it('not what the owner called something else, and nothing of what was brought back', async () => {
    const s = aShop();
    s.use('AB1Z', 10_000);
    s.use('AB2Z', 10_000);
    await s.till([
      receipt('AB1Z', '7.00', 'Friends'),
      receipt('AB2Z', '20.00', 'Text 20%', { 'Partial Refunds': '-$80.00', 'Total Collected': '$0.00', Card: '$0.00' }),
    ]);
    sayTillNames(s.ctx, owner, [{ name: 'Friends', said: { meaning: 'other', offerId: null } }]);
    expect(s.given()).toBe(2000);
  });
});
