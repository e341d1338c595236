import type { WrongFile } from '../profile';

/** Loyverse's sales by item and by category. Source: facts/pos.md, public text. */
export const loyverseItemSummary: WrongFile = {
  id: 'loyverse-item-summary',
  till: 'Loyverse',
  headers: [
    { marks: ['Item name', 'Items sold', 'Cost of goods'], without: ['Receipt number'] },
    { marks: ['Item name', 'Items sold', 'Net sales', 'Items refunded'], without: ['Receipt number'] },
    { marks: ['Category', 'Items sold', 'Net sales', 'Cost of goods'], without: ['Receipt number', 'Item name'] },
  ],
  says: 'This is Loyverse’s summary by item or category: it has no receipts. Take Reports → Receipts → Export → “Receipts” or “Receipts by item”.',
};
