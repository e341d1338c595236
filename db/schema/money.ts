/** Margins by the till's own names (migration 0420). */
export interface MarginTable {
  kind: 'category' | 'item';
  name: string;
  basis_points: number;
  updated_at: number;
}

/** What a discount of the till means. */
export interface TillDiscountTable {
  name: string;
  meaning: 'text' | 'other';
  offer_id: number | null;
  updated_at: number;
}

/** A difference of the till check somebody has looked into. */
export interface TillSettledTable {
  sale_id: number;
  why: 'forgotten' | 'by-hand' | 'mistake' | 'other';
  at: number;
  staff_id: number | null;
}
