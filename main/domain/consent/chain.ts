import { sha256Hex } from './hmac';

/** One ledger row as it is hashed: every column except the hash itself. Column names as in the database. */
export interface ChainedFields {
  id: number;
  address_hmac: string;
  channel: string;
  purpose: string;
  kind: string;
  method: string;
  promise_max: number | null;
  topics: string;
  language: string;
  wording_hash: string | null;
  reason: string | null;
  staff_id: number | null;
  device: string;
  evidence_hash: string | null;
  occurred_at: number;
  recorded_at: number;
  prev_hash: string;
}
export interface ChainedRow extends ChainedFields {
  hash: string;
}

/** What is hashed of an event. The order is part of the format: changing it breaks every ledger already written. */
export const HASHED_FIELDS = [
  'id',
  'address_hmac',
  'channel',
  'purpose',
  'kind',
  'method',
  'promise_max',
  'topics',
  'language',
  'wording_hash',
  'reason',
  'staff_id',
  'device',
  'evidence_hash',
  'occurred_at',
  'recorded_at',
  'prev_hash',
] as const satisfies readonly (keyof ChainedFields)[];

/** `prev_hash` of the very first event. */
export const GENESIS = '0'.repeat(64);

/** Unambiguous text of a row: a JSON array of the values in fixed order, so no two different rows share one. */
export function canonical(row: ChainedFields): string {
  return JSON.stringify(['regulars-consent-1', ...HASHED_FIELDS.map((f) => row[f])]);
}

/** SHA-256 over the row and, through `prev_hash`, over everything before it. */
export function hashOf(row: ChainedFields): string {
  return sha256Hex(canonical(row));
}

export type ChainFault = { id: number; what: 'changed' | 'broken-link' | 'missing' };

/**
 * Walks the ledger oldest first. `changed`: a field of this row was altered; `broken-link`: something before it was removed,
 * inserted or swapped; `missing`: a gap in the numbers. Returns the first fault, or null.
 */
export class ChainVerifier {
  private prev = GENESIS;
  private lastId = 0;
  count = 0;

  /** The hash the next event must point at. */
  get head(): string {
    return this.prev;
  }

  take(row: ChainedRow): ChainFault | null {
    if (hashOf(row) !== row.hash) return { id: row.id, what: 'changed' };
    if (row.prev_hash !== this.prev) return { id: row.id, what: 'broken-link' };
    if (row.id !== this.lastId + 1) return { id: row.id, what: 'missing' };
    this.prev = row.hash;
    this.lastId = row.id;
    this.count++;
    return null;
  }
}

/** The whole ledger at once, oldest first. */
export function verifyChain(rows: Iterable<ChainedRow>): { ok: true; count: number; head: string } | { ok: false; fault: ChainFault } {
  const v = new ChainVerifier();
  for (const row of rows) {
    const fault = v.take(row);
    if (fault) return { ok: false, fault };
  }
  return { ok: true, count: v.count, head: v.head };
}

export interface Evidence {
  address: string | null;
  name: string | null;
  inboundSid: string | null;
  inboundText: string | null;
  /** SHA-256 of the photograph's bytes, hex. */
  photoHash: string | null;
}

/** What the ledger holds instead of the evidence itself; the salt lives beside the evidence and goes when that is purged. */
export function evidenceHash(salt: string, e: Evidence): string {
  return sha256Hex(JSON.stringify([salt, e.address, e.name, e.inboundSid, e.inboundText, e.photoHash]));
}
