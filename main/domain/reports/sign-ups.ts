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
const ENOUGH_SIGN_UPS = 10;

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

export interface ReportFrame {
  readonly coveredThrough: ShopDay | null;
  readonly now: UtcMs;
  readonly zone: Zone;
  readonly weeks: number;
}

export interface SignUpTally {
  /** Yeses, questions and sales of any stretch of the time, each once; oldest first. */
  add(events: readonly SignUpEvent[], sales: readonly { day: ShopDay; sales: number }[]): void;
  report(): SignUpReport;
}

/**
 * Who said yes where, over the weeks up to now, counted piece by piece so that a long time need not be read in one go. The same number at
 * the same place within a day counts once. Rates use only days whose sales are all here, on both sides of the fraction.
 */
export function signUpTally(f: ReportFrame): SignUpTally {
  const today = shopDay(f.now, f.zone);
  const from = firstDay(f.now, f.zone, f.weeks);
  const weeks = weeksOf(from, today, f.zone);
  const start = startOfDay(from, f.zone);
  const through = f.coveredThrough === null || f.coveredThrough < from ? null : f.coveredThrough < today ? f.coveredThrough : today;
  const coveredEnd = through === null ? start : startOfDay(addDays(through, 1), f.zone);
  const seen = onceADay();
  const counts = new Map<SignUpSource, { all: number; covered: number }>();
  const staff = new Map<StaffId | null, { signedUp: number; asked: number; answered: number }>();
  let sold = 0;

  function count(e: SignUpEvent, source: SignUpSource): void {
    const c = counts.get(source) ?? { all: 0, covered: 0 };
    c.all++;
    if (e.at < coveredEnd) c.covered++;
    counts.set(source, c);
    const week = source === 'import' ? undefined : weekAt(weeks, e.at);
    if (week) week.signUps++;
  }
  function credit(e: SignUpEvent, source: SignUpSource | null): void {
    const inFront = source === 'counter' || source === 'display' || source === 'paper' || source === 'catch-up';
    if (e.kind !== 'asked' && !inFront) return;
    const l = staff.get(e.staffId) ?? { signedUp: 0, asked: 0, answered: 0 };
    if (inFront) l.signedUp++;
    else l.asked++;
    if (e.kind === 'asked' && e.answered) l.answered++;
    staff.set(e.staffId, l);
  }
  return {
    add(events, sales) {
      for (const e of events) {
        const source = sourceOf(e);
        if (e.at < start || e.at > f.now || seen(e, source)) continue;
        if (source !== null) count(e, source);
        credit(e, source);
      }
      for (const s of sales) {
        if (through === null || s.day < from || s.day > through) continue;
        sold += s.sales;
        const week = weeks.find((w) => s.day >= w.week && s.day <= w.last);
        if (week) week.sales += s.sales;
      }
    },
    report() {
      const sources = [...counts]
        .map(([source, c]) => ({ source, count: c.all, perHundred: source === 'import' ? null : rate(c.covered, sold) }))
        .sort((a, b) => b.count - a.count || a.source.localeCompare(b.source));
      const own = sources.filter((s) => s.source !== 'import');
      const covered = [...counts].reduce((n, [source, c]) => n + (source === 'import' ? 0 : c.covered), 0);
      return {
        from,
        to: today,
        total: own.reduce((n, s) => n + s.count, 0),
        imported: counts.get('import')?.all ?? 0,
        sales: sold,
        covered: through === null ? null : { through, signUps: covered },
        perHundred: rate(covered, sold),
        sources,
        best: bestOf(own),
        staff: [...staff]
          .map(([staffId, l]) => ({ staffId, ...l }))
          .sort((a, b) => b.signedUp + b.answered - a.signedUp - a.answered || b.asked - a.asked),
        weeks: weeks.map((w) => ({ week: w.week, signUps: w.signUps, sales: through !== null && through >= w.last ? w.sales : null })),
      };
    },
  };
}

/** The same in one go. */
export function signUpReport(
  f: ReportFrame & { events: readonly SignUpEvent[]; sales: readonly { day: ShopDay; sales: number }[] },
): SignUpReport {
  const tally = signUpTally(f);
  tally.add(f.events, f.sales);
  return tally.report();
}

/** True for what was counted within a day before or after. */
function onceADay(): (e: SignUpEvent, source: SignUpSource | null) => boolean {
  const last = new Map<string, number>();
  return (e, source) => {
    const key = `${e.who}|${e.kind}|${source ?? ''}`;
    const before = last.get(key);
    if (before !== undefined && Math.abs(e.at - before) < DAY) return true;
    last.set(key, e.at);
    return false;
  };
}

/** Enough of them from more than one place, and one clearly ahead: half as many again as the second, five at least. */
function bestOf(sources: readonly SourceLine[]): SignUpSource | null {
  const total = sources.reduce((n, s) => n + s.count, 0);
  const [first, second] = sources;
  if (!first || !second || total < ENOUGH_SIGN_UPS || first.count < 5) return null;
  return first.count >= second.count * 1.5 ? first.source : null;
}

interface Week {
  readonly week: ShopDay;
  readonly from: UtcMs;
  readonly last: ShopDay;
  signUps: number;
  sales: number;
}

/** Week starts as instants: a moment is placed by comparing numbers, also when the clocks change. */
function weeksOf(from: ShopDay, today: ShopDay, zone: Zone): Week[] {
  const weeks: Week[] = [];
  for (let w = from; w <= today; w = addDays(w, 7)) {
    weeks.push({ week: w, from: startOfDay(w, zone), last: addDays(w, 6), signUps: 0, sales: 0 });
  }
  return weeks;
}

function weekAt(weeks: readonly Week[], at: UtcMs): Week | undefined {
  let i = weeks.length - 1;
  while (i >= 0 && (weeks[i]?.from ?? 0) > at) i--;
  return weeks[i];
}
