import type { CampaignId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type OutboxRow, rowOf } from './outbox';

type Raw = Parameters<typeof rowOf>[0];

/** Our rows for these carrier ids. */
export function rowsBySid(db: Db, sids: readonly string[]): Map<string, OutboxRow> {
  const found = db.prepare('SELECT * FROM outbox WHERE sid IN (SELECT value FROM json_each(?))').all(JSON.stringify(sids)) as Raw[];
  return new Map(found.map((r) => [r.sid as string, rowOf(r)]));
}

/** Uncertain texts to one of these numbers: a listing may show one of them late. */
export function uncertainTo(db: Db, phones: readonly string[]): OutboxRow[] {
  if (phones.length === 0) return [];
  const found = db
    .prepare("SELECT * FROM outbox WHERE state = 'uncertain' AND address IN (SELECT value FROM json_each(?)) ORDER BY left_at, id")
    .all(JSON.stringify(phones)) as Raw[];
  return found.map(rowOf);
}

/** Texts at the carrier whose ending is not known yet, and how far back they reach. */
export function openAtCarrier(db: Db, since: UtcMs): { count: number; oldest: UtcMs | null; newest: UtcMs | null } {
  return db
    .prepare(
      "SELECT count(*) AS count, min(left_at) AS oldest, max(left_at) AS newest FROM outbox WHERE state IN ('accepted', 'queued', 'sent') AND left_at >= ?",
    )
    .get(since) as { count: number; oldest: UtcMs | null; newest: UtcMs | null };
}

/** Whether a text of ours that left in this span has no ending yet. */
export function openBetween(db: Db, from: UtcMs, to: UtcMs): boolean {
  return (
    db
      .prepare("SELECT 1 FROM outbox WHERE state IN ('accepted', 'queued', 'sent') AND left_at >= ? AND left_at <= ? LIMIT 1")
      .get(from, to) !== undefined
  );
}

const STRAGGLING = "state IN ('accepted', 'queued', 'sent') AND reconcile_at <= @now AND sid IS NOT NULL";

/** Texts the lists have not settled and whose time has come. */
export function stragglersDue(db: Db, now: UtcMs): { count: number; oldest: UtcMs | null } {
  return db.prepare(`SELECT count(*) AS count, min(left_at) AS oldest FROM outbox WHERE ${STRAGGLING}`).get({ now }) as {
    count: number;
    oldest: UtcMs | null;
  };
}

/** Those of them to be asked for one by one; `fromStep`: only after this many looks. */
export function stragglers(db: Db, o: { now: UtcMs; fromStep: number; limit: number }): OutboxRow[] {
  const found = db
    .prepare(`SELECT * FROM outbox WHERE ${STRAGGLING} AND reconcile_step >= @fromStep ORDER BY reconcile_at LIMIT @limit`)
    .all({ now: o.now, fromStep: o.fromStep, limit: o.limit }) as Raw[];
  return found.map(rowOf);
}

/** A list walk was the look of these: next time later. `until` per step, as `stragglerAgain` says. Returns how many, at most `limit`. */
export function postponeStragglers(trx: Trx, o: { now: UtcMs; since: UtcMs; step: number; again: UtcMs | null; limit: number }): number {
  return trx
    .prepare(
      `UPDATE outbox SET reconcile_step = reconcile_step + 1, reconcile_at = @again WHERE id IN (
         SELECT id FROM outbox WHERE ${STRAGGLING} AND reconcile_step = @step AND left_at >= @since LIMIT @limit)`,
    )
    .run({ now: o.now, since: o.since, step: o.step, again: o.again, limit: o.limit }).changes;
}

/** Older than the carrier keeps its log: nobody can be asked any more. Returns how many. */
export function forgetBeyondLog(trx: Trx, now: UtcMs, before: UtcMs): number {
  return trx.prepare(`UPDATE outbox SET reconcile_at = NULL WHERE ${STRAGGLING} AND left_at < @before`).run({ now, before }).changes;
}

/** Looks further ahead than any pause is long were planned by a clock that has been set back since: now. Returns how many. */
export function pullBackLooks(trx: Trx, o: { now: UtcMs; uncertain: UtcMs; others: UtcMs }): number {
  // each half has an index of its own
  const set = 'UPDATE outbox SET reconcile_at = ? WHERE';
  return (
    trx.prepare(`${set} state = 'uncertain' AND reconcile_at > ?`).run(o.now, o.uncertain).changes +
    trx.prepare(`${set} state IN ('accepted', 'queued', 'sent') AND reconcile_at > ?`).run(o.now, o.others).changes
  );
}

/** How many texts left since then: about how long the carrier's list of that span is. */
export function leftSince(db: Db, at: UtcMs): number {
  return db.prepare('SELECT count(*) FROM outbox WHERE left_at >= ?').pluck().get(at) as number;
}

/** When the last text left; null = never. */
export function lastLeftAt(db: Db): UtcMs | null {
  return db.prepare('SELECT max(left_at) FROM outbox').pluck().get() as UtcMs | null;
}

/** When texts without a price left: the oldest in this span, null when all are priced. */
export function oldestUnpriced(db: Db, from: UtcMs, to: UtcMs): UtcMs | null {
  const r = db
    .prepare(
      `SELECT min(left_at) AS at FROM outbox WHERE left_at >= ? AND left_at <= ? AND price IS NULL AND sid IS NOT NULL
       AND state IN ('sent', 'delivered', 'undelivered')`,
    )
    .get(from, to) as { at: UtcMs | null };
  return r.at;
}

/**
 * Whether a campaign has texts that may still leave by themselves: 1 or 0, for as many as wait are not to be counted at every turn. One
 * that the carrier may hold without our knowing it is among them until its time: a campaign that is over could not be called off any more.
 */
export function openToSend(db: Db, id: CampaignId, now: UtcMs): number {
  return db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?
         AND (state IN ('staged', 'waiting', 'sending', 'scheduled') OR (state = 'uncertain' AND send_at > ?)))`,
    )
    .pluck()
    .get(String(id), now) as number;
}

/** Campaigns the sender looks after, for finishing and braking. `step`: people still join it: a later step of another, a month of an automation. */
export function sendingCampaigns(db: Db): { id: CampaignId; startedAt: UtcMs | null; step: boolean }[] {
  const rows = db
    .prepare(
      "SELECT id, started_at AS startedAt, parent_id IS NOT NULL OR automation_id IS NOT NULL AS step FROM campaign WHERE state = 'sending' ORDER BY id",
    )
    .all() as { id: CampaignId; startedAt: UtcMs | null; step: number }[];
  return rows.map((r) => ({ ...r, step: r.step === 1 }));
}

export function campaignState(db: Db, id: CampaignId) {
  return db.prepare('SELECT state, pause_reason AS pauseReason FROM campaign WHERE id = ?').get(id) as
    | { state: 'draft' | 'scheduled' | 'staging' | 'sending' | 'paused' | 'finished' | 'cancelled'; pauseReason: string | null }
    | undefined;
}

/** Writes a campaign's next state if it is still in the one it was read in. */
export function setCampaignState(
  trx: Trx,
  id: CampaignId,
  from: string,
  change: { state: 'paused' | 'finished'; pauseReason: string | null; now: UtcMs },
): boolean {
  return (
    trx
      .prepare(
        `UPDATE campaign SET state = ?, pause_reason = ?, updated_at = ?, finished_at = CASE WHEN ? = 'finished' THEN ? ELSE finished_at END
         WHERE id = ? AND state = ?`,
      )
      .run(change.state, change.pauseReason, change.now, change.state, change.now, id, from).changes === 1
  );
}

export function readPoll(db: Db, name: string): { cursor: Record<string, unknown>; lastSuccessAt: UtcMs | null } {
  const r = db.prepare('SELECT cursor, last_success_at AS at FROM poll_state WHERE name = ?').get(name) as
    | { cursor: string; at: UtcMs | null }
    | undefined;
  return { cursor: r ? (JSON.parse(r.cursor) as Record<string, unknown>) : {}, lastSuccessAt: r?.at ?? null };
}

export function savePoll(db: Db, name: string, cursor: Record<string, unknown>, lastSuccessAt: UtcMs | null): void {
  db.prepare(
    `INSERT INTO poll_state (name, cursor, last_success_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, last_success_at = excluded.last_success_at, last_error = NULL`,
  ).run(name, JSON.stringify(cursor), lastSuccessAt);
}
