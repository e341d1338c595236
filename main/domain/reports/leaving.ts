import { type Interval, newcombe, type Share } from '../attribution/intervals';
import { peoplePerGroup } from '../attribution/power';
import { shopDay } from '../calendar';
import { type CampaignId, DAY, type SegmentId, type UtcMs, type Zone } from '../kernel';

/** Why somebody left, as they said it; `none`: they did not say. */
const LEAVE_REASONS = ['too-many', 'not-for-me', 'other', 'none'] as const;
export type LeaveReason = (typeof LEAVE_REASONS)[number];
export type ReasonCounts = Readonly<Record<LeaveReason, number>>;

/** Somebody who might be texted and then asked to stop. */
export interface Leaver {
  readonly at: UtcMs;
  readonly reason: LeaveReason;
  /** The marketing text before it, when one came within `AFTER_A_TEXT_MS`. */
  readonly text: { readonly at: UtcMs; readonly campaignId: CampaignId | null; readonly segmentId: SegmentId | null } | null;
}

/** A stop this long after a text is put down to that text. */
export const AFTER_A_TEXT_MS = 7 * DAY;
/** Texts are compared over at most this long, before and after. */
const COMPARED_MS = 90 * DAY;

export const countReasons = (leavers: readonly Leaver[]): ReasonCounts => {
  const counts = { 'too-many': 0, 'not-for-me': 0, other: 0, none: 0 };
  for (const l of leavers) counts[l.reason]++;
  return counts;
};

/** Those who left by calendar month of the shop, oldest first, without gaps; the last `months` up to now. */
export function leaversByMonth(
  leavers: readonly Leaver[],
  now: UtcMs,
  zone: Zone,
  months: number,
): { month: string; reasons: ReasonCounts }[] {
  const byMonth = new Map<string, Leaver[]>();
  for (const l of leavers) {
    const month = shopDay(l.at, zone).slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), l]);
  }
  const [year, month] = shopDay(now, zone).split('-').map(Number) as [number, number];
  return Array.from({ length: months }, (_, i) => {
    const name = new Date(Date.UTC(year, month - months + i, 1)).toISOString().slice(0, 7);
    return { month: name, reasons: countReasons(byMonth.get(name) ?? []) };
  });
}

export interface Effect {
  /**
   * fewer / more: the range does not reach zero · too-early: it does · waiting: fewer than 50 texts on one side whose week is over ·
   * nothing-before: no text in the 90 days before, so there is nothing to compare with.
   */
  readonly code: 'fewer' | 'more' | 'too-early' | 'waiting' | 'nothing-before';
  /** Texts, and those after which somebody left. */
  readonly before: Share;
  readonly after: Share;
  /** Opt-outs per 100 texts, after minus before. */
  readonly difference: Interval | null;
  /** About how many more texts would settle it, should it stay as it looks; null when nobody can say. */
  readonly moreTexts: number | null;
}

const LEAST = 50;
const FAR_AWAY = 20_000;

/** Did it help? Opt-outs per 100 texts before and after, with Newcombe's interval (facts E2); never more certain than the numbers. */
export function effectOf(before: Share, after: Share): Effect {
  const base = { before, after, difference: null, moreTexts: null };
  if (before.n === 0) return { ...base, code: 'nothing-before' };
  if (before.n < LEAST || after.n < LEAST) return { ...base, code: 'waiting' };
  const d = newcombe(after, before);
  const difference = { estimate: d.estimate * 100, low: d.low * 100, high: d.high * 100 };
  if (d.high < 0) return { ...base, difference, code: 'fewer' };
  if (d.low > 0) return { ...base, difference, code: 'more' };
  const [p1, p2] = [before.x / before.n, after.x / after.n];
  const needed = p1 === p2 ? Number.POSITIVE_INFINITY : Math.ceil(peoplePerGroup(p1, p2) - after.n);
  return { ...base, difference, code: 'too-early', moreTexts: needed > 0 && needed <= FAR_AWAY ? needed : null };
}

/** The stretches compared for something done at `doneAt` and in force until `until` (now, or when it was taken back). */
export function comparedSpans(doneAt: UtcMs, until: UtcMs, now: UtcMs): { before: [UtcMs, UtcMs]; after: [UtcMs, UtcMs] } {
  // A text's week must be over on either side: a stop after the change is not put down to a text before it.
  const settled = (now - AFTER_A_TEXT_MS) as UtcMs;
  const end = Math.max(doneAt, Math.min(until, doneAt + COMPARED_MS, settled)) as UtcMs;
  return { before: [(doneAt - COMPARED_MS) as UtcMs, doneAt], after: [doneAt, end] };
}

/** Days between two texts, as an owner may step them up. */
const SPACINGS = [1, 2, 3, 5, 7, 10, 14, 21, 30] as const;

/** The next longer spacing; null at the longest. */
export const longerSpacing = (days: number): number | null => SPACINGS.find((d) => d > days) ?? null;
/** One text a month less; null at one. */
export const lowerPromise = (perMonth: number): number | null => (perMonth > 1 ? perMonth - 1 : null);
