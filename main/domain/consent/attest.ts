import type { ShopDay } from '../kernel';

/**
 * How people agreed, by the owner's own statement. "Said aloud" is not among them: what was said to a clerk needs the person's own
 * Y (rules.md §1), whatever a file says.
 */
export const ATTEST_METHODS = ['paper', 'website', 'till', 'keyword', 'other'] as const;
export type AttestMethod = (typeof ATTEST_METHODS)[number];

export interface AttestStatement {
  method: AttestMethod;
  /** Where and how, in the owner's words. */
  detail: string;
  fromDay: ShopDay;
  toDay: ShopDay;
  /** The words people saw. */
  wording: string;
}

/** Fewer letters than this are no sentence anybody agreed to. */
const LEAST = { wording: 15, detail: 3 } as const;

/** The first field that does not make a statement yet; null = it can be signed. */
export function statementGap(s: AttestStatement, today: ShopDay): 'detail' | 'fromDay' | 'toDay' | 'wording' | null {
  if (s.detail.trim().length < LEAST.detail) return 'detail';
  if (!/^\d{4}-\d\d-\d\d$/.test(s.fromDay) || s.fromDay < '1995-01-01' || s.fromDay > today) return 'fromDay';
  if (!/^\d{4}-\d\d-\d\d$/.test(s.toDay) || s.toDay < s.fromDay || s.toDay > today) return 'toDay';
  if (s.wording.trim().length < LEAST.wording) return 'wording';
  return null;
}

/** Why somebody a file says yes for is left out, in the order in which it counts. */
export type LeftOut =
  | 'nobody'
  | 'said-no'
  | 'stopped'
  | 'held'
  | 'declined'
  | 'minor'
  | 'cannot-text'
  | 'pending'
  | 'paused'
  | 'already'
  | 'not-marked'
  | 'unclear';
