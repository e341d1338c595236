import { addDays, instantOf, shopDay } from '../calendar';
import type { PhoneE164, ShopDay, UtcMs, Zone } from '../kernel';
import type { CourtesySettings } from '../settings/settings';
import npaData from './data/npa-tz.json';
import holidayData from './data/us-holidays.json';
import zipData from './data/zip3.json';
import { FEDERAL_ROW, STATE_ROWS } from './state-hours';

/**
 * When a marketing text may leave (rules.md §3): recipient-local hours of federal and state law, narrowed by the shop's own
 * courtesy window, open in **every** zone the number may live in. Checked at the moment each text leaves.
 */
export interface SendWindowInput {
  phone: PhoneE164;
  /** The person's ZIP, if known. */
  postalCode: string | null;
  /** Typed by staff ("lives in Phoenix"): replaces the guesses, never the laws of the states. */
  zone: Zone | null;
  shopZone: Zone;
  /** The shop's own narrower hours, recipient-local. */
  courtesy: CourtesySettings['window'];
  now: UtcMs;
  /** The owner typed a reason for texting on days some states ban (`warn` in the data); without it such days are closed. */
  reasonGiven?: boolean;
}

export interface SendWindow {
  /** A text may leave at `now`. */
  open: boolean;
  /** When it is next open: `now` if open; null when nothing opens within a fortnight. */
  opensAt: UtcMs | null;
  /** End of the window that is open or opens next; nothing leaves at or after it (5 minutes early already taken off). */
  closesAt: UtcMs | null;
  zones: readonly Zone[];
  /** `US-TX`, `CA` …; empty = unknown, then the strictest of all rows applies. */
  states: readonly string[];
  zoneFrom: 'staff' | 'zip' | 'area-code' | 'both' | 'shop';
  /** A day in the way is one that asks for a typed reason. */
  needsReason: boolean;
}

const NPA = npaData.npa as Record<string, { z: string[]; s: string | null }>;
const HOLIDAYS = new Set<string>(holidayData.days);
const TOLL_FREE = new Set([
  '800',
  '822',
  '833',
  '844',
  '855',
  '866',
  '877',
  '880',
  '881',
  '882',
  '883',
  '884',
  '885',
  '886',
  '887',
  '888',
  '889',
]);

/** Nobody is texted outside these hours, whatever a shop or a state would allow (47 CFR 64.1200(c)(1)). */
const HARD = { from: 8 * 60, to: 21 * 60 };
/** Queues and carriers add delay: stop this early. */
const EARLY = 5;
const LOOK_AHEAD_DAYS = 15;

const zip3 = new Map<string, { z: string[]; s: string[] }>();
for (const g of zipData.zip3) {
  for (const range of g.p.split(' ')) {
    const [from, to = from] = range.split('-') as [string, string?];
    for (let n = Number(from); n <= Number(to); n++) zip3.set(String(n).padStart(3, '0'), g);
  }
}

const nanp = (phone: PhoneE164): string | null => (/^\+1\d{10}$/.test(phone) ? phone.slice(2, 5) : null);

/**
 * Where a number belongs by its code. `other` = Caribbean numbers that share +1; `unknown` = a +1 code not in the data (new or
 * toll-free); `abroad` = any other country.
 */
export function numberCountry(phone: PhoneE164): 'US' | 'CA' | 'other' | 'unknown' | 'abroad' {
  const npa = nanp(phone);
  if (npa === null) return 'abroad';
  const area = TOLL_FREE.has(npa) ? undefined : NPA[npa];
  if (area === undefined) return 'unknown';
  return area.s === null ? 'other' : area.s === 'CA' ? 'CA' : 'US';
}

/** Numbers a US shop may text for real: those of the US, and +1 codes too new to be known. */
export const isUsNumber = (phone: PhoneE164): boolean => ['US', 'unknown'].includes(numberCountry(phone));

/** Zones and states a person may be in, and where that knowledge comes from (rules.md §3). */
export function placeOf(i: Pick<SendWindowInput, 'phone' | 'postalCode' | 'zone' | 'shopZone'>): {
  zones: Zone[];
  states: string[];
  zoneFrom: SendWindow['zoneFrom'];
  unknownState: boolean;
} {
  const npa = nanp(i.phone);
  const area = npa === null || TOLL_FREE.has(npa) ? undefined : NPA[npa];
  const zip = npa !== null && /^\d{5}(-\d{4})?$/.test(i.postalCode ?? '') ? zip3.get((i.postalCode ?? '').slice(0, 3)) : undefined;
  const states = [...new Set([...(zip?.s ?? []), ...(area?.s ? [area.s] : [])])].sort();
  const unknownState = npa !== null && states.length === 0;
  if (i.zone) return { zones: [i.zone], states, zoneFrom: 'staff', unknownState };
  const zones = [...new Set([...(zip?.z ?? []), ...(area?.z ?? [])])].sort() as Zone[];
  if (zones.length === 0) return { zones: [i.shopZone], states, zoneFrom: 'shop', unknownState };
  return { zones, states, zoneFrom: zip && area ? 'both' : zip ? 'zip' : 'area-code', unknownState };
}

interface DayRule {
  from: number;
  to: number;
  warn: boolean;
}

function dayRule(day: ShopDay, states: readonly string[], unknownState: boolean, courtesy: CourtesySettings['window']): DayRule {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const holiday = HOLIDAYS.has(day);
  const own = weekday === 0 ? courtesy.sunday : courtesy.weekdays;
  let from = Math.max(HARD.from, own.from);
  let to = Math.min(HARD.to, own.to);
  let warn = false;
  const rows = unknownState ? [FEDERAL_ROW, ...Object.values(STATE_ROWS)] : states.map((s) => STATE_ROWS[s] ?? FEDERAL_ROW);
  for (const row of rows) {
    const usual = weekday === 0 ? row.sun : weekday === 6 ? row.sat : row.mon_fri;
    for (const h of holiday && row.holidays ? [usual, row.holidays] : [usual]) {
      from = Math.max(from, h.hours[0] * 60);
      to = Math.min(to, h.hours[1] * 60);
      warn ||= h.warn;
    }
  }
  return { from, to: to - EARLY, warn };
}

/** A stretch in which a marketing text may leave to a place; `warn`: only with a typed reason. */
export interface Span {
  from: number;
  to: number;
  warn: boolean;
}

function spansOf(
  zone: Zone,
  firstDay: ShopDay,
  days: number,
  states: readonly string[],
  unknownState: boolean,
  courtesy: CourtesySettings['window'],
): Span[] {
  const out: Span[] = [];
  for (let d = 0; d < days; d++) {
    const day = addDays(firstDay, d);
    const rule = dayRule(day, states, unknownState, courtesy);
    if (rule.from >= rule.to) continue;
    const [y, m, n] = day.split('-').map(Number) as [number, number, number];
    out.push({
      from: instantOf(zone, y, m, n, Math.floor(rule.from / 60), rule.from % 60),
      to: instantOf(zone, y, m, n, Math.floor(rule.to / 60), rule.to % 60),
      warn: rule.warn,
    });
  }
  return out;
}

function overlap(a: readonly Span[], b: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const x of a) {
    for (const y of b) {
      const from = Math.max(x.from, y.from);
      const to = Math.min(x.to, y.to);
      if (from < to) out.push({ from, to, warn: x.warn || y.warn });
    }
  }
  return out;
}

/** Windows depend on place, courtesy and day only: a batch of thousands asks for a few dozen of them. */
const remembered = new Map<string, readonly Span[]>();

function windows(i: SendWindowInput, place: ReturnType<typeof placeOf>): readonly Span[] {
  const anchor = place.zones[0] ?? i.shopZone;
  const firstDay = addDays(shopDay(i.now, anchor), -1);
  const { weekdays, sunday } = i.courtesy;
  const key = [
    place.zones.join(),
    place.states.join(),
    place.unknownState,
    firstDay,
    weekdays.from,
    weekdays.to,
    sunday.from,
    sunday.to,
  ].join('|');
  const known = remembered.get(key);
  if (known) return known;
  let spans: Span[] | null = null;
  for (const zone of place.zones) {
    const own = spansOf(zone, firstDay, LOOK_AHEAD_DAYS + 2, place.states, place.unknownState, i.courtesy);
    spans = spans === null ? own : overlap(spans, own);
  }
  if (remembered.size > 2000) remembered.clear();
  remembered.set(key, spans ?? []);
  return spans ?? [];
}

/**
 * All stretches of the next fortnight in which a marketing text may leave, in order, from the day before on. People of one place get the
 * very same array: thousands of them are put together by it.
 */
export const sendSpans = (i: SendWindowInput): readonly Span[] => windows(i, placeOf(i));

/** Whether a marketing text may leave now, and if not, when. Pure; about 2 µs once a place is known for the day. */
export function sendWindow(i: SendWindowInput): SendWindow {
  const place = placeOf(i);
  const all = windows(i, place);
  const ahead = all.filter((s) => s.to > i.now);
  const usable = i.reasonGiven ? ahead : ahead.filter((s) => !s.warn);
  const next = usable[0] ?? null;
  const open = next !== null && next.from <= i.now;
  return {
    open,
    opensAt: next === null ? null : (Math.max(next.from, i.now) as UtcMs),
    closesAt: next === null ? null : (next.to as UtcMs),
    zones: place.zones,
    states: place.states,
    zoneFrom: place.zoneFrom,
    needsReason: !i.reasonGiven && !open && (ahead[0]?.warn ?? false),
  };
}

/**
 * What the law of a place says of a day as a whole: `reason` = some ban it, and a text leaves only with a typed reason; `closed` = none may
 * leave. For the calendar; each text is judged by its own number as it leaves.
 */
export function dayLaw(day: ShopDay, state: string | null, courtesy: CourtesySettings['window']): 'open' | 'reason' | 'closed' {
  const rule = dayRule(day, state === null ? [] : [state], false, courtesy);
  return rule.from >= rule.to ? 'closed' : rule.warn ? 'reason' : 'open';
}
