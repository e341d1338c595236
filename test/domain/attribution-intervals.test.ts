import { mantelHaenszel, mover, newcombe, type Share, wilson } from '@domain/attribution/intervals';
import { normalQuantile, normalTail, Z80 } from '@domain/attribution/normal';
import { type Comparison, campaignsToSettle, verdict } from '@domain/attribution/verdict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const aShare = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.record({ x: fc.integer({ min: 0, max: n }), n: fc.constant(n) })) as fc.Arbitrary<Share>;

describe('intervals, whatever the counts', () => {
  it('Wilson holds its estimate, stays in 0…1, narrows with more people and is wider at 95 % than at 80 %', () => {
    fc.assert(
      fc.property(aShare, ({ x, n }) => {
        const w = wilson({ x, n });
        expect(w.low).toBeGreaterThanOrEqual(0);
        expect(w.high).toBeLessThanOrEqual(1);
        expect(w.low).toBeLessThanOrEqual(w.estimate);
        expect(w.high).toBeGreaterThanOrEqual(w.estimate);
        const more = wilson({ x: x * 4, n: n * 4 });
        expect(more.high - more.low).toBeLessThan(w.high - w.low);
        const w80 = wilson({ x, n }, Z80);
        expect(w80.high - w80.low).toBeLessThan(w.high - w.low);
      }),
    );
  });

  it('Wilson rises with x', () => {
    fc.assert(
      fc.property(aShare, ({ x, n }) => {
        if (x === n) return;
        expect(wilson({ x: x + 1, n }).low).toBeGreaterThan(wilson({ x, n }).low);
      }),
    );
  });

  it('Newcombe holds its estimate, stays in −1…1 and swaps sign with the groups', () => {
    fc.assert(
      fc.property(aShare, aShare, (a, b) => {
        const d = newcombe(a, b);
        expect(d.low).toBeLessThanOrEqual(d.estimate + 1e-15);
        expect(d.high).toBeGreaterThanOrEqual(d.estimate - 1e-15);
        expect(d.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(d.high).toBeLessThanOrEqual(1 + 1e-12);
        const swapped = newcombe(b, a);
        expect(swapped.low).toBeCloseTo(-d.high, 12);
        expect(swapped.high).toBeCloseTo(-d.low, 12);
      }),
    );
  });

  it('MOVER scales with the money unit, also with a discount above the margin', () => {
    fc.assert(
      fc.property(aShare, aShare, fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (a, b, g1, g2) => {
        const dollars = mover({ ...a, gain: g1 }, { ...b, gain: g2 });
        const pennies = mover({ ...a, gain: g1 * 100 }, { ...b, gain: g2 * 100 });
        expect(pennies.low).toBeCloseTo(dollars.low * 100, 6);
        expect(pennies.high).toBeCloseTo(dollars.high * 100, 6);
        expect(dollars.low).toBeLessThanOrEqual(dollars.estimate + 1e-12);
        expect(dollars.high).toBeGreaterThanOrEqual(dollars.estimate - 1e-12);
      }),
    );
  });

  it('pooling one campaign gives its own difference; campaigns without a comparison group change nothing', () => {
    fc.assert(
      fc.property(aShare, aShare, (text, control) => {
        const alone = mantelHaenszel([{ text, control }]);
        expect(alone?.estimate).toBeCloseTo(text.x / text.n - control.x / control.n, 12);
        expect(
          mantelHaenszel([
            { text, control },
            { text, control: { x: 0, n: 0 } },
          ]),
        ).toEqual(alone);
      }),
    );
    expect(mantelHaenszel([])).toBeNull();
  });

  it('the normal tail and its inverse undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(1 - normalTail(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
  });
});

describe('verdict', () => {
  const campaign = (x1: number, n1: number, x2: number, n2: number, profit: Comparison['profit'] = null): Comparison => ({
    text: { x: x1, n: n1 },
    control: { x: x2, n: n2 },
    textedPeople: n1,
    plannedControl: n2 / (n1 + n2),
    profit,
  });

  it('says nothing without a comparison group, from nine buyers, from 49 people, or from a broken split', () => {
    expect(verdict(null).code).toBe('no-holdout');
    expect(verdict(campaign(8, 900, 1, 100)).code).toBe('counts-only');
    expect(verdict(campaign(30, 200, 1, 49)).code).toBe('counts-only');
    expect(verdict({ ...campaign(180, 2400, 12, 600), plannedControl: 0.1 }).code).toBe('split-broken');
  });

  it('180 of 2,700 against 12 of 300 is not proof, but leans: 72 extra buyers', () => {
    const v = verdict(campaign(180, 2700, 12, 300));
    expect(v.code).toBe('leaning');
    expect(v.toward).toBe('gain');
    expect(v.range?.estimate).toBeCloseTo(72, 9);
  });

  it('the same people in profit: $586.98 between −$1,315.35 and $1,790.15 is too early to tell', () => {
    const v = verdict(
      campaign(180, 2700, 12, 300, { marginPerBuyer: 2400, discountPerTextedBuyer: 600, discountPerHeldOutBuyer: 0, messageCost: 6102 }),
    );
    expect(v.code).toBe('too-early');
    expect(v.measure).toBe('profit');
    expect(v.range?.estimate).toBeCloseTo(58_698, 6);
    expect(v.range?.low).toBeCloseTo(-131_535, -1);
    expect(v.range?.high).toBeCloseTo(179_015, -1);
    expect(v.range80?.low).toBeCloseTo(-56_249, -1);
    expect(v.range80?.high).toBeCloseTo(143_508, -1);
    expect(v.moreCampaigns).toBe(Math.ceil(((179_015 + 131_535) / 2 / 58_698) ** 2));
  });

  it('made money, lost, and more than a year of texts', () => {
    expect(verdict(campaign(300, 2700, 12, 300)).code).toBe('made-money');
    expect(verdict(campaign(60, 2700, 24, 300)).code).toBe('lost');
    expect(campaignsToSettle({ estimate: 1, low: -9, high: 11 })).toBeNull();
    expect(campaignsToSettle({ estimate: 0, low: -1, high: 1 })).toBeNull();
    expect(campaignsToSettle({ estimate: 10, low: -5, high: 25 })).toBe(3);
  });
});

describe('discounts people would have been given anyway', () => {
  it('cancel out: what both sides were given alike does not speak against the text', () => {
    const given = (texted: number, heldOut: number): Comparison => ({
      text: { x: 100, n: 1000 },
      control: { x: 100, n: 1000 },
      textedPeople: 1000,
      plannedControl: 0.5,
      profit: { marginPerBuyer: 2000, discountPerTextedBuyer: texted, discountPerHeldOutBuyer: heldOut, messageCost: 0 },
    });
    expect(verdict(given(500, 500)).range?.estimate).toBeCloseTo(0, 9);
    expect(verdict(given(500, 0)).range?.estimate).toBeCloseTo(-50_000, 6);
    expect(verdict(given(0, 500)).range?.estimate).toBeCloseTo(50_000, 6);
  });
});
