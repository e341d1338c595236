import type { Generated } from 'kysely';

export interface WatchFolderTable {
  id: number;
  path: string;
  paused: Generated<number>;
  present: string;
  chosen_at: number;
}

export interface WatchFileTable {
  hash: string;
  file_name: string;
  path: string;
  size: number;
  modified_at: number;
  state: 'waits' | 'importing' | 'imported' | 'known' | 'aside';
  why: string | null;
  detail: Generated<string>;
  profile: Generated<string>;
  approved: Generated<number>;
  import_id: number | null;
  seen_at: number;
  settled_at: number | null;
}

export interface WatchKindTable {
  profile: string;
  answer: 'by-itself' | 'ask' | 'ignore';
  at: number;
}

export interface WebSheetTable {
  id: Generated<number>;
  name: string;
  url: string;
  hosts: string;
  daily: Generated<number>;
  hash: string | null;
  etag: string | null;
  modified: string | null;
  next_hash: string | null;
  next_etag: string | null;
  next_modified: string | null;
  import_id: number | null;
  outcome: string | null;
  outcome_host: string | null;
  checked_at: number | null;
  added_at: number;
}
