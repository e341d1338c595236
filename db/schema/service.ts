import type { Generated } from 'kysely';

export interface CustomerOrderTable {
  id: Generated<number>;
  ref: string;
  kind: 'special-order' | 'hold' | 'lay-away' | 'repair';
  customer_id: number;
  phone: string | null;
  what: string;
  size: Generated<string>;
  due_on: string | null;
  deposit: number | null;
  state: 'open' | 'ready' | 'collected' | 'cancelled';
  created_at: number;
  staff_id: number | null;
  ready_at: number | null;
  reminded_at: number | null;
  closed_at: number | null;
  closed_by: number | null;
  updated_at: number;
}

export interface CustomerThingTable {
  id: Generated<number>;
  customer_id: number;
  kind: 'warranty' | 'service' | 'refill' | 'other';
  what: string;
  bought_on: string | null;
  due_on: string;
  sale_id: number | null;
  state: Generated<'open' | 'done'>;
  created_at: number;
  staff_id: number | null;
  done_at: number | null;
}

export interface RebuyTermTable {
  category_key: string;
  category: string;
  days: number;
  learnt: Generated<number>;
  updated_at: number;
}

export interface NoticeTable {
  id: Generated<number>;
  kind: 'recall' | 'notice';
  name: string;
  goods: string;
  from_day: string;
  until_day: string;
  body_en: string;
  body_es: Generated<string>;
  state: Generated<'draft' | 'sending' | 'sent'>;
  quote: string | null;
  made_at: number;
  made_by: number | null;
  updated_at: number;
  sent_at: number | null;
  sent_by: number | null;
}

export interface NoticePersonTable {
  notice_id: number;
  customer_id: number;
  phone: string | null;
  reason: string | null;
  gift: Generated<number>;
  bought_on: string;
  told_at: number | null;
}
