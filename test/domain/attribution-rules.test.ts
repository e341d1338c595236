import { creditSales, netAfterReturns, type RedeemedSale, type SaleToCredit, type TextThatArrived } from '@domain/attribution/credit';
import type { CampaignId, Cents, CustomerId, SaleId, UtcMs } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { compare } from '@domain/reports/campaign';
import { CampaignTally } from '@domain/reports/tally';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personOf } from '../support/verdict-lab';

/** The rules of credit, each held against generated shops of several overlapping campaigns (rules.md §7). */
const T0 = Date.UTC(2026, 8, 1, 14);
const aText = fc.record({
  campaignId: fc.integer({ min: 1, max: 5 }) as unknown as fc.Arbitrary<CampaignId>,
  customerId: fc.integer({ min: 1, max: 4 }) as unknown as fc.Arbitrary<CustomerId>,
  hour: fc.integer({ min: 0, max: 1000 }),
  days: fc.integer({ min: 7, max: 30 }),
});
const aSale = fc.record({
  customerId: fc.option(fc.integer({ min: 1, max: 4 })) as unknown as fc.Arbitrary<CustomerId | null>,
  hour: fc.integer({ min: -2000, max: 2400 }),
  net: fc.integer({ min: 1, max: 30_000 }),
  refund: fc.nat(9).map((n) => n === 0),
  timeKnown: fc.nat(5).map((n) => n > 0),
  code: fc.option(fc.record({ campaign: fc.integer({ min: 1, max: 5 }), hour: fc.integer({ min: 0, max: 1000 }) }), { freq: 3 }),
  second: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 9 }),
});
const aShop = fc
  .record({ texts: fc.array(aText, { maxLength: 14 }), sales: fc.array(aSale, { maxLength: 30 }) })
  .map(({ texts, sales }) => ({
    texts: texts.map(
      (t): TextThatArrived => ({
        campaignId: t.campaignId,
        customerId: t.customerId,
        at: (T0 + t.hour * HOUR) as UtcMs,
        windowEndsAt: (T0 + t.hour * HOUR + t.days * DAY) as UtcMs,
      }),
    ),
    sales: sales.map(
      (s, i): SaleToCredit => ({
        saleId: (i + 1) as SaleId,
        customerId: s.customerId,
        kind: s.refund ? 'refund' : 'sale',
        occurredAt: (T0 + s.hour * HOUR) as UtcMs,
        timeKnown: s.timeKnown,
        net: (s.refund ? -s.net : s.net) as Cents,
        tax: 0 as Cents,
        refunded: 0 as Cents,
      }),
    ),
    redemptions: sales.flatMap((s, i): RedeemedSale[] =>
      [s.code, s.code && s.second ? { campaign: s.second, hour: s.code.hour + 1 } : null].flatMap((c) =>
        c
          ? [
              {
                campaignId: c.campaign as CampaignId,
                customerId: s.customerId,
                saleId: (i + 1) as SaleId,
                at: (T0 + c.hour * HOUR) as UtcMs,
              },
            ]
          : [],
      ),
    ),
  }));

describe('the rules of credit', () => {
  it('a sale is credited at most once, over all campaigns together', () => {
    fc.assert(
      fc.property(aShop, (shop) => {
        const credits = creditSales(shop);
        expect(new Set(credits.map((c) => c.saleId)).size).toBe(credits.length);
        const sold = shop.sales.filter((s) => s.kind === 'sale').reduce((n, s) => n + s.net, 0);
        expect(credits.reduce((n, c) => n + c.net, 0)).toBeLessThanOrEqual(sold);
      }),
    );
  });

  it('a code beats every text: its campaign gets the sale, the first typed of two', () => {
    fc.assert(
      fc.property(aShop, (shop) => {
        for (const c of creditSales(shop)) {
          const codes = shop.redemptions.filter((r) => r.saleId === c.saleId).sort((a, b) => a.at - b.at);
          expect(c.kind).toBe(codes.length > 0 ? 'direct' : 'influenced');
          if (codes[0]) expect(c.campaignId).toBe(codes[0].campaignId);
        }
      }),
    );
  });

  it('without a code the last text before the sale takes it, while its window runs; nobody known is never influenced', () => {
    fc.assert(
      fc.property(aShop, (shop) => {
        const influenced = new Map(creditSales(shop).flatMap((c) => (c.kind === 'influenced' ? [[c.saleId, c]] : [])));
        for (const s of shop.sales) {
          if (s.kind !== 'sale' || shop.redemptions.some((r) => r.saleId === s.saleId)) continue;
          const latest = s.timeKnown ? s.occurredAt : s.occurredAt - DAY;
          const open = shop.texts.filter((t) => t.customerId === s.customerId && t.at <= latest && s.occurredAt <= t.windowEndsAt);
          const got = influenced.get(s.saleId);
          if (open.length === 0) expect(got).toBeUndefined();
          else expect(open.some((t) => t.campaignId === got?.campaignId && t.at === Math.max(...open.map((o) => o.at)))).toBe(true);
        }
      }),
    );
  });

  it('one more campaign never adds to what is credited in all: it only takes from others, or takes what nobody had', () => {
    fc.assert(
      fc.property(aShop, aText, (shop, t) => {
        const text = {
          campaignId: 9 as CampaignId,
          customerId: t.customerId,
          at: (T0 + t.hour * HOUR) as UtcMs,
          windowEndsAt: (T0 + 9e9) as UtcMs,
        };
        const [before, after] = [creditSales(shop), creditSales({ ...shop, texts: [...shop.texts, text] })];
        const net = new Map(before.map((c) => [c.saleId, c.net]));
        for (const c of after) if (net.has(c.saleId)) expect(c.net).toBe(net.get(c.saleId));
        expect(after.filter((c) => c.kind === 'direct')).toEqual(before.filter((c) => c.kind === 'direct'));
        expect(after.length).toBeGreaterThanOrEqual(before.length);
      }),
    );
  });

  it('a return takes off at most itself, from the same person, in the sixty days after the sale', () => {
    fc.assert(
      fc.property(aShop, ({ sales }) => {
        const kept = netAfterReturns(sales);
        for (const who of new Set(sales.map((s) => s.customerId))) {
          const own = sales.filter((s) => s.customerId === who);
          const lost = own.filter((s) => s.kind === 'sale').reduce((n, s) => n + s.net - (kept.get(s.saleId) ?? 0), 0);
          const back = own.filter((s) => s.kind === 'refund').reduce((n, s) => n - s.net, 0);
          expect(lost).toBeLessThanOrEqual(who === null ? 0 : back);
          for (const s of own) {
            if (s.kind !== 'sale' || kept.get(s.saleId) === s.net) continue;
            expect(own.some((r) => r.kind === 'refund' && r.occurredAt >= s.occurredAt && r.occurredAt <= s.occurredAt + 60 * DAY)).toBe(
              true,
            );
          }
        }
      }),
    );
  });
});

describe('returns, as written down', () => {
  const sale = (o: Partial<SaleToCredit>): SaleToCredit => ({
    saleId: 1 as SaleId,
    customerId: 1 as CustomerId,
    kind: 'sale',
    occurredAt: (T0 + 2 * DAY) as UtcMs,
    timeKnown: true,
    net: 5000 as Cents,
    tax: 0 as Cents,
    refunded: 0 as Cents,
    ...o,
  });
  const back = (day: number) => sale({ saleId: 2 as SaleId, kind: 'refund', occurredAt: (T0 + day * DAY) as UtcMs, net: -5000 as Cents });
  const text: TextThatArrived = {
    campaignId: 1 as CampaignId,
    customerId: 1 as CustomerId,
    at: T0 as UtcMs,
    windowEndsAt: (T0 + 14 * DAY) as UtcMs,
  };
  const credited = (sales: SaleToCredit[]) => creditSales({ texts: [text], redemptions: [], sales })[0]?.net;

  it('after the window’s end they still subtract, for sixty days; then the sale stands', () => {
    expect(credited([sale({}), back(10)])).toBe(0);
    expect(credited([sale({}), back(30)])).toBe(0);
    expect(credited([sale({}), back(61)])).toBe(0);
    expect(credited([sale({}), back(63)])).toBe(5000);
  });

  it('written on the sale itself they subtract whenever the file brings them', () => {
    expect(credited([sale({ refunded: 2000 as Cents })])).toBe(3000);
    expect(credited([sale({ refunded: 9000 as Cents })])).toBe(0);
  });

  it('of nobody known take nothing from anybody', () => {
    expect(credited([sale({}), { ...back(10), customerId: null }])).toBe(5000);
  });
});

describe('the 28-day view', () => {
  it('shows a purchase that was only brought forward: a difference in the window, none over 28 days', () => {
    const bought = (day: number, id: number) => ({
      saleId: id as SaleId,
      customerId: id as CustomerId,
      kind: 'sale' as const,
      occurredAt: (T0 + day * DAY) as UtcMs,
      timeKnown: true,
      net: 4000 as Cents,
      tax: 0 as Cents,
      refunded: 0 as Cents,
      gross: 4000,
      discount: 0,
      margin: 2000,
      fixed: true,
    });
    const told = (days: number) => {
      const tally = new CampaignTally({ from: T0 as UtcMs, to: (T0 + days * DAY) as UtcMs });
      for (let i = 1; i <= 800; i++) {
        const arm = i <= 400 ? 'text' : 'control';
        // a quarter of both sides buys: the texted within the window, the others in the two weeks after it
        tally.add(personOf(i, arm, true, false, i % 4 === 0 ? [bought(arm === 'text' ? 5 : 20, i)] : []));
      }
      return compare(tally.figures(), 50, { marginPercent: null, messageCost: null }).inBuyers;
    };
    expect(told(14).code).toBe('made-money');
    expect(told(28)).toMatchObject({ code: 'too-early', moreCampaigns: null });
    expect(told(28).range?.estimate).toBe(0);
  });
});
