import { addDays, instantOf, localTime, shopDay, startOfDay } from '../calendar';
import { MINUTE, type PhoneE164, type ShopDay, type UtcMs, type Zone } from '../kernel';
import type { CourtesySettings } from '../settings/settings';
import { atOnce } from '../turns';
import { placeOf, sendWindow } from './quiet-hours';

/** When the texts of a campaign are to leave. */
export interface LeavePlan {
  /** Nothing leaves before it. */
  from: UtcMs;
  /** That time of day was chosen: on later days too nothing leaves earlier. Else they begin when the hours open. */
  chosen: boolean;
  /** Shop days over which they are spread; 1 = all at once. */
  spreadDays: number;
  /** The hour of the day where each reader is; null = as soon as they may be texted. */
  localHour: number | null;
  shopZone: Zone;
  courtesy: CourtesySettings['window'];
  /** The owner typed a reason for days some states ban. */
  reasonGiven: boolean;
}

export interface LeaveTo {
  phone: PhoneE164 | null;
  postalCode: string;
  zone: Zone | null;
}

/** Never more texts than this leave in one shop day; null = they are not spread. */
export const dailyShare = (people: number, spreadDays: number): number | null =>
  spreadDays <= 1 ? null : Math.max(1, Math.ceil(people / spreadDays));

/** Days closed to somebody (Sundays of some states, holidays) are made up for within this; beyond it the day no longer matters. */
const MAKE_UP_DAYS = 21;

/**
 * When each text may leave at the earliest, in the order of `people`. Spread: the n-th leaves on day n mod `spreadDays`, never more in
 * one shop day than the daily share; whose hours are closed that day takes the first other day with room, after the last one if need be.
 * At a local hour: the first time from `from` on that it is that hour in every zone the number may live in. The moment each leaves, its
 * hours and caps are judged again.
 */
export const leaveTimes = (people: readonly LeaveTo[], plan: LeavePlan): UtcMs[] => atOnce(planningTimes(people, plan));

/** The same, and where it may be cut into turns. */
export function* planningTimes(people: readonly LeaveTo[], plan: LeavePlan): Generator<void, UtcMs[]> {
  if (plan.spreadDays <= 1 && plan.localHour === null) return people.map(() => plan.from);
  const share = dailyShare(people.length, plan.spreadDays) ?? people.length;
  const clock = clockOf(plan);
  const zones: (readonly Zone[])[] = [];
  for (const p of people) {
    zones.push(p.phone === null ? [plan.shopZone] : placeOf({ ...p, phone: p.phone, shopZone: plan.shopZone }).zones);
    yield;
  }
  const used = new Map<ShopDay, number>();
  const out: (UtcMs | null)[] = people.map(() => null);
  const take = (i: number, at: UtcMs): boolean => {
    const day = clock.dayOf(at);
    const n = used.get(day) ?? 0;
    if (n >= share) return false;
    used.set(day, n + 1);
    out[i] = at;
    return true;
  };
  const full = (i: number, d: number): boolean => (used.get(clock.dayOf(clock.base(zones[i] ?? [], d))) ?? 0) >= share;
  const openOn = (i: number, d: number): UtcMs | null => {
    const p = people[i];
    const base = clock.base(zones[i] ?? [], d);
    if (!p || p.phone === null) return base;
    const { phone } = p;
    const day = clock.dayOf(base);
    const openFrom = (now: UtcMs): UtcMs | null => {
      const w = sendWindow({ ...p, phone, postalCode: p.postalCode || null, ...plan, now });
      return w.opensAt !== null && clock.dayOf(w.opensAt) === day ? w.opensAt : null;
    };
    // whose day ends before the chosen time of the shop's gets it when their hours open, on every day but the first
    return openFrom(base) ?? (d > 0 && plan.localHour === null ? openFrom(startOfDay(day, plan.shopZone)) : null);
  };
  const later: number[] = [];
  for (let i = 0; i < people.length; i++) {
    const at = openOn(i, i % plan.spreadDays);
    if (at === null || !take(i, at)) later.push(i);
    yield;
  }
  for (const i of later) {
    for (let d = 0; out[i] === null; d++) {
      if (full(i, d)) continue;
      const at = d <= plan.spreadDays + MAKE_UP_DAYS ? openOn(i, d) : clock.base(zones[i] ?? [], d);
      if (at !== null) take(i, at);
    }
    yield;
  }
  return out.map((at) => at ?? plan.from);
}

/** The calendar of a plan, each answer worked out once. */
function clockOf(plan: LeavePlan): { base: (zones: readonly Zone[], d: number) => UtcMs; dayOf: (at: UtcMs) => ShopDay } {
  const days = new Map<number, ShopDay>();
  const bases = new Map<string, UtcMs>();
  const start = localTime(plan.from, plan.shopZone);
  const firstDay = shopDay(plan.from, plan.shopZone);
  const hourOn = (zones: readonly Zone[], day: ShopDay): UtcMs => {
    const [y, m, n] = day.split('-').map(Number) as [number, number, number];
    return Math.max(...zones.map((z) => instantOf(z, y, m, n, plan.localHour ?? 0))) as UtcMs;
  };
  const baseOf = (zones: readonly Zone[], d: number): UtcMs => {
    if (plan.localHour !== null) {
      const late = hourOn(zones, firstDay) < plan.from ? 1 : 0;
      return hourOn(zones, addDays(firstDay, d + late));
    }
    if (d === 0) return plan.from;
    const [y, m, n] = addDays(firstDay, d).split('-').map(Number) as [number, number, number];
    return plan.chosen ? instantOf(plan.shopZone, y, m, n, start.hour, start.minute) : instantOf(plan.shopZone, y, m, n);
  };
  return {
    base: (zones, d) => {
      const key = `${d} ${plan.localHour === null ? '' : zones.join()}`;
      let at = bases.get(key);
      if (at === undefined) {
        at = baseOf(zones, d);
        bases.set(key, at);
      }
      return at;
    },
    dayOf: (at) => {
      const minute = Math.floor(at / MINUTE);
      let day = days.get(minute);
      if (day === undefined) {
        day = shopDay(at, plan.shopZone);
        days.set(minute, day);
      }
      return day;
    },
  };
}

/** When the first of these people has that hour on a shop day: a campaign that leaves at their hour has to begin then. */
export function* findingFirst(people: Iterable<LeaveTo>, day: ShopDay, hour: number, shopZone: Zone): Generator<void, UtcMs | null> {
  const [y, m, n] = day.split('-').map(Number) as [number, number, number];
  const seen = new Map<string, UtcMs>();
  for (const p of people) {
    if (p.phone === null) continue;
    const { zones } = placeOf({ ...p, phone: p.phone, shopZone });
    const key = zones.join();
    if (!seen.has(key)) seen.set(key, Math.max(...zones.map((z) => instantOf(z, y, m, n, hour))) as UtcMs);
    yield;
  }
  return seen.size === 0 ? null : (Math.min(...seen.values()) as UtcMs);
}
