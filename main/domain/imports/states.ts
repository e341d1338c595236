export type SaleStatus = 'completed' | 'refunded' | 'partially-refunded' | 'void' | 'cancelled' | 'failed' | 'pending' | 'open';

/** Words tills use for the state of a sale (facts/pos.md), lower case. Only completed and refunded ones count as takings. */
const WORDS: Readonly<Record<string, SaleStatus>> = {
  complete: 'completed',
  completed: 'completed',
  captured: 'completed',
  closed: 'completed',
  paid: 'completed',
  processing: 'completed',
  approved: 'completed',
  success: 'completed',
  refunded: 'refunded',
  'fully refunded': 'refunded',
  partially_refunded: 'partially-refunded',
  'partially refunded': 'partially-refunded',
  void: 'void',
  voided: 'void',
  canceled: 'cancelled',
  cancelled: 'cancelled',
  failed: 'failed',
  fail: 'failed',
  declined: 'failed',
  denied: 'failed',
  pending: 'pending',
  authorized: 'pending',
  'on-hold': 'pending',
  open: 'open',
  draft: 'open',
  parked: 'open',
  layby: 'open',
};

/** Null = a word we do not know: the row is kept as completed and the word reported, so that a till's new word never hides sales. */
export const saleStatus = (text: string): SaleStatus | null => WORDS[text.toLowerCase()] ?? null;

export const counts = (s: SaleStatus): boolean => s === 'completed' || s === 'refunded' || s === 'partially-refunded';
