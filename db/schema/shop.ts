import type { Generated } from 'kysely';

export interface MetaTable {
  key: string;
  value: string;
}

export interface SettingTable {
  key: string;
  value: string;
  updated_at: number;
}

export interface StaffTable {
  id: Generated<number>;
  name: string;
  role: 'owner' | 'staff';
  pin_hash: string | null;
  language: Generated<'en' | 'es'>;
  active: Generated<number>;
  created_at: number;
  practised_at: number | null;
  left_at: number | null;
}

export interface StaffLockTable {
  staff_id: number;
  failures: number;
  locked_until: number;
}

export interface AuditTable {
  id: Generated<number>;
  at: number;
  staff_id: number | null;
  action: string;
  subject: string | null;
  detail: Generated<string>;
}

export interface TaskTable {
  id: string;
  kind: string;
  title: string;
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  done: Generated<number>;
  total: number | null;
  error_code: string | null;
  result: string | null;
  started_at: number;
  finished_at: number | null;
}

export interface BackupLogTable {
  id: Generated<number>;
  at: number;
  file: string;
  place: 'beside' | 'second';
  bytes: number;
  ok: number;
  error: string | null;
}
