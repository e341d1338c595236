import type { Generated } from 'kysely';

export interface ReceiptLinkTable {
  id: Generated<number>;
  customer_id: number;
  receipt_no: string | null;
  origin: 'redeem' | 'sign-up' | 'here' | 'person' | 'offered';
  redemption_id: number | null;
  at: number;
  staff_id: number | null;
  auto: number;
  state: 'waiting' | 'linked';
  sale_id: number | null;
  source: string | null;
  source_customer_id: string | null;
  identity_before: string | null;
  redemption_tied: Generated<number>;
  linked_at: number | null;
  linked_by: number | null;
  import_id: number | null;
}

export interface ReceiptLinkSaleTable {
  link_id: number;
  sale_id: number;
  was_customer_id: number | null;
}

export interface SaleNotTheirsTable {
  customer_id: number;
  sale_id: number;
  at: number;
  staff_id: number | null;
}
