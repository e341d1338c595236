import type { CampaignId, OutboxId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type OutboxRow, rowOf } from './outbox';

type Raw = Parameters<typeof rowOf>[0];
const rows = (found: unknown[]): OutboxRow[] => (found as Raw[]).map(rowOf);

/** The words of the partial indexes of migration 0240: said differently, SQLite walks through everything. */
const HELD = "state = 'scheduled'";

/** Whether there is anything at all to look after: held, to be called back, or to be handed over. Looks into small indexes. */
export const anyHeld = (db: Db): boolean =>
  nextHeld(db) !== null ||
  db.prepare('SELECT 1 FROM outbox INDEXED BY outbox_recall WHERE recall IS NOT NULL LIMIT 1').get() !== undefined ||
  db.prepare("SELECT 1 FROM outbox INDEXED BY outbox_to_hand_over WHERE state = 'waiting' AND send_at IS NOT NULL LIMIT 1").get() !==
    undefined;

/** Texts to be handed to the carrier for a later time, of campaigns that are under way, soonest first. */
export function toHandOver(db: Db, now: UtcMs, from: UtcMs, limit: number): OutboxRow[] {
  return rows(
    db
      .prepare(
        `SELECT o.* FROM outbox o INDEXED BY outbox_to_hand_over JOIN campaign c ON c.id = CAST(o.cause_id AS INTEGER)
         WHERE o.state = 'waiting' AND o.send_at IS NOT NULL AND o.send_at >= ? AND (o.retry_at IS NULL OR o.retry_at <= ?)
           AND o.cause_kind = 'campaign' AND c.state = 'sending' ORDER BY o.send_at, o.id LIMIT ?`,
      )
      .all(from, now, limit),
  );
}

/** Too late for the carrier to hold: this computer sends them at their time, as any other text. At most `limit`; returns how many. */
export function keepOurselves(trx: Trx, before: UtcMs, limit: number): number {
  return trx
    .prepare(
      `UPDATE outbox SET send_at = NULL WHERE id IN (SELECT id FROM outbox INDEXED BY outbox_to_hand_over
         WHERE state = 'waiting' AND send_at IS NOT NULL AND send_at < ? LIMIT ?)`,
    )
    .run(before, limit).changes;
}

/** What is still to be handed over of one campaign is this computer's to send, at the same hour. */
export function keepAllOurselves(trx: Trx, causeId: string): number {
  return trx
    .prepare(
      "UPDATE outbox SET send_at = NULL WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'waiting' AND send_at IS NOT NULL",
    )
    .run(causeId).changes;
}

/** Marks what the carrier holds for campaigns that are paused or cancelled, however they came to be. At most `limit`; returns how many. */
export function recallOfStopped(trx: Trx, now: UtcMs, limit: number): number {
  return trx
    .prepare(
      `UPDATE outbox SET updated_at = @now, recall = (SELECT CASE c.state WHEN 'paused' THEN 'paused' ELSE 'cancelled' END
           FROM campaign c WHERE c.id = CAST(outbox.cause_id AS INTEGER))
       WHERE id IN (SELECT o.id FROM campaign c CROSS JOIN outbox o INDEXED BY outbox_scheduled_of
         ON o.state = 'scheduled' AND o.cause_id = CAST(c.id AS TEXT)
         WHERE c.via_carrier = 1 AND c.state IN ('paused', 'cancelled') AND o.recall IS NULL AND o.cause_kind = 'campaign' LIMIT @limit)`,
    )
    .run({ now, limit }).changes;
}

/** The owner went on before everything was called back: what still is held stays held. */
export function keepResumed(trx: Trx, now: UtcMs): number {
  return trx
    .prepare(
      `UPDATE outbox SET recall = NULL, updated_at = ? WHERE recall = 'paused' AND recall IS NOT NULL AND ${HELD}
         AND cause_id IN (SELECT CAST(id AS TEXT) FROM campaign WHERE state = 'sending')`,
    )
    .run(now).changes;
}

/** Marks one held text to be called back. */
export function recallOne(trx: Trx, id: OutboxId, why: string, now: UtcMs): boolean {
  return (
    trx
      .prepare(`UPDATE outbox SET recall = ?, retry_at = NULL, updated_at = ? WHERE id = ? AND recall IS NULL AND ${HELD}`)
      .run(why, now, id).changes === 1
  );
}

/** Held texts to be called back whose try is due, those leaving soonest first. */
export function toRecall(db: Db, now: UtcMs, limit: number): OutboxRow[] {
  return rows(
    db
      .prepare(
        `SELECT * FROM outbox INDEXED BY outbox_recall WHERE recall IS NOT NULL AND ${HELD} AND sid IS NOT NULL
         AND (retry_at IS NULL OR retry_at <= ?) ORDER BY send_at LIMIT ?`,
      )
      .all(now, limit),
  );
}

/** When the next try to call something back is due; null when nothing is to be called back. */
export function nextRecall(db: Db): UtcMs | null {
  return db
    .prepare(`SELECT min(coalesce(retry_at, 0)) FROM outbox INDEXED BY outbox_recall WHERE recall IS NOT NULL AND ${HELD}`)
    .pluck()
    .get() as UtcMs | null;
}

/** Marks that lost their meaning: the text left, or ended, before it could be called back. `reason` tells the screens. */
export function dropRecalls(trx: Trx, now: UtcMs): number {
  return trx
    .prepare(
      `UPDATE outbox SET recall = NULL, reason = 'recall-too-late', updated_at = ? WHERE recall IS NOT NULL
       AND state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed')`,
    )
    .run(now).changes;
}

/** Held texts, in steps: those after a time and id. */
export function heldAfter(db: Db, after: { sendAt: UtcMs; id: OutboxId }, limit: number): OutboxRow[] {
  return rows(
    db
      .prepare(`SELECT * FROM outbox INDEXED BY outbox_scheduled WHERE ${HELD} AND (send_at, id) > (?, ?) ORDER BY send_at, id LIMIT ?`)
      .all(after.sendAt, after.id, limit),
  );
}

/** Held texts whose time is over: how many, and from when to when they were to leave. */
export function heldPast(db: Db, now: UtcMs): { count: number; oldest: UtcMs | null; newest: UtcMs | null } {
  return db
    .prepare(
      `SELECT count(*) AS count, min(send_at) AS oldest, max(send_at) AS newest FROM outbox INDEXED BY outbox_scheduled
       WHERE ${HELD} AND send_at <= ?`,
    )
    .get(now) as ReturnType<typeof heldPast>;
}

/** Those of them to be asked for one by one now. */
export function heldToAsk(db: Db, past: UtcMs, now: UtcMs, limit: number): OutboxRow[] {
  return rows(
    db
      .prepare(
        `SELECT * FROM outbox INDEXED BY outbox_scheduled WHERE ${HELD} AND send_at <= ? AND sid IS NOT NULL
         AND (reconcile_at IS NULL OR reconcile_at <= ?) ORDER BY send_at LIMIT ?`,
      )
      .all(past, now, limit),
  );
}

export const nextHeld = (db: Db): UtcMs | null =>
  db.prepare(`SELECT min(send_at) FROM outbox INDEXED BY outbox_scheduled WHERE ${HELD}`).pluck().get() as UtcMs | null;

/** Campaigns with texts at the carrier whose first were to leave by now: the brake looks at them. */
export function campaignsLeaving(db: Db, now: UtcMs): CampaignId[] {
  return db
    .prepare(
      `SELECT id FROM campaign WHERE state = 'sending' AND via_carrier = 1 AND scheduled_at <= ?
       AND EXISTS (SELECT 1 FROM outbox o WHERE o.state = 'scheduled' AND o.cause_id = CAST(campaign.id AS TEXT) AND o.cause_kind = 'campaign')`,
    )
    .pluck()
    .all(now) as CampaignId[];
}

/** Whether the carrier ever held a text of this campaign: until one answer said so, one at a time is handed over. */
export function provenHeld(db: Db, causeId: string): boolean {
  return (
    db.prepare("SELECT 1 FROM outbox WHERE state = 'scheduled' AND cause_id = ? AND cause_kind = 'campaign' LIMIT 1").get(causeId) !==
    undefined
  );
}

/** What the campaign's page counts while the carrier holds its texts. */
export function heldByCarrier(
  db: Db,
  id: CampaignId,
): { held: number; toHandOver: number; callingBack: number; tooLate: number; nextAt: UtcMs | null } {
  return db
    .prepare(
      `SELECT coalesce(sum(state = 'scheduled' AND recall IS NULL), 0) AS held,
         coalesce(sum(state IN ('waiting', 'sending') AND send_at IS NOT NULL), 0) AS toHandOver,
         coalesce(sum(recall IS NOT NULL AND state IN ('sending', 'scheduled', 'uncertain')), 0) AS callingBack,
         coalesce(sum(reason IS 'recall-too-late'), 0) AS tooLate, min(CASE WHEN state = 'scheduled' THEN send_at END) AS nextAt
       FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?`,
    )
    .get(String(id)) as ReturnType<typeof heldByCarrier>;
}
