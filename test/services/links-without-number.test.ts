import { type Cents, MINUTE, type UtcMs } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { isHere } from '@services/counter/sign-up';
import { candidatesOf, candidatesOfRedemption, linksOf, linkTodo } from '@services/links/candidates';
import { notTheirs, takeSale, undoLink } from '@services/links/links';
import { saveOffer } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { dump, importFile } from '../support/imports';
import { aPerson, file, type Row, saleId, theirs } from '../support/links';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

describe('without a number', () => {
  const offerAndCode = (ctx: TestCtx) => {
    saveOffer(ctx, owner, {
      id: null,
      name: 'Fall',
      kind: 'percent',
      percent: 10,
      codeMode: 'shared',
      sharedCode: 'FALL10',
      validDays: 30,
    });
    return 'FALL10';
  };
  // NOON is 11:00 in New York.
  const near: Row[] = [
    { no: 'AAAA', day: '2026-11-17', time: '11:04:00', net: '$40.00', card: '1111' },
    { no: 'BBBB', day: '2026-11-17', time: '10:58:00', net: '$40.00', card: '2222' },
    { no: 'CCCC', day: '2026-11-17', time: '11:01:00', net: '$7.00' },
    { no: 'DDDD', day: '2026-11-17', time: '11:11:00', net: '$40.00' },
  ];

  it('offers sales of these ten minutes and this amount, the same card first, and never ties one by itself', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const { redemption } = redeem(ctx, clerk, { code: offerAndCode(ctx), how: 'code', customerId: ana, amount: 4000 as Cents });
    await importFile(ctx, file(near));
    await recomputeCredits(ctx);
    expect(theirs(ctx, ana)).toEqual([]);
    const [moment] = candidatesOf(ctx, ana, '1111');
    expect(moment?.choices.map((c) => [c.receiptNo, c.sameCard])).toEqual([
      ['AAAA', true],
      ['BBBB', false],
    ]);
    expect(candidatesOfRedemption(ctx, redemption.id, null)[0]?.choices.map((c) => c.receiptNo)).toEqual(['BBBB', 'AAAA']);
    expect((await linkTodo(ctx)).todo).toMatchObject([{ customerId: ana, kind: 'redemption', choices: 2 }]);
    const before = dump(ctx.db);
    const { linkId } = takeSale(ctx, clerk, { customerId: ana, saleId: saleId(ctx, 'AAAA'), redemptionId: redemption.id });
    expect(theirs(ctx, ana)).toEqual(['T-AAAA']);
    expect(ctx.db.raw.prepare('SELECT sale_id FROM redemption').pluck().get()).toBe(saleId(ctx, 'AAAA'));
    expect(candidatesOf(ctx, ana, null)).toEqual([]);
    undoLink(ctx, clerk, linkId);
    expect(dump(ctx.db)).toBe(before);
    notTheirs(ctx, clerk, { customerId: ana, saleId: saleId(ctx, 'AAAA'), undo: false });
    expect(candidatesOf(ctx, ana, null)[0]?.choices.map((c) => c.receiptNo)).toEqual(['BBBB']);
  });

  it('asks for the minutes alone where no amount is known, also for “she’s here”; a sale of their own answers it', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    isHere(ctx, clerk, ana);
    await importFile(ctx, file(near));
    expect(candidatesOf(ctx, ana, null)[0]?.choices.map((c) => c.receiptNo)).toEqual(['CCCC', 'BBBB', 'AAAA']);
    takeSale(ctx, owner, { customerId: ana, saleId: saleId(ctx, 'CCCC'), redemptionId: null });
    expect(candidatesOf(ctx, ana, null)).toEqual([]);
  });

  it('a receipt number typed at redeem is noted with it, ties the redemption to its sale, and goes when it is taken back', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const code = offerAndCode(ctx);
    const first = redeem(ctx, clerk, { code, how: 'code', customerId: ana, receiptNo: ' aaaa ' });
    expect(linksOf(ctx, owner, ana, null).waiting).toMatchObject([{ receiptNo: 'aaaa', state: 'waiting' }]);
    undoRedemption(ctx, clerk, first.redemption.id);
    expect(linksOf(ctx, owner, ana, null).waiting).toEqual([]);
    ctx.clock.set((NOON + MINUTE) as UtcMs);
    const again = redeem(ctx, clerk, { code, how: 'code', customerId: ana, receiptNo: 'aaaa' });
    await importFile(ctx, file(near));
    expect(theirs(ctx, ana)).toEqual(['T-AAAA']);
    expect(ctx.db.raw.prepare('SELECT sale_id FROM redemption WHERE id = ?').pluck().get(again.redemption.id)).toBe(saleId(ctx, 'AAAA'));
  });
});
