export interface SaleCreditTable {
  sale_id: number;
  campaign_id: number;
  customer_id: number | null;
  kind: 'direct' | 'influenced';
  net: number;
}

/** Migration 400. */
export interface CreditTodoTable {
  what: 'import' | 'code' | 'sale' | 'person' | 'every-code' | 'every-credit' | 'everybody';
  id: number;
}
