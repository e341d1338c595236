import { wilson } from '../attribution/intervals';
import { MINUTE, type UtcMs } from '../kernel';

/** How many texts of a campaign leave first, drawn at random (rules.md §4). */
export const FIRST_TEXTS = 20;
/** How long to wait for their results before going on at half pace. */
const WAIT_FOR_RESULTS_MS = 10 * MINUTE;
/** From this many results on, the shares of the whole campaign speak. */
const ENOUGH_RESULTS = 100;
const FILTERED = 30007;

export type BrakeReason = 'same-error' | 'filtered' | 'opt-outs';

/** What is known about one campaign's texts so far. */
export interface BrakeFacts {
  /** The first texts: not yet left, left without a result, and when the last of them left. */
  first: { unsent: number; pending: number; lastLeftAt: UtcMs | null };
  /** Results so far: delivered, undelivered, failed or rejected. */
  finals: number;
  /** Per error code, how many of the first texts and of all ended with it. */
  errors: readonly { code: number; first: number; all: number; permanent: boolean }[];
  /** People whose text left, and how many of them asked to stop since. */
  texted: number;
  optOuts: number;
  /** How often each reason stopped this campaign before and the owner went on: then it must be twice as bad to stop it again. */
  raised: Readonly<Partial<Record<BrakeReason, number>>>;
  now: UtcMs;
}

export type Brake =
  | { kind: 'stop'; reason: BrakeReason; code: number | null; count: number; of: number }
  /** Only the first texts may leave. */
  | { kind: 'first' }
  /** The first texts left: nothing more until then, unless their results are in. */
  | { kind: 'wait'; until: UtcMs }
  | { kind: 'go'; pace: 'half' | 'full' };

/** How a campaign may go on (rules.md §4, "blast brake"). */
export function brake(f: BrakeFacts): Brake {
  const times = (reason: BrakeReason) => 2 ** (f.raised[reason] ?? 0);
  for (const e of f.errors) {
    const worse = times('same-error');
    const ofFirst = e.first >= 5 * worse;
    const ofAll = f.finals >= ENOUGH_RESULTS && e.all >= 0.1 * worse * f.finals;
    if (e.permanent && (ofFirst || ofAll)) return { kind: 'stop', reason: 'same-error', code: e.code, count: e.all, of: f.finals };
  }
  const filtered = f.errors.find((e) => e.code === FILTERED)?.all ?? 0;
  const worse = times('filtered');
  if (filtered >= 2 * worse && filtered > 0.03 * worse * f.finals) {
    return { kind: 'stop', reason: 'filtered', code: FILTERED, count: filtered, of: f.finals };
  }
  const stops = Math.min(f.optOuts, f.texted);
  if (f.texted > 0 && wilson({ x: stops, n: f.texted }).low > 0.04 * times('opt-outs')) {
    return { kind: 'stop', reason: 'opt-outs', code: null, count: stops, of: f.texted };
  }
  if (f.first.unsent > 0) return { kind: 'first' };
  if (f.first.pending === 0 || f.finals >= ENOUGH_RESULTS) return { kind: 'go', pace: 'full' };
  const until = ((f.first.lastLeftAt ?? f.now) + WAIT_FOR_RESULTS_MS) as UtcMs;
  return f.now < until ? { kind: 'wait', until } : { kind: 'go', pace: 'half' };
}

/** Draws which texts leave first: a random sample without replacement (`random` in [0, 1), seeded by the caller). */
export function drawFirst<T>(items: readonly T[], random: () => number, count = FIRST_TEXTS): T[] {
  const pool = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && pool.length > 0) {
    const at = Math.min(pool.length - 1, Math.floor(random() * pool.length));
    const [picked] = pool.splice(at, 1);
    if (picked !== undefined) drawn.push(picked);
  }
  return drawn;
}

/** Ids tried for each one wanted before the pot itself is read: enough where at least one id in eight is in it. */
const TRIES_EACH = 40;

/**
 * The same draw from ids between two ends without reading them all: an id drawn by chance counts when it is `in` the pot, so each in the
 * pot is as likely as any other. Null when too few were found that way: then the pot is small or full of holes, and cheap to read.
 */
export function drawByChance(
  ends: { low: number; high: number },
  isIn: (id: number) => boolean,
  random: () => number,
  count: number,
): number[] | null {
  const drawn = new Set<number>();
  const span = ends.high - ends.low + 1;
  for (let tries = count * TRIES_EACH; tries > 0 && drawn.size < count; tries--) {
    const id = ends.low + Math.min(span - 1, Math.floor(random() * span));
    if (!drawn.has(id) && isIn(id)) drawn.add(id);
  }
  return drawn.size < count ? null : [...drawn];
}
