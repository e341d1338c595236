import type { CampaignId, OutboxId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { OutboxState } from './outbox';

const ENDED: readonly OutboxState[] = ['delivered', 'undelivered', 'failed', 'rejected'];
const TEXTED: readonly OutboxState[] = ['accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain'];

/** Results of one campaign so far, for the brake: read while it is being sent, so nothing here may grow with those who still wait. */
export function brakeFigures(db: Db, id: CampaignId) {
  const cause = String(id);
  const first = db
    .prepare(
      // The plus keeps SQLite from reading the whole campaign: the first texts have an index of their own.
      `SELECT coalesce(sum(state IN ('staged', 'waiting', 'sending', 'scheduled')), 0) AS unsent,
         coalesce(sum(state IN ('accepted', 'queued', 'sent', 'uncertain')), 0) AS pending, max(left_at) AS lastLeftAt,
         coalesce(sum(state NOT IN ('skipped', 'cancelled')), 0) AS drawn
       FROM outbox WHERE +cause_kind = 'campaign' AND cause_id = ? AND brake_rank IS NOT NULL`,
    )
    .get(cause) as { unsent: number; pending: number; lastLeftAt: UtcMs | null; drawn: number };
  const counts = db
    .prepare(
      `SELECT state, count(*) AS n FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?
       AND state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed', 'rejected', 'uncertain') GROUP BY state`,
    )
    .all(cause) as { state: OutboxState; n: number }[];
  const sum = (states: readonly OutboxState[]) => counts.reduce((n, c) => (states.includes(c.state) ? n + c.n : n), 0);
  const errors = db
    .prepare(
      `SELECT error_code AS code, count(*) AS n, sum(brake_rank IS NOT NULL) AS first FROM outbox
       WHERE cause_kind = 'campaign' AND cause_id = ? AND state IN ('undelivered', 'failed', 'rejected') AND error_code IS NOT NULL
       GROUP BY error_code`,
    )
    .all(cause) as { code: number; n: number; first: number }[];
  const optOuts = db
    .prepare(
      // From the stops to the texts: there are few stops and many texts.
      `SELECT count(DISTINCT o.address) AS n FROM inbound i
       CROSS JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = ? AND o.channel = 'sms' AND o.address = i.from_address
       WHERE i.meaning = 'opt-out' AND i.received_at >= (SELECT started_at FROM campaign WHERE id = ?) - 1000
         AND i.received_at >= o.left_at - 1000`,
    )
    .get(cause, id) as { n: number };
  return { first, finals: sum(ENDED), texted: sum(TEXTED), errors, optOuts: optOuts.n };
}

const DRAWABLE = `cause_kind = 'campaign' AND cause_id = @cause AND state = 'waiting' AND brake_rank IS NULL AND send_at IS NULL
  AND max(not_before, coalesce(retry_at, 0)) <= @soon`;

/** Lowest and highest id among a campaign's waiting texts; null when none waits. */
export function waitingIds(db: Db, id: CampaignId): { low: number; high: number } | null {
  const end = (which: 'min' | 'max') =>
    db
      .prepare(`SELECT ${which}(id) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'waiting'`)
      .pluck()
      .get(String(id)) as number | null;
  const low = end('min');
  const high = low === null ? null : end('max');
  return low === null || high === null ? null : { low, high };
}

/** A waiting text of this campaign that nothing puts off beyond `soon` has this id. */
export const isDrawable = (db: Db, outboxId: number, id: CampaignId, soon: UtcMs): boolean =>
  db.prepare(`SELECT 1 FROM outbox WHERE id = @outboxId AND ${DRAWABLE}`).get({ outboxId, cause: String(id), soon }) !== undefined;

/** All of them: the pot the first texts are drawn from when they are few among many. */
export function drawable(db: Db, id: CampaignId, soon: UtcMs): OutboxId[] {
  return db
    .prepare(`SELECT id FROM outbox WHERE ${DRAWABLE} ORDER BY id`)
    .pluck()
    .all({ cause: String(id), soon }) as OutboxId[];
}

/** A first text that is put off beyond `soon`, or of a later day, gives up its place: one person asleep must not hold up a whole campaign. */
export function releaseFirst(trx: Trx, id: CampaignId, soon: UtcMs): number {
  return trx
    .prepare(
      `UPDATE outbox SET brake_rank = NULL WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'waiting'
       AND brake_rank IS NOT NULL AND send_at IS NULL AND max(not_before, coalesce(retry_at, 0)) > ?`,
    )
    .run(String(id), soon).changes;
}

/** Ranks `ids` after those already drawn. */
export function markFirst(trx: Trx, id: CampaignId, ids: readonly OutboxId[]): void {
  const from = trx
    .prepare("SELECT coalesce(max(brake_rank), -1) + 1 FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?")
    .pluck()
    .get(String(id)) as number;
  const mark = trx.prepare('UPDATE outbox SET brake_rank = ? WHERE id = ?');
  for (const [rank, outboxId] of ids.entries()) mark.run(from + rank, outboxId);
}
