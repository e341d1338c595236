import type { Generated } from 'kysely';

export interface CounterTaskTable {
  id: Generated<number>;
  kind: 'hold' | 'call-back' | 'question' | 'other';
  customer_id: number | null;
  address: string | null;
  words: string;
  campaign_id: number | null;
  inbound_sid: string | null;
  due_at: number | null;
  state: Generated<'open' | 'done' | 'dropped'>;
  outcome: 'sold' | 'picked-up' | 'never-came' | 'answered' | 'not-reached' | 'other' | null;
  note: Generated<string>;
  created_at: number;
  created_by: number | null;
  done_at: number | null;
  done_by: number | null;
}

export interface ReplyTemplateTable {
  id: Generated<number>;
  key: string | null;
  name: string;
  body_en: string;
  body_es: Generated<string>;
  sort: Generated<number>;
  updated_at: number;
  deleted_at: number | null;
}

export interface RemedyTable {
  id: Generated<number>;
  kind: 'longer-spacing' | 'lower-promise' | 'ask-topics' | 'topic-campaign';
  reason: string;
  before_value: string;
  after_value: string;
  campaign_id: number | null;
  done_at: number;
  done_by: number | null;
  undone_at: number | null;
}

export interface ThreadClosedTable {
  address: string;
  at: number;
  staff_id: number | null;
}

export interface ReplyAnywayTable {
  outbox_id: Generated<number>;
  said_at: number;
  staff_id: number | null;
  local_time: string;
  opens_at: number | null;
}

export interface ReplyThreadTable {
  address: string;
  last_at: number;
  last_in: number;
  our_at: number | null;
  unread: number;
  parked: number;
  waiting_since: number | null;
  asked_at: number | null;
}
