import { katz, mantelHaenszel, mover, newcombe, pooledZ, type Share, wilson } from '@domain/attribution/intervals';
import { normalQuantile, normalTail, Z80, Z95 } from '@domain/attribution/normal';
import { peoplePerGroup, sampleRatio, smallestVisibleRise } from '@domain/attribution/power';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/stat-vectors.json';

const share = (s: string): Share => {
  const [x, n] = s.split('/').map(Number) as [number, number];
  return { x, n };
};
const versus = (s: string): [Share, Share] => s.split(' vs ').map(share) as [Share, Share];

describe('reference values', () => {
  it('z', () => {
    expect(Z95).toBe(vectors.z975);
    expect(Z80).toBe(vectors.z90);
    expect(normalQuantile(0.975)).toBeCloseTo(vectors.z975, 13);
    expect(normalQuantile(0.9)).toBeCloseTo(vectors.z90, 13);
    expect(normalQuantile(0.025)).toBeCloseTo(-vectors.z975, 13);
    expect(normalTail(5)).toBeCloseTo(2.866515718791939e-7, 19);
  });

  it.each(Object.entries(vectors.wilson95))('Wilson %s', (name, [low, high]) => {
    const got = wilson(share(name));
    expect(got.low).toBeCloseTo(low as number, 12);
    expect(got.high).toBeCloseTo(high as number, 12);
  });

  it.each(Object.entries(vectors['newcombe95 [diff,lo,hi]']))('Newcombe %s', (name, [diff, low, high]) => {
    const got = newcombe(...versus(name));
    expect(got.estimate).toBeCloseTo(diff as number, 12);
    expect(got.low).toBeCloseTo(low as number, 12);
    expect(got.high).toBeCloseTo(high as number, 12);
  });

  it('Newcombe at 80 % (facts E3)', () => {
    const got = newcombe({ x: 180, n: 2700 }, { x: 12, n: 300 }, Z80);
    expect(got.low).toBeCloseTo(0.008505, 6);
    expect(got.high).toBeCloseTo(0.040426, 6);
  });

  it.each(Object.entries(vectors['ztest pooled [z,p2]']))('pooled z %s', (name, [z, p]) => {
    const got = pooledZ(...versus(name));
    expect(got.z).toBeCloseTo(z as number, 12);
    expect(got.p).toBeCloseTo(p as number, 12);
  });

  it.each(Object.entries(vectors['mover margin [per customer,lo,hi]']))('MOVER %s', (name, [estimate, low, high]) => {
    const v = Object.fromEntries(name.split(' ').map((kv) => [kv.split('=')[0], Number(kv.split('=')[1])])) as Record<string, number>;
    const got = mover({ x: v.x1 ?? 0, n: v.n1 ?? 0, gain: v.g1 ?? 0 }, { x: v.x2 ?? 0, n: v.n2 ?? 0, gain: v.g2 ?? 0 });
    expect(got.estimate).toBeCloseTo(estimate as number, 12);
    expect(got.low).toBeCloseTo(low as number, 12);
    expect(got.high).toBeCloseTo(high as number, 12);
  });

  it.each(Object.entries(vectors['n per group (power)']))('people per group %s', (name, n) => {
    const [p1, p2, alpha, power] = JSON.parse(name.replace('(', '[').replace(')', ']')) as [number, number, number, number];
    expect(peoplePerGroup(p1, p2, alpha, power)).toBeCloseTo(n, 8);
  });

  it.each(Object.entries(vectors['MH pooled risk diff [rd,se,lo,hi] strata (x1,n1,x2,n2)']))('Mantel-Haenszel %s', (name, want) => {
    const strata = JSON.parse(name.replaceAll('(', '[').replaceAll(')', ']')) as [number, number, number, number][];
    const got = mantelHaenszel(strata.map(([x1, n1, x2, n2]) => ({ text: { x: x1, n: n1 }, control: { x: x2, n: n2 } })));
    for (const [i, v] of [got?.estimate, got?.se, got?.low, got?.high].entries()) expect(v).toBeCloseTo(want[i] as number, 12);
  });

  it('sample ratio 2650/350 when 90/10 was planned', () => {
    const [chi2, p] = vectors['srm chi2 2650/350 expected 90/10'] as [number, number];
    const got = sampleRatio(2650, 350, 0.1);
    expect(got.chi2).toBeCloseTo(chi2, 10);
    expect(got.p).toBeCloseTo(p, 12);
    expect(got.suspicious).toBe(false);
    expect(sampleRatio(2600, 400, 0.1).suspicious).toBe(true);
  });

  it('Katz ratio only with ten buyers in the second group', () => {
    expect(katz({ x: 180, n: 2700 }, { x: 9, n: 300 })).toBeNull();
    const got = katz({ x: 180, n: 2700 }, { x: 12, n: 300 });
    expect(got?.estimate).toBeCloseTo(180 / 2700 / (12 / 300), 12);
    expect(got?.low).toBeCloseTo(1.6666667 * Math.exp(-Z95 * Math.sqrt(1 / 180 - 1 / 2700 + 1 / 12 - 1 / 300)), 6);
  });

  it.each([
    [300, 0.1, 0.05, 0.199],
    [500, 0.2, 0.02, 0.077],
    [1000, 0.5, 0.1, 0.059],
    [2000, 0.1, 0.05, 0.059],
    [5000, 0.2, 0.1, 0.032],
  ])('smallest visible rise: list of %d, %d held out, base %d → %d', (list, held, base, want) => {
    expect(smallestVisibleRise(base, list * (1 - held), list * held)).toBeCloseTo(want, 2);
  });
});
