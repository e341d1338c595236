import { creditSales, type RedeemedSale, type SaleToCredit, type TextThatArrived } from '@domain/attribution/credit';
import type { CampaignId, Cents, CustomerId, SaleId, UtcMs } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';

/** Few people, few moments: everything overlaps, and much happens in the same instant. */
const someone = fc.integer({ min: 1, max: 3 }) as fc.Arbitrary<number> as fc.Arbitrary<CustomerId>;
const moment = fc.constantFrom(0, 1, 2, 3, 5, 8, 13, 21, 34).map((d) => (d * DAY) as UtcMs);
const texts = fc.array(
  fc.record({ campaignId: fc.integer({ min: 1, max: 4 }), customerId: someone, at: moment, days: fc.integer({ min: 1, max: 30 }) }),
  { maxLength: 10 },
);
const sales = fc.uniqueArray(
  fc.record({
    saleId: fc.integer({ min: 1, max: 14 }),
    customerId: fc.option(someone, { nil: null }),
    kind: fc.constantFrom('sale', 'sale', 'sale', 'refund'),
    occurredAt: moment,
    timeKnown: fc.boolean(),
    net: fc.integer({ min: -500, max: 9000 }),
    tax: fc.integer({ min: 0, max: 700 }),
    refunded: fc.constantFrom(0, 0, 0, 400, 3000, 20_000),
  }),
  { selector: (s) => s.saleId, maxLength: 14 },
);
const codes = fc.array(
  fc.record({
    campaignId: fc.integer({ min: 1, max: 4 }),
    customerId: fc.option(someone, { nil: null }),
    saleId: fc.integer({ min: 1, max: 14 }),
    at: moment,
  }),
  { maxLength: 9 },
);

it('a sale is never credited twice across overlapping campaigns, never for more than it took, and in whatever order it is told', () => {
  fc.assert(
    fc.property(texts, sales, codes, fc.integer(), (t, s, r, turn) => {
      const input = {
        // windows are frozen per campaign
        texts: t.map(({ days, ...x }) => ({ ...x, windowEndsAt: x.campaignId * 9 * DAY })) as unknown as TextThatArrived[],
        sales: s.map((x) => ({ ...x, net: x.kind === 'refund' ? -Math.abs(x.net) : x.net })) as unknown as SaleToCredit[],
        redemptions: r as unknown as RedeemedSale[],
      };
      const credits = creditSales(input);
      expect(new Set(credits.map((c) => c.saleId)).size).toBe(credits.length);
      const took = new Map(input.sales.map((x) => [x.saleId, x]));
      for (const c of credits) {
        const sale = took.get(c.saleId) as SaleToCredit;
        expect(sale.kind).toBe('sale');
        expect(c.net).toBeGreaterThanOrEqual(0);
        expect(c.net).toBeLessThanOrEqual(Math.max(0, sale.net));
        if (c.kind === 'direct') {
          expect(input.redemptions.some((x) => x.saleId === c.saleId && x.campaignId === c.campaignId)).toBe(true);
          continue;
        }
        expect(input.redemptions.some((x) => x.saleId === c.saleId)).toBe(false);
        const fits = (x: TextThatArrived) =>
          x.customerId === sale.customerId &&
          x.at <= sale.occurredAt - (sale.timeKnown ? 0 : 24 * HOUR) &&
          sale.occurredAt <= x.windowEndsAt;
        const last = Math.max(...input.texts.filter(fits).map((x) => x.at));
        expect(input.texts.some((x) => fits(x) && x.at === last && x.campaignId === c.campaignId)).toBe(true);
      }
      // returns are never taken off more than once: what is credited and what came back fit into what was sold
      for (const who of new Set(input.sales.map((x) => x.customerId))) {
        if (who === null) continue;
        const mine = input.sales.filter((x) => x.customerId === who);
        const sold = mine.filter((x) => x.kind === 'sale').reduce((n, x) => n + Math.max(0, x.net), 0);
        expect(credits.filter((c) => took.get(c.saleId)?.customerId === who).reduce((n, c) => n + c.net, 0)).toBeLessThanOrEqual(sold);
      }
      const turned = <T>(xs: readonly T[]) => xs.map((_, i) => xs[(((i + turn) % xs.length) + xs.length) % xs.length] as T).reverse();
      const again = creditSales({ texts: turned(input.texts), sales: turned(input.sales), redemptions: turned(input.redemptions) });
      const inOrder = (list: typeof credits) =>
        [...list]
          .sort((a, b) => a.saleId - b.saleId)
          .map(({ customerId, ...c }) => ({ ...c, who: took.get(c.saleId)?.customerId ?? null }));
      expect(inOrder(again)).toEqual(inOrder(credits));
    }),
    { numRuns: 400 },
  );
});

it('what is taken back from one sale is not taken from another: a whole day of exchanges adds up', () => {
  const sale = (saleId: number, kind: 'sale' | 'refund', net: number, minute: number): SaleToCredit => ({
    saleId: saleId as SaleId,
    customerId: 1 as CustomerId,
    kind,
    occurredAt: (DAY + minute * 60_000) as UtcMs,
    timeKnown: true,
    net: net as Cents,
    tax: 0 as Cents,
    refunded: 0 as Cents,
  });
  const credits = creditSales({
    texts: [{ campaignId: 1 as CampaignId, customerId: 1 as CustomerId, at: 0 as UtcMs, windowEndsAt: (9 * DAY) as UtcMs }],
    redemptions: [],
    sales: [
      sale(1, 'sale', 4000, 0),
      sale(2, 'refund', -4000, 1),
      sale(3, 'sale', 6000, 1),
      sale(4, 'refund', -6000, 2),
      sale(5, 'sale', 6000, 2),
    ],
  });
  expect(credits.map((c) => [c.saleId, c.net])).toEqual([
    [1, 0],
    [3, 0],
    [5, 6000],
  ]);
});
