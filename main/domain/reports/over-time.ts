import type { Cents, ShopDay } from '../kernel';

/** Sales of one hour of one shop day; hour −1: the till tells only the day. */
export interface HourFact {
  readonly day: ShopDay;
  readonly hour: number;
  readonly sales: number;
  readonly known: number;
  readonly net: Cents;
  readonly discounts: Cents;
}

/** 0 = Monday. */
export function weekdayOf(day: ShopDay): number {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return (new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7;
}

export interface HourCell {
  /** 0 = Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly sales: number;
  readonly net: Cents;
  /** Days of this weekday on which anything was sold: what the sums are spread over. */
  readonly days: number;
}

/** Busy and slow hours: every weekday and hour in which anything was sold, Monday morning first. */
export function busyHours(facts: readonly HourFact[]): { cells: HourCell[]; dayOnly: { sales: number; net: Cents } } {
  const open = Array.from({ length: 7 }, () => new Set<ShopDay>());
  const cells = new Map<number, { sales: number; net: number }>();
  const dayOnly = { sales: 0, net: 0 };
  for (const f of facts) {
    if (f.sales > 0) open[weekdayOf(f.day)]?.add(f.day);
    const key = f.hour < 0 ? -1 : weekdayOf(f.day) * 24 + f.hour;
    const into = key < 0 ? dayOnly : (cells.get(key) ?? { sales: 0, net: 0 });
    if (key >= 0) cells.set(key, into);
    into.sales += f.sales;
    into.net += f.net;
  }
  return {
    cells: [...cells]
      .sort(([a], [b]) => a - b)
      .map(([key, c]) => ({
        weekday: Math.floor(key / 24),
        hour: key % 24,
        sales: c.sales,
        net: c.net as Cents,
        days: open[Math.floor(key / 24)]?.size ?? 0,
      })),
    dayOnly: { sales: dayOnly.sales, net: dayOnly.net as Cents },
  };
}

export interface WeekTakings {
  /** Monday. */
  readonly week: ShopDay;
  readonly sales: number;
  readonly known: number;
  readonly net: Cents;
  readonly discounts: Cents;
}

/** Takings week by week, oldest first, weeks without sales included. `mondays` in order. */
export function weeklyTakings(mondays: readonly ShopDay[], facts: readonly HourFact[], mondayOf: (day: ShopDay) => ShopDay): WeekTakings[] {
  const sums = new Map(mondays.map((week) => [week, { sales: 0, known: 0, net: 0, discounts: 0 }]));
  for (const f of facts) {
    const s = sums.get(mondayOf(f.day));
    if (!s) continue;
    s.sales += f.sales;
    s.known += f.known;
    s.net += f.net;
    s.discounts += f.discounts;
  }
  return [...sums].map(([week, s]) => ({ week, ...s, net: s.net as Cents, discounts: s.discounts as Cents }));
}

/** Months since year 0 of YYYY-MM…, so that they can be subtracted. */
export const monthIndex = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
/** YYYY-MM of such a number. */
export const monthName = (index: number): string => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

export interface Cohort {
  /** YYYY-MM in which they first said yes. */
  readonly month: string;
  readonly people: number;
  /** How many of them came in that month, the one after it, …; no longer than the till file tells. */
  readonly came: number[];
}

/** One month's sign-ups: on which days each of them came. `last`: the last month the till file reaches, as monthIndex. */
export function cohortOf(month: number, people: number, cameIn: ReadonlyMap<number, ReadonlySet<number>>, last: number | null): Cohort {
  const months = last === null ? 0 : Math.max(0, last - month + 1);
  const came = new Array<number>(months).fill(0);
  for (const visited of cameIn.values())
    for (const m of visited) if (m >= month && m - month < months) came[m - month] = (came[m - month] ?? 0) + 1;
  return { month: monthName(month), people, came };
}

/** People by how many texts they got in a month: 1, 2, 3, 4 and more. */
export const TEXTS_A_MONTH = 4;
export interface OptOutMonth {
  readonly month: string;
  /** Index 0: people who got one text … last: four or more; and how many of each asked to stop that month. */
  readonly people: number[];
  readonly stopped: number[];
  readonly texts: number;
}

/** Of one month: each person's texts, and whether they asked to stop after one of them. */
export function optOutMonth(month: number, of: ReadonlyMap<number, { readonly texts: number; readonly stopped: boolean }>): OptOutMonth {
  const people = new Array<number>(TEXTS_A_MONTH).fill(0);
  const stopped = new Array<number>(TEXTS_A_MONTH).fill(0);
  let texts = 0;
  for (const p of of.values()) {
    const i = Math.min(p.texts, TEXTS_A_MONTH) - 1;
    texts += p.texts;
    people[i] = (people[i] ?? 0) + 1;
    if (p.stopped) stopped[i] = (stopped[i] ?? 0) + 1;
  }
  return { month: monthName(month), people, stopped, texts };
}
