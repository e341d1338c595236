import type { Generated } from 'kysely';

export interface LinkSourceTable {
  id: Generated<number>;
  base: string;
  path: string;
  connected_at: number;
  state: Generated<'new' | 'fine' | 'gone' | 'unreadable' | 'no-columns'>;
  mark: Generated<string>;
  read_at: number | null;
  unread: Generated<number>;
  strangers: Generated<number>;
}

export interface LinkCodeTable {
  code: string;
  campaign_id: number;
  customer_id: number;
  made_at: number;
}

export interface TapTable {
  code: string;
  at: number;
  agent: Generated<string>;
  discounted: 'robot' | 'preview' | 'before-text' | null;
  read_at: number;
}

export interface PayLinkTable {
  task_id: Generated<number>;
  url: string;
  made_at: number;
  made_by: number | null;
  outbox_id: number | null;
  sent_at: number | null;
  paid_at: number | null;
  paid_by: number | null;
}
