import type { Generated } from 'kysely';

export interface CampaignTable {
  id: Generated<number>;
  name: string;
  state: 'draft' | 'scheduled' | 'staging' | 'sending' | 'paused' | 'finished' | 'cancelled';
  segment_id: number | null;
  rule: string | null;
  body: Generated<string>;
  offer_id: number | null;
  add_stop_line: Generated<number>;
  holdout: Generated<'auto' | 'off' | 'half'>;
  holdout_percent: number | null;
  goal: Generated<string>;
  window_days: Generated<number>;
  quote: string | null;
  sender: string | null;
  pause_reason: string | null;
  created_at: number;
  updated_at: number;
  started_at: number | null;
  finished_at: number | null;
  window_ends_at: number | null;
  topic: Generated<string>;
  day_reason: Generated<string>;
  scheduled_at: number | null;
  late_policy: Generated<'send-late' | 'ask' | 'skip'>;
  ceiling_people: number | null;
  ceiling_price: number | null;
  via_carrier: Generated<number>;
  part_name: Generated<string>;
  parent_id: number | null;
  spread_days: Generated<number>;
  local_hour: number | null;
  daily_share: number | null;
  keep_typed: Generated<number>;
  automation_id: number | null;
  channels: Generated<'sms' | 'both' | 'email-first' | 'email'>;
}

/** Further parts of a campaign; the first stands in the campaign itself. */
export interface CampaignPartTable {
  campaign_id: number;
  position: number;
  name: Generated<string>;
  segment_id: number | null;
  rule: string | null;
  body: Generated<string>;
  offer_id: number | null;
}

/** Other wordings of a part: by language, of an A/B test, for phones that open links or do not. */
export interface CampaignWordsTable {
  campaign_id: number;
  position: number;
  language: 'en' | 'es';
  arm: 'a' | 'b';
  links: 'any' | 'yes' | 'no';
  body: string;
}

/** A mail's words, by part and language. */
export interface CampaignMailTable {
  campaign_id: number;
  position: number;
  language: 'en' | 'es';
  subject: string;
  body: string;
}

export interface CampaignPersonTable {
  campaign_id: number;
  customer_id: number;
  phone: string | null;
  arm: 'text' | 'control' | 'excluded';
  reason: string | null;
  stratum: Generated<string>;
  till_fixed: Generated<number>;
  drawn_at: number;
  part: Generated<number>;
  words: Generated<string>;
  channel: Generated<'sms' | 'email'>;
}

export interface OutboxTable {
  id: Generated<number>;
  cause_kind:
    | 'campaign'
    | 'automation'
    | 'confirmation'
    | 'double-opt-in'
    | 'help'
    | 'stop-confirmation'
    | 'reply'
    | 'service'
    | 'test'
    | 'restored';
  cause_id: string;
  channel: 'sms' | 'email';
  address: string;
  customer_id: number | null;
  message_class: 'marketing' | 'service' | 'reply' | 'double-opt-in' | 'confirmation' | 'help' | 'stop-confirmation';
  priority: number;
  state:
    | 'staged'
    | 'waiting'
    | 'sending'
    | 'scheduled'
    | 'accepted'
    | 'queued'
    | 'sent'
    | 'delivered'
    | 'undelivered'
    | 'failed'
    | 'rejected'
    | 'uncertain'
    | 'skipped'
    | 'cancelled';
  reason: string | null;
  body: string;
  segments: number;
  quoted_price: number | null;
  code: string | null;
  not_before: number;
  expires_at: number | null;
  brake_rank: number | null;
  attempts: Generated<number>;
  retry_at: number | null;
  reconcile_step: Generated<number>;
  reconcile_at: number | null;
  sid: string | null;
  sender: string | null;
  error_code: number | null;
  left_at: number | null;
  final_at: number | null;
  price: number | null;
  price_currency: string | null;
  carrier_segments: number | null;
  created_at: number;
  updated_at: number;
  send_at: number | null;
  recall: string | null;
}

export interface OutboxAttemptTable {
  id: Generated<number>;
  outbox_id: number;
  epoch: number;
  started_at: number;
  finished_at: number | null;
  outcome: string | null;
  http_status: number | null;
  error_code: number | null;
  sid: string | null;
  clock_offset: Generated<number>;
}

/** Written by a trigger (migration 0300): what became of a text from the POST on. */
export interface OutboxStepTable {
  outbox_id: number;
  at: number;
  state: string;
  error_code: number | null;
  reason: string | null;
}
