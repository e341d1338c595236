import type { UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { ConsentEvidenceRow } from './consent';

/**
 * Empties what stands beside the events of a number. `box` answers what is kept of it, locked; null = nothing. The salt goes too: with
 * it a number could be guessed from the event's hash.
 */
export function sealEvidence(
  trx: Trx,
  hmac: string,
  at: UtcMs,
  box: (e: ConsentEvidenceRow) => Buffer | null,
  only: (e: ConsentEvidenceRow & { evidence_hash: string }) => boolean = () => true,
): number {
  const all = trx
    .prepare(
      `SELECT v.*, e.evidence_hash FROM consent_event e JOIN consent_evidence v ON v.event_id = e.id
       WHERE e.address_hmac = ? AND v.sealed_at IS NULL ORDER BY e.id`,
    )
    .all(hmac) as (ConsentEvidenceRow & { evidence_hash: string })[];
  const rows = all.filter(only);
  const keep = trx.prepare('INSERT OR REPLACE INTO consent_sealed (event_id, box) VALUES (?, ?)');
  const empty = trx.prepare(
    "UPDATE consent_evidence SET salt = '', address = NULL, name = NULL, inbound_sid = NULL, inbound_text = NULL, photo = NULL, sealed_at = ? WHERE event_id = ?",
  );
  for (const row of rows) {
    const locked = box(row);
    if (locked) keep.run(row.event_id, locked);
    empty.run(at, row.event_id);
  }
  return rows.length;
}

/** What is kept, locked, of a ledger event; by its hash, which a replay does not change the meaning of. */
export const boxOfHash = (db: Db, hash: string): Buffer | null =>
  (db.prepare('SELECT s.box FROM consent_event e JOIN consent_sealed s ON s.event_id = e.id WHERE e.hash = ?').pluck().get(hash) as
    | Buffer
    | undefined) ?? null;

export const boxOf = (db: Db, eventId: number): Buffer | null =>
  (db.prepare('SELECT box FROM consent_sealed WHERE event_id = ?').pluck().get(eventId) as Buffer | undefined) ?? null;

export function putBox(trx: Trx, eventId: number, box: Buffer): void {
  trx.prepare('INSERT OR REPLACE INTO consent_sealed (event_id, box) VALUES (?, ?)').run(eventId, box);
}

export const photoOf = (db: Db, eventId: number): Buffer | null =>
  (db.prepare('SELECT photo FROM consent_evidence WHERE event_id = ?').pluck().get(eventId) as Buffer | null | undefined) ?? null;

// — the proof of a number —

/** When the text that answers a ledger event left: confirmation and question by the event, the goodbye by the reply that caused it. */
export function answerLeftAt(db: Db, eventIds: readonly number[], sids: readonly string[]): Map<string, UtcMs> {
  const rows = db
    .prepare(
      `SELECT cause_kind || ':' || cause_id AS cause, left_at AS at FROM outbox
       WHERE left_at IS NOT NULL AND ((cause_kind IN ('confirmation', 'double-opt-in') AND cause_id IN (SELECT CAST(value AS TEXT) FROM json_each(@ids)))
         OR (cause_kind IN ('stop-confirmation', 'help') AND cause_id IN (SELECT value FROM json_each(@sids))))`,
    )
    .all({ ids: JSON.stringify(eventIds), sids: JSON.stringify(sids) }) as { cause: string; at: UtcMs }[];
  return new Map(rows.map((r) => [r.cause, r.at]));
}

/** Which rule read a reply as what it was. */
export function rulesOf(db: Db, sids: readonly string[]): Map<string, { rule: string; receivedAt: UtcMs }> {
  const rows = db
    .prepare('SELECT sid, rule, received_at AS receivedAt FROM inbound WHERE sid IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(sids)) as { sid: string; rule: string; receivedAt: UtcMs }[];
  return new Map(rows.map((r) => [r.sid, { rule: r.rule, receivedAt: r.receivedAt }]));
}

export interface TextsUnder {
  left: number;
  marketing: number;
  delivered: number;
  firstAt: UtcMs | null;
  lastAt: UtcMs | null;
}

/** Texts that left to a number. */
export function textsTo(db: Db, address: string): TextsUnder {
  return db
    .prepare(
      `SELECT count(*) AS left, coalesce(sum(message_class = 'marketing'), 0) AS marketing, coalesce(sum(state = 'delivered'), 0) AS delivered,
         min(left_at) AS firstAt, max(left_at) AS lastAt FROM outbox WHERE address = ? AND left_at IS NOT NULL`,
    )
    .get(address) as TextsUnder;
}

// — retention —

/** The last text or mail that left to an address. */
export const lastSentTo = (db: Db, address: string): UtcMs | null =>
  db
    .prepare(
      `SELECT max(at) FROM (SELECT max(left_at) AS at FROM outbox WHERE address = @address
         UNION ALL SELECT max(left_at) FROM mail WHERE address = @address)`,
    )
    .pluck()
    .get({ address }) as UtcMs | null;

/** Empties what customers wrote before an instant; at most `limit`. */
export const emptyInbound = (trx: Trx, before: UtcMs, limit: number): number =>
  trx
    .prepare(
      `UPDATE inbound SET body = '' WHERE sid IN (SELECT sid FROM inbound WHERE received_at < ? AND body <> '' ORDER BY received_at LIMIT ?)`,
    )
    .run(before, limit).changes;

export const oldestInbound = (db: Db): UtcMs | null =>
  db.prepare("SELECT min(received_at) FROM inbound WHERE body <> ''").pluck().get() as UtcMs | null;

/** Events written down before an instant beside which something still stands, a page at a time. */
export const oldProofs = (db: Db, before: UtcMs, after: number, limit: number): { id: number; hmac: string }[] =>
  db
    .prepare(
      `SELECT e.id, e.address_hmac AS hmac FROM consent_event e JOIN consent_evidence v ON v.event_id = e.id
       WHERE e.id > ? AND e.recorded_at < ? AND (v.sealed_at IS NULL OR EXISTS (SELECT 1 FROM consent_sealed s WHERE s.event_id = e.id))
       ORDER BY e.id LIMIT ?`,
    )
    .all(after, before, limit) as { id: number; hmac: string }[];

/** When something last happened under a number or e-mail, and where its texts are found. */
export function lastUnder(
  db: Db,
  hmac: string,
): { recordedAt: UtcMs; permitted: boolean; address: string | null; namelessId: number | null } {
  return {
    recordedAt: db.prepare('SELECT max(recorded_at) FROM consent_event WHERE address_hmac = ?').pluck().get(hmac) as UtcMs,
    permitted:
      db.prepare("SELECT 1 FROM consent_state WHERE address_hmac = ? AND state IN ('in', 'pending', 'hold') LIMIT 1").get(hmac) !==
      undefined,
    address:
      (db
        .prepare(
          `SELECT address FROM address_book WHERE address_hmac = @hmac UNION ALL
           SELECT v.address FROM consent_event e JOIN consent_evidence v ON v.event_id = e.id WHERE e.address_hmac = @hmac AND v.address IS NOT NULL LIMIT 1`,
        )
        .pluck()
        .get({ hmac }) as string | undefined) ?? null,
    namelessId:
      (db
        .prepare(
          'SELECT e.nameless_id FROM erasure_key k JOIN erasure e ON e.id = k.erasure_id WHERE k.hmac = ? ORDER BY e.id DESC LIMIT 1',
        )
        .pluck()
        .get(hmac) as number | undefined) ?? null,
  };
}

/** Proof of a number goes for good, locked or not; its events stay. The plain number goes too unless somebody has it. */
export function purgeProof(trx: Trx, hmac: string, at: UtcMs): number {
  const gone = sealEvidence(trx, hmac, at, () => null);
  const boxes = trx
    .prepare('DELETE FROM consent_sealed WHERE event_id IN (SELECT id FROM consent_event WHERE address_hmac = ?)')
    .run(hmac).changes;
  trx
    .prepare(
      `DELETE FROM address_book WHERE address_hmac = ? AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.phone = address OR c.email = address)
         AND NOT EXISTS (SELECT 1 FROM customer_alias a WHERE a.value = address)`,
    )
    .run(hmac);
  return gone + boxes;
}

/** Figures of the whole ledger. */
export function ledgerFigures(db: Db): { events: number; since: UtcMs | null; numbers: number; emails: number; locked: number } {
  const one = (sql: string) => (db.prepare(sql).pluck().get() as number | null | undefined) ?? null;
  return {
    events: one('SELECT max(id) FROM consent_event') ?? 0,
    since: one('SELECT recorded_at FROM consent_event ORDER BY id LIMIT 1') as UtcMs | null,
    numbers: one("SELECT count(*) FROM consent_state WHERE channel = 'sms' AND purpose = 'marketing'") ?? 0,
    emails: one("SELECT count(*) FROM consent_state WHERE channel = 'email' AND purpose = 'marketing'") ?? 0,
    locked: one('SELECT count(*) FROM consent_sealed') ?? 0,
  };
}
