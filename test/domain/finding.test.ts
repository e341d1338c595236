import { leakRate } from '@domain/attribution/payback';
import { whatItShows } from '@domain/attribution/shows';
import { type Comparison, verdict } from '@domain/attribution/verdict';
import type { ShopDay } from '@domain/kernel';
import { type FindingInput, findingOf, ratioOf } from '@domain/reports/finding';
import { type ResultFormat, results, sayFinding, sayJudged, sayLeak, sayShows } from '@renderer/strings/results';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const say: ResultFormat = {
  n: (n) => n.toLocaleString('en-US'),
  money: (minor) => Math.round(minor / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 }),
  day: (day) => (day === '2026-06-14' ? '14 June' : '10 June'),
};
const day = '2026-06-14' as ShopDay;
const closed = { state: 'closed', endsOn: day } as const;
const compared = (x1: number, n1: number, x2: number, n2: number, profit: Comparison['profit'] = null): FindingInput['comparison'] => ({
  text: { n: n1, buyers: x1 },
  control: { n: n2, buyers: x2 },
  verdict: verdict({ text: { x: x1, n: n1 }, control: { x: x2, n: n2 }, textedPeople: n1, plannedControl: n2 / (n1 + n2), profit }),
});
const told = (comparison: FindingInput['comparison'], o: Partial<FindingInput> = {}): string =>
  sayFinding(
    findingOf({ window: closed, comparison, hasOffer: true, redeemed: 31, came: 44, recognised: { sales: 900, of: 900 }, ...o }),
    results.en,
    say,
  ).join(' ');
const profit = { marginPerBuyer: 2400, discountPerTextedBuyer: 600, discountPerHeldOutBuyer: 0, messageCost: 6102 };

describe('the verdict, as one would say it', () => {
  it('before there is one', () => {
    expect(told(null, { window: { state: 'running', endsOn: day } })).toBe('Still running, no verdict before 14 June is over.');
    const waiting = { state: 'waiting-for-till', endsOn: day } as const;
    expect(told(null, { window: { ...waiting, coveredThrough: null } })).toBe('Waiting for the till file to 14 June.');
    expect(told(null, { window: { ...waiting, coveredThrough: '2026-06-10' as ShopDay } })).toBe(
      'Waiting for the till file to 14 June. It reaches 10 June so far.',
    );
  });

  it('with nobody held out, too few people, or a split that is not what was drawn', () => {
    expect(told(null)).toBe('31 people used the code. We can’t say how many would have come anyway.');
    expect(told(null, { hasOffer: false, came: 1 })).toBe('1 person came after the text. We can’t say how many would have come anyway.');
    expect(told(compared(6, 400, 2, 100))).toBe('Too few people to say: 6 of 400 texted came, and 2 of 100 left out.');
    const c = compared(180, 2400, 12, 600);
    const broken = c && { ...c, verdict: { ...c.verdict, code: 'split-broken' as const, range: null } };
    expect(told(broken)).toBe('The two groups are not the sizes that were drawn, so they can’t be compared.');
  });

  it('made money, and at least that where sales carry no name', () => {
    const won = compared(270, 2700, 12, 300, profit);
    expect(told(won)).toBe('Of 100 texted, 10 came; usually 4 would. Made money. Best guess $2,207; very likely between $281 and $3,449.');
    expect(told(won, { recognised: { sales: 700, of: 900 } })).toBe(
      'Of 100 texted, 10 came; usually 4 would. Made money. Best guess at least $2,207; very likely between $281 and $3,449, and not every sale has a name.',
    );
  });

  it('without a margin it speaks of people, never of profit', () => {
    const said = told(compared(243, 2700, 12, 300));
    expect(said).toBe(
      'Of 100 texted, 9 came; usually 4 would. Brought people in: about 135 who would not have come; very likely between 53 and 190.',
    );
    expect(said).not.toMatch(/money|profit|\$/i);
    expect(told(compared(243, 2700, 12, 300), { recognised: { sales: 1, of: 2 } })).toContain('at least about 135');
  });

  it('lost money, and kept people away', () => {
    expect(told(compared(270, 2700, 60, 300, profit))).toBe(
      'Of 100 texted, 10 came; usually 20 would. Lost money. Best guess a loss of $8,161; very likely between $5,420 and $11,374.',
    );
    expect(told(compared(60, 2700, 24, 300))).toBe(
      'Of 100 texted, 2 came; usually 8 would. Kept people away: about 156 fewer came than would have; very likely between 85 and 255 fewer.',
    );
  });

  it('leaning, and too early to tell with about how many more', () => {
    expect(told(compared(180, 2700, 12, 300))).toBe(
      'Of 100 texted, 7 came; usually 4 would. Leaning yes, not sure yet: anywhere from 9 fewer people to 125 more people. About 1 more text like this would settle it.',
    );
    expect(told(compared(180, 2700, 12, 300, profit))).toBe(
      'Of 100 texted, 7 came; usually 4 would. Too early to tell: anywhere from -$1,315 to $1,790. About 7 more texts like this would settle it.',
    );
    expect(told(compared(104, 2000, 10, 200))).toBe(
      'Of 1,000 texted, 52 came; usually 50 would. Too early to tell: anywhere from 77 fewer people to 54 more people. It would take more than a year of texts like this to settle it.',
    );
  });

  it('leaning no, and a gain that leans while sales carry no name', () => {
    expect(told(compared(180, 2700, 28, 300))).toBe(
      'Of 100 texted, 7 came; usually 9 would. Leaning no, not sure yet: anywhere from 178 fewer people to 8 more people. About 2 more texts like this would settle it.',
    );
    const judged = { code: 'leaning-yes', measure: 'buyers', best: 9, low: -1, high: 20, atLeast: true, more: 1 } as const;
    expect(sayJudged(judged, results.en, say)).toEqual([
      'Leaning yes, not sure yet: anywhere from 1 fewer person to 20 more people.',
      'About 1 more text like this would settle it.',
    ]);
    expect(sayJudged({ ...judged, code: 'too-early', low: 0, high: 1, more: 12 }, results.en, say)).toEqual([
      'Too early to tell: anywhere from nobody more to 1 more person.',
      'About 12 more texts like this would settle it.',
    ]);
  });

  it('the first line is always whole people out of a hundred or a thousand, and never hides that there is a difference', () => {
    const side = fc.integer({ min: 50, max: 5000 }).chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) }));
    fc.assert(
      fc.property(side, side, (text, control) => {
        const r = ratioOf(text, control);
        expect(Math.abs(r.came / r.of - text.x / text.n)).toBeLessThanOrEqual(0.5 / r.of + 1e-12);
        expect(Math.abs(r.usually / r.of - control.x / control.n)).toBeLessThanOrEqual(0.5 / r.of + 1e-12);
        if (r.of === 100 && r.came === r.usually) expect(text.x * control.n).toBe(control.x * text.n);
      }),
    );
  });

  it('every sentence holds what an owner can say again: no statistics words', () => {
    const said = [
      compared(180, 2700, 12, 300),
      compared(270, 2700, 12, 300, profit),
      compared(60, 2700, 24, 300),
      compared(6, 400, 2, 100),
      null,
    ]
      .map((c) => told(c))
      .join(' ');
    expect(said).not.toMatch(/confiden|interval|signific|p-value|hypothes|control|holdout|sample|percentile|95/i);
  });
});

describe('what can this list show?', () => {
  const shows = (n: number, choice: 'auto' | 'off' | 'half', own = false) =>
    sayShows(whatItShows(n, choice, { share: 0.05, own }), results.en, say).join(' ');

  it('says how much more must come before it can be told', () => {
    expect(shows(600, 'half')).toBe(
      '300 get the text and 300 don’t. Afterwards this shows a difference only if about 6.5 more of every 100 come than the usual 5. The usual share is a guess until your shop has its own.',
    );
    expect(shows(2000, 'auto', true)).toBe(
      '1,800 get the text and 200 don’t. Afterwards this shows a difference only if about 6 more of every 100 come than the usual 5.',
    );
  });

  it('says so when it can show nothing, and what would', () => {
    expect(shows(200, 'auto')).toBe(
      'With 200 people a comparison would show nothing, so all of them get the text. Afterwards you see who used it, not who came because of it. About 2,200 people, half of them left out, would show 3 more in every 100.',
    );
    expect(shows(80, 'half')).toContain('40 get the text and 40 don’t: too few to compare.');
    expect(shows(5000, 'off')).toBe('Nobody is left out, so afterwards nobody can say how many would have come anyway.');
  });
});

describe('codes that travelled', () => {
  it('names how many of those who used it were not sent it, and leaves out whom nobody knows', () => {
    const leak = (all: number, byHeldOut: number, byOthers: number, byUnknown: number) => ({ all, byHeldOut, byOthers, byUnknown });
    const said = (l: ReturnType<typeof leak>) => sayLeak(l, results.en, say);
    expect(said(leak(40, 2, 6, 10))).toBe('8 of the 30 who used the code were not sent it. 10 uses have no name.');
    expect(leakRate(leak(40, 2, 6, 10))).toBeCloseTo(8 / 30, 12);
    expect(said(leak(12, 0, 0, 0))).toBe('Everybody who used the code got it from this text.');
    expect(said(leak(1, 0, 0, 1))).toBe('1 use has no name.');
    expect(leakRate(leak(1, 0, 0, 1))).toBeNull();
    expect(said(leak(0, 0, 0, 0))).toBeNull();
  });
});
