import type { Generated } from 'kysely';

export interface DeliveryTable {
  id: Generated<number>;
  name: string;
  state: Generated<'open' | 'telling' | 'told'>;
  body_en: Generated<string>;
  body_es: Generated<string>;
  campaign_id: number | null;
  made_at: number;
  made_by: number | null;
  updated_at: number;
  told_at: number | null;
}

export interface DeliveryLineTable {
  delivery_id: number;
  line_no: number;
  item: string;
  item_key: string;
  size: Generated<string>;
  price: number | null;
  barcode: Generated<string>;
  qty: Generated<number>;
}

export interface DeliveryWishTable {
  delivery_id: number;
  wish_id: number;
  customer_id: number;
  line_no: number;
  outcome: 'text' | 'left-out';
  reason: string | null;
}
