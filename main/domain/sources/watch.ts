import type { ErrorCode, ErrorParams } from '../errors';
import type { PlanSummary } from '../imports/plan';
import { DAY, type UtcMs } from '../kernel';

/** Why a file in the watched folder waits for the owner. Its words: renderer/strings/sources.ts. */
export type WaitReason =
  /** It lay there when the folder was chosen. */
  | 'was-there'
  /** A known kind of file that nobody has imported by hand yet. */
  | 'first-time'
  /** The owner wants to be asked about this kind. */
  | 'always-ask'
  /** Not from a till we know, and nobody has said what its columns mean. */
  | 'unknown-columns'
  /** Day or month first, point or comma: only the owner knows. */
  | 'questions'
  | 'many-rejected'
  /** Files of this kind came from another till or list so far. */
  | 'other-source'
  | 'future-dates'
  /** It cannot be imported at all; the error says why. */
  | 'refused'
  /** Somebody cancelled it while it ran. */
  | 'stopped';

/** What is told about a waiting or finished file beside its name; never a person's data. */
export interface WatchDetail {
  till?: string;
  title?: string;
  kind?: 'sales' | 'customers';
  rows?: number;
  rejected?: number;
  error?: { code: ErrorCode; params: ErrorParams };
  /** Nothing in it was new. */
  nothing?: boolean;
}

/** Files that could come from a till. Others in the folder are nobody's business. */
const TABLES = /\.(csv|tsv|xlsx)$/i;
/** Half-downloaded files, office lock files, hidden files, and what Regulars itself saves. */
const NOT_OURS = /^[.~]|\.(part|partial|crdownload|download|tmp)$| - rows not taken( \(\d+\))?\.csv$/i;

/** Is this file name looked at in a watched folder? */
export const isWatched = (fileName: string): boolean => TABLES.test(fileName) && !NOT_OURS.test(fileName);

/** How long a file must stay as it is before it is read: a till or a browser may still be writing it. */
export const CALM_MS = 4000;
/** A file whose last line is not ended looks cut off; it gets longer. */
export const CALM_OPEN_END_MS = 15_000;

/** Above this share of rows not taken something is wrong with the file or with how it is read. */
const MOST_REJECTED = 0.05;

/**
 * Whether a plan may be carried out without anybody looking at it; otherwise the reason to ask. `sources`: where files of this kind
 * came from so far (rules.md §8: ask when undecidable, prove before writing).
 */
export function doubtsAbout(plan: PlanSummary, sources: readonly string[], now: UtcMs): WaitReason | null {
  const { rows, rejected } = plan.counts;
  if (plan.questions.length) return 'questions';
  if (rows === 0 || rejected > rows * MOST_REJECTED) return 'many-rejected';
  if (sources.length && !sources.includes(plan.source)) return 'other-source';
  if (plan.lastSaleAt !== null && plan.lastSaleAt > now + 2 * DAY) return 'future-dates';
  return null;
}

/** True when carrying the plan out would change nothing. */
export function bringsNothing(plan: PlanSummary): boolean {
  const { sales, people } = plan.counts;
  return sales.new + sales.changed + people.new + people.changed === 0;
}
