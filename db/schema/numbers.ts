export interface PhoneFactTable {
  phone: string;
  kind: 'mobile' | 'landline' | 'voip' | 'toll-free' | 'invalid' | null;
  kind_how: 'learned' | 'look-up' | 'owner' | null;
  kind_at: number | null;
  problem: string | null;
  problem_at: number | null;
  proven_at: number | null;
  looked_up_at: number | null;
  forgiven_at: number | null;
}

export interface ForeignTextTable {
  sid: string;
  at: number;
  ours: number;
  alike: number;
}

export interface CarrierRequestTable {
  day: string;
  kind: 'send' | 'list' | 'fetch' | 'other';
  n: number;
}
