import type { CampaignId, Cents, OfferId } from '@domain/kernel';
import { countMedium, makeMedium, mediaFor } from '@services/offers/media';
import { saveOffer } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const anOffer = (ctx: TestCtx): OfferId =>
  saveOffer(ctx, owner, {
    id: null,
    name: '10% off',
    kind: 'percent',
    percent: 10,
    validDays: 30,
    codeMode: 'personal',
    minSpend: 2000 as Cents,
  }).id;
const aMedium = (ctx: TestCtx, baseId: OfferId, code: string, o: Partial<Parameters<typeof makeMedium>[2]> = {}) =>
  makeMedium(ctx, owner, {
    baseId,
    campaignId: null,
    kind: 'radio',
    name: 'KWMR mornings',
    code,
    givenOut: null,
    cost: 25_000 as Cents,
    ...o,
  });

describe('one code per medium', () => {
  it('redeems at the counter on the offer’s own terms, and tells the radio from the poster', () => {
    const ctx = aCtx();
    const base = anOffer(ctx);
    aMedium(ctx, base, 'radio10');
    aMedium(ctx, base, 'POSTER10', { kind: 'poster', name: 'Window', campaignId: 7 as CampaignId });
    expect(() => redeem(ctx, owner, { code: 'RADIO10', how: 'code', amount: 1000 as Cents })).toThrow(
      expect.objectContaining({ code: 'offer.below-minimum' }),
    );
    redeem(ctx, owner, { code: 'radio 10', how: 'code', amount: 5000 as Cents });
    const twice = redeem(ctx, owner, { code: 'RADIO10', how: 'code', amount: 3000 as Cents });
    redeem(ctx, owner, { code: 'POSTER10', how: 'code', amount: 4000 as Cents });
    expect(mediaFor(ctx, { baseId: base })).toMatchObject([
      { name: 'KWMR mornings', code: 'RADIO10', redeemed: 2, takings: 8000, cost: 25_000 },
      { name: 'Window', code: 'POSTER10', redeemed: 1, takings: 4000 },
    ]);
    expect(mediaFor(ctx, { campaignId: 7 as CampaignId })).toMatchObject([{ name: 'Window', redeemed: 1 }]);
    undoRedemption(ctx, owner, twice.redemption.id);
    expect(mediaFor(ctx, { baseId: base })[0]).toMatchObject({ redeemed: 1, takings: 5000 });
  });

  it('keeps what the owner learns of it later, and takes no code that is somebody’s already', () => {
    const ctx = aCtx();
    const base = anOffer(ctx);
    const id = aMedium(ctx, base, 'RADIO10');
    countMedium(ctx, owner, id, { givenOut: 12_000, cost: null });
    expect(mediaFor(ctx, { baseId: base })[0]).toMatchObject({ givenOut: 12_000, cost: null });
    expect(() => aMedium(ctx, base, 'RADIO10')).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    expect(mediaFor(ctx, { baseId: base })).toHaveLength(1);
  });
});
