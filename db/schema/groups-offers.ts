import type { Generated } from 'kysely';

export interface SegmentTable {
  id: Generated<number>;
  name: string;
  rule: string;
  ready_made: string | null;
  created_at: number;
  updated_at: number;
  archived: Generated<number>;
  fixed_at: number | null;
  fixed_count: number | null;
  fixed_from: Generated<string>;
}

export interface OfferTable {
  id: Generated<number>;
  name: string;
  kind: 'percent' | 'amount' | 'free-item' | 'bundle' | 'points' | 'other';
  percent: number | null;
  amount: number | null;
  item: Generated<string>;
  min_spend: Generated<number>;
  terms: Generated<string>;
  valid_days: number;
  code_mode: 'personal' | 'shared';
  shared_code: string | null;
  created_at: number;
  archived: Generated<number>;
  till_key: Generated<string>;
  bundle_buy: number | null;
  bundle_get: number | null;
  bundle_percent: number | null;
  bundle_price: number | null;
  points: number | null;
  items: Generated<string>;
  categories: Generated<string>;
  from_day: string | null;
  until_day: string | null;
  weekdays: Generated<number>;
  from_minute: number | null;
  until_minute: number | null;
  code_uses: Generated<number>;
  most_uses: number | null;
  members_only: Generated<number>;
  club: string | null;
}

export interface OfferCodeTable {
  code: string;
  offer_id: number;
  campaign_id: number | null;
  customer_id: number | null;
  state: 'issued' | 'redeemed' | 'reversed' | 'expired' | 'voided';
  issued_at: number;
  expires_at: number;
  uses: Generated<number>;
  starts_at: number | null;
  voided_at: number | null;
  voided_why: string | null;
}

export interface RedemptionTable {
  id: Generated<number>;
  code: string;
  offer_id: number;
  campaign_id: number | null;
  customer_id: number | null;
  at: number;
  staff_id: number | null;
  how: 'code' | 'person' | 'till-file';
  amount: number | null;
  discount: number | null;
  receipt_no: string | null;
  sale_id: number | null;
  reversed_at: number | null;
  reversed_by: number | null;
  use_no: Generated<number>;
  points: number | null;
  honoured: string | null;
}
