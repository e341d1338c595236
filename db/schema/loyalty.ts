import type { Generated } from 'kysely';

/** Punch cards and points (migration 0520). */
export interface LoyaltyVersionTable {
  id: Generated<number>;
  from_day: string;
  state: 'on' | 'off';
  terms: string;
  history: string | null;
  carry: Generated<number>;
  use_until: string | null;
  at: number;
  staff_id: number | null;
}

export interface LoyaltyMemberTable {
  id: Generated<number>;
  customer_id: number;
  since_day: string;
  at: number;
  staff_id: number | null;
}

export interface LoyaltyNoteTable {
  id: Generated<number>;
  uid: string;
  customer_id: number;
  kind: 'punch' | 'adjust';
  at: number;
  day: string;
  points: Generated<number>;
  amount: number | null;
  count: Generated<number>;
  receipt_no: string | null;
  reason: Generated<string>;
  staff_id: number | null;
  undone_at: number | null;
}

export interface LoyaltyRewardTable {
  code: string;
  customer_id: number;
  cost: number;
  at: number;
  day: string;
  staff_id: number | null;
}

export interface PointsEntryTable {
  id: Generated<number>;
  customer_id: number;
  cause: string;
  kind: 'earn' | 'refund' | 'spend' | 'expire' | 'adjust' | 'backfill' | 'change' | 'correct';
  points: number;
  day: string;
  at: number;
}

export interface PointsAccountTable {
  customer_id: number;
  balance: number;
  unconfirmed: number;
  ready: number;
  missing: number | null;
  tier: number;
  figure: number;
  expires_on: string | null;
  expires_points: number;
  changes_on: string | null;
}

export interface LoyaltyTodoTable {
  customer_id: number;
}

export interface LoyaltyWalkTable {
  upto: number;
}
