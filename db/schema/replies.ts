import type { Generated } from 'kysely';

export interface ReplyMenuTable {
  phone: string;
  kind: 'prefs' | 'topics' | 'email';
  options: string;
  language: 'en' | 'es';
  asked_sid: string;
  opened_at: number;
  expires_at: number;
}

export interface AutoAnswerTable {
  inbound_sid: string;
  phone: string;
  kind: string;
  at: number;
}

export interface StopReasonTable {
  event_id: number;
  reason: 'too-many' | 'not-for-me' | 'other';
  via: 'reply' | 'counter' | 'owner' | 'import';
  stop_event_id: number | null;
  customer_id: number | null;
  campaign_id: number | null;
  said_at: number;
}

export interface CampaignReplyWordTable {
  campaign_id: number;
  word: string;
  means: string;
  answer_en: Generated<string>;
  answer_es: Generated<string>;
  hold_days: Generated<number>;
}
