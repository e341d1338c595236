import { halfEven, type MarginLine, type Margins, marginByLine, marginKept, marginOf, saleMargin } from '@domain/reports/margin';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const margins = (shop: number | null, categories: Record<string, number> = {}, items: Record<string, number> = {}): Margins => ({
  shop,
  categories: new Map(Object.entries(categories)),
  items: new Map(Object.entries(items)),
});
const line = (gross: number, name = 'Boot', category = 'Shoes'): MarginLine => ({ name, category, gross });
const sale = (gross: number, discount: number, lines: readonly MarginLine[]) => ({ gross, discount, net: gross - discount, lines });

describe('the margin of a sale', () => {
  it('is the item’s, else the category’s, else the shop’s, whatever the case of the name', () => {
    const m = margins(4000, { shoes: 5000 }, { 'red boot': 6000 });
    expect(marginOf(m, { name: 'Red BOOT', category: 'Shoes' })).toEqual({ bp: 6000, from: 'item' });
    expect(marginOf(m, { name: 'Clog', category: 'SHOES' })).toEqual({ bp: 5000, from: 'category' });
    expect(marginOf(m, { name: 'Clog', category: '' })).toEqual({ bp: 4000, from: 'shop' });
    expect(marginOf(margins(null, { shoes: 5000 }), { name: 'Sock', category: 'Socks' })).toBeNull();
  });

  it('is margin times list price, less the discount: 20 % off at a margin of 50 % earns 30 % of the list price', () => {
    expect(saleMargin(margins(5000), sale(10_000, 2000, [line(10_000)]))).toEqual({ margin: 5000, earned: 3000 });
    // more given away than earned
    expect(saleMargin(margins(1000), sale(10_000, 2000, [line(10_000)])).earned).toBe(-1000);
  });

  it('counts what no line covers with the shop’s own margin, and knows nothing where there is none', () => {
    expect(saleMargin(margins(3000, { shoes: 5000 }), sale(10_000, 0, [line(6000)])).margin).toBe(3000 + 1200);
    expect(saleMargin(margins(null, { shoes: 5000 }), sale(10_000, 0, [line(6000)])).margin).toBeNull();
    expect(saleMargin(margins(null, { shoes: 5000 }), sale(6000, 0, [line(6000), line(0, 'Bag', '')])).margin).toBe(3000);
    expect(saleMargin(margins(null), sale(6000, 0, [line(6000)]))).toEqual({ margin: null, earned: null });
  });

  it('a refund takes off what its sale had earned', () => {
    const m = margins(4000, { shoes: 4550 });
    const sold = saleMargin(m, sale(9999, 999, [line(9999)]));
    const back = saleMargin(m, { gross: -9999, discount: 999, net: -9000, lines: [line(-9999)] });
    expect((sold.earned ?? 0) + (back.earned ?? 0)).toBe(0);
  });

  it('rounds halves to the even cent', () => {
    expect(
      [halfEven(5, 10), halfEven(15, 10), halfEven(25, 10), halfEven(-5, 10), halfEven(-15, 10), halfEven(-14, 10)].map((n) => n + 0),
    ).toEqual([0, 2, 2, 0, -2, -1]);
  });

  const bp = fc.integer({ min: 0, max: 10_000 });
  const lines = fc.array(
    fc.record({
      name: fc.constantFrom('Boot', 'Clog', 'Sock'),
      category: fc.constantFrom('Shoes', 'Socks', ''),
      gross: fc.integer({ min: -200_000, max: 200_000 }),
    }),
    { maxLength: 8 },
  );

  it('its lines add up to it to the cent, and it lies within half a cent of the exact figure', () => {
    fc.assert(
      fc.property(bp, bp, bp, lines, fc.integer({ min: -5000, max: 5000 }), (shop, category, item, ls, rest) => {
        const m = margins(shop, { shoes: category }, { clog: item });
        const gross = ls.reduce((n, l) => n + l.gross, rest);
        const s = sale(gross, 0, ls);
        const whole = saleMargin(m, s).margin as number;
        expect((marginByLine(m, s) ?? []).reduce((n, p) => n + p.margin, 0)).toBe(whole);
        const exact = ls.reduce((n, l) => n + (marginOf(m, l)?.bp ?? 0) * l.gross, 0) + rest * shop;
        expect(Math.abs(whole * 10_000 - exact)).toBeLessThanOrEqual(5000);
      }),
    );
  });

  it('what is kept after returns earns its share: nothing for nothing, all for all, never more', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), fc.nat(120_000), (margin, net, kept) => {
        const part = marginKept(margin, net, kept);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(margin);
        if (kept >= net) expect(part).toBe(margin);
        if (kept === 0) expect(part).toBe(0);
      }),
    );
  });
});
