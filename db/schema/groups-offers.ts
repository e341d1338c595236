import type { Generated } from 'kysely';

export interface SegmentTable {
  id: Generated<number>;
  name: string;
  rule: string;
  ready_made: string | null;
  created_at: number;
  updated_at: number;
  archived: Generated<number>;
}

export interface OfferTable {
  id: Generated<number>;
  name: string;
  kind: 'percent' | 'amount' | 'free-item' | 'other';
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
}

export interface OfferCodeTable {
  code: string;
  offer_id: number;
  campaign_id: number | null;
  customer_id: number | null;
  state: 'issued' | 'redeemed' | 'reversed' | 'expired' | 'voided';
  issued_at: number;
  expires_at: number;
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
}
