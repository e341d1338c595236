import type { CustomerId, Micros, OutboxId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type AttemptOutcome, type OutboxRow, type OutboxState, rowOf } from './outbox';

type Raw = Parameters<typeof rowOf>[0];
const rows = (found: unknown[]): OutboxRow[] => (found as Raw[]).map(rowOf);

/** Takes a text for sending and writes down that a POST is about to be made. Null when it is no longer waiting. */
export function claim(
  trx: Trx,
  row: OutboxRow,
  /** `offset`: how far the carrier's clock is ahead of ours, ms. */
  o: { epoch: number; sender: string; now: UtcMs; offset: number },
): number | null {
  const taken = trx
    .prepare(
      `UPDATE outbox SET state = 'sending', reason = NULL, retry_at = NULL, attempts = attempts + 1, sender = ?, sid = NULL,
         error_code = NULL, updated_at = ? WHERE id = ? AND state = 'waiting'`,
    )
    .run(o.sender, o.now, row.id).changes;
  if (taken === 0) return null;
  return Number(
    trx
      .prepare('INSERT INTO outbox_attempt (outbox_id, epoch, started_at, clock_offset) VALUES (?, ?, ?, ?)')
      .run(row.id, o.epoch, o.now, o.offset).lastInsertRowid,
  );
}

export function finishAttempt(
  trx: Trx,
  attemptId: number,
  end: { outcome: AttemptOutcome; httpStatus: number | null; errorCode: number | null; sid: string | null; now: UtcMs },
): void {
  trx
    .prepare('UPDATE outbox_attempt SET finished_at = ?, outcome = ?, http_status = ?, error_code = ?, sid = ? WHERE id = ?')
    .run(end.now, end.outcome, end.httpStatus, end.errorCode, end.sid, attemptId);
}

/** The last POST of a text made this message after all: found in the carrier's list. */
export function keepSid(trx: Trx, id: OutboxId, sid: string): void {
  trx
    .prepare('UPDATE outbox_attempt SET sid = ? WHERE sid IS NULL AND id = (SELECT max(id) FROM outbox_attempt WHERE outbox_id = ?)')
    .run(sid, id);
}

/** What may change with a state; what is left out stays. */
export interface Change {
  reason?: string | null;
  retryAt?: UtcMs | null;
  expiresAt?: UtcMs | null;
  reconcileStep?: number;
  reconcileAt?: UtcMs | null;
  sid?: string | null;
  sender?: string | null;
  errorCode?: number | null;
  leftAt?: UtcMs | null;
  finalAt?: UtcMs | null;
  price?: Micros | null;
  priceCurrency?: string | null;
  carrierSegments?: number | null;
  notBefore?: UtcMs;
  sendAt?: UtcMs | null;
  recall?: string | null;
}
const COLUMNS: Readonly<Record<keyof Change, string>> = {
  reason: 'reason',
  retryAt: 'retry_at',
  expiresAt: 'expires_at',
  reconcileStep: 'reconcile_step',
  reconcileAt: 'reconcile_at',
  sid: 'sid',
  sender: 'sender',
  errorCode: 'error_code',
  leftAt: 'left_at',
  finalAt: 'final_at',
  price: 'price',
  priceCurrency: 'price_currency',
  carrierSegments: 'carrier_segments',
  notBefore: 'not_before',
  sendAt: 'send_at',
  recall: 'recall',
};

/** Moves one text from the state it was read in to the next. False when it has moved on meanwhile: then nothing was written. */
export function move(trx: Trx, id: OutboxId, from: OutboxState, to: OutboxState, change: Change, now: UtcMs): boolean {
  const keys = (Object.keys(change) as (keyof Change)[]).filter((k) => change[k] !== undefined);
  const sets = ['state = ?', 'updated_at = ?', ...keys.map((k) => `${COLUMNS[k]} = ?`)];
  const values = keys.map((k) => change[k] ?? null);
  return trx.prepare(`UPDATE outbox SET ${sets.join(', ')} WHERE id = ? AND state = ?`).run(to, now, ...values, id, from).changes === 1;
}

/** What was cut off in the middle of a POST: its fate is unknown. Run before anything is sent. */
export function loseSightOfSending(trx: Trx, now: UtcMs): number {
  trx
    .prepare(
      `UPDATE outbox_attempt SET finished_at = ?, outcome = 'uncertain' WHERE finished_at IS NULL
       AND outbox_id IN (SELECT id FROM outbox WHERE state = 'sending')`,
    )
    .run(now);
  return trx
    .prepare(
      `UPDATE outbox SET state = 'uncertain', reason = 'cut-off',
         left_at = CASE WHEN send_at > updated_at THEN NULL ELSE updated_at END, reconcile_step = 0, reconcile_at = ?, updated_at = ?
       WHERE state = 'sending'`,
    )
    .run(now, now).changes;
}

/**
 * Uncertain texts to look for at the carrier now, oldest POST first. A look further off than `beyond` was reckoned by a clock that has been
 * set back since.
 */
export function dueToLookFor(db: Db, now: UtcMs, beyond: UtcMs, limit: number): OutboxRow[] {
  return rows(
    db
      .prepare(
        `SELECT * FROM outbox WHERE state = 'uncertain' AND reconcile_at IS NOT NULL AND (reconcile_at <= ? OR reconcile_at > ?)
         AND reason IS NOT 'restored' ORDER BY reconcile_at, id LIMIT ?`,
      )
      .all(now, beyond, limit),
  );
}

export function nextLook(db: Db): UtcMs | null {
  return (
    db.prepare("SELECT min(reconcile_at) AS at FROM outbox WHERE state = 'uncertain' AND reconcile_at IS NOT NULL").get() as {
      at: UtcMs | null;
    }
  ).at;
}

/** When the last POST of a text began, by the carrier's clock. */
export function lastAttemptAt(db: Db, id: OutboxId): UtcMs | null {
  const r = db.prepare('SELECT started_at + clock_offset AS at FROM outbox_attempt WHERE outbox_id = ? ORDER BY id DESC LIMIT 1').get(id);
  return (r as { at: UtcMs } | undefined)?.at ?? null;
}

/** Other uncertain texts with the same number and words. */
export function twinsOf(db: Db, row: OutboxRow): number {
  return (
    db
      .prepare("SELECT count(*) AS n FROM outbox WHERE state = 'uncertain' AND address = ? AND body = ? AND id <> ?")
      .get(row.address, row.body, row.id) as { n: number }
  ).n;
}

/** What sending needs to know about the person behind a text; undefined when they are gone. */
export function personFor(
  db: Db,
  id: CustomerId,
):
  | {
      phone: PhoneE164 | null;
      postalCode: string;
      zone: Zone | null;
      phoneKind: string;
      phoneProblem: string | null;
      language: 'en' | 'es';
    }
  | undefined {
  return db
    .prepare(
      'SELECT phone, postal_code AS postalCode, zone, phone_kind AS phoneKind, phone_problem AS phoneProblem, language FROM customer WHERE id = ?',
    )
    .get(id) as ReturnType<typeof personFor>;
}

/** What a campaign is about and why it may leave on banned days; null when it is gone. */
export function campaignTerms(db: Db, causeId: string): { topic: string; dayReason: string; rule: string | null } | null {
  const found = db.prepare('SELECT topic, day_reason AS dayReason, rule FROM campaign WHERE id = ?').get(Number(causeId));
  return (found as { topic: string; dayReason: string; rule: string | null } | undefined) ?? null;
}

/** The further part of a campaign somebody is in; null = its first, whose rule stands with the campaign. */
export function furtherPartOf(db: Db, causeId: string, customerId: CustomerId | null): { position: number; rule: string | null } | null {
  if (customerId === null) return null;
  const found = db
    .prepare(
      `SELECT t.position, t.rule FROM campaign_person p JOIN campaign_part t ON t.campaign_id = p.campaign_id AND t.position = p.part
       WHERE p.campaign_id = ? AND p.customer_id = ?`,
    )
    .get(Number(causeId), customerId);
  return (found as { position: number; rule: string | null } | undefined) ?? null;
}

/** Whether the code in a text would be refused at the counter by now: its own was called off, or the shared one was put away. */
export function deadCode(db: Db, t: Pick<OutboxRow, 'code' | 'causeKind' | 'causeId' | 'customerId' | 'body'>): boolean {
  if (t.code !== null) return db.prepare("SELECT state = 'voided' FROM offer_code WHERE code = ?").pluck().get(t.code) === 1;
  if (t.causeKind !== 'campaign' || t.customerId === null) return false;
  const found = db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM campaign_person p JOIN campaign k ON k.id = p.campaign_id
         LEFT JOIN campaign_part t ON t.campaign_id = p.campaign_id AND t.position = p.part
         JOIN offer f ON f.id = CASE WHEN t.position IS NULL THEN k.offer_id ELSE t.offer_id END
         WHERE p.campaign_id = ? AND p.customer_id = ? AND f.code_mode = 'shared' AND f.archived = 1 AND instr(?, f.shared_code) > 0)`,
    )
    .pluck()
    .get(Number(t.causeId), t.customerId, t.body);
  return found === 1;
}

/** The rules of all parts of a campaign, in the order they are asked in. */
export const partRules = (db: Db, causeId: string): { position: number; rule: string | null }[] =>
  db
    .prepare(
      'SELECT 1 AS position, rule FROM campaign WHERE id = ? UNION ALL SELECT position, rule FROM campaign_part WHERE campaign_id = ? ORDER BY position',
    )
    .all(Number(causeId), Number(causeId)) as { position: number; rule: string | null }[];

/** Whether somebody is known to have come or bought since an instant: noted or redeemed at the counter, or in the imported sales. */
export function cameSince(db: Db, id: CustomerId, since: UtcMs): boolean {
  return (
    db
      .prepare(
        `SELECT EXISTS (SELECT 1 FROM visit_note WHERE customer_id = @id AND at > @since)
           OR EXISTS (SELECT 1 FROM redemption WHERE customer_id = @id AND at > @since AND reversed_at IS NULL)
           OR EXISTS (SELECT 1 FROM customer WHERE id = @id AND last_visit_at > @since)`,
      )
      .pluck()
      .get({ id, since }) === 1
  );
}

/** When a number last wrote to us. */
export function lastInboundAt(db: Db, phone: PhoneE164): UtcMs | null {
  return db.prepare('SELECT max(received_at) FROM inbound WHERE from_address = ?').pluck().get(phone) as UtcMs | null;
}

/** When the customer's own act that caused a text happened: their message, or the sign-up it confirms; null when unknown. */
export function causedAt(db: Db, row: OutboxRow): UtcMs | null {
  const one = (sql: string, key: string | number) => (db.prepare(sql).pluck().get(key) as UtcMs | undefined | null) ?? null;
  switch (row.messageClass) {
    case 'help':
    case 'stop-confirmation':
      return one('SELECT received_at FROM inbound WHERE sid = ?', row.causeId) ?? row.createdAt;
    case 'confirmation':
    case 'double-opt-in':
      return /^\d+$/.test(row.causeId) ? one('SELECT occurred_at FROM consent_event WHERE id = ?', Number(row.causeId)) : row.createdAt;
    case 'reply':
      return row.causeKind === 'test' ? row.createdAt : lastInboundAt(db, row.address);
    default:
      return null;
  }
}

/**
 * When this number's latest confirmation was accepted: undefined = not out yet (queued, or it waited too long for the carriers and the
 * sign-up is to be asked again), null = there is none.
 */
export function confirmedAt(db: Db, phone: PhoneE164): UtcMs | null | undefined {
  const r = db
    .prepare("SELECT state, left_at AS at FROM outbox WHERE address = ? AND message_class = 'confirmation' ORDER BY id DESC LIMIT 1")
    .get(phone) as { state: OutboxState; at: UtcMs | null } | undefined;
  if (!r) return null;
  // called off by a stop or a hold, refused, too old: it never left, so nobody was told what they signed up for
  if (r.at === null || r.state === 'staged' || r.state === 'waiting' || r.state === 'sending' || r.state === 'skipped') return undefined;
  return r.at;
}

/** A confirmation to this number was called off before it left, and none waits since. */
export function confirmationOwed(db: Db, phone: PhoneE164): boolean {
  const state = db
    .prepare("SELECT state FROM outbox WHERE address = ? AND message_class = 'confirmation' ORDER BY id DESC LIMIT 1")
    .pluck()
    .get(phone) as OutboxState | undefined;
  return state === 'cancelled' || state === 'skipped';
}

/** When another double opt-in to this number left. */
export function lastDoubleOptInAt(db: Db, phone: PhoneE164, except: OutboxId): UtcMs | null {
  return db
    .prepare("SELECT max(left_at) FROM outbox WHERE address = ? AND message_class = 'double-opt-in' AND id <> ?")
    .pluck()
    .get(phone, except) as UtcMs | null;
}
