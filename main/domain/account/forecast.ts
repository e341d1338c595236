import type { UtcMs } from '../kernel';
import { capDay } from './daily-caps';

/** A stretch of time in which texts may leave, `to` not included. */
export interface OpenSpan {
  readonly from: UtcMs;
  readonly to: UtcMs;
}

/** Texts that share their hours. */
export interface WaitingGroup {
  readonly segments: number;
  /** When they may leave, in order, not overlapping; null = at any hour. */
  readonly spans: readonly OpenSpan[] | null;
  /** Leaves before the others: another campaign's, confirmations, service texts. */
  readonly ahead?: boolean;
}

export interface ForecastInput {
  readonly now: UtcMs;
  readonly groups: readonly WaitingGroup[];
  /** Segments a second that we allow ourselves. */
  readonly pace: number;
  /** Segments a carriers' day; null = no limit. `usedToday` of the day of `now`. */
  readonly daily: { readonly cap: number; readonly usedToday: number } | null;
  /** Nothing leaves before (the pause after the first texts). */
  readonly notBefore?: UtcMs;
}

export interface Forecast {
  /** When the last text leaves; null when not all of them leave in the time looked at. */
  readonly finishesAt: UtcMs | null;
  /** Segments that will not have left by then. */
  readonly left: number;
  /** What makes it last: the hours people may be texted, the carriers' day, or only the pace. */
  readonly limitedBy: 'pace' | 'hours' | 'daily';
  /** Carriers' days on which texts leave. */
  readonly days: number;
}

/** As far as the hours of people are looked ahead. */
export const LOOK_AHEAD_MS = 15 * 24 * 60 * 60_000;

/**
 * When a waiting campaign will have left: walks over the stretches in which nothing changes (hours open and close, the carriers' day
 * begins) and fills each at the pace, those who close first served first, until all is gone. Pure and exact for a steady pace.
 */
export function finishForecast(input: ForecastInput): Forecast {
  const { now, pace, daily } = input;
  const start = Math.max(now, input.notBefore ?? now);
  const end = now + LOOK_AHEAD_MS;
  const groups = input.groups.filter((g) => g.segments > 0).map((g) => ({ ...g, open: g.segments, at: 0 }));
  const mine = () => groups.reduce((n, g) => n + (g.ahead ? 0 : g.open), 0);
  if (mine() <= 0) return { finishesAt: now, left: 0, limitedBy: 'pace', days: 0 };
  const days = new Set<number>();
  let limitedBy: Forecast['limitedBy'] = 'pace';
  let at = start;
  let day = capDay(at as UtcMs);
  let quota = daily === null ? Number.POSITIVE_INFINITY : Math.max(0, daily.cap - (at < capDay(now).to ? daily.usedToday : 0));

  while (at < end) {
    if (at >= day.to) {
      day = capDay(at as UtcMs);
      quota = daily === null ? Number.POSITIVE_INFINITY : daily.cap;
    }
    const ready: { g: (typeof groups)[number]; closes: number }[] = [];
    let next = Math.min(end, day.to);
    for (const g of groups) {
      if (g.open <= 0) continue;
      if (g.spans === null) {
        ready.push({ g, closes: Number.POSITIVE_INFINITY });
        continue;
      }
      while ((g.spans[g.at]?.to ?? Number.POSITIVE_INFINITY) <= at) g.at++;
      const span = g.spans[g.at];
      if (!span) continue;
      if (span.from <= at) {
        ready.push({ g, closes: span.to });
        next = Math.min(next, span.to);
      } else next = Math.min(next, span.from);
    }
    if (ready.length === 0) {
      // nobody's hours are open; without any ahead the rest never leaves
      if (groups.every((g) => g.open <= 0 || (g.spans !== null && g.spans[g.at] === undefined))) break;
      if (limitedBy === 'pace') limitedBy = 'hours';
      at = next;
      continue;
    }
    if (quota < 1) {
      limitedBy = 'daily';
      at = Math.min(end, day.to);
      continue;
    }
    ready.sort((a, b) => Number(b.g.ahead ?? false) - Number(a.g.ahead ?? false) || a.closes - b.closes);
    const byPace = (pace * (next - at)) / 1000;
    const budget = Math.min(byPace, quota);
    let spent = 0;
    for (const { g } of ready) {
      const some = Math.min(g.open, budget - spent);
      if (some <= 0) break;
      g.open -= some;
      if (g.open < 1e-6) g.open = 0;
      spent += some;
      if (mine() <= 0) {
        days.add(day.from);
        return { finishesAt: Math.ceil(at + (spent / pace) * 1000) as UtcMs, left: 0, limitedBy, days: days.size };
      }
    }
    if (spent > 0) days.add(day.from);
    quota -= spent;
    // what is ready is gone before the stretch ends: the rest waits for its hours
    at = spent < budget ? next : Math.min(next, Math.max(at + 1, Math.ceil(at + (spent / pace) * 1000)));
  }
  return { finishesAt: null, left: Math.ceil(mine()), limitedBy: limitedBy === 'pace' ? 'hours' : limitedBy, days: days.size };
}
