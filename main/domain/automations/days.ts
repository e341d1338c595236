import { addDays, shopDay, startOfDay } from '../calendar';
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

/** `addDays` for many. */
const sums = new Map<string, ShopDay>();
export function daysAfter(day: ShopDay, n: number): ShopDay {
  const key = `${day} ${n}`;
  let sum = sums.get(key);
  if (sum === undefined) {
    if (sums.size > MOST) sums.clear();
    sum = addDays(day, n);
    sums.set(key, sum);
  }
  return sum;
}
