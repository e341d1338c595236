import type { Generated } from 'kysely';

export interface RegistrationTable {
  id: number;
  trades: string;
  ein: number;
  website: number;
  toll_free: Generated<number>;
  legal_name: Generated<string>;
  proof_url: Generated<string>;
  answered_at: number;
}

export interface RegistrationStepTable {
  id: Generated<number>;
  stage: 'brand' | 'campaign' | 'toll-free';
  kind: 'submitted' | 'approved' | 'rejected';
  day: string;
  error_code: number | null;
  staff_id: number | null;
  recorded_at: number;
}

export interface RegistrationPageTable {
  kind: 'terms' | 'privacy';
  url: string;
  result: string;
  checked_at: number;
}
