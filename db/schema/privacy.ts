import type { Generated } from 'kysely';

export interface ConsentSealedTable {
  event_id: number;
  box: Buffer;
}

export interface ErasureTable {
  id: Generated<number>;
  serial: string;
  at: number;
  staff_id: number | null;
  nameless_id: number;
  certificate: string;
  again_of: number | null;
  open_ids: string | null;
}

export interface ErasureKeyTable {
  kind: 'sms' | 'email' | 'till';
  hmac: string;
  erasure_id: number;
  lifted_at: number | null;
}

export interface ErasureReturnTable {
  customer_id: number;
  erasure_id: number;
  import_id: number | null;
  at: number;
  answer: 'somebody-else' | null;
}

export interface StopListTable {
  id: Generated<number>;
  file_name: string;
  file_hash: string;
  at: number;
  staff_id: number | null;
  numbers: Generated<number>;
  emails: Generated<number>;
  already: Generated<number>;
  unreadable: Generated<number>;
  done: Generated<number>;
}
