import type { CampaignId, CustomerId, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';
import type { OutboxState } from './outbox';

/** Either one campaign's texts or all of them. */
const scope = (id: CampaignId | null) =>
  id === null ? { sql: '1 = 1', args: [] as string[] } : { sql: "cause_kind = 'campaign' AND cause_id = ?", args: [String(id)] };

/** Everything the sending panel counts, read in three small queries. */
export function statusFigures(db: Db, id: CampaignId | null) {
  const { sql, args } = scope(id);
  const counts = db.prepare(`SELECT state, count(*) AS n FROM outbox WHERE ${sql} GROUP BY state`).all(...args) as {
    state: OutboxState;
    n: number;
  }[];
  const reasons = db
    .prepare(
      `SELECT state, reason, count(*) AS count, min(retry_at) AS until, sum(segments) AS segments FROM outbox
       WHERE ${sql} AND state IN ('waiting', 'skipped', 'cancelled') GROUP BY state, reason ORDER BY count DESC LIMIT 40`,
    )
    .all(...args) as { state: OutboxState; reason: string | null; count: number; until: UtcMs | null; segments: number }[];
  const errors = db
    .prepare(
      `SELECT error_code AS code, state, count(*) AS count FROM outbox WHERE ${sql} AND error_code IS NOT NULL
       AND state IN ('undelivered', 'failed', 'rejected') GROUP BY error_code, state ORDER BY count DESC LIMIT 20`,
    )
    .all(...args) as { code: number; state: OutboxState; count: number }[];
  const uncertain = db
    .prepare(
      `SELECT coalesce(sum(reconcile_at IS NOT NULL), 0) AS looking,
         coalesce(sum(reconcile_at IS NULL AND reason IS NOT 'given-up'), 0) AS needsDecision
       FROM outbox WHERE state = 'uncertain' AND ${sql}`,
    )
    .get(...args) as { looking: number; needsDecision: number };
  return { counts, reasons, errors, uncertain };
}

export interface OpenQuestion {
  id: OutboxId;
  state: 'uncertain' | 'rejected';
  reason: string | null;
  address: PhoneE164;
  customerId: CustomerId | null;
  name: string;
  body: string;
  errorCode: number | null;
  attempts: number;
  reconcileAt: UtcMs | null;
  triedAt: UtcMs | null;
}

const QUESTION = `SELECT o.id, o.state, o.reason, o.address, o.customer_id AS customerId, o.body, o.error_code AS errorCode, o.attempts,
  o.reconcile_at AS reconcileAt, coalesce(trim(c.first_name || ' ' || c.last_name), '') AS name,
  (SELECT max(started_at) FROM outbox_attempt a WHERE a.outbox_id = o.id) AS triedAt
  FROM outbox o LEFT JOIN customer c ON c.id = o.customer_id`;

/** Uncertain texts and those refused with one of these codes, newest first. */
export function openQuestions(
  db: Db,
  o: { campaignId: CampaignId | null; accountCodes: readonly number[]; offset: number; limit: number },
): { rows: OpenQuestion[]; total: number } {
  const { sql, args } = scope(o.campaignId);
  const where = `${sql.replaceAll('cause_', 'o.cause_')} AND (o.state = 'uncertain' OR (o.state = 'rejected' AND o.error_code IN (SELECT value FROM json_each(?))))`;
  const codes = JSON.stringify(o.accountCodes);
  const rows = db.prepare(`${QUESTION} WHERE ${where} ORDER BY o.id DESC LIMIT ? OFFSET ?`).all(...args, codes, o.limit, o.offset);
  const total = db
    .prepare(`SELECT count(*) FROM outbox o WHERE ${where}`)
    .pluck()
    .get(...args, codes) as number;
  return { rows: rows as OpenQuestion[], total };
}

export function nameOf(db: Db, id: CustomerId | null): string {
  if (id === null) return '';
  return (db.prepare("SELECT trim(first_name || ' ' || last_name) FROM customer WHERE id = ?").pluck().get(id) as string | undefined) ?? '';
}

export const campaignName = (db: Db, id: CampaignId): string | null =>
  (db.prepare('SELECT name FROM campaign WHERE id = ?').pluck().get(id) as string | undefined) ?? null;
