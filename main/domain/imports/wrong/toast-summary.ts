import type { WrongFile } from '../profile';

/** Toast's daily summary, with a date pattern for a header. Source: facts/pos.md. */
export const toastSummary: WrongFile = {
  id: 'toast-summary',
  till: 'Toast',
  headers: [{ marks: ['yyyyMMdd', 'Net sales'] }],
  says: 'This is Toast’s daily summary: it has no orders. Take the data export’s “OrderDetails” or “ItemSelectionDetails”.',
};
