import { type CampaignComparison, goalResult } from '@domain/reports/campaign';
import { CampaignTally } from '@domain/reports/tally';
import { describe, expect, it } from 'vitest';

const figures = { ...new CampaignTally({ from: 0 as never, to: 1 as never }).figures(), came: 30, redeemed: 12 };
const profit = (low: number, high: number) =>
  ({ verdict: { measure: 'profit', range: { estimate: (low + high) / 2, low, high } } }) as unknown as CampaignComparison;
const judged = (kind: 'visits' | 'redemptions' | 'profit', target: number, c: CampaignComparison | null, closed = true) =>
  goalResult({ kind, target }, figures, c, 100, closed)?.verdict;

describe('the goal of a campaign', () => {
  it('is not judged while its days run', () => {
    expect(judged('visits', 31, null, false)).toBe('running');
    expect(judged('visits', 30, null, false), 'counted, and can only grow').toBe('reached');
    expect(judged('profit', 10, profit(5000, 9000), false)).toBe('running');
    expect(goalResult({ kind: 'none', target: null }, figures, null, 100, true)).toBeNull();
  });

  it('counts people who came and codes that were used', () => {
    expect(judged('visits', 30, null)).toBe('reached');
    expect(judged('visits', 31, null)).toBe('not-reached');
    expect(judged('redemptions', 12, null)).toBe('reached');
    expect(judged('redemptions', 20, null)).toBe('not-reached');
  });

  it('says a profit was reached or missed only where its whole range says so', () => {
    expect(judged('profit', 50, profit(5000, 9000))).toBe('reached');
    expect(judged('profit', 50, profit(4999, 9000))).toBe('cannot-tell');
    expect(judged('profit', 50, profit(1000, 4999))).toBe('not-reached');
    expect(judged('profit', 50, null)).toBe('cannot-tell');
  });
});
