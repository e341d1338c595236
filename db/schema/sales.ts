import type { Generated } from 'kysely';

export interface ImportTable {
  id: Generated<number>;
  file_name: string;
  file_hash: string;
  file_size: number;
  profile: string;
  source: string;
  plan: string;
  state: 'previewing' | 'previewed' | 'committing' | 'done' | 'cancelled' | 'failed' | 'undone';
  counts: Generated<string>;
  first_sale_at: number | null;
  last_sale_at: number | null;
  staff_id: number | null;
  created_at: number;
  finished_at: number | null;
  undone_at: number | null;
}

export interface ImportChangeTable {
  import_id: number;
  seq: number;
  table_name: string;
  row_key: string;
  before: string | null;
}

export interface ColumnMappingTable {
  fingerprint: string;
  name: string;
  mapping: string;
  updated_at: number;
}

export interface SaleTable {
  id: Generated<number>;
  source: string;
  source_sale_id: string;
  receipt_no: string | null;
  kind: 'sale' | 'refund';
  status: 'completed' | 'refunded' | 'partially-refunded' | 'void' | 'cancelled' | 'failed' | 'pending' | 'open';
  occurred_at: number;
  shop_day: string;
  time_known: Generated<number>;
  customer_id: number | null;
  source_customer_id: string | null;
  currency: string;
  gross: number;
  discount: Generated<number>;
  net: number;
  tax: Generated<number>;
  tip: Generated<number>;
  shipping: Generated<number>;
  service_charge: Generated<number>;
  gift_card: Generated<number>;
  total: number | null;
  refunded: Generated<number>;
  discount_code: string | null;
  discount_label: string | null;
  payment_methods: Generated<string>;
  card_last4: string | null;
  channel: string | null;
  register: string | null;
  staff_name: string | null;
  is_gift: Generated<number>;
  lines_hash: string | null;
  totals_hash: string | null;
  import_id: number;
}

export interface SaleLineTable {
  sale_id: number;
  line_no: number;
  name: string;
  variant: Generated<string>;
  category: Generated<string>;
  sku: Generated<string>;
  qty_milli: number;
  gross: number;
  discount: Generated<number>;
  net: number;
  tax: Generated<number>;
}
