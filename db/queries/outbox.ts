import type { CustomerId, Micros, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { OutboxAttemptTable, OutboxTable } from '../schema/campaigns';

export type CauseKind = OutboxTable['cause_kind'];
export type MessageClass = OutboxTable['message_class'];
export type OutboxState = OutboxTable['state'];
export type AttemptOutcome = 'accepted' | 'rejected' | 'not-sent' | 'uncertain';

/** One text on its way, in domain words. The row is the truth about it. */
export interface OutboxRow {
  id: OutboxId;
  causeKind: CauseKind;
  causeId: string;
  channel: 'sms' | 'email';
  address: PhoneE164;
  customerId: CustomerId | null;
  messageClass: MessageClass;
  priority: number;
  state: OutboxState;
  reason: string | null;
  body: string;
  segments: number;
  quotedPrice: Micros | null;
  code: string | null;
  notBefore: UtcMs;
  expiresAt: UtcMs | null;
  brakeRank: number | null;
  attempts: number;
  retryAt: UtcMs | null;
  reconcileStep: number;
  reconcileAt: UtcMs | null;
  sid: string | null;
  sender: string | null;
  errorCode: number | null;
  leftAt: UtcMs | null;
  finalAt: UtcMs | null;
  price: Micros | null;
  priceCurrency: string | null;
  carrierSegments: number | null;
  createdAt: UtcMs;
  updatedAt: UtcMs;
  /** Handed to the carrier to be held until then; null = leaves when posted. */
  sendAt: UtcMs | null;
  /** Why the carrier is to be asked not to send it; null = it is not. */
  recall: string | null;
}

/** A text to be sent: body already rendered and normalised to GSM-7 where possible (rules.md §4). */
export interface OutboxDraft {
  /** What it is sent for: one text per (cause, address), whatever happens. */
  cause: { kind: CauseKind; id: string };
  address: PhoneE164;
  customerId: CustomerId | null;
  messageClass: MessageClass;
  body: string;
  segments: number;
  /** Positive micros of the carrier's currency; null when nothing was quoted (replies, opt-out traffic). */
  quotedPrice: Micros | null;
  /** Personal offer code inside the body. */
  code?: string | null;
  notBefore: UtcMs;
  expiresAt: UtcMs | null;
  /** The carrier is to hold it until then (this computer may be off): give the same as `notBefore`. */
  sendAt?: UtcMs;
  /** It runs by itself: leaves before what is said to everybody. */
  automatic?: true;
  /** True: invisible to the sender until `showStaged`. */
  staged?: boolean;
  now: UtcMs;
}

/** Lower leaves first: what customers caused, then service texts, then automations, campaigns last (rules.md §1, §4). */
const PRIORITY: Readonly<Record<MessageClass, number>> = {
  'stop-confirmation': 0,
  help: 1,
  'double-opt-in': 2,
  confirmation: 3,
  reply: 4,
  service: 5,
  marketing: 10,
};
/** What the shop promised to one person on their own day goes before what it tells everybody. */
const AUTOMATION_PRIORITY = 8;
const priorityOf = (d: OutboxDraft): number =>
  d.cause.kind === 'automation' || d.automatic ? Math.min(AUTOMATION_PRIORITY, PRIORITY[d.messageClass]) : PRIORITY[d.messageClass];

export function rowOf(r: Record<keyof OutboxTable, unknown>): OutboxRow {
  return {
    id: r.id,
    causeKind: r.cause_kind,
    causeId: r.cause_id,
    channel: r.channel,
    address: r.address,
    customerId: r.customer_id,
    messageClass: r.message_class,
    priority: r.priority,
    state: r.state,
    reason: r.reason,
    body: r.body,
    segments: r.segments,
    quotedPrice: r.quoted_price,
    code: r.code,
    notBefore: r.not_before,
    expiresAt: r.expires_at,
    brakeRank: r.brake_rank,
    attempts: r.attempts,
    retryAt: r.retry_at,
    reconcileStep: r.reconcile_step,
    reconcileAt: r.reconcile_at,
    sid: r.sid,
    sender: r.sender,
    errorCode: r.error_code,
    leftAt: r.left_at,
    finalAt: r.final_at,
    price: r.price,
    priceCurrency: r.price_currency,
    carrierSegments: r.carrier_segments,
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    sendAt: r.send_at,
    recall: r.recall,
  } as OutboxRow;
}

const ENQUEUE = `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments,
  quoted_price, code, not_before, expires_at, created_at, updated_at, send_at)
  VALUES (?, ?, 'sms', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (cause_kind, cause_id, channel, address) DO NOTHING RETURNING id`;

/** Adds a text to the queue. Null when this cause already has one for that number: it is never sent twice. */
export function enqueue(trx: Trx, d: OutboxDraft): OutboxId | null {
  const added = trx
    .prepare(ENQUEUE)
    .get(
      d.cause.kind,
      d.cause.id,
      d.address,
      d.customerId,
      d.messageClass,
      priorityOf(d),
      d.staged ? 'staged' : 'waiting',
      d.body,
      d.segments,
      d.quotedPrice,
      d.code ?? null,
      d.notBefore,
      d.expiresAt,
      d.now,
      d.now,
      d.sendAt ?? null,
    ) as { id: number } | undefined;
  return added ? (added.id as OutboxId) : null;
}

/** Whether a cause has a text for that number: then it gets no second one, and nothing else may follow from it either. */
export const hasText = (db: Db, cause: { kind: CauseKind; id: string }, address: string): boolean =>
  db
    .prepare("SELECT 1 FROM outbox WHERE cause_kind = ? AND cause_id = ? AND channel = 'sms' AND address = ?")
    .get(cause.kind, cause.id, address) !== undefined;

/** The one small flip that makes a frozen audience visible to the sender. Returns how many texts now wait. */
export function showStaged(trx: Trx, cause: { kind: CauseKind; id: string }, now: UtcMs): number {
  return trx
    .prepare("UPDATE outbox SET state = 'waiting', updated_at = ? WHERE cause_kind = ? AND cause_id = ? AND state = 'staged'")
    .run(now, cause.kind, cause.id).changes;
}

/** Forgets what was staged and never shown (a refused or interrupted start). At most `limit` rows: call until it returns 0. */
export function dropStaged(trx: Trx, cause: { kind: CauseKind; id: string }, limit = 500): number {
  return trx
    .prepare(
      // Also of whoever stopped while it was being prepared: in the next start they stand among the excluded, and nowhere twice.
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE cause_kind = ? AND cause_id = ?
         AND (state = 'staged' OR (state = 'cancelled' AND attempts = 0)) ORDER BY id LIMIT ?)`,
    )
    .run(cause.kind, cause.id, limit).changes;
}

/**
 * After a stop or a hold: everything to that number that has not left yet. What the carrier holds for later is marked to be called
 * back, also where its POST is still under way or its fate unknown; what has left cannot be.
 */
export function cancelWaiting(trx: Trx, phone: PhoneE164, reason: string, now: UtcMs): number {
  trx
    .prepare(
      `UPDATE outbox SET recall = ?, retry_at = NULL, updated_at = ? WHERE address = ? AND send_at IS NOT NULL
       AND state IN ('sending', 'scheduled', 'uncertain')`,
    )
    .run(reason, now, phone);
  return trx
    .prepare(
      "UPDATE outbox SET state = 'cancelled', reason = ?, final_at = ?, updated_at = ? WHERE address = ? AND state IN ('staged', 'waiting')",
    )
    .run(reason, now, now, phone).changes;
}

/** After the owner cancels a campaign: its texts that have not left yet. */
export function cancelCause(trx: Trx, cause: { kind: CauseKind; id: string }, reason: string, now: UtcMs): number {
  return trx
    .prepare(
      `UPDATE outbox SET state = 'cancelled', reason = ?, final_at = ?, updated_at = ?
       WHERE cause_kind = ? AND cause_id = ? AND state IN ('staged', 'waiting')`,
    )
    .run(reason, now, now, cause.kind, cause.id).changes;
}

/** After an order closed: service texts about it that have not left yet (causes "order:<ref>/<what>"; '0' is the sign after '/'). */
export function cancelOrderTexts(trx: Trx, ref: string, reason: string, now: UtcMs): number {
  return trx
    .prepare(
      `UPDATE outbox SET state = 'cancelled', reason = ?, final_at = ?, updated_at = ?
       WHERE cause_kind = 'service' AND cause_id >= ? AND cause_id < ? AND state IN ('staged', 'waiting')`,
    )
    .run(reason, now, now, `order:${ref}/`, `order:${ref}0`).changes;
}

/**
 * When marketing texts left to this number, oldest first, since an instant (inclusive). Uncertain ones and those being sent count
 * as left; refused ones and those the carrier says never left it (`failed`) do not (rules.md §3). What the carrier holds counts at the
 * instant it is to leave, which lies ahead.
 */
export function marketingLeft(db: Db, phone: PhoneE164, since: UtcMs): UtcMs[] {
  return leftAt(db, MARKETING_LEFT, phone, since);
}

const leftSql = (extra: string) => `SELECT at FROM (
  SELECT left_at AS at FROM outbox WHERE address = ? AND left_at >= ? AND state NOT IN ('failed', 'rejected') ${extra}
  UNION ALL
  SELECT CASE WHEN send_at > updated_at OR state <> 'sending' THEN send_at ELSE updated_at END AS at FROM outbox
    WHERE address = ? AND left_at IS NULL AND state IN ('sending', 'scheduled', 'uncertain') ${extra}
) ORDER BY at`;
const MARKETING_LEFT = leftSql("AND message_class = 'marketing'");

const leftAt = (db: Db, sql: string, phone: PhoneE164, since: UtcMs): UtcMs[] =>
  (db.prepare(sql).all(phone, since, phone) as { at: UtcMs }[]).map((r) => r.at);

/** How many texts of a cause are in each state. */
export function countsByState(db: Db, cause: { kind: CauseKind; id: string }): Partial<Record<OutboxState, number>> {
  const out: Partial<Record<OutboxState, number>> = {};
  const rows = db
    .prepare('SELECT state, count(*) AS n FROM outbox WHERE cause_kind = ? AND cause_id = ? GROUP BY state')
    .all(cause.kind, cause.id) as { state: OutboxState; n: number }[];
  for (const r of rows) out[r.state] = r.n;
  return out;
}

export function outboxById(db: Db, id: OutboxId): OutboxRow | undefined {
  const r = db.prepare('SELECT * FROM outbox WHERE id = ?').get(id);
  return r ? rowOf(r as Record<keyof OutboxTable, unknown>) : undefined;
}

/** Which of these carrier ids already belong to a row of ours. */
export function ownedSids(db: Db, sids: readonly string[]): Map<string, OutboxId> {
  const rows = db
    .prepare(
      // A text that was called back and posted again has owned two messages.
      `SELECT sid, id FROM outbox WHERE sid IN (SELECT value FROM json_each(@sids))
       UNION SELECT sid, outbox_id FROM outbox_attempt WHERE sid IS NOT NULL AND sid IN (SELECT value FROM json_each(@sids))`,
    )
    .all({ sids: JSON.stringify(sids) }) as { sid: string; id: OutboxId }[];
  return new Map(rows.map((r) => [r.sid, r.id]));
}

export interface AttemptRow {
  id: number;
  outboxId: OutboxId;
  epoch: number;
  startedAt: UtcMs;
  finishedAt: UtcMs | null;
  outcome: AttemptOutcome | null;
  httpStatus: number | null;
  errorCode: number | null;
  sid: string | null;
}

/** Every POST made for a text, oldest first. */
export function attemptsOf(db: Db, id: OutboxId): AttemptRow[] {
  const rows = db.prepare('SELECT * FROM outbox_attempt WHERE outbox_id = ? ORDER BY id').all(id);
  return (rows as Record<keyof OutboxAttemptTable, unknown>[]).map(
    (r) =>
      ({
        id: r.id,
        outboxId: r.outbox_id,
        epoch: r.epoch,
        startedAt: r.started_at,
        finishedAt: r.finished_at,
        outcome: r.outcome,
        httpStatus: r.http_status,
        errorCode: r.error_code,
        sid: r.sid,
      }) as AttemptRow,
  );
}
