import type { ShopDay } from '@domain/kernel';
import { review } from '@services/campaigns/review';
import { saveOffer } from '@services/offers/offers';
import { expect, test } from 'vitest';
import { aLadderShop, aStep } from '../support/ladder-shop';
import { owner } from '../support/test-ctx';

const shopWith = (untilDay: ShopDay) =>
  aLadderShop({
    people: 2,
    steps: (ctx) => {
      const { id } = saveOffer(ctx, owner, {
        id: null,
        name: 'This week',
        kind: 'percent',
        percent: 15,
        codeMode: 'personal',
        validDays: 14,
        untilDay,
      });
      return [aStep({ key: 'fifteen', reaction: 'nothing', afterDays: 10, offerId: id })];
    },
  });

test('a follow-up whose offer is over before it is due stops the review; one that comes in time does not', async () => {
  const late = await shopWith('2026-11-11' as ShopDay); // the first text leaves on the 2nd
  expect(await review(late.ctx, late.root)).toMatchObject({ checks: [{ code: 'step-offer-ends-first', level: 'stop' }], quoteToken: null });
  const intime = await shopWith('2026-11-12' as ShopDay);
  expect((await review(intime.ctx, intime.root)).checks).toEqual([]);
});
