import { type Interval, type Share, wilson } from '../attribution/intervals';
import { usualGap } from '../segments/rhythm';
import { type Compared, pooledBuyers } from './pooled';

/**
 * "Of 212, about 140 come anyway": said before a text, from what the shop has seen, or not at all. People in their usual rhythm are set
 * apart from those who are late; of the former the shop knows how many came without a text: held-out people of earlier campaigns like
 * this, else people like them some weeks ago.
 */

/** A habit beside the days that are looked at: back twice in them, once, half the time, or less. Upper ends of the steps. */
const STEPS = [0.5, 1, 2] as const;
export const HABITS = STEPS.length + 1;
/** Which habit somebody has who usually comes every so many days, measured by the window: 0 comes most often. */
export const habitOf = (gapDays: number, windowDays: number): number => {
  const i = STEPS.findIndex((s) => gapDays <= s * windowDays);
  return i < 0 ? STEPS.length : i;
};

/** At least two of three in their rhythm surely come without a text: under it nothing is said. */
export const SURELY = 2 / 3;
/** Fewer people than this need no advice, and a text to fewer late ones than that is hardly a campaign. */
const LEAST_PEOPLE = 50;
const LEAST_USUAL = 30;
const LEAST_REST = 5;
/** People looked back at, of the habits that matter; and of one habit, for it to count at all. */
const LEAST_SEEN = 100;
const LEAST_OF_HABIT = 50;

export interface AnywayEvidence {
  /** Whom the text could reach. */
  readonly people: number;
  /** Of them, people in their usual rhythm, by habit (`HABITS` numbers). */
  readonly usual: readonly number[];
  /** Looking back as many days as the text would be measured: people in their rhythm then whom nobody texted, and how many came; by habit. */
  readonly before: readonly Share[];
  /** People in their rhythm at the draw of earlier campaigns like this, each with its own fresh split. */
  readonly campaigns: readonly Compared[];
}

export interface Anyway {
  readonly people: number;
  /** Of them in their usual rhythm, and how many of those come without a text: best guess, and at least. */
  readonly usual: number;
  readonly anyway: number;
  readonly atLeast: number;
  /** The others: late, or long gone. */
  readonly rest: number;
  /** What it rests on: held-out people of earlier campaigns, or people like them before. */
  readonly from: 'held-out' | 'rhythm';
  readonly seen: Share;
}

/** Null unless the evidence carries it: then the best answer is silence. */
export function comesAnyway(e: AnywayEvidence): Anyway | null {
  const usual = sum(e.usual);
  const rest = e.people - usual;
  if (e.people < LEAST_PEOPLE || usual < LEAST_USUAL || rest < LEAST_REST) return null;
  const found = fromCampaigns(e.campaigns, usual) ?? fromRhythm(e);
  if (found === null || found === 'texts-help' || found.low < SURELY * usual) return null;
  return {
    people: e.people,
    usual,
    anyway: Math.min(usual, Math.round(found.estimate)),
    atLeast: Math.floor(found.low),
    rest,
    from: found.from,
    seen: found.seen,
  };
}

type Found = { readonly estimate: number; readonly low: number; readonly from: Anyway['from']; readonly seen: Share };

/** Null = too few held-out people to say; `texts-help` = a text brings even people in their rhythm, so nobody is advised against one. */
function fromCampaigns(strata: AnywayEvidence['campaigns'], usual: number): Found | 'texts-help' | null {
  const effect = pooledBuyers(strata);
  if (effect === null) return null;
  if (effect.low > 0) return 'texts-help';
  const control = together(strata.map((s) => s.control));
  const share = wilson(control);
  return { estimate: usual * share.estimate, low: usual * share.low, from: 'held-out', seen: control };
}

/** Habit by habit, so that a group of weekly people is not judged by those who come twice a year; a habit seen too rarely counts as nobody. */
function fromRhythm(e: AnywayEvidence): Found | null {
  let [estimate, low] = [0, 0];
  const seen: Share[] = [];
  for (const [habit, people] of e.usual.entries()) {
    const before = e.before[habit];
    if (people === 0 || !before || before.n < LEAST_OF_HABIT) continue;
    const share: Interval = wilson(before);
    estimate += people * share.estimate;
    low += people * share.low;
    seen.push(before);
  }
  const all = together(seen);
  return all.n < LEAST_SEEN ? null : { estimate, low, from: 'rhythm', seen: all };
}

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const together = (shares: readonly Share[]): Share => ({ x: sum(shares.map((s) => s.x)), n: sum(shares.map((s) => s.n)) });

/**
 * Somebody as they stood at the end of day `asOf`, by their visit days up to then alone (days since 1970, ascending): their habit when
 * they were in their usual rhythm (rhythm.ts), and whether they came in the days after it. Null when they were not, or had never come.
 */
export function lookBack(
  days: readonly number[],
  asOf: number,
  windowDays: number,
  shopGap: number,
): { habit: number; came: boolean } | null {
  const until = days.findIndex((d) => d > asOf);
  const seen = until < 0 ? days : days.slice(0, until);
  const last = seen.at(-1);
  if (last === undefined) return null;
  const gaps = seen.slice(1).map((d, i) => d - (seen[i] ?? d));
  const gap = usualGap({ medianGapDays: median(gaps), gapCount: gaps.length }, shopGap);
  if (asOf - last > 2 * gap) return null;
  return { habit: habitOf(gap, windowDays), came: days.some((d) => d > asOf && d <= asOf + windowDays) };
}

function median(xs: readonly number[]): number | null {
  if (xs.length === 0) return null;
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
