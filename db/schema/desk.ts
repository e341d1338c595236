import type { Generated } from 'kysely';

export interface CustomerSizeTable {
  customer_id: number;
  kind: string;
  value: string;
  updated_at: number;
  staff_id: number | null;
}

export interface CustomerWishTable {
  id: Generated<number>;
  customer_id: number;
  item: string;
  item_key: string;
  size: Generated<string>;
  under: number | null;
  state: Generated<'open' | 'fulfilled' | 'dropped'>;
  created_at: number;
  staff_id: number | null;
  closed_at: number | null;
  closed_by: number | null;
  source: Generated<'asked' | 'left'>;
  missing: Generated<'' | 'size' | 'colour' | 'stock' | 'price' | 'other'>;
  told_at: number | null;
  told_in: number | null;
}
