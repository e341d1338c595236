import type { Generated } from 'kysely';

/** A list that left to reach people otherwise than by text (migration 0360). */
export interface OutreachTable {
  id: Generated<number>;
  channel: 'post' | 'email' | 'ads';
  name: string;
  segment_id: number | null;
  campaign_id: number | null;
  people: number;
  left_out: string;
  at: number;
  staff_id: number | null;
}

export interface ContactTable {
  outreach_id: number;
  customer_id: number;
  phone: string | null;
  at: number;
}

export interface OfferMediumTable {
  id: Generated<number>;
  campaign_id: number | null;
  base_id: number;
  offer_id: number;
  kind: 'postcard' | 'flyer' | 'poster' | 'radio' | 'paper' | 'online' | 'other';
  name: string;
  given_out: number | null;
  cost: number | null;
  created_at: number;
}

export interface WordsVerdictTable {
  campaign_id: number;
  judged_at: number;
  verdict: string;
}

export interface RollingCampaignTable {
  campaign_id: number;
  quarter: string;
}

export interface DrawTable {
  id: Generated<number>;
  name: string;
  state: 'draft' | 'open' | 'drawn' | 'cancelled';
  rules: string;
  word: string | null;
  opens_at: number;
  closes_at: number;
  winners: number;
  alternates: number;
  seed: string | null;
  seed_hash: string | null;
  committed_at: number | null;
  rules_hash: string | null;
  list_hash: string | null;
  drawn_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface DrawEntryTable {
  id: Generated<number>;
  draw_id: number;
  ticket: string;
  person_key: string;
  customer_id: number | null;
  name: Generated<string>;
  phone: string | null;
  how: 'reply' | 'counter' | 'paper';
  inbound_sid: string | null;
  at: number;
  staff_id: number | null;
}

export interface DrawPickTable {
  draw_id: number;
  place: number;
  entry_id: number;
  state: 'won' | 'waiting' | 'claimed' | 'passed';
  task_id: number | null;
  at: number;
}
