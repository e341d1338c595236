import type { WrongFile } from '../profile';

/** Square's sales summary by day: no receipts. Source: facts/pos.md, public text. */
export const squareSalesSummary: WrongFile = {
  id: 'square-sales-summary',
  till: 'Square',
  headers: [
    { marks: ['Gross Sales', 'Discounts & Comps', 'Total Collected'], without: ['Transaction ID', 'Payment ID'] },
    { marks: ['Gross Sales', 'Returns', 'Discounts & Comps', 'Net Sales'], without: ['Transaction ID', 'Payment ID'] },
  ],
  says: 'This is Square’s sales summary: sums without receipts. Take Reports → Transactions → Export → “Transactions CSV”.',
};
