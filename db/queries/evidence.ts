import type { UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { ConsentEvidenceRow } from './consent';

/**
 * Empties what stands beside the events of a number. `box` answers what is kept of it, locked; null = nothing. The salt goes too: with
 * it a number could be guessed from the event's hash.
 */
export function sealEvidence(trx: Trx, hmac: string, at: UtcMs, box: (e: ConsentEvidenceRow) => Buffer | null): number {
  const rows = trx
    .prepare(
      `SELECT v.* FROM consent_event e JOIN consent_evidence v ON v.event_id = e.id
       WHERE e.address_hmac = ? AND v.sealed_at IS NULL ORDER BY e.id`,
    )
    .all(hmac) as ConsentEvidenceRow[];
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
