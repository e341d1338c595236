import type { Generated } from 'kysely';

export interface CustomerTable {
  id: Generated<number>;
  first_name: Generated<string>;
  last_name: Generated<string>;
  company: Generated<string>;
  phone: string | null;
  phone_raw: string | null;
  phone_kind: Generated<'unknown' | 'mobile' | 'landline' | 'voip' | 'toll-free' | 'invalid'>;
  phone_problem: string | null;
  email: string | null;
  language: Generated<'en' | 'es'>;
  birthday: string | null;
  street: Generated<string>;
  city: Generated<string>;
  region: Generated<string>;
  postal_code: Generated<string>;
  country: Generated<string>;
  zone: string | null;
  note: Generated<string>;
  tags: Generated<string>;
  weak: Generated<number>;
  created_at: number;
  updated_at: number;
  import_id: number | null;
  visits: Generated<number>;
  spend: Generated<number>;
  first_visit_at: number | null;
  last_visit_at: number | null;
  visits_365: Generated<number>;
  spend_365: Generated<number>;
  median_gap_days: number | null;
  gap_count: Generated<number>;
  last_item: string | null;
  link_capable: Generated<'unknown' | 'yes' | 'no'>;
  link_capable_at: number | null;
}

export interface CustomerIdentityTable {
  source: string;
  source_customer_id: string;
  customer_id: number;
  linked_at: number;
  how: 'import' | 'receipt' | 'email' | 'phone' | 'staff';
  import_id: number | null;
  said: string | null;
}

export interface VisitNoteTable {
  id: Generated<number>;
  customer_id: number;
  at: number;
  staff_id: number | null;
  note: Generated<string>;
}
