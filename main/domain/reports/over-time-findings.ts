import { type Interval, newcombe, type Share, wilson } from '../attribution/intervals';
import { addDays } from '../calendar';
import type { Cents, ShopDay } from '../kernel';
import type { Rule } from '../segments/rule';
import type { GrowthPoint } from './list-growth';
import { type Cohort, type HourCell, monthIndex, type OptOutMonth, type WeekTakings } from './over-time';

/*
 * What the drawings over time show, as figures a sentence can be made of (renderer/strings/over-time.ts). Nothing here says "because of":
 * nobody drew who came when. What texts brought is told by campaign-trend.ts.
 */

export type GrowthFinding =
  | { readonly code: 'none' }
  | { readonly code: 'begun'; readonly since: ShopDay; readonly onList: number }
  | { readonly code: 'rising' | 'falling'; readonly by: number; readonly since: ShopDay; readonly onList: number }
  | { readonly code: 'same'; readonly onList: number };

/** How the list grew over the weeks shown; weeks before the first person joined say nothing and are left out. */
export function growthFinding<P extends GrowthPoint>(all: readonly P[], onList: number): { points: P[]; finding: GrowthFinding } {
  const first = all.findIndex((p) => p.onList > 0 || p.joined > 0);
  const points = first < 0 ? [] : all.slice(Math.max(0, first - 1));
  const [start] = points;
  if (!start) return { points, finding: { code: 'none' } };
  const by = onList - (start.onList - start.joined + start.left);
  if (by === 0) return { points, finding: { code: 'same', onList } };
  if (by === onList) return { points, finding: { code: 'begun', since: start.week, onList } };
  return { points, finding: { code: by > 0 ? 'rising' : 'falling', by: Math.abs(by), since: start.week, onList } };
}

/** A person's n-th text of a calendar month, over all people and months. */
export interface NthText {
  /** 4 = the fourth and every later one. */
  readonly nth: 1 | 2 | 3 | 4;
  readonly texts: number;
  /** Those after which the person asked to stop. */
  readonly stopped: number;
  /** Wilson 95 %; null where there was no such text. */
  readonly share: Interval | null;
}

/**
 * Of the texts that were somebody's first, second, third … of the month: how many ended in a stop. Counted by the text, not by the person:
 * whoever stops after the first one never gets a second, so among people with one text the leavers gather, and many texts would look
 * harmless.
 */
export function stopsByNthText(months: readonly OptOutMonth[]): NthText[] {
  const people = [0, 0, 0, 0];
  const stopped = [0, 0, 0, 0];
  let texts = 0;
  for (const m of months) {
    texts += m.texts;
    for (let i = 0; i < 4; i++) {
      people[i] = (people[i] ?? 0) + (m.people[i] ?? 0);
      stopped[i] = (stopped[i] ?? 0) + (m.stopped[i] ?? 0);
    }
  }
  const reached = (from: number) => people.slice(from).reduce((a, b) => a + b, 0);
  const upToThree = [reached(0), reached(1), reached(2)];
  const counts = [...upToThree, Math.max(0, texts - upToThree.reduce((a, b) => a + b, 0))];
  return counts.map((n, i) => {
    const x = Math.min(stopped[i] ?? 0, n);
    return { nth: (i + 1) as NthText['nth'], texts: n, stopped: x, share: n === 0 ? null : wilson({ x, n }) };
  });
}

export type StopFinding =
  | { readonly code: 'none' }
  /** Nobody got a second text in a month. */
  | { readonly code: 'first-only'; readonly first: Share }
  /** Later texts of a month against first ones; `more` and `fewer` only where the range of the difference (Newcombe 95 %) leaves zero out. */
  | { readonly code: 'more' | 'fewer' | 'unclear'; readonly first: Share; readonly later: Share };

/** Do people leave because of too many texts? Only what was seen: nobody drew who gets how many. */
export function stopFinding(nth: readonly NthText[]): StopFinding {
  const sum = (rows: readonly NthText[]): Share => ({
    x: rows.reduce((t, r) => t + r.stopped, 0),
    n: rows.reduce((t, r) => t + r.texts, 0),
  });
  const first = sum(nth.filter((r) => r.nth === 1));
  const later = sum(nth.filter((r) => r.nth > 1));
  if (first.n === 0) return { code: 'none' };
  if (later.n === 0) return { code: 'first-only', first };
  const apart = newcombe(later, first);
  return { code: apart.low > 0 ? 'more' : apart.high < 0 ? 'fewer' : 'unclear', first, later };
}

/** How many of a cohort's months are over in the till file; what comes after them is only part of a month. */
export function monthsOver(cohort: Cohort, covered: ShopDay | null): number {
  if (covered === null) return 0;
  const open = monthIndex(addDays(covered, 1)); // the first month that is not over
  return Math.max(0, Math.min(cohort.came.length, open - monthIndex(cohort.month)));
}

export type RetentionFinding =
  | { readonly code: 'none' }
  /** No till file: nobody can say who came. */
  | { readonly code: 'no-till'; readonly people: number }
  /** Nobody signed up long enough ago for a whole month after it to be over. */
  | { readonly code: 'too-new'; readonly people: number }
  /** So many months after their sign-up so many of them came; over the months of sign-ups that are old enough. */
  | { readonly code: 'kept'; readonly points: { readonly after: number; readonly share: Share }[] };

/** Months after a sign-up that are told; a person remembers three figures. */
const TOLD = [1, 3, 6, 11];

/** Do people who sign up come back? Whole months only. */
export function retentionFinding(cohorts: readonly Cohort[], covered: ShopDay | null): RetentionFinding {
  const people = cohorts.reduce((n, c) => n + c.people, 0);
  if (people === 0) return { code: 'none' };
  if (covered === null) return { code: 'no-till', people };
  const points = TOLD.map((after) => {
    const old = cohorts.filter((c) => monthsOver(c, covered) > after);
    const share = { x: old.reduce((n, c) => n + (c.came[after] ?? 0), 0), n: old.reduce((n, c) => n + c.people, 0) };
    return { after, share };
  }).filter((p) => p.share.n > 0);
  return points.length === 0 ? { code: 'too-new', people } : { code: 'kept', points: points.slice(0, 3) };
}

export interface RfmCell {
  /** Recency and frequency, 1–5, 5 is best. */
  readonly r: number;
  readonly f: number;
  readonly people: number;
  readonly spend: number;
}

export type RfmFinding =
  | { readonly code: 'none' }
  /** `best`: lately and often (`rfmClass` champions); `away`: often, and not for long (at risk). Money in cents of 365 days. */
  | {
      readonly code: 'map';
      readonly people: number;
      readonly spend: Cents;
      readonly best: { readonly people: number; readonly spend: Cents };
      readonly away: number;
    };

/** Where the shop's people stand on the map of recency and frequency. */
export function rfmFinding(cells: readonly RfmCell[]): RfmFinding {
  const sum = (of: readonly RfmCell[]) => ({
    people: of.reduce((n, c) => n + c.people, 0),
    spend: of.reduce((n, c) => n + c.spend, 0) as Cents,
  });
  const all = sum(cells);
  if (all.people === 0) return { code: 'none' };
  const best = sum(cells.filter((c) => c.r >= 4 && c.f >= 4));
  const away = sum(cells.filter((c) => c.r <= 2 && c.f >= 3)).people;
  return { code: 'map', ...all, best, away };
}

/** The people of one cell of that map, as the rule of a group. */
export function rfmCellRule(r: number, f: number): Rule {
  const at = (of: 'recency' | 'frequency', score: number): Rule[] =>
    score < 2 ? [] : [{ is: 'score', of, least: score as 2 | 3 | 4 | 5 }];
  const above = [...(r < 5 ? at('recency', r + 1) : []), ...(f < 5 ? at('frequency', f + 1) : [])];
  const scored = [...at('recency', r), ...at('frequency', f)];
  // whoever has a score came within the year; without one it must be said
  const came: Rule[] = scored.length > 0 ? scored : [{ is: 'visits', op: 'at-least', count: 1, days: 365 }];
  return { all: above.length > 0 ? [...came, { none: above }] : came };
}

interface Hour {
  readonly weekday: number;
  readonly hour: number;
  /** Sales per such day. */
  readonly perDay: number;
}
export type HoursFinding =
  | { readonly code: 'none' }
  /** The till tells days, not hours. */
  | { readonly code: 'days-only'; readonly sales: number }
  /** `slowest` between the first and the last usual hour of its day; null where there is only one hour. */
  | { readonly code: 'hours'; readonly busiest: Hour; readonly slowest: Hour | null };

/** Under this share of its day's busiest hour an hour is before opening or after closing: somebody rang up late. */
const USUAL = 0.1;
/** A weekday on which the shop sold less than this share as often as on others is one it is closed on. */
const REGULAR = 0.25;

/** The busiest hour of the week, and the slowest one in which the shop usually sells something. */
export function hoursFinding(cells: readonly HourCell[], dayOnly: { readonly sales: number }): HoursFinding {
  const sold = cells.filter((c) => c.sales > 0 && c.days > 0);
  const mostDays = Math.max(0, ...sold.map((c) => c.days));
  const hours = sold.map((c) => ({ weekday: c.weekday, hour: c.hour, perDay: c.sales / c.days, regular: c.days >= REGULAR * mostDays }));
  const [first] = hours;
  if (!first) return dayOnly.sales > 0 ? { code: 'days-only', sales: dayOnly.sales } : { code: 'none' };
  const busiest = hours.reduce((top, h) => (h.perDay > top.perDay ? h : top), first);
  const within = hours.filter((h) => {
    const day = hours.filter((o) => o.weekday === h.weekday);
    const peak = Math.max(...day.map((o) => o.perDay));
    const usual = day.filter((o) => o.perDay >= USUAL * peak).map((o) => o.hour);
    return h.regular && h.hour >= Math.min(...usual) && h.hour <= Math.max(...usual);
  });
  const slowest = within.reduce((low, h) => (h.perDay < low.perDay ? h : low), busiest);
  const told = ({ weekday, hour, perDay }: Hour): Hour => ({ weekday, hour, perDay });
  return { code: 'hours', busiest: told(busiest), slowest: slowest === busiest ? null : told(slowest) };
}

export type TakingsFinding =
  | { readonly code: 'none' }
  /** No whole week yet, or only one to tell. */
  | { readonly code: 'so-far'; readonly net: Cents }
  | { readonly code: 'week'; readonly week: ShopDay; readonly net: Cents }
  /** The last whole weeks against the same weeks a year before, or as many before them. */
  | { readonly code: 'against'; readonly beside: 'year' | 'before'; readonly weeks: number; readonly net: Cents; readonly before: Cents };

const BESIDE = 4;
const YEAR = 52;

/** Whether a week (its Monday) is over in the till file. */
export const weekOver = (week: ShopDay, to: ShopDay): boolean => addDays(week, 6) <= to;

/** Weekly takings in a sentence; weeks before the first sale say nothing and are left out, and so is the first one from comparisons. */
export function takingsFinding(all: readonly WeekTakings[], to: ShopDay): { weeks: WeekTakings[]; finding: TakingsFinding } {
  const first = all.findIndex((w) => w.sales > 0 || w.net !== 0);
  const weeks = first < 0 ? [] : all.slice(first);
  const net = (of: readonly WeekTakings[]) => of.reduce((n, w) => n + w.net, 0) as Cents;
  if (weeks.length === 0) return { weeks, finding: { code: 'none' } };
  // where sales begin inside the weeks asked for, that first week may be half a one
  const whole = weeks.filter((w, i) => weekOver(w.week, to) && (i > 0 || first === 0));
  const last = whole.at(-1);
  if (!last) return { weeks, finding: { code: 'so-far', net: net(weeks) } };
  const recent = whole.slice(-BESIDE);
  const yearAgo = whole.slice(-BESIDE - YEAR, -YEAR);
  const before = whole.slice(-2 * BESIDE, -BESIDE);
  if (whole.length >= YEAR + BESIDE)
    return { weeks, finding: { code: 'against', beside: 'year', weeks: BESIDE, net: net(recent), before: net(yearAgo) } };
  if (before.length === BESIDE)
    return { weeks, finding: { code: 'against', beside: 'before', weeks: BESIDE, net: net(recent), before: net(before) } };
  return { weeks, finding: { code: 'week', week: last.week, net: last.net } };
}
