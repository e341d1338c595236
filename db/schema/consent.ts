import type { Generated } from 'kysely';

export interface WordingTable {
  hash: string;
  kind: string;
  language: string;
  version: number;
  text: string;
  created_at: number;
}

export interface ConsentEventTable {
  id: Generated<number>;
  address_hmac: string;
  channel: 'sms' | 'email';
  purpose: string;
  kind: string;
  method: string;
  promise_max: number | null;
  topics: Generated<string>;
  language: Generated<string>;
  wording_hash: string | null;
  reason: string | null;
  staff_id: number | null;
  device: Generated<string>;
  evidence_hash: string | null;
  occurred_at: number;
  recorded_at: number;
  prev_hash: string;
  hash: string;
}

export interface ConsentEvidenceTable {
  event_id: number;
  salt: string;
  address: string | null;
  name: string | null;
  inbound_sid: string | null;
  inbound_text: string | null;
  photo: Buffer | null;
  sealed_at: number | null;
}

export interface ConsentStateTable {
  address_hmac: string;
  channel: string;
  purpose: string;
  state: 'in' | 'pending' | 'out' | 'never' | 'hold' | 'paused';
  promise_max: number | null;
  since: number;
  expires_at: number | null;
  event_id: number;
  carrier_stop: Generated<number>;
}

export interface AddressBookTable {
  address: string;
  address_hmac: string;
}
