import type { WrongFile } from '../profile';

/** Square's item and category sales: sums without receipts. Source: facts/pos.md, public text. */
export const squareItemSummary: WrongFile = {
  id: 'square-item-summary',
  till: 'Square',
  headers: [
    { marks: ['Item', 'Items Sold', 'Net Sales'], without: ['Transaction ID'] },
    { marks: ['Item Name', 'Items Sold', 'Gross Sales'], without: ['Transaction ID', 'Cost of goods', 'Gross profit'] },
    { marks: ['Items Sold', 'Discounts & Comps'], without: ['Transaction ID'] },
    { marks: ['Category', 'Items Sold', 'Net Sales'], without: ['Transaction ID', 'Cost of goods', 'Gross profit', 'Item', 'Item Name'] },
  ],
  says: 'This is Square’s summary by item or category: it has no receipts. Take Reports → Transactions → Export → “Items detail CSV”.',
};
