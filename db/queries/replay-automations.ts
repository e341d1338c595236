import type { AutomationId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { AutomationEvent } from './automation-events';
import { survivorOf } from './merges';

/**
 * Causes people were taken for, as the journal keeps them beside a shop file and writes them again into an older copy. No number and no
 * name. `madeAt`: of the automation, whose number may be another's in another life of the file.
 */
export interface CauseFact extends AutomationEvent {
  madeAt: UtcMs;
  joined: {
    arm: 'text' | 'control' | 'excluded';
    reason: string | null;
    stratum: string;
    tillFixed: 0 | 1;
    drawnAt: UtcMs;
    part: number;
    words: string;
  } | null;
}

type Joined = { [K in keyof NonNullable<CauseFact['joined']>]: NonNullable<CauseFact['joined']>[K] | null };

/** What was decided about these people at one instant. */
export function causeFacts(db: Db, id: AutomationId, ids: readonly CustomerId[], at: UtcMs): CauseFact[] {
  const rows = db
    .prepare(
      `SELECT e.automation_id AS automationId, e.customer_id AS customerId, e.cause, e.due_at AS dueAt, e.outcome, e.reason AS why,
         e.campaign_id AS campaignId, e.again_at AS againAt, e.at, a.created_at AS madeAt,
         p.arm, p.reason, p.stratum, p.till_fixed AS tillFixed, p.drawn_at AS drawnAt, p.part, p.words
       FROM json_each(@ids) j CROSS JOIN automation_event e ON e.automation_id = @id AND e.customer_id = j.value
         JOIN automation a ON a.id = e.automation_id
         LEFT JOIN campaign_person p ON p.campaign_id = e.campaign_id AND p.customer_id = e.customer_id
       WHERE e.at = @at AND e.outcome <> 'waiting'`,
    )
    .all({ ids: JSON.stringify(ids), id, at }) as (Omit<CauseFact, 'reason' | 'joined'> & { why: string | null } & Joined)[];
  return rows.map(({ why, arm, reason, stratum, tillFixed, drawnAt, part, words, ...event }) => ({
    ...event,
    reason: why,
    joined: arm === null ? null : ({ arm, reason, stratum, tillFixed, drawnAt, part, words } as CauseFact['joined']),
  }));
}

/**
 * A cause that was taken after the copy was made: it is never taken again, also where its text is not known to have left: then it is left
 * to the look at the carrier's list. False when nothing is new.
 */
export function putCause(trx: Trx, f: CauseFact): boolean {
  const id = survivorOf(trx, f.customerId);
  if (id === null || trx.prepare('SELECT 1 FROM automation WHERE id = ? AND created_at = ?').get(f.automationId, f.madeAt) === undefined)
    return false;
  const campaignId =
    f.campaignId !== null && trx.prepare('SELECT 1 FROM campaign WHERE id = ?').get(f.campaignId) !== undefined ? f.campaignId : null;
  const fresh =
    trx
      .prepare(
        `INSERT INTO automation_event (automation_id, customer_id, cause, due_at, outcome, reason, campaign_id, again_at, at)
         VALUES (@automationId, @id, @cause, @dueAt, @outcome, @reason, @campaignId, NULL, @at)
         ON CONFLICT (automation_id, customer_id, cause) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason,
           campaign_id = excluded.campaign_id, again_at = NULL, at = excluded.at WHERE outcome = 'waiting'`,
      )
      .run({ automationId: f.automationId, id, cause: f.cause, dueAt: f.dueAt, outcome: f.outcome, reason: f.reason, campaignId, at: f.at })
      .changes > 0;
  trx.prepare('DELETE FROM automation_due WHERE automation_id = ? AND customer_id = ? AND cause = ?').run(f.automationId, id, f.cause);
  if (!fresh || campaignId === null || f.joined === null) return fresh;
  const phone = trx.prepare('SELECT phone FROM customer WHERE id = ?').pluck().get(id) as string | null;
  trx
    .prepare(
      `INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, reason, stratum, till_fixed, drawn_at, part, words)
       VALUES (@campaignId, @id, @phone, @arm, @reason, @stratum, @tillFixed, @drawnAt, @part, @words)
       ON CONFLICT (campaign_id, customer_id) DO UPDATE SET arm = excluded.arm, reason = excluded.reason WHERE arm = 'excluded'`,
    )
    .run({ ...f.joined, campaignId, id, phone });
  return true;
}

/** Nothing runs by itself in a copy that was brought back until the owner says so. Returns how many. */
export const holdAutomations = (trx: Trx, now: number): number =>
  trx.prepare("UPDATE automation SET state = 'paused', held = 'restored', updated_at = ? WHERE state <> 'off'").run(now).changes;
