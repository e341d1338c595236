import type { Cents, ShopDay } from '@domain/kernel';
import type { Cohort, HourCell, OptOutMonth, WeekTakings } from '@domain/reports/over-time';
import {
  growthFinding,
  hoursFinding,
  monthsOver,
  type NthText,
  retentionFinding,
  rfmCellRule,
  rfmFinding,
  stopFinding,
  stopsByNthText,
  takingsFinding,
} from '@domain/reports/over-time-findings';
import { FIXED_CUTS, rfmScores } from '@domain/segments/rfm';
import { isCondition, type Rule } from '@domain/segments/rule';
import {
  type OverTimeFormat,
  overTime,
  sayGrowth,
  sayHours,
  sayRetention,
  sayRfm,
  sayStops,
  sayTakings,
} from '@renderer/strings/over-time';
import { reports } from '@renderer/strings/reports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const w = overTime.en;
const say: OverTimeFormat = {
  n: (n) => n.toLocaleString('en-US'),
  tenth: (n) => String(Math.round(n * 10) / 10),
  money: (minor) => `$${Math.round(minor / 100).toLocaleString('en-US')}`,
  day: (day) => day,
  month: (day) => day.slice(0, 7),
  weekday: (d) => ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][d] ?? '',
  hour: (h) => `${h}:00`,
};
const day = (d: string) => d as ShopDay;
/** The Monday so many weeks after 5 January 2026. */
const monday = (i: number) => new Date(Date.UTC(2026, 0, 5 + 7 * i)).toISOString().slice(0, 10) as ShopDay;

describe('the growth of the list', () => {
  const point = (week: string, joined: number, left: number, onList: number) => ({ week: day(week), joined, left, onList });
  const told = (points: ReturnType<typeof point>[], onList: number) =>
    sayGrowth(growthFinding(points, onList).finding, reports.en.growth, say);

  it('leaves out the weeks before anybody joined, all but one', () => {
    const all = [point('2026-01-05', 0, 0, 0), point('2026-01-12', 0, 0, 0), point('2026-01-19', 9, 0, 9)];
    expect(growthFinding(all, 9).points.map((p) => p.week)).toEqual(['2026-01-12', '2026-01-19']);
    expect(told(all, 9)).toBe('9 people may be texted; in 2026-01 it was nobody');
  });

  it('says how many more or fewer there are than at the start, and nothing of an empty list', () => {
    const start = point('2026-01-05', 2, 1, 100);
    expect(told([start, point('2026-01-12', 20, 0, 120)], 120)).toBe('21 more people may be texted than in 2026-01: 120 now');
    expect(told([start, point('2026-01-12', 0, 10, 90)], 90)).toBe('9 fewer people may be texted than in 2026-01: 90 now');
    expect(told([start], 99)).toBe('99 people may be texted');
    expect(told([point('2026-01-05', 0, 0, 0)], 0)).toBe('Nobody may be texted yet');
  });
});

describe('weekly takings', () => {
  const week = (i: number, net: number): WeekTakings => ({
    week: monday(i),
    sales: net === 0 ? 0 : 1,
    known: 0,
    net: net as Cents,
    discounts: 0 as Cents,
  });
  const told = (weeks: WeekTakings[], to: string) => sayTakings(takingsFinding(weeks, day(to)).finding, w, say);

  it('compares whole weeks only: four against four, or against the same weeks a year before', () => {
    const nine = Array.from({ length: 9 }, (_, i) => week(i, i < 4 ? 10_000 : 20_000));
    // the ninth week is not over: weeks 4–7 against 0–3
    expect(told(nine, '2026-03-04')).toBe('The last four whole weeks took $800, $400 more than the four before');
    const year = Array.from({ length: 56 }, (_, i) => week(i, i < 4 ? 50_000 : i < 52 ? 1 : 10_000));
    expect(told(year, monday(56))).toBe('The last four whole weeks took $400, $1,600 less than the same weeks a year before');
    expect(
      told(
        Array.from({ length: 8 }, (_, i) => week(i, 10_000)),
        monday(8),
      ),
    ).toBe('The last four whole weeks took $400, as much as the four before');
  });

  it('takes the week sales begin in for half a one, unless the file may have begun before', () => {
    const eight = [week(0, 0), ...Array.from({ length: 8 }, (_, i) => week(i + 1, 10_000))];
    const { weeks, finding } = takingsFinding(eight, monday(9));
    expect(weeks).toHaveLength(8);
    expect(finding).toEqual({ code: 'week', week: monday(8), net: 10_000 });
  });

  it('has words for no week, half a week and one week', () => {
    expect(told([week(0, 0)], '2026-01-12')).toBe('No sales yet');
    expect(told([week(0, 12_300)], '2026-01-07')).toBe('$123 so far; no whole week is in your till file yet');
    expect(told([week(0, 12_300)], '2026-01-11')).toBe('The week of 2026-01-05 took $123');
  });
});

describe('busy and slow hours', () => {
  const cell = (weekday: number, hour: number, sales: number, days = 10): HourCell => ({ weekday, hour, sales, net: 0 as Cents, days });
  const told = (cells: HourCell[], dayOnly = 0) => sayHours(hoursFinding(cells, { sales: dayOnly }), w, say);

  it('looks for the slowest hour between the usual first and last one of a day', () => {
    // one sale at 22:00 in ten weeks is somebody who stayed late, not an hour of business
    const cells = [cell(0, 9, 20), cell(0, 10, 3), cell(0, 11, 40), cell(0, 22, 1), cell(5, 14, 95)];
    expect(told(cells)).toBe('Busiest is Saturday at 14:00 with 9.5 sales in the hour, slowest Monday at 10:00 with 0.3');
  });

  it('measures by the day, not by the sum: a weekday open twice is not slow because it was open twice', () => {
    expect(told([cell(0, 9, 100, 50), cell(6, 9, 30, 2)])).toContain('Busiest is Sunday at 9:00 with 15 sales');
  });

  it('a weekday that is slow all day is slow; one the shop is closed on is not', () => {
    const week = [cell(5, 14, 95), cell(0, 10, 4), cell(0, 11, 3)];
    expect(told(week)).toContain('slowest Monday at 11:00 with 0.3');
    // one sale on one Sunday of ten weeks
    expect(hoursFinding([cell(5, 14, 95), cell(5, 15, 60), cell(6, 12, 1, 1)], { sales: 0 })).toMatchObject({
      slowest: { weekday: 5, hour: 15 },
    });
  });

  it('says so where the till tells no hour, or nothing was sold', () => {
    expect(told([], 412)).toBe('Your till file tells the day, not the hour, of 412 sales');
    expect(told([])).toBe('No sales yet');
    expect(told([cell(2, 15, 4)])).toBe('Everything is sold on Wednesday at 15:00: 0.4 sales in the hour');
  });
});

describe('stops against texts a month', () => {
  const month = (people: number[], stopped: number[], texts: number): OptOutMonth => ({ month: '2026-01', people, stopped, texts });
  const told = (months: OptOutMonth[]) => sayStops(stopFinding(stopsByNthText(months)), w, say);

  it('counts by the text: who stops after the first text never gets a second', () => {
    // 1,000 people; 10 stop after their first text, the other 990 get a second and 10 of them stop
    const rows = stopsByNthText([month([10, 990, 0, 0], [10, 10, 0, 0], 10 + 2 * 990)]);
    expect(rows.map((r) => [r.texts, r.stopped])).toEqual([
      [1000, 10],
      [990, 10],
      [0, 0],
      [0, 0],
    ]);
    // by the person it would be 10 of 10 after one text, 10 of 990 after two
    expect(stopFinding(rows).code).toBe('unclear');
  });

  it('every text is in one row, whatever the months hold', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(counts, fc.integer({ min: 0, max: 300 })), { minLength: 1, maxLength: 12 }), (months) => {
        const made = months.map(([people, extra]) => {
          const [a = 0, b = 0, c = 0, d = 0] = people;
          return month(people, [0, 0, 0, 0], a + 2 * b + 3 * c + 4 * d + (d > 0 ? extra : 0));
        });
        const rows = stopsByNthText(made);
        expect(rows.reduce((n, r) => n + r.texts, 0)).toBe(made.reduce((n, m) => n + m.texts, 0));
      }),
    );
  });

  it('says “more” and “less” only where chance is an unlikely reason', () => {
    expect(told([month([1000, 1000, 0, 0], [10, 40, 0, 0], 3000)])).toBe(
      'More texts in a month cost you people: 4 of 100 later ones ended in a “stop”, 0.5 of 100 first ones',
    );
    expect(told([month([1000, 1000, 0, 0], [90, 10, 0, 0], 3000)])).toBe(
      'Later texts in a month ended in a “stop” less often: 1 of 100, and 4.5 of 100 first ones',
    );
    expect(told([month([80, 20, 0, 0], [1, 1, 0, 0], 120)])).toMatch(/^No clear difference: 1 of 100 first texts/);
    expect(told([month([200, 0, 0, 0], [3, 0, 0, 0], 200)])).toBe(
      '1.5 of 100 texts ended in a “stop”; nobody got a second one in the same month',
    );
    expect(told([])).toBe('No campaign text has arrived in this time');
  });

  it('the more stops after later texts, the nearer to “more”', () => {
    const row = (nth: NthText['nth'], texts: number, stopped: number): NthText => ({ nth, texts, stopped, share: null });
    const order = ['fewer', 'unclear', 'more'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 2, max: 2000 }), fc.nat(50), fc.nat(), (n1, n2, x1, x2) => {
        const at = (x: number) => order.indexOf(stopFinding([row(1, n1, Math.min(x1, n1)), row(2, n2, x)]).code);
        const x = x2 % n2;
        expect(at(x + 1)).toBeGreaterThanOrEqual(at(x));
      }),
    );
  });
});

describe('whether sign-ups come back', () => {
  const cohort = (month: string, people: number, came: number[]): Cohort => ({ month, people, came });

  it('takes whole months only', () => {
    const c = cohort('2026-01', 10, [9, 5, 4]);
    expect(monthsOver(c, day('2026-03-30'))).toBe(2);
    expect(monthsOver(c, day('2026-03-31'))).toBe(3);
    expect(monthsOver(c, null)).toBe(0);
  });

  it('pools the sign-ups that are old enough, month for month after', () => {
    const all = [cohort('2026-01', 100, [80, 40, 30, 20]), cohort('2026-02', 300, [200, 90, 60]), cohort('2026-03', 50, [40, 3])];
    // 30 April is covered: 40 + 90 + 3 of 450 a month after, 20 of 100 after three months
    expect(sayRetention(retentionFinding(all, day('2026-04-30')), w, say)).toBe(
      'Of 100 people who signed up, 30 came in the month after and 20 came 3 months after',
    );
    // without the last day of April neither March's one month nor January's three are whole
    expect(retentionFinding(all, day('2026-04-29'))).toEqual({ code: 'kept', points: [{ after: 1, share: { x: 130, n: 400 } }] });
  });

  it('has words for nobody, no till file and too early', () => {
    expect(sayRetention(retentionFinding([], null), w, say)).toBe('Nobody has signed up in this time yet');
    expect(sayRetention(retentionFinding([cohort('2026-01', 1, [])], null), w, say)).toBe('1 person signed up');
    expect(sayRetention(retentionFinding([cohort('2026-01', 7, [7])], day('2026-01-20')), w, say)).toBe(
      '7 people signed up; no whole month after it is over yet',
    );
  });
});

describe('the map of recency and frequency', () => {
  it('says who comes often and lately, and who does no longer', () => {
    const cells = [
      { r: 5, f: 5, people: 10, spend: 90_000 },
      { r: 4, f: 4, people: 2, spend: 10_000 },
      { r: 2, f: 3, people: 3, spend: 5_000 },
      { r: 1, f: 1, people: 25, spend: 20_000 },
    ];
    expect(rfmFinding(cells)).toEqual({ code: 'map', people: 40, spend: 125_000, best: { people: 12, spend: 100_000 }, away: 3 });
    expect(sayRfm(rfmFinding(cells), w, say)).toBe('Of 40 people who came within a year, 12 came often and lately, 3 often but not lately');
    expect(sayRfm(rfmFinding([]), w, say)).toBe('Nobody came within a year yet');
  });

  it('a cell as a group holds exactly the people of that cell', () => {
    /** The three conditions a cell is made of, for somebody who came within the year. */
    const holds = (rule: Rule, of: { r: number; f: number }): boolean => {
      if (isCondition(rule)) {
        if (rule.is === 'visits') return true;
        if (rule.is !== 'score') throw new Error(rule.is);
        return (rule.of === 'recency' ? of.r : of.f) >= rule.least;
      }
      if ('none' in rule) return !rule.none.some((r) => holds(r, of));
      if ('all' in rule) return rule.all.every((r) => holds(r, of));
      throw new Error('any');
    };
    const days = fc.integer({ min: 0, max: 365 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 12 }), (recencyDays, frequency) => {
        const of = rfmScores({ recencyDays, frequency, spend: 0 }, FIXED_CUTS);
        for (const r of [1, 2, 3, 4, 5])
          for (const f of [1, 2, 3, 4, 5]) expect(holds(rfmCellRule(r, f), of)).toBe(of.r === r && of.f === f);
      }),
    );
    // the lowest cell still asks for a visit: people who never came are not on the map
    expect(JSON.stringify(rfmCellRule(1, 1))).toContain('"visits"');
  });
});
