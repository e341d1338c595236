import type { CampaignId, UtcMs } from '@domain/kernel';
import {
  redemptionFinding,
  returnsFinding,
  sumOfIndependent,
  type TrendCampaign,
  type TrendMeasured,
} from '@domain/reports/campaign-trend';
import { overTime, sayRedemption, sayReturns } from '@renderer/strings/over-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const w = overTime.en;
const say = {
  n: (n: number) => n.toLocaleString('en-US'),
  tenth: (n: number) => String(Math.round(n * 10) / 10),
  money: (minor: number) => `$${Math.round(minor / 100).toLocaleString('en-US')}`.replace('$-', '−$'),
};
const campaign = (i: number, o: Partial<TrendCampaign> = {}): TrendCampaign => ({
  id: i as CampaignId,
  name: `Text ${i}`,
  startedAt: (i * 1_000_000) as UtcMs,
  closed: true,
  offer: true,
  delivered: 100,
  redeemed: 5,
  used: null,
  measured: null,
  ...o,
});
const measured = (o: Partial<TrendMeasured> = {}): TrendMeasured => ({
  texted: 400,
  heldOut: 100,
  people: { estimate: 0.04, low: 0.01, high: 0.07 },
  profit: { estimate: 50_000, low: 20_000, high: 80_000 },
  cost: 1000,
  ...o,
});

describe('what texts brought in all', () => {
  const told = (ms: (TrendMeasured | null)[], pooled: TrendMeasured['people'] | null = null) =>
    sayReturns(
      returnsFinding(
        ms.map((m, i) => campaign(i + 1, { measured: m })),
        pooled,
      ),
      w,
      say,
    );

  it('adds profits up, and how far they may be off by their squares', () => {
    const sum = sumOfIndependent([
      { estimate: 100, low: 70, high: 140 },
      { estimate: -20, low: -60, high: 10 },
    ]);
    expect(sum).toEqual({ estimate: 80, low: 80 - 50, high: 80 + 50 });
    expect(sumOfIndependent([])).toBeNull();
  });

  it('no sum is surer than its parts allow: adding a campaign never narrows the range', () => {
    const part = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(500), fc.nat(500))
      .map(([e, a, b]) => ({ estimate: e, low: e - a, high: e + b }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), part, (parts, one) => {
        const before = sumOfIndependent(parts);
        const after = sumOfIndependent([...parts, one]);
        if (!before || !after) throw new Error('a sum');
        expect(after.high - after.low).toBeGreaterThanOrEqual(before.high - before.low - 1e-9);
        expect(after.low).toBeLessThanOrEqual(after.estimate);
      }),
    );
  });

  it('says “paid” only when all of the range is above the cost of the texts', () => {
    expect(told([measured(), measured()])).toBe(
      'Texts paid: 2 measured campaigns earned between $576 and $1,424 after the cost of the texts',
    );
    expect(told([measured({ profit: { estimate: 100, low: -5000, high: 5200 } })])).toBe(
      'Not settled yet: one measured campaign brought anywhere from −$50 to $52 after the cost of the texts',
    );
    expect(told([measured({ profit: { estimate: -3000, low: -5000, high: -1000 } })])).toBe(
      'Texts lost money: one measured campaign lost between $10 and $50, the cost of the texts included',
    );
  });

  it('tells what came back for each dollar only where it paid', () => {
    const f = returnsFinding([campaign(1, { measured: measured() })], null);
    // $200 to $800 after $10 of texts: $210 to $810 before it
    expect(f).toMatchObject({ code: 'paid', cost: 1000, perUnit: { low: 21, high: 81 } });
    const unclear = returnsFinding([campaign(1, { measured: measured({ profit: { estimate: 0, low: -10, high: 10 } }) })], null);
    expect(unclear).toMatchObject({ code: 'unclear', perUnit: null });
  });

  it('speaks of people where a margin is missing for any of them, pooled where there are several', () => {
    const none = measured({ profit: null });
    expect(told([none])).toBe('Texts brought people in: between 1 and 7 more of every 100, over one measured campaign');
    expect(told([none, measured()], { estimate: 0.03, low: -0.002, high: 0.06 })).toBe(
      'Not settled yet: anywhere from 0.2 fewer to 6 more of every 100 people, over 2 measured campaigns',
    );
    expect(told([none, none], { estimate: -0.03, low: -0.06, high: -0.01 })).toBe(
      'Texts kept people away: between 1 and 6 fewer of every 100, over 2 measured campaigns',
    );
  });

  it('campaigns without people left out add nothing, whatever was bought after them', () => {
    expect(told([null, null])).toBe('No text has been measured yet');
    expect(told([measured(), null, null])).toContain('one measured campaign');
  });
});

describe('how codes are used over time', () => {
  const told = (cs: TrendCampaign[]) => sayRedemption(redemptionFinding(cs), w, say);

  it('sets the newest against all before it, and calls chance what may be chance', () => {
    const before = [campaign(1, { delivered: 500, redeemed: 25 }), campaign(2, { delivered: 500, redeemed: 25 })];
    expect(told([...before, campaign(3, { delivered: 500, redeemed: 60 })])).toBe(
      '“Text 3” did better than usual: 12 of 100 people reached used its code, 5 of 100 before',
    );
    expect(told([...before, campaign(3, { delivered: 500, redeemed: 8 })])).toBe(
      '“Text 3” did worse than usual: 1.6 of 100 people reached used its code, 5 of 100 before',
    );
    expect(told([...before, campaign(3, { delivered: 50, redeemed: 4 })])).toBe(
      'About as usual: 8 of 100 people reached used the code of “Text 3”, 5 of 100 before',
    );
  });

  it('does not judge what still runs, had no code or reached nobody; the order does not matter', () => {
    const cs = [
      campaign(5, { closed: false, redeemed: 90 }),
      campaign(4, { offer: false }),
      campaign(3, { delivered: 0, redeemed: 0 }),
      campaign(1, { redeemed: 7 }),
    ];
    expect(told(cs)).toBe('7 of 100 people reached used the code of “Text 1”');
    expect(told([])).toBe('No campaign with a code is over yet');
  });
});
