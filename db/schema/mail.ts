import type { Generated } from 'kysely';

export interface MailTable {
  id: Generated<number>;
  cause_kind: 'campaign' | 'service' | 'test' | 'restored';
  cause_id: string;
  address: string;
  customer_id: number | null;
  message_class: 'marketing' | 'service' | 'test';
  state: 'staged' | 'waiting' | 'sending' | 'sent' | 'bounced' | 'rejected' | 'uncertain' | 'skipped' | 'cancelled';
  reason: string | null;
  language: 'en' | 'es';
  subject: string;
  body: string;
  card: string | null;
  code: string | null;
  message_id: string;
  token: string;
  not_before: number;
  expires_at: number | null;
  attempts: Generated<number>;
  retry_at: number | null;
  smtp_code: number | null;
  left_at: number | null;
  final_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface MailAttemptTable {
  id: Generated<number>;
  mail_id: number;
  epoch: number;
  started_at: number;
  finished_at: number | null;
  outcome: string | null;
  smtp_code: number | null;
}

/** Addresses that take no mail. */
export interface MailProblemTable {
  address: string;
  why: 'bad-address' | 'came-back';
  smtp_code: number | null;
  at: number;
}
