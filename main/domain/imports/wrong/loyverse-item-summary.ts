import type { WrongFile } from '../profile';

/** Loyverse's sales by item. Source: facts/pos.md. */
export const loyverseItemSummary: WrongFile = {
  id: 'loyverse-item-summary',
  till: 'Loyverse',
  headers: [{ marks: ['Item name', 'Items sold', 'Net sales'], without: ['Receipt number'] }],
  says: 'This is Loyverse’s summary by item: it has no receipts. Take Reports → Receipts → Export → “Receipts” or “Receipts by item”.',
};
