import { insertCustomer } from '@db/queries/customers';
import { codeRow } from '@db/queries/offer-codes';
import { type CustomerId, DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { issueCodes } from '@services/offers/codes';
import { listAllOffers, type OfferInput, saveOffer, whatWasRedeemed } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, undo } from '../support/imports';
import { refused } from '../support/refusal';
import { shopify } from '../support/shop-systems';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

const usual: OfferInput = { id: null, name: 'Suits', kind: 'percent', percent: 10, codeMode: 'personal', validDays: 14 };

function aShop() {
  const ctx = aCtx();
  const ana = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone: '+12125550123' as PhoneE164 }, NOON)) as CustomerId;
  const { id: offerId } = saveOffer(ctx, owner, usual);
  const codeOf = (days = 14) =>
    ctx.db
      .tx((trx) => issueCodes(ctx, trx, { offerId, campaignId: null, customerIds: [ana], expiresAt: (NOON + days * DAY) as UtcMs }))
      .get(ana) as string;
  const uses = () => whatWasRedeemed(ctx, null, 365).rows;
  const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString().slice(0, 19).replace('T', ' ');
  /** An order of $45 after $5 off, so many hours after noon. */
  const order = (no: string, code: string, hours = 2, more: Record<string, string> = {}) =>
    shopify.orders([
      {
        Name: no,
        Id: no.slice(1).padStart(13, '1'),
        Subtotal: '45.00',
        Total: '45.00',
        'Discount Code': code,
        'Discount Amount': '5.00',
        'Lineitem name': 'Boots',
        'Lineitem price': '50.00',
        'Created at': `${at(hours)} +0000`,
        'Paid at': `${at(hours)} +0000`,
        ...more,
      },
    ]);
  const bring = async (file: string) => {
    ctx.clock.set((NOON + 3 * DAY) as UtcMs);
    return importFile(ctx, aFile(file));
  };
  return { ctx, ana, offerId, codeOf, uses, order, bring };
}

describe('a code on the till’s receipt', () => {
  it('is redeemed by the file: counted for its person with what the till gave, and used up at the counter', async () => {
    const { ctx, ana, codeOf, uses, order, bring } = aShop();
    const code = codeOf();
    await bring(order('#1001', `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase()));
    expect(uses()).toMatchObject([
      { code, customerId: ana, how: 'till-file', amount: 4500, discount: 500, receiptNo: '#1001', staffId: null, honoured: null },
    ]);
    expect(uses()[0]?.saleId).not.toBeNull();
    expect(listAllOffers(ctx)[0]).toMatchObject({ redeemed: 1, open: 0, discount: 500 });
    expect(refused(() => redeem(ctx, clerk, { code, how: 'code' })).code).toBe('offer.code-used');
  });

  it('is never counted twice: what the counter wrote down is tied to its receipt, and the same file changes nothing', async () => {
    const { ctx, codeOf, uses, order, bring } = aShop();
    const code = codeOf();
    ctx.clock.set((NOON + 2 * HOUR) as UtcMs);
    redeem(ctx, clerk, { code, how: 'code' });
    await bring(order('#1001', code, 3));
    expect(uses()).toMatchObject([{ how: 'code', saleId: expect.any(Number) }]);
    await bring(order('#1001', code, 3, { 'Shipping Name': 'Ana' }));
    await bring(order('#1002', code, 5)); // the till took it once more: no use was left
    await recomputeCredits(ctx);
    expect(uses()).toHaveLength(1);
  });

  it('is as before once its file was taken back, and redeemed again by the next', async () => {
    const { ctx, codeOf, uses, order, bring } = aShop();
    saveOffer(ctx, owner, { ...usual, name: 'For all', codeMode: 'shared', sharedCode: 'SUMMER10' });
    const code = codeOf();
    ctx.clock.set((NOON + 3 * DAY) as UtcMs);
    const was = dump(ctx.db);
    const report = await bring(order('#1001', `${code}, SUMMER10`));
    expect(uses().map((u) => u.code === code)).toEqual([false, true]);
    await undo(ctx, report.id);
    expect(uses()).toEqual([]);
    expect(codeRow(ctx.db, code)?.state).toBe('issued');
    expect(dump(ctx.db)).toBe(was);
    await bring(order('#1001', code));
    expect(uses()).toHaveLength(1);
  });

  it('of several uses is used up one by one; a word everybody has counts for whoever the receipt knows', async () => {
    const { ctx, ana, uses, order, bring } = aShop();
    saveOffer(ctx, owner, { ...usual, name: 'For all', codeMode: 'shared', sharedCode: 'SUMMER-10' });
    await bring(order('#1001', 'summer10', 2, { Phone: "'+12125550123" }));
    expect(uses()).toMatchObject([{ customerId: ana, how: 'till-file' }]);
    const three = saveOffer(ctx, owner, { ...usual, name: 'Stamps', codeUses: 2 });
    ctx.clock.set(NOON);
    const code = ctx.db
      .tx((trx) => issueCodes(ctx, trx, { offerId: three.id, campaignId: null, customerIds: [ana], expiresAt: (NOON + 9 * DAY) as UtcMs }))
      .get(ana) as string;
    await bring(order('#1002', code, 4));
    expect(codeRow(ctx.db, code)?.state).toBe('issued');
    await bring(order('#1003', code, 6));
    await bring(order('#1004', code, 8));
    expect(uses().filter((u) => u.code === code)).toMatchObject([{ useNo: 2 }, { useNo: 1 }]);
    expect(codeRow(ctx.db, code)?.state).toBe('redeemed');
  });

  it('was no use before it was given out, called off, or taken back by the owner; one that had run out is marked', async () => {
    const { ctx, codeOf, uses, order, bring } = aShop();
    const code = codeOf(1);
    await bring(order('#1001', code, -2)); // the same letters on an older receipt
    expect(uses()).toEqual([]);
    await bring(order('#1002', code, 30));
    expect(uses()).toMatchObject([{ honoured: 'expired' }]);
    undoRedemption(ctx, owner, uses()[0]?.id as number);
    await bring(order('#1002', code, 30, { 'Shipping Name': 'Ana' }));
    expect(uses().filter((u) => u.reversedAt === null)).toEqual([]);
    await bring(order('#1003', 'TENOFF, AUTOMATIC DISCOUNTS', 31));
    expect(uses()).toHaveLength(1);
  });
});
