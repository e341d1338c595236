import type { Generated } from 'kysely';

/** Follow-ups of one campaign, as a whole (migration 0340). */
export interface LadderTable {
  root_id: number;
  state: Generated<'draft' | 'running' | 'ended'>;
  stop_came: Generated<number>;
  stop_replied: Generated<number>;
  stop_redeemed: Generated<number>;
  stop_what: 'item' | 'category' | null;
  stop_name: Generated<string>;
  ends_on: string | null;
  patience_days: Generated<number>;
  sealed: string | null;
  ceiling_texts: number | null;
  ceiling_price: number | null;
  held: string | null;
  started_at: number | null;
  ended_at: number | null;
  end_reason: string | null;
  looked_at: number | null;
  updated_at: number;
}

/** What a step follows, and after how long. */
export interface LadderStepTable {
  campaign_id: number;
  root_id: number;
  parent_id: number;
  reaction: 'nothing' | 'replied' | 'came' | 'redeemed' | 'not-delivered';
  after_days: number;
  at_minute: number;
}

/** One person leaving one step, at most once. */
export interface LadderMoveTable {
  from_id: number;
  customer_id: number;
  root_id: number;
  to_id: number | null;
  reaction: string | null;
  outcome: 'text' | 'control' | 'blocked' | 'left-out' | 'end';
  reason: string | null;
  due_at: number | null;
  again_at: number | null;
  at: number;
}
