import { creditSales, netAfterReturns, type RedeemedSale, type SaleToCredit, type TextThatArrived } from '@domain/attribution/credit';
import { salesCoveredThrough, windowState } from '@domain/attribution/window';
import type { CampaignId, Cents, CustomerId, SaleId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const T0 = Date.UTC(2026, 8, 1, 14);
const at = (days: number) => (T0 + days * DAY) as UtcMs;
const aText = (campaignId: number, day: number, o: Partial<TextThatArrived> = {}): TextThatArrived => ({
  campaignId: campaignId as CampaignId,
  customerId: 1 as CustomerId,
  at: at(day),
  windowEndsAt: at(day + 14),
  ...o,
});
const aSale = (saleId: number, day: number, o: Partial<SaleToCredit> = {}): SaleToCredit => ({
  saleId: saleId as SaleId,
  customerId: 1 as CustomerId,
  kind: 'sale',
  occurredAt: at(day),
  timeKnown: true,
  net: 5000 as Cents,
  tax: 400 as Cents,
  refunded: 0 as Cents,
  ...o,
});
const aRefund = (saleId: number, day: number, net: number): SaleToCredit =>
  aSale(saleId, day, { kind: 'refund', net: -net as Cents, tax: 0 as Cents });
const aCode = (campaignId: number, saleId: number, o: Partial<RedeemedSale> = {}): RedeemedSale => ({
  campaignId: campaignId as CampaignId,
  customerId: 1 as CustomerId,
  saleId: saleId as SaleId,
  at: at(0),
  ...o,
});
const credit = (texts: TextThatArrived[], sales: SaleToCredit[], redemptions: RedeemedSale[] = []) =>
  creditSales({ texts, sales, redemptions }).map((c) => [c.saleId, c.campaignId, c.kind, c.net]);

describe('which sale is credited to which campaign', () => {
  it('only from the text’s arrival to the window’s last instant', () => {
    const sales = [aSale(1, -1), aSale(2, 0), aSale(3, 14), aSale(4, 14, { occurredAt: (at(14) + 1) as UtcMs })];
    expect(credit([aText(7, 0)], sales)).toEqual([
      [2, 7, 'influenced', 5000],
      [3, 7, 'influenced', 5000],
    ]);
  });

  it('the last text wins; when its window is over, an earlier one that still runs takes the sale', () => {
    const longEarly = aText(1, 0, { windowEndsAt: at(30) });
    const shortLate = aText(2, 5, { windowEndsAt: at(8) });
    expect(credit([longEarly, shortLate], [aSale(1, 3), aSale(2, 6), aSale(3, 12)])).toEqual([
      [1, 1, 'influenced', 5000],
      [2, 2, 'influenced', 5000],
      [3, 1, 'influenced', 5000],
    ]);
  });

  it('a redeemed code beats the last text, also on a sale the till tied to nobody, and long after the window', () => {
    expect(credit([aText(1, 0), aText(2, 1)], [aSale(9, 2)], [aCode(1, 9)])).toEqual([[9, 1, 'direct', 5000]]);
    expect(credit([], [aSale(9, 40, { customerId: null })], [aCode(1, 9)])).toEqual([[9, 1, 'direct', 5000]]);
  });

  it('a sale known only by its day is not credited to a text of that day', () => {
    const noon = (day: number) => ({ occurredAt: (at(day) + 2 * HOUR) as UtcMs, timeKnown: false });
    expect(credit([aText(1, 0)], [aSale(1, 0, noon(0)), aSale(2, 1, noon(1))])).toEqual([[2, 1, 'influenced', 5000]]);
  });

  it('returns subtract: on the sale itself without its tax, as a row of its own from the sale of that amount', () => {
    expect(credit([aText(1, 0)], [aSale(1, 2, { refunded: 2700 as Cents })])).toEqual([[1, 1, 'influenced', 2500]]);
    const sales = [aSale(1, 2, { net: 3000 as Cents }), aSale(2, 3), aRefund(3, 4, 3000)];
    expect(credit([aText(1, 0)], sales)).toEqual([
      [1, 1, 'influenced', 0],
      [2, 1, 'influenced', 5000],
    ]);
    // no sale of that amount: the latest one first, the rest from the one before
    const kept = netAfterReturns([aSale(1, 1), aSale(2, 2), aRefund(3, 3, 6000)]);
    expect([kept.get(1 as SaleId), kept.get(2 as SaleId)]).toEqual([4000, 0]);
  });

  it('a return of something bought before the text takes nothing from the text', () => {
    expect(credit([aText(1, 0)], [aSale(1, -5, { net: 8000 as Cents }), aSale(2, 3), aRefund(3, 4, 8000)])).toEqual([
      [2, 1, 'influenced', 5000],
    ]);
  });

  it('whatever happens, one sale is credited once, inside its window, and never more than was imported', () => {
    const text = fc.record({
      campaign: fc.integer({ min: 1, max: 4 }),
      person: fc.integer({ min: 1, max: 3 }),
      day: fc.integer({ min: 0, max: 40 }),
      days: fc.integer({ min: 1, max: 30 }),
    });
    const sale = fc.record({
      person: fc.option(fc.integer({ min: 1, max: 3 })),
      hour: fc.integer({ min: -100, max: 1200 }),
      net: fc.integer({ min: 0, max: 20_000 }),
      refunded: fc.integer({ min: 0, max: 25_000 }),
      refund: fc.boolean(),
      code: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4 }),
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), fc.array(sale, { maxLength: 25 }), (ts, ss) => {
        const texts = ts.map((t) => aText(t.campaign, t.day, { customerId: t.person as CustomerId, windowEndsAt: at(t.day + t.days) }));
        const sales = ss.map((s, i) =>
          aSale(i + 1, 0, {
            customerId: s.person as CustomerId | null,
            kind: s.refund ? 'refund' : 'sale',
            occurredAt: (T0 + s.hour * HOUR) as UtcMs,
            net: (s.refund ? -s.net : s.net) as Cents,
            tax: Math.round(s.net * 0.08) as Cents,
            refunded: (s.refund ? 0 : s.refunded) as Cents,
          }),
        );
        const codes = ss.flatMap((s, i) => (s.code === null ? [] : [aCode(s.code, i + 1)]));
        const credits = creditSales({ texts, sales, redemptions: codes });
        expect(new Set(credits.map((c) => c.saleId)).size).toBe(credits.length);
        let credited = 0;
        for (const c of credits) {
          const s = sales[c.saleId - 1] as SaleToCredit;
          expect(s.kind).toBe('sale');
          expect(c.net).toBeGreaterThanOrEqual(0);
          expect(c.net).toBeLessThanOrEqual(s.net);
          credited += c.net;
          if (c.kind === 'influenced') {
            const own = texts.filter((t) => t.campaignId === c.campaignId && t.customerId === s.customerId);
            expect(own.some((t) => t.at <= s.occurredAt && s.occurredAt <= t.windowEndsAt)).toBe(true);
            expect(
              texts.some(
                (t) =>
                  t.customerId === s.customerId && t.at <= s.occurredAt && s.occurredAt <= t.windowEndsAt && own.every((o) => o.at < t.at),
              ),
            ).toBe(false);
          }
        }
        expect(credited).toBeLessThanOrEqual(sales.filter((s) => s.kind === 'sale').reduce((n, s) => n + s.net, 0));
        const again = creditSales({ texts: [...texts].reverse(), sales: [...sales].reverse(), redemptions: [...codes].reverse() });
        expect([...again].sort((a, b) => a.saleId - b.saleId)).toEqual([...credits].sort((a, b) => a.saleId - b.saleId));
      }),
      { numRuns: 300 },
    );
  });
});

describe('when a window is closed', () => {
  const zone = 'America/New_York' as Zone;
  const instant = (day: string, hour: number) => (Date.parse(`${day}T00:00:00Z`) + (hour + 4) * HOUR) as UtcMs;
  const sundayClosed = (day: ShopDay) => new Date(`${day}T00:00:00Z`).getUTCDay() !== 0;

  it('a file fetched on the day of its last sale may lack the evening', () => {
    const file = (finishedAt: UtcMs) => salesCoveredThrough([{ finishedAt, lastSaleAt: instant('2026-09-17', 15) }], zone, () => true);
    expect(file(instant('2026-09-17', 16))).toBe('2026-09-16');
    expect(file(instant('2026-09-18', 9))).toBe('2026-09-17');
  });

  it('closed days after the last sale are covered', () => {
    const imports = [{ finishedAt: instant('2026-09-14', 9), lastSaleAt: instant('2026-09-12', 15) }]; // Saturday's sales on Monday morning
    expect(salesCoveredThrough(imports, zone, sundayClosed)).toBe('2026-09-13');
    expect(salesCoveredThrough([], zone, sundayClosed)).toBeNull();
  });

  it('runs, then waits for the till file, then closes', () => {
    const ends = (instant('2026-09-20', 24) - 1) as UtcMs;
    expect(windowState(ends, instant('2026-09-20', 12), '2026-09-19' as ShopDay, zone).state).toBe('running');
    expect(windowState(ends, instant('2026-09-21', 9), '2026-09-19' as ShopDay, zone)).toEqual({
      state: 'waiting-for-till',
      endsOn: '2026-09-20',
      coveredThrough: '2026-09-19',
    });
    expect(windowState(ends, instant('2026-09-21', 9), '2026-09-20' as ShopDay, zone).state).toBe('closed');
  });
});
