import { wilson } from '../attribution/intervals';
import type { CampaignId, Cents, Micros, ShopDay, UtcMs } from '../kernel';

/** What the last seven shop days brought; `before` is the same of the seven days before them. */
export interface WeekFigures {
  readonly joined: number;
  readonly left: number;
  readonly newPeople: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly replies: number;
  readonly redeemed: number;
  /** The shop's takings as far as the till file reaches: before tax, returns subtracted. */
  readonly takings: Cents;
  /** Refunds that belong to no sale and nobody known, and what they took off the takings (0 or less). */
  readonly looseRefunds: number;
  readonly looseNet: Cents;
  readonly direct: Cents;
  readonly influenced: Cents;
  /** Texts that left in the week, told and expected prices together, millionths. */
  readonly cost: Micros;
}

export type NeedCode =
  | 'holds'
  | 'replies'
  | 'uncertain'
  | 'refused'
  | 'paused'
  /** Follow-ups that wait for the owner: on hold, or a step stopped by itself. */
  | 'follow-ups'
  /** What runs by itself and waits for the owner: changed words, a month that stopped itself, a copy brought back. */
  | 'automations'
  | 'import-overdue'
  | 'no-import'
  /** Files in the watched folder and lists on the web that wait for a look. */
  | 'files-waiting'
  | 'wrong-numbers'
  /** Receipts with a text discount and no code (services/results/till-check.ts). */
  | 'discounts'
  | 'replies-unread'
  /** Tasks at the counter that wait. */
  | 'tasks'
  | 'backup-failed'
  /** The weekly page is not in its folder. */
  | 'paper-failed'
  | 'no-second-backup'
  /** The texting account: something there stops texts. */
  | 'account'
  /** The carriers' approval: not asked for, refused, or later than usual. */
  | 'registration'
  | 'registration-rejected'
  | 'registration-late';

/** One thing waiting for the owner; the words and where it leads are the screen's. */
export interface Need {
  readonly code: NeedCode;
  readonly count: number;
  readonly campaignId: CampaignId | null;
  /** `import-overdue`: the last covered day. */
  readonly day: ShopDay | null;
}

const ORDER: readonly NeedCode[] = [
  'uncertain',
  'refused',
  'account',
  'registration-rejected',
  'paused',
  'follow-ups',
  'automations',
  'holds',
  'replies-unread',
  'files-waiting',
  'registration-late',
  'import-overdue',
  'no-import',
  'replies',
  'tasks',
  'discounts',
  'backup-failed',
  'paper-failed',
  'registration',
  'wrong-numbers',
  'no-second-backup',
];

/** Most urgent first; nothing that is not there. */
export const needsInOrder = (needs: readonly Need[]): Need[] =>
  needs.filter((n) => n.count > 0).sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));

export type HealthCode = 'quiet' | 'good' | 'watch' | 'bad';

export interface SenderHealth {
  readonly code: HealthCode;
  readonly sent: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly stops: number;
}

/**
 * How well texts arrive, over the last 30 days: under 90 % delivered or any sign of filtering above 3 % wants a look; opt-outs
 * warn when surely above 2 %, and are bad above 4 % (facts F). Under 20 texts nothing can be said.
 */
export function senderHealth(f: { sent: number; final: number; delivered: number; filtered: number; stops: number }): SenderHealth {
  const { sent, delivered, filtered, stops } = f;
  const base = { sent, delivered, filtered, stops };
  if (f.final < 20) return { code: 'quiet', ...base };
  const leaving = wilson({ x: Math.min(stops, f.final), n: f.final }).low;
  if (leaving > 0.04 || filtered / f.final > 0.1 || delivered / f.final < 0.75) return { code: 'bad', ...base };
  if (leaving > 0.02 || filtered / f.final > 0.03 || delivered / f.final < 0.9) return { code: 'watch', ...base };
  return { code: 'good', ...base };
}

/** When the list reaches `target` at the pace of the last two weeks; null when it does not grow. */
export function reachDay(now: UtcMs, onList: number, joinedIn14Days: number, target: number): UtcMs | null {
  if (onList >= target || joinedIn14Days <= 0) return null;
  const days = Math.ceil((target - onList) / (joinedIn14Days / 14));
  return days > 730 ? null : ((now + days * 86_400_000) as UtcMs);
}
