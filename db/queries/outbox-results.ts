import type { CampaignId, PhoneE164, UtcMs } from '@domain/kernel';
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

/** When the oldest text of a restored copy was queued whose fate was not looked for yet. */
export function oldestRestored(db: Db): UtcMs | null {
  const r = db
    .prepare("SELECT min(created_at) AS at FROM outbox WHERE state = 'uncertain' AND reason = 'restored' AND reconcile_at IS NOT NULL")
    .get() as { at: UtcMs | null };
  return r.at;
}

/** They were looked for: what is left is the owner's to decide. */
export function closeRestored(trx: Trx, now: UtcMs): number {
  return trx
    .prepare(
      "UPDATE outbox SET reconcile_at = NULL, updated_at = ? WHERE state = 'uncertain' AND reason = 'restored' AND reconcile_at IS NOT NULL",
    )
    .run(now).changes;
}

/** Texts at the carrier whose ending is not known yet, and how far back they reach. */
export function openAtCarrier(db: Db, since: UtcMs): { count: number; oldest: UtcMs | null; newest: UtcMs | null } {
  return db
    .prepare(
      "SELECT count(*) AS count, min(left_at) AS oldest, max(left_at) AS newest FROM outbox WHERE state IN ('accepted', 'queued', 'sent') AND left_at >= ?",
    )
    .get(since) as { count: number; oldest: UtcMs | null; newest: UtcMs | null };
}

/** Texts the lists have not settled: asked for one by one, when their time has come. */
export function stragglers(db: Db, now: UtcMs, limit: number): OutboxRow[] {
  const found = db
    .prepare(
      "SELECT * FROM outbox WHERE state IN ('accepted', 'queued', 'sent') AND reconcile_at <= ? AND sid IS NOT NULL ORDER BY reconcile_at LIMIT ?",
    )
    .all(now, limit) as Raw[];
  return found.map(rowOf);
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

/** Whether a campaign has texts that may still leave by themselves: 1 or 0, for as many as wait are not to be counted at every turn. */
export function openToSend(db: Db, id: CampaignId): number {
  return db
    .prepare("SELECT EXISTS (SELECT 1 FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND state IN ('staged', 'waiting', 'sending'))")
    .pluck()
    .get(String(id)) as number;
}

/** Campaigns the sender looks after, for finishing and braking. */
export function sendingCampaigns(db: Db): { id: CampaignId; startedAt: UtcMs | null }[] {
  return db.prepare("SELECT id, started_at AS startedAt FROM campaign WHERE state = 'sending' ORDER BY id").all() as {
    id: CampaignId;
    startedAt: UtcMs | null;
  }[];
}

export function campaignState(db: Db, id: CampaignId) {
  return db.prepare('SELECT state, pause_reason AS pauseReason FROM campaign WHERE id = ?').get(id) as
    | { state: 'draft' | 'staging' | 'sending' | 'paused' | 'finished' | 'cancelled'; pauseReason: string | null }
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

/** How many texts to this number in a row ended with a code, without a delivery between: repeated "unreachable" soft-marks it. */
export function endedInARow(db: Db, phone: PhoneE164, code: number): number {
  return db
    .prepare(
      `SELECT count(*) FROM outbox WHERE address = ? AND error_code = ? AND state IN ('undelivered', 'failed', 'rejected')
       AND coalesce(left_at, updated_at) > coalesce((SELECT max(left_at) FROM outbox WHERE address = ? AND state = 'delivered'), 0)`,
    )
    .pluck()
    .get(phone, code, phone) as number;
}

/** Everybody with this number: what is wrong with it. A kind of null leaves the stored one. */
export function markNumber(trx: Trx, phone: PhoneE164, mark: { problem: string; kind: 'landline' | 'invalid' | null; now: UtcMs }): number {
  return trx
    .prepare(
      'UPDATE customer SET phone_problem = ?, phone_kind = coalesce(?, phone_kind), updated_at = ? WHERE phone = ? AND phone_problem IS NOT ?',
    )
    .run(mark.problem, mark.kind, mark.now, phone, mark.problem).changes;
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
