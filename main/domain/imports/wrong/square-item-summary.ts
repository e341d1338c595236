import type { WrongFile } from '../profile';

/** Square's item sales summary. Source: facts/pos.md. */
export const squareItemSummary: WrongFile = {
  id: 'square-item-summary',
  till: 'Square',
  headers: [
    { marks: ['Item Name', 'Items Sold', 'Gross Sales'], without: ['Transaction ID'] },
    { marks: ['Item', 'Items Sold', 'Net Sales'], without: ['Transaction ID'] },
  ],
  says: 'This is Square’s summary by item: it has no receipts. Take Reports → Transactions → Export → “Items detail CSV”.',
};
