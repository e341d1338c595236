import { HASHED_FIELDS } from '@domain/consent/chain';
import type { ConsentEvent, ConsentKind, ConsentMethod, ConsentPurpose } from '@domain/consent/event';
import type { FoldedState } from '@domain/consent/status';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { ConsentEventTable, ConsentEvidenceTable, ConsentStateTable } from '../schema/consent';

export type ConsentEventRow = Selectable<ConsentEventTable>;
export type ConsentEvidenceRow = Selectable<ConsentEvidenceTable>;

/** The domain's view of a ledger row. */
export function eventOf(r: Omit<ConsentEventRow, 'address_hmac' | 'device' | 'evidence_hash' | 'prev_hash' | 'hash'>): ConsentEvent {
  return {
    id: r.id,
    channel: r.channel,
    purpose: r.purpose as ConsentPurpose,
    kind: r.kind as ConsentKind,
    method: r.method as ConsentMethod,
    promiseMax: r.promise_max,
    topics: r.topics === '[]' ? [] : (JSON.parse(r.topics) as string[]),
    language: r.language === 'es' ? 'es' : 'en',
    wordingHash: r.wording_hash,
    reason: r.reason,
    staffId: r.staff_id as StaffId | null,
    occurredAt: r.occurred_at as UtcMs,
    recordedAt: r.recorded_at as UtcMs,
  };
}

/** The last event of the ledger, which the next one must point at. */
export function ledgerHead(db: Db): { id: number; hash: string } | null {
  return (
    (db.prepare('SELECT id, hash FROM consent_event ORDER BY id DESC LIMIT 1').get() as { id: number; hash: string } | undefined) ?? null
  );
}

const COLUMNS = [...HASHED_FIELDS, 'hash'] as const satisfies readonly (keyof ConsentEventRow)[];
const INSERT_EVENT = `INSERT INTO consent_event (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

export function insertEvent(trx: Trx, row: ConsentEventRow): void {
  trx.prepare(INSERT_EVENT).run(...COLUMNS.map((c) => row[c]));
}

export function insertEvidence(trx: Trx, e: ConsentEvidenceRow): void {
  trx
    .prepare(
      `INSERT INTO consent_evidence (event_id, salt, address, name, inbound_sid, inbound_text, photo, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(e.event_id, e.salt, e.address, e.name, e.inbound_sid, e.inbound_text, e.photo, e.sealed_at);
}

/** Words somebody was shown, of whatever kind. */
export interface ShownWords {
  kind: string;
  language: string;
  version: number;
  text: string;
  /** SHA-256 of the text, hex. */
  hash: string;
}

/** Keeps the exact text people saw; the same text is kept once. */
export function keepWording(trx: Trx, w: ShownWords, at: UtcMs): void {
  trx
    .prepare(
      'INSERT INTO wording (hash, kind, language, version, text, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING',
    )
    .run(w.hash, w.kind, w.language, w.version, w.text, at);
}

/** A wording as it was kept when it was first shown or printed. */
export const keptWording = (db: Db, hash: string): ShownWords | null =>
  (db.prepare('SELECT kind, language, version, text, hash FROM wording WHERE hash = ?').get(hash) as ShownWords | undefined) ?? null;

export function wordingText(db: Db, hash: string): string | null {
  return (db.prepare('SELECT text FROM wording WHERE hash = ?').pluck().get(hash) as string | undefined) ?? null;
}

/** Remembers which number an HMAC belongs to, for as long as we may name it. */
export function keepAddress(trx: Trx, address: string, hmac: string): void {
  trx.prepare('INSERT INTO address_book (address, address_hmac) VALUES (?, ?) ON CONFLICT (address) DO NOTHING').run(address, hmac);
}

export function addressOf(db: Db, hmac: string): PhoneE164 | null {
  return (db.prepare('SELECT address FROM address_book WHERE address_hmac = ? LIMIT 1').pluck().get(hmac) as PhoneE164 | undefined) ?? null;
}

/** A number's events, oldest first. */
export function eventsOf(db: Db, hmac: string, channel: 'sms' | 'email' = 'sms'): ConsentEvent[] {
  return (
    db.prepare('SELECT * FROM consent_event WHERE address_hmac = ? AND channel = ? ORDER BY id').all(hmac, channel) as ConsentEventRow[]
  ).map(eventOf);
}

/** When the double opt-in texts of these events left; events whose text still waits are missing. */
export function askedLeftAt(db: Db, eventIds: readonly number[]): Map<number, UtcMs> {
  if (eventIds.length === 0) return new Map();
  const rows = db
    .prepare(
      `SELECT CAST(cause_id AS INTEGER) AS id, coalesce(left_at, final_at) AS at FROM outbox
       WHERE cause_kind = 'double-opt-in' AND cause_id IN (SELECT CAST(value AS TEXT) FROM json_each(?)) AND coalesce(left_at, final_at) IS NOT NULL`,
    )
    .all(JSON.stringify(eventIds)) as { id: number; at: UtcMs }[];
  return new Map(rows.map((r) => [r.id, r.at]));
}

/**
 * When somebody could first read the question of an `asked` event; null = it never left. A text that is missing altogether (a copy from
 * before it was brought back) counts as having left when the question was written down.
 */
export function questionLeftAt(db: Db, eventId: number): UtcMs | null {
  const text = db
    .prepare("SELECT state, left_at AS leftAt FROM outbox WHERE cause_kind = 'double-opt-in' AND cause_id = ? ORDER BY id DESC LIMIT 1")
    .get(String(eventId)) as { state: string; leftAt: UtcMs | null } | undefined;
  if (text) return ['cancelled', 'skipped', 'rejected', 'failed'].includes(text.state) ? null : text.leftAt;
  return (db.prepare('SELECT recorded_at FROM consent_event WHERE id = ?').pluck().get(eventId) as UtcMs | undefined) ?? null;
}

export function replaceStates(trx: Trx, hmac: string, channel: 'sms' | 'email', states: readonly FoldedState[]): void {
  trx.prepare('DELETE FROM consent_state WHERE address_hmac = ? AND channel = ?').run(hmac, channel);
  const add = trx.prepare(
    `INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, expires_at, event_id, carrier_stop)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const s of states) add.run(hmac, channel, s.purpose, s.state, s.promiseMax, s.since, s.expiresAt, s.eventId, s.carrierStop ? 1 : 0);
}

/** The folded states of a number as kept beside the ledger. */
export function statesOf(db: Db, hmac: string, channel: 'sms' | 'email' = 'sms'): FoldedState[] {
  const rows = db.prepare('SELECT * FROM consent_state WHERE address_hmac = ? AND channel = ? ORDER BY purpose').all(hmac, channel);
  return (rows as Selectable<ConsentStateTable>[]).map((r) => ({
    purpose: r.purpose,
    state: r.state,
    promiseMax: r.promise_max,
    since: r.since as UtcMs,
    expiresAt: r.expires_at as UtcMs | null,
    eventId: r.event_id,
    carrierStop: r.carrier_stop === 1,
  }));
}

/** Found by an index of their own (migration 0230): held against its plan by test/db/open-ends-plan.test.ts. */
export const OPEN_ENDS_SQL = `SELECT address_hmac AS hmac, state, event_id AS eventId, expires_at AS expiresAt FROM consent_state
  WHERE state IN ('hold', 'pending') AND channel = 'sms' AND purpose = 'marketing' AND carrier_stop = 0
    AND (state = 'pending' OR expires_at <= ?)`;

/** Numbers whose parked reply or unanswered question may have run out. */
export function openEnds(db: Db, now: UtcMs): { hmac: string; state: 'hold' | 'pending'; eventId: number; expiresAt: UtcMs | null }[] {
  return db.prepare(OPEN_ENDS_SQL).all(now) as { hmac: string; state: 'hold' | 'pending'; eventId: number; expiresAt: UtcMs | null }[];
}

/** Numbers with a parked reply nobody has decided on. */
export const parkedNumbers = (db: Db): string[] =>
  db
    .prepare("SELECT address_hmac FROM consent_state WHERE channel = 'sms' AND purpose = 'marketing' AND state = 'hold'")
    .pluck()
    .all() as string[];

export function setPendingExpiry(trx: Trx, hmac: string, eventId: number, expiresAt: UtcMs): void {
  trx
    .prepare("UPDATE consent_state SET expires_at = ? WHERE address_hmac = ? AND channel = 'sms' AND state = 'pending' AND event_id = ?")
    .run(expiresAt, hmac, eventId);
}

/** The latest double opt-in to a number that left or is about to. */
export function lastDoubleOptIn(db: Db, phone: PhoneE164): UtcMs | null {
  return db
    .prepare(
      `SELECT max(coalesce(left_at, created_at)) FROM outbox WHERE address = ? AND cause_kind = 'double-opt-in'
         AND state NOT IN ('cancelled', 'skipped', 'rejected', 'failed')`,
    )
    .pluck()
    .get(phone) as UtcMs | null;
}

/** Whom a number belongs to, or belonged to before a merge; a shared one goes to whoever came last. */
export function personOf(db: Db, phone: string): { id: number; language: 'en' | 'es'; name: string } | null {
  const r = db
    .prepare(
      `SELECT id, language, trim(first_name || ' ' || last_name) AS name FROM customer
       WHERE id IN (SELECT id FROM customer WHERE phone = @phone UNION SELECT customer_id FROM customer_alias WHERE kind = 'phone' AND value = @phone)
       ORDER BY phone IS NOT @phone, last_visit_at IS NULL, last_visit_at DESC, id LIMIT 1`,
    )
    .get({ phone }) as { id: number; language: 'en' | 'es'; name: string } | undefined;
  return r ?? null;
}

export interface EvidenceLine {
  event: ConsentEvent;
  device: string;
  staffName: string | null;
  wordingText: string | null;
  name: string | null;
  inboundSid: string | null;
  inboundText: string | null;
  hasPhoto: boolean;
  sealed: boolean;
  hash: string;
}

/** Everything the ledger knows of a number, oldest first, with what was shown and said. */
export function evidenceLines(db: Db, hmac: string): EvidenceLine[] {
  const rows = db
    .prepare(
      `SELECT e.*, w.text AS wording_text, s.name AS staff_name, v.name AS evidence_name, v.inbound_sid, v.inbound_text,
         v.photo IS NOT NULL AS has_photo, v.sealed_at
       FROM consent_event e LEFT JOIN wording w ON w.hash = e.wording_hash LEFT JOIN staff s ON s.id = e.staff_id
       LEFT JOIN consent_evidence v ON v.event_id = e.id WHERE e.address_hmac = ? ORDER BY e.id`,
    )
    .all(hmac) as (ConsentEventRow & {
    wording_text: string | null;
    staff_name: string | null;
    evidence_name: string | null;
    inbound_sid: string | null;
    inbound_text: string | null;
    has_photo: number;
    sealed_at: number | null;
  })[];
  return rows.map((r) => ({
    event: eventOf(r),
    device: r.device,
    staffName: r.staff_name,
    wordingText: r.wording_text,
    name: r.evidence_name,
    inboundSid: r.inbound_sid,
    inboundText: r.inbound_text,
    hasPhoto: r.has_photo === 1,
    sealed: r.sealed_at !== null,
    hash: r.hash,
  }));
}

/** A stretch of the ledger in order, for verifying it piece by piece. */
export function ledgerPage(db: Db, afterId: number, limit: number): ConsentEventRow[] {
  return db.prepare('SELECT * FROM consent_event WHERE id > ? ORDER BY id LIMIT ?').all(afterId, limit) as ConsentEventRow[];
}

export function evidenceFor(db: Db, fromId: number, toId: number): Map<number, ConsentEvidenceRow> {
  const rows = db.prepare('SELECT * FROM consent_evidence WHERE event_id BETWEEN ? AND ?').all(fromId, toId) as ConsentEvidenceRow[];
  return new Map(rows.map((r) => [r.event_id, r]));
}

export function allWordings(db: Db): { hash: string; text: string }[] {
  return db.prepare('SELECT hash, text FROM wording').all() as { hash: string; text: string }[];
}

/**
 * A stretch of the signed-up numbers in order of their HMAC, `scan` of them after one: which had no purchase, reply, redemption or own
 * act since an instant (rules.md §1: 18 months). `last` = where to go on; null at the end.
 */
export function silentPage(
  db: Db,
  cutoff: UtcMs,
  after: string,
  scan: number,
): { last: string | null; silent: { hmac: string; phone: PhoneE164 }[] } {
  const page = db
    .prepare(
      `SELECT s.address_hmac AS hmac, s.since < @cutoff AS old FROM consent_state s
       WHERE s.address_hmac > @after AND s.channel = 'sms' AND s.purpose = 'marketing' AND s.state = 'in' ORDER BY s.address_hmac LIMIT @scan`,
    )
    .all({ cutoff, after, scan }) as { hmac: string; old: number }[];
  const silent = db.prepare(
    `SELECT b.address_hmac AS hmac, b.address AS phone FROM address_book b WHERE b.address_hmac = @hmac
       AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.address_hmac = @hmac AND e.channel = 'sms' AND e.occurred_at >= @cutoff
             AND (e.kind IN ('signed-up', 'agreed', 'restarted') OR (e.kind = 'preferred' AND e.method IN ('screen', 'paper', 'reply', 'join-text'))))
       AND NOT EXISTS (SELECT 1 FROM inbound i WHERE i.from_address = b.address AND i.received_at >= @cutoff)
       AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.phone = b.address AND
             (c.last_visit_at >= @cutoff OR EXISTS (SELECT 1 FROM redemption r WHERE r.customer_id = c.id AND r.at >= @cutoff)
              OR EXISTS (SELECT 1 FROM visit_note v WHERE v.customer_id = c.id AND v.at >= @cutoff)))`,
  );
  const found = page
    .filter((p) => p.old === 1)
    .map((p) => silent.get({ hmac: p.hmac, cutoff }) as { hmac: string; phone: PhoneE164 } | undefined);
  return { last: page.length < scan ? null : (page.at(-1)?.hmac ?? null), silent: found.filter((f) => f !== undefined) };
}

/** Numbers whose standing yes was never confirmed: the confirmation waited for the carriers until it was too old to send. */
export function unconfirmed(db: Db, limit: number): PhoneE164[] {
  return db
    .prepare(
      `SELECT o.address FROM outbox o JOIN address_book b ON b.address = o.address
         JOIN consent_state s ON s.address_hmac = b.address_hmac AND s.channel = 'sms' AND s.purpose = 'marketing'
       WHERE o.cause_kind = 'confirmation' AND o.state = 'skipped' AND o.reason IN ('expired', 'stale-sign-up')
         AND s.state = 'in' AND s.event_id = CAST(o.cause_id AS INTEGER)
       LIMIT ?`,
    )
    .pluck()
    .all(limit) as PhoneE164[];
}

/** The ledger grows by one each time somebody says yes or no. */
export const newestEventId = (db: Db): number => (db.prepare('SELECT max(id) FROM consent_event').pluck().get() as number | null) ?? 0;
