import type { UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type OutboxRow, rowOf } from './outbox';

type Raw = Parameters<typeof rowOf>[0] & { accepted: number; open: number };

export const FAILED_SQL = `SELECT o.*, (SELECT count(*) FROM outbox_attempt a WHERE a.outbox_id = o.id AND a.sid IS NOT NULL) AS accepted,
    CASE WHEN o.cause_kind <> 'campaign' THEN 1
      ELSE (SELECT c.state IN ('sending', 'finished') FROM campaign c WHERE c.id = CAST(o.cause_id AS INTEGER)) END AS open
  FROM outbox o WHERE o.state = 'failed' AND o.final_at >= @since AND o.sid IS NOT NULL AND o.cause_kind NOT IN ('test', 'restored')
    AND o.error_code IN (SELECT value FROM json_each(@codes)) AND accepted <= @most AND open = 1
  ORDER BY o.final_at LIMIT @limit`;

/** Texts that failed since an instant with one of these codes, not tried too often already, whose campaign may still send. */
export function failedToLookAt(
  db: Db,
  o: { since: UtcMs; codes: readonly number[]; most: number; limit: number },
): { row: OutboxRow; accepted: number; causeOpen: boolean }[] {
  const found = db.prepare(FAILED_SQL).all({ ...o, codes: JSON.stringify(o.codes) }) as Raw[];
  return found.map((r) => ({ row: rowOf(r), accepted: r.accepted, causeOpen: r.open === 1 }));
}

/** A campaign waits for the owner because the account was refused. */
export const accountTrouble = (db: Db): boolean =>
  db.prepare("SELECT EXISTS (SELECT 1 FROM campaign WHERE state = 'paused' AND pause_reason LIKE 'account:%')").pluck().get() === 1;

/**
 * Back in the queue until `at`, as if it had never been posted: it never left. What the carrier called it stays with its attempt. False
 * when the row has moved on meanwhile, or when no attempt holds that name: then it would be lost.
 */
export function retryFailed(trx: Trx, row: OutboxRow, at: UtcMs, now: UtcMs): boolean {
  return (
    trx
      .prepare(
        `UPDATE outbox SET state = 'waiting', reason = 'tried-again', retry_at = ?, sid = NULL, sender = NULL, error_code = NULL,
           left_at = NULL, final_at = NULL, price = NULL, price_currency = NULL, send_at = NULL, reconcile_at = NULL, reconcile_step = 0, carrier_segments = NULL, updated_at = ?
         WHERE id = ? AND state = 'failed' AND sid = ? AND EXISTS (SELECT 1 FROM outbox_attempt WHERE outbox_id = ? AND sid = ?)`,
      )
      .run(at, now, row.id, row.sid, row.id, row.sid).changes === 1
  );
}

/** Texts in the queue again of which the carrier still names the message that failed: by that message's id. */
export function waitingAgainBySid(db: Db, sids: readonly string[]): Map<string, OutboxRow> {
  const found = db
    .prepare(
      `SELECT o.*, a.sid AS failedSid FROM outbox_attempt a JOIN outbox o ON o.id = a.outbox_id
       WHERE a.sid IN (SELECT value FROM json_each(?)) AND o.state = 'waiting' AND o.sid IS NULL`,
    )
    .all(JSON.stringify(sids)) as (Raw & { failedSid: string })[];
  return new Map(found.map((r) => [r.failedSid, rowOf(r)]));
}
