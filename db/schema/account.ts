export interface AccountLookTable {
  id: number;
  view: string | null;
  looked_at: number | null;
  tried_at: number;
  failed_code: string | null;
  failed_number: number | null;
  learnt: string | null;
}

export interface AccountRefusalTable {
  code: number;
  texts: number;
  first_at: number;
  last_at: number;
}

export interface AccountUsageTable {
  month: string;
  category: string;
  count: number;
  usage: number;
  unit: string;
  price: number;
  currency: string;
  read_at: number;
}
