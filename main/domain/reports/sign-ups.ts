import { type Interval, wilson } from '../attribution/intervals';
import { addDays, shopDay, startOfDay } from '../calendar';
import { DAY, type ShopDay, type StaffId, type UtcMs, type Zone } from '../kernel';

/** A yes in the ledger, or a question by text that asks for one. */
export interface SignUpEvent {
  /** Whose number, as the ledger knows it. */
  readonly who: string;
  readonly kind: 'signed-up' | 'asked' | 'agreed' | 'attested';
  readonly method: string;
  readonly device: string;
  readonly staffId: StaffId | null;
  readonly at: UtcMs;
  /** Of `asked`: they answered Y. */
  readonly answered: boolean;
  /** Of `agreed`: who had asked. */
  readonly askedBy: StaffId | null;
}

/** Where a yes came from. A word is one place each: `word:CLUB`. */
export type SignUpSource = 'counter' | 'display' | 'paper' | 'catch-up' | 'asked' | 'import' | `word:${string}`;

/** The source of a yes; null for a question, which is none yet. */
export function sourceOf(e: Pick<SignUpEvent, 'kind' | 'method' | 'device'>): SignUpSource | null {
  if (e.kind === 'asked') return null;
  if (e.kind === 'agreed') return 'asked';
  if (e.kind === 'attested') return 'import';
  if (e.method === 'join-text') return e.device.startsWith('word:') ? (e.device as `word:${string}`) : 'word:JOIN';
  if (e.device === 'catch-up') return 'catch-up';
  if (e.method === 'paper' || e.device === 'paper') return 'paper';
  return e.device === 'display' ? 'display' : 'counter';
}

export interface SourceLine {
  readonly source: SignUpSource;
  readonly count: number;
  /** Per 100 sales of the days the till file covers; null when that cannot be said. */
  readonly perHundred: Interval | null;
}

export interface StaffLine {
  /** Null: nobody was signed in. */
  readonly staffId: StaffId | null;
  /** Customers who said yes themselves in front of them: screen, display, paper, caught up. */
  readonly signedUp: number;
  readonly asked: number;
  readonly answered: number;
}

export interface SignUpWeek {
  /** Monday. */
  readonly week: ShopDay;
  readonly signUps: number;
  /** Null where the till file does not reach the end of the week yet. */
  readonly sales: number | null;
}

export interface SignUpReport {
  readonly from: ShopDay;
  readonly to: ShopDay;
  /** Own yeses; what an import brought is not among them. */
  readonly total: number;
  readonly imported: number;
  /** Sales of the covered days, and the yeses of the same days. */
  readonly sales: number;
  readonly covered: { readonly through: ShopDay; readonly signUps: number } | null;
  readonly perHundred: Interval | null;
  /** Most first. */
  readonly sources: readonly SourceLine[];
  /** The one that clearly brings the most; null with few or level numbers. */
  readonly best: SignUpSource | null;
  readonly staff: readonly StaffLine[];
  readonly weeks: readonly SignUpWeek[];
}

/** Under a hundred sales "per 100" would be made up. */
export const ENOUGH_SALES = 100;
/** Under ten yeses no place is the best one. */
export const ENOUGH_SIGN_UPS = 10;

const mondayOf = (day: ShopDay): ShopDay => {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return addDays(day, -((new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7));
};

const rate = (x: number, n: number): Interval | null => {
  if (n < ENOUGH_SALES || x > n) return null;
  const { estimate, low, high } = wilson({ x, n });
  return { estimate: estimate * 100, low: low * 100, high: high * 100 };
};

/** First day of a report of so many weeks, today's among them. */
export const firstDay = (now: UtcMs, zone: Zone, weeks: number): ShopDay => addDays(mondayOf(shopDay(now, zone)), -7 * (weeks - 1));

/**
 * Who said yes where, over the weeks up to now. The same number at the same place within a day counts once. Rates use only days whose
 * sales are all here, on both sides of the fraction.
 */
export function signUpReport(f: {
  events: readonly SignUpEvent[];
  sales: readonly { day: ShopDay; sales: number }[];
  coveredThrough: ShopDay | null;
  now: UtcMs;
  zone: Zone;
  weeks: number;
}): SignUpReport {
  const today = shopDay(f.now, f.zone);
  const from = firstDay(f.now, f.zone, f.weeks);
  const start = startOfDay(from, f.zone);
  const through = f.coveredThrough === null || f.coveredThrough < from ? null : f.coveredThrough < today ? f.coveredThrough : today;
  const coveredEnd = through === null ? start : startOfDay(addDays(through, 1), f.zone);
  const events = onceADay(f.events.filter((e) => e.at >= start && e.at <= f.now));
  const yes = events.flatMap((e) => {
    const source = sourceOf(e);
    return source === null ? [] : [{ ...e, source }];
  });
  const own = yes.filter((e) => e.source !== 'import');
  const sales = f.sales.filter((s) => through !== null && s.day >= from && s.day <= through).reduce((n, s) => n + s.sales, 0);
  const inCovered = own.filter((e) => e.at < coveredEnd);
  const counts = new Map<SignUpSource, { all: number; covered: number }>();
  for (const e of yes) {
    const c = counts.get(e.source) ?? { all: 0, covered: 0 };
    c.all++;
    if (e.at < coveredEnd) c.covered++;
    counts.set(e.source, c);
  }
  const sources = [...counts]
    .map(([source, c]) => ({ source, count: c.all, perHundred: source === 'import' ? null : rate(c.covered, sales) }))
    .sort((a, b) => b.count - a.count || a.source.localeCompare(b.source));
  return {
    from,
    to: today,
    total: own.length,
    imported: yes.length - own.length,
    sales,
    covered: through === null ? null : { through, signUps: inCovered.length },
    perHundred: rate(inCovered.length, sales),
    sources,
    best: bestOf(sources.filter((s) => s.source !== 'import')),
    staff: staffLines(events),
    weeks: weekLines(own, f, from, today),
  };
}

function onceADay(events: readonly SignUpEvent[]): SignUpEvent[] {
  const last = new Map<string, number>();
  return events.filter((e) => {
    const key = `${e.who}|${e.kind}|${sourceOf(e) ?? ''}`;
    const before = last.get(key);
    if (before !== undefined && Math.abs(e.at - before) < DAY) return false;
    last.set(key, e.at);
    return true;
  });
}

/** Enough of them from more than one place, and one clearly ahead: half as many again as the second, five at least. */
function bestOf(sources: readonly SourceLine[]): SignUpSource | null {
  const total = sources.reduce((n, s) => n + s.count, 0);
  const [first, second] = sources;
  if (!first || !second || total < ENOUGH_SIGN_UPS || first.count < 5) return null;
  return first.count >= second.count * 1.5 ? first.source : null;
}

function staffLines(events: readonly SignUpEvent[]): StaffLine[] {
  const lines = new Map<StaffId | null, { signedUp: number; asked: number; answered: number }>();
  const line = (id: StaffId | null) => {
    const l = lines.get(id) ?? { signedUp: 0, asked: 0, answered: 0 };
    lines.set(id, l);
    return l;
  };
  for (const e of events) {
    const source = sourceOf(e);
    if (e.kind === 'asked') {
      const l = line(e.staffId);
      l.asked++;
      if (e.answered) l.answered++;
    } else if (source === 'counter' || source === 'display' || source === 'paper' || source === 'catch-up') line(e.staffId).signedUp++;
  }
  return [...lines]
    .map(([staffId, l]) => ({ staffId, ...l }))
    .sort((a, b) => b.signedUp + b.answered - a.signedUp - a.answered || b.asked - a.asked);
}

function weekLines(
  own: readonly SignUpEvent[],
  f: { sales: readonly { day: ShopDay; sales: number }[]; coveredThrough: ShopDay | null; zone: Zone },
  from: ShopDay,
  today: ShopDay,
): SignUpWeek[] {
  const weeks: { week: ShopDay; from: UtcMs; to: UtcMs; last: ShopDay }[] = [];
  for (let w = from; w <= today; w = addDays(w, 7)) {
    weeks.push({ week: w, from: startOfDay(w, f.zone), to: startOfDay(addDays(w, 7), f.zone), last: addDays(w, 6) });
  }
  return weeks.map((w) => ({
    week: w.week,
    signUps: own.filter((e) => e.at >= w.from && e.at < w.to).length,
    sales:
      f.coveredThrough !== null && f.coveredThrough >= w.last
        ? f.sales.filter((s) => s.day >= w.week && s.day <= w.last).reduce((n, s) => n + s.sales, 0)
        : null,
  }));
}
