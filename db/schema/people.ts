import type { Generated } from 'kysely';

export interface CustomerMergeTable {
  id: Generated<number>;
  kept_id: number;
  gone_id: number;
  at: number;
  staff_id: number | null;
  image: string;
  undone_at: number | null;
}

export interface CustomerAliasTable {
  kind: 'phone' | 'email';
  value: string;
  customer_id: number;
  merge_id: number;
}

export interface NotDuplicateTable {
  a_id: number;
  b_id: number;
  at: number;
  staff_id: number | null;
}

export interface PossibleDuplicateTable {
  a_id: number;
  b_id: number;
  score: number;
  reasons: string;
}

export interface DuplicateTodoTable {
  customer_id: Generated<number>;
}

export interface ConsentSaidTable {
  import_id: number;
  channel: 'sms' | 'email';
  address: string;
  says: 'yes' | 'no' | 'unknown';
  flag: number;
  raw: string;
  column_name: string;
  row_no: number;
  source: string;
  at: number;
}

export interface ConsentAttestTable {
  id: Generated<number>;
  import_id: number;
  method: 'paper' | 'website' | 'till' | 'keyword' | 'other';
  detail: string;
  from_day: string;
  to_day: string;
  wording: string;
  people: Generated<number>;
  staff_id: number | null;
  at: number;
  undone_at: number | null;
}

export interface ImportPreferenceTable {
  source: string;
  prefer: string;
  updated_at: number;
}
