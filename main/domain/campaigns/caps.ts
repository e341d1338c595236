import { instantOf, localTime, startOfDay } from '../calendar';
import { DAY, type UtcMs, type Zone } from '../kernel';

/**
 * How often one **number** may be texted for marketing (rules.md §3): a gap between two texts, and never more in a calendar
 * month (shop zone) than was promised at sign-up. Families share a number: the strictest promise wins.
 */
export interface CapInput {
  /**
   * When marketing texts left to this number (`uncertain` counts as left; held-out people are charged a virtual one), any order. Those
   * that are sure to leave later (held by the carrier) lie ahead of `now`.
   */
  left: readonly UtcMs[];
  /** Texts per month promised with the permission; null = the shop's default promise. */
  promiseMax: number | null;
  /** The shop's default promise, texts per month. */
  defaultPromise: number;
  /** Days between two texts; below 1 is read as 1. */
  spacingDays: number;
  now: UtcMs;
  shopZone: Zone;
}

export type CapAnswer = { ok: true } | { ok: false; reason: 'month-used' | 'texted-recently'; until: UtcMs };

/** Shortest gap an owner may choose. */
const SHORTEST_SPACING_DAYS = 1;

interface Month {
  zone: Zone;
  from: UtcMs;
  to: UtcMs;
}
/** Asked for once per person of a list: the calendar is worked out once. */
let lastMonth: Month | null = null;

/** The shop's calendar month around an instant, `to` exclusive. */
function monthOf(now: UtcMs, zone: Zone): Month {
  if (lastMonth && lastMonth.zone === zone && now >= lastMonth.from && now < lastMonth.to) return lastMonth;
  const t = localTime(now, zone);
  const from = instantOf(zone, t.year, t.month, 1);
  const to = t.month === 12 ? instantOf(zone, t.year + 1, 1, 1) : instantOf(zone, t.year, t.month + 1, 1);
  lastMonth = { zone, from, to };
  return lastMonth;
}

/** How far back texts matter: the earlier of the month's start and the spacing window. */
export function capsSince(now: UtcMs, shopZone: Zone, spacingDays: number): UtcMs {
  return Math.min(monthOf(now, shopZone).from, now - Math.max(SHORTEST_SPACING_DAYS, spacingDays) * DAY) as UtcMs;
}

/** Whether one more marketing text may leave to this number now. The monthly promise is named first: it lasts longer. */
export function checkCaps(i: CapInput): CapAnswer {
  const month = monthOf(i.now, i.shopZone);
  const promised = i.promiseMax ?? i.defaultPromise;
  if (i.left.filter((at) => at >= month.from && at < month.to).length >= promised) {
    return { ok: false, reason: 'month-used', until: month.to };
  }
  const gap = Math.max(SHORTEST_SPACING_DAYS, i.spacingDays) * DAY;
  // A text planned for tomorrow is as near as one of yesterday; one planned for next month is in nobody's way today.
  const near = i.left.filter((at) => at > i.now - gap && at < i.now + gap);
  if (near.length > 0) return { ok: false, reason: 'texted-recently', until: (Math.max(...near) + gap) as UtcMs };
  return { ok: true };
}

/** Quarter a rolling comparison group belongs to, e.g. `2026-Q4`, in the shop's zone. */
export function quarterOf(now: UtcMs, shopZone: Zone): string {
  const t = localTime(now, shopZone);
  return `${t.year}-Q${Math.floor((t.month - 1) / 3) + 1}`;
}

/** First instant of that quarter. */
export function quarterStart(now: UtcMs, shopZone: Zone): UtcMs {
  const t = localTime(now, shopZone);
  const month = Math.floor((t.month - 1) / 3) * 3 + 1;
  return startOfDay(`${t.year}-${String(month).padStart(2, '0')}-01` as Parameters<typeof startOfDay>[0], shopZone);
}
