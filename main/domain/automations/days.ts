import { addDays, daysBetween, instantOf, shopDay, startOfDay } from '../calendar';
import { DAY, type ShopDay, type UtcMs, type Zone } from '../kernel';

/** Stretches of a day in which no clock of a zone is changed: asked for of a hundred thousand people, a calendar is worked out once. */
interface Stretch {
  from: number;
  to: number;
  day: ShopDay;
}
const known = new Map<Zone, Map<number, Stretch[]>>();
const MOST = 20_000;
let kept = 0;

/** The shop day of an instant, as `shopDay` says, for thousands of instants. */
export function dayOf(at: UtcMs, zone: Zone): ShopDay {
  let ofZone = known.get(zone);
  if (ofZone === undefined || kept > MOST) {
    if (kept > MOST) {
      known.clear();
      kept = 0;
    }
    ofZone = new Map();
    known.set(zone, ofZone);
  }
  const slot = Math.floor(at / DAY);
  let stretches = ofZone.get(slot);
  if (stretches === undefined) {
    stretches = stretchesOf(slot, zone);
    ofZone.set(slot, stretches);
    kept++;
  }
  for (const s of stretches) if (at >= s.from && at < s.to) return s.day;
  return shopDay(at, zone);
}

/** The shop days that touch a day of UTC, with where each begins. */
function stretchesOf(slot: number, zone: Zone): Stretch[] {
  const from = slot * DAY;
  const out: Stretch[] = [];
  let day = shopDay(from as UtcMs, zone);
  for (let at = from; at < from + DAY; ) {
    const next = addDays(day, 1);
    const end = startOfDay(next, zone);
    out.push({ from: at, to: Math.min(end, from + DAY), day });
    if (end <= at) return [];
    at = end;
    day = next;
  }
  return out;
}

/** Days since 1970-01-01 of a day of the calendar (proleptic Gregorian), by its own figures alone. */
function numberOf(day: ShopDay): number {
  let n = numbers.get(day);
  if (n === undefined) {
    n = daysBetween(FIRST, day);
    if (numbers.size > MOST) numbers.clear();
    numbers.set(day, n);
  }
  return n;
}
const FIRST = '1970-01-01' as ShopDay;
const numbers = new Map<ShopDay, number>();
const names = new Map<number, ShopDay>();

/** `addDays` for many. */
export function daysAfter(day: ShopDay, n: number): ShopDay {
  const number = numberOf(day) + n;
  let name = names.get(number);
  if (name === undefined) {
    name = addDays(day, n);
    if (names.size > MOST) names.clear();
    names.set(number, name);
  }
  return name;
}

const instants = new Map<string, Map<ShopDay, UtcMs>>();
let last: { zone: Zone; minute: number; of: Map<ShopDay, UtcMs> } | null = null;

/** The instants of a minute of each day: asked for again and again of the same zone and minute. */
function instantsOf(minute: number, zone: Zone): Map<ShopDay, UtcMs> {
  if (last?.minute === minute && last.zone === zone) return last.of;
  const key = `${minute} ${zone}`;
  const of = instants.get(key) ?? new Map<ShopDay, UtcMs>();
  instants.set(key, of);
  last = { zone, minute, of };
  return of;
}

/** The instant of a minute of a shop day, for many: worked out once per day, however many people it is asked for. */
export function minuteOf(day: ShopDay, minute: number, zone: Zone): UtcMs {
  const of = instantsOf(minute, zone);
  let at = of.get(day);
  if (at === undefined) {
    const [y, m, d] = day.split('-').map(Number) as [number, number, number];
    at = instantOf(zone, y, m, d, Math.floor(minute / 60), minute % 60);
    if (of.size > MOST) of.clear();
    of.set(day, at);
  }
  return at;
}
