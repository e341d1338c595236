import type { CustomerId, Micros, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';
import type { CauseKind, OutboxState } from './outbox';

/** One text in the list of all texts. */
export interface TextRow {
  id: OutboxId;
  causeKind: CauseKind;
  /** The campaign's name; null for anything else. */
  campaign: string | null;
  campaignId: number | null;
  customerId: CustomerId | null;
  name: string;
  address: PhoneE164;
  body: string;
  state: OutboxState;
  reason: string | null;
  errorCode: number | null;
  createdAt: UtcMs;
  leftAt: UtcMs | null;
  updatedAt: UtcMs;
  segments: number;
  price: Micros | null;
  priceCurrency: string | null;
}

/**
 * The parts of the list, as the ids in them. Each is read from an index that holds only such texts (INDEXED BY: a changed index is an
 * error, not a slow screen), so that a list of few does not walk through all that ever arrived.
 */
const VIEWS = {
  all: null,
  waiting: `SELECT id FROM outbox INDEXED BY outbox_due WHERE state = 'waiting' AND send_at IS NULL
    UNION ALL SELECT id FROM outbox INDEXED BY outbox_to_hand_over WHERE state = 'waiting' AND send_at IS NOT NULL
    UNION ALL SELECT id FROM outbox INDEXED BY outbox_scheduled WHERE state = 'scheduled'`,
  'on-the-way': `SELECT id FROM outbox INDEXED BY outbox_at_carrier WHERE state IN ('accepted', 'queued', 'sent')`,
  trouble: `SELECT id FROM outbox INDEXED BY outbox_troubled WHERE state IN ('undelivered', 'failed', 'rejected', 'uncertain')`,
  unknown: `SELECT id FROM outbox INDEXED BY outbox_troubled
    WHERE state IN ('undelivered', 'failed', 'rejected', 'uncertain') AND state = 'uncertain'`,
  'left-out': `SELECT id FROM outbox INDEXED BY outbox_left_out WHERE state IN ('skipped', 'cancelled')`,
} as const;
export type TextView = keyof typeof VIEWS;

export interface TextsAsk {
  view: TextView;
  /** Only texts to this number. */
  phone: PhoneE164 | null;
  campaignId: number | null;
  offset: number;
  limit: number;
}

function where(o: TextsAsk): { sql: string; args: unknown[] } {
  const view = VIEWS[o.view];
  const parts: string[] = view === null ? ['1 = 1'] : [`o.id IN (${view})`];
  const args: unknown[] = [];
  if (o.phone !== null) {
    parts.push('o.address = ?');
    args.push(o.phone);
  }
  if (o.campaignId !== null) {
    parts.push("o.cause_kind = 'campaign' AND o.cause_id = ?");
    args.push(String(o.campaignId));
  }
  return { sql: parts.join(' AND '), args };
}

/** The texts of a view, newest first. */
export function textsPage(db: Db, o: TextsAsk): { rows: TextRow[]; total: number } {
  const { sql, args } = where(o);
  const rows = db
    .prepare(
      `SELECT o.id, o.cause_kind AS causeKind, k.name AS campaign, k.id AS campaignId, o.customer_id AS customerId,
         coalesce(trim(c.first_name || ' ' || c.last_name), '') AS name, o.address, o.body, o.state, o.reason, o.error_code AS errorCode,
         o.created_at AS createdAt, o.left_at AS leftAt, o.updated_at AS updatedAt, o.segments, o.price, o.price_currency AS priceCurrency
       FROM outbox o
       LEFT JOIN customer c ON c.id = o.customer_id
       LEFT JOIN campaign k ON o.cause_kind = 'campaign' AND k.id = CAST(o.cause_id AS INTEGER)
       WHERE ${sql} ORDER BY o.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...args, o.limit, o.offset) as TextRow[];
  const total = db
    .prepare(`SELECT count(*) FROM outbox o WHERE ${sql}`)
    .pluck()
    .get(...args) as number;
  return { rows, total };
}

export interface TextStep {
  at: UtcMs;
  state: OutboxState;
  errorCode: number | null;
  reason: string | null;
}

/** What became of a text from the POST on, oldest first. */
export const stepsOf = (db: Db, id: OutboxId): TextStep[] =>
  db.prepare('SELECT at, state, error_code AS errorCode, reason FROM outbox_step WHERE outbox_id = ? ORDER BY at').all(id) as TextStep[];

/** Test texts made since then, and where the last one of all went. */
export function testTextsSince(db: Db, since: UtcMs): { lastPhone: PhoneE164 | null; count: number } {
  // By their cause: a handful of rows, found by its index.
  const rows = db.prepare("SELECT address, created_at AS at FROM outbox WHERE cause_kind = 'test' ORDER BY id DESC LIMIT 50").all() as {
    address: PhoneE164;
    at: UtcMs;
  }[];
  return { lastPhone: rows[0]?.address || null, count: rows.filter((r) => r.at > since).length };
}
