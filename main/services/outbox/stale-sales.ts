import type { OutboxRow } from '@db/queries/outbox';
import { cameSince, furtherPartOf, partRules } from '@db/queries/outbox-sender';
import { DAY, HOUR, SECOND, type UtcMs } from '@domain/kernel';
import { type Rule, restDependsOnAbsence } from '@domain/segments/rule';
import type { Ctx } from '../ctx';
import { coveredThrough, openDaysMissing } from '../reports/coverage';
import type { SenderState } from './sender-state';

/** A text that waits for the till file is dropped after this (rules.md §3). */
export const STALE_EXPIRES_MS = 7 * DAY;
/** Looked at again this often; a till file that comes in makes the sender look at once (drain.ts). */
const LOOK_AGAIN_MS = HOUR;
const KNOWN_FOR_MS = 5 * SECOND;

export type Staleness =
  /** They came or bought since the group was drawn: "we miss you" is no longer true. */
  { kind: 'skip'; reason: 'came-since' | 'stale-sales' } | { kind: 'wait'; until: UtcMs; reason: 'stale-sales' };

/** Whether the imported sales end before the previous open day. Asked often, so remembered for a moment. */
export function salesKnown(ctx: Ctx, s: SenderState, now: UtcMs): { behind: boolean } {
  if (!s.sales || now - s.sales.at > KNOWN_FOR_MS || now < s.sales.at) {
    const covered = coveredThrough(ctx);
    s.sales = { at: now, behind: covered === null || openDaysMissing(ctx, covered) > 0 };
  }
  return s.sales;
}

/** What is asked of a text or a mail. */
type Leaving = Pick<OutboxRow, 'causeKind' | 'causeId' | 'customerId' | 'createdAt' | 'notBefore'>;

/** Whether a text is about somebody who did not come or buy. A part's rule is frozen when its campaign starts, so it is read once. */
function aboutAbsence(ctx: Ctx, s: SenderState, row: Leaving): boolean {
  if (row.causeKind !== 'campaign') return false;
  const part = furtherPartOf(ctx.db, row.causeId, row.customerId);
  const position = part?.position ?? 1;
  const key = `${row.causeId} ${position}`;
  let about = s.aboutAbsence.get(key);
  if (about === undefined) {
    const rules = partRules(ctx.db, row.causeId).filter((r) => r.position <= position);
    const own = rules.findLast((r) => r.position === position)?.rule ?? null;
    const before = rules.flatMap((r) => (r.position < position && r.rule !== null ? [JSON.parse(r.rule) as Rule] : []));
    about = own !== null && restDependsOnAbsence(JSON.parse(own) as Rule, before);
    s.aboutAbsence.set(key, about);
  }
  return about;
}

/**
 * Rules.md §3, "stale sales": such a text leaves only while sales are imported through the previous open day and nothing tells that its
 * person came since. Null: nothing stale about it.
 */
export function staleness(ctx: Ctx, s: SenderState, row: Leaving, now: UtcMs): Staleness | null {
  if (!aboutAbsence(ctx, s, row)) return null;
  if (row.customerId !== null && cameSince(ctx.db, row.customerId, row.createdAt)) return { kind: 'skip', reason: 'came-since' };
  if (!salesKnown(ctx, s, now).behind) return null;
  // one that is to leave on a later day has not waited for the till file until then
  const end = (Math.max(row.createdAt, row.notBefore) + STALE_EXPIRES_MS) as UtcMs;
  if (now >= end) return { kind: 'skip', reason: 'stale-sales' };
  return { kind: 'wait', until: Math.min(now + LOOK_AGAIN_MS, end) as UtcMs, reason: 'stale-sales' };
}
