import type { ConsentEvent } from '@domain/consent/event';
import type { UtcMs } from '@domain/kernel';
import type { Db } from '../open';
import { type ConsentEventRow, eventOf } from './consent';

/**
 * Reading the whole ledger for a check, a page at a time and in bare arrays: a million events are walked twice, once in the order they
 * were written and once number by number.
 */

/** An event as it was hashed, with what stands beside it as that was hashed. Order of the columns of CHAIN below. */
export type ChainLine = [
  id: number,
  prevHash: string,
  hash: string,
  /** The text that was hashed (chain.ts `canonical`), made by SQLite: the same bytes, or the event is looked at again field by field. */
  canonical: string,
  evidenceHash: string | null,
  hmac: string,
  recordedAt: UtcMs,
  /** 0 = nothing stands beside the event. */
  hasEvidence: 0 | 1,
  sealedAt: UtcMs | null,
  /** Something is still readable beside it. */
  open: 0 | 1,
  evidence: string | null,
  wordingHash: string | null,
  address: string | null,
];

const CHAIN = `SELECT e.id, e.prev_hash, e.hash,
    json_array('regulars-consent-1', e.id, e.address_hmac, e.channel, e.purpose, e.kind, e.method, e.promise_max, e.topics, e.language,
      e.wording_hash, e.reason, e.staff_id, e.device, e.evidence_hash, e.occurred_at, e.recorded_at, e.prev_hash),
    e.evidence_hash, e.address_hmac, e.recorded_at, v.event_id IS NOT NULL, v.sealed_at,
    v.address IS NOT NULL OR v.name IS NOT NULL OR v.inbound_sid IS NOT NULL OR v.inbound_text IS NOT NULL OR v.photo IS NOT NULL,
    CASE WHEN v.photo IS NULL THEN json_array(v.salt, v.address, v.name, v.inbound_sid, v.inbound_text, NULL) END, e.wording_hash, v.address
  FROM consent_event e LEFT JOIN consent_evidence v ON v.event_id = e.id
  WHERE e.id > ? AND e.id <= ? ORDER BY e.id LIMIT ?`;

/** Events in the order they were written. */
export const chainLines = (db: Db, after: number, upTo: number, limit: number): ChainLine[] =>
  db.prepare(CHAIN).raw().all(after, upTo, limit) as ChainLine[];

/** One event with every field, and what stands beside it. */
export const chainRow = (db: Db, id: number): ConsentEventRow =>
  db.prepare('SELECT * FROM consent_event WHERE id = ?').get(id) as ConsentEventRow;

/** Where a walk number by number stands. */
export interface Place {
  hmac: string;
  channel: string;
  id: number;
}
export const START: Place = { hmac: '', channel: '', id: 0 };

/** One event on that walk. */
export interface Walked {
  hmac: string;
  channel: 'sms' | 'email';
  event: ConsentEvent;
}

const WALK = `SELECT id, address_hmac, channel, purpose, kind, method, promise_max, topics, reason, occurred_at, recorded_at
  FROM consent_event WHERE (address_hmac, channel, id) > (?, ?, ?) ORDER BY address_hmac, channel, id LIMIT ?`;
type WalkRow = [number, string, 'sms' | 'email', string, string, string, number | null, string, string | null, number, number];

/** Events number by number, oldest first within each. What folding does not read (language, wording, staff) is left out. */
export function walkEvents(db: Db, after: Place, limit: number): Walked[] {
  return (db.prepare(WALK).raw().all(after.hmac, after.channel, after.id, limit) as WalkRow[]).map((r) => ({
    hmac: r[1],
    channel: r[2],
    event: eventOf({
      id: r[0],
      channel: r[2],
      purpose: r[3],
      kind: r[4],
      method: r[5],
      promise_max: r[6],
      topics: r[7],
      reason: r[8],
      occurred_at: r[9],
      recorded_at: r[10],
      language: 'en',
      wording_hash: null,
      staff_id: null,
    }),
  }));
}

export interface KeptState {
  hmac: string;
  channel: string;
  purpose: string;
  state: string;
  promiseMax: number | null;
  since: number;
  expiresAt: number | null;
  eventId: number;
  carrierStop: number;
}

/** States kept for the numbers after one and up to another, both as (HMAC, channel). `null` = to the end. */
export const keptStates = (db: Db, after: Pick<Place, 'hmac' | 'channel'>, upTo: Pick<Place, 'hmac' | 'channel'> | null): KeptState[] =>
  db
    .prepare(
      `SELECT address_hmac AS hmac, channel, purpose, state, promise_max AS promiseMax, since, expires_at AS expiresAt, event_id AS eventId, carrier_stop AS carrierStop
       FROM consent_state WHERE (address_hmac, channel) > (?, ?) ${upTo ? 'AND (address_hmac, channel) <= (?, ?)' : ''}
       ORDER BY address_hmac, channel`,
    )
    .all(after.hmac, after.channel, ...(upTo ? [upTo.hmac, upTo.channel] : [])) as KeptState[];

/** Numbers and e-mails that were erased: the only ones whose proof may be sealed before its time. */
export const erasedHmacs = (db: Db): Set<string> =>
  new Set(db.prepare("SELECT DISTINCT hmac FROM erasure_key WHERE kind IN ('sms', 'email')").pluck().all() as string[]);

/** Proof that stands beside no event, where the events are known to run from 1 to `last` without a gap. */
export const strayEvidence = (db: Db, last: number): number | null =>
  (db.prepare('SELECT event_id FROM consent_evidence WHERE event_id < 1 OR event_id > ? LIMIT 1').pluck().get(last) as
    | number
    | undefined) ?? null;

/** Addresses kept in plain, a page at a time. */
export const bookPage = (db: Db, after: string, limit: number): { address: string; hmac: string }[] =>
  db.prepare('SELECT address, address_hmac AS hmac FROM address_book WHERE address > ? ORDER BY address LIMIT ?').all(after, limit) as {
    address: string;
    hmac: string;
  }[];
