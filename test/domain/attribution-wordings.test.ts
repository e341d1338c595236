import { newcombe } from '@domain/attribution/intervals';
import { showsPerHundred } from '@domain/attribution/shows';
import { judgeWords, outcomeOf } from '@domain/attribution/wordings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const side = (x: number, n: number) => ({ x, n });

describe('two wordings against each other', () => {
  it('names the better one only where the Newcombe range leaves zero out', () => {
    // test vector of facts: 56/70 against 48/80 differs by 0.20 (0.0524 … 0.3339)
    const v = judgeWords(side(56, 70), side(48, 80), 'redeemed');
    expect(v.code).toBe('a');
    expect(v.difference?.low).toBeCloseTo(0.052431472402365065, 12);
    expect(v.difference?.high).toBeCloseTo(0.333872654036906, 12);
    expect(judgeWords(side(48, 80), side(56, 70), 'redeemed').code).toBe('b');
  });

  it('says counts only under ten who did it or fifty on a side, and nothing where the split is not what was drawn', () => {
    expect(judgeWords(side(5, 500), side(4, 500), 'came').code).toBe('counts-only');
    expect(judgeWords(side(20, 49), side(1, 49), 'came').code).toBe('counts-only');
    expect(judgeWords(side(90, 900), side(5, 500), 'came').code).toBe('split-broken');
    expect(judgeWords(side(0, 0), side(0, 0), 'came').code).toBe('counts-only');
  });

  it('is even-handed: swapped sides swap the verdict, and what it names agrees with the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, p, q) => {
          const a = side(Math.floor(p * n), n);
          const b = side(Math.floor(q * n), n);
          const v = judgeWords(a, b, 'came');
          const w = judgeWords(b, a, 'came');
          const swap = { a: 'b', b: 'a', 'leaning-a': 'leaning-b', 'leaning-b': 'leaning-a' } as Record<string, string>;
          expect(w.code).toBe(swap[v.code] ?? v.code);
          if (v.code === 'a') expect(newcombe(a, b).low).toBeGreaterThan(0);
          if (v.code === 'no-difference' || v.code.startsWith('leaning')) {
            expect(v.difference?.low).toBeLessThanOrEqual(0);
            expect(v.difference?.high).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('tells beforehand what a list can show: smaller differences with more people, none with a handful', () => {
    expect(showsPerHundred(0.05, 40, 40)).toBeNull();
    const [few, many] = [showsPerHundred(0.05, 200, 200) ?? 0, showsPerHundred(0.05, 2213, 2213) ?? 0];
    expect(few).toBeGreaterThan(many);
    expect(many, 'power.prop.test: 2,212 a side tell 5 % from 7 %').toBeCloseTo(2, 5);
  });

  it('is judged by what the owner chose as the goal', () => {
    expect(outcomeOf('visits', true)).toBe('came');
    expect(outcomeOf('redemptions', false)).toBe('redeemed');
    expect(outcomeOf('none', true)).toBe('redeemed');
    expect(outcomeOf('profit', false)).toBe('came');
  });
});
