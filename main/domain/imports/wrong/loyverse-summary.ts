import type { WrongFile } from '../profile';

/** Loyverse's sales summary by day and by employee: no receipts. Source: facts/pos.md, public text. */
export const loyverseSummary: WrongFile = {
  id: 'loyverse-summary',
  till: 'Loyverse',
  headers: [
    {
      marks: ['Gross sales', 'Refunds', 'Net sales', 'Cost of goods', 'Gross profit', 'Margin'],
      without: ['Receipt number', 'Item name', 'Items sold'],
    },
  ],
  says: 'This is Loyverse’s sales summary: it has no receipts. Take Reports → Receipts → Export → “Receipts” or “Receipts by item”.',
};
