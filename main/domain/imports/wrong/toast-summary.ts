import type { WrongFile } from '../profile';

/** Toast's daily summary, with a date pattern for a header. Source: facts/pos.md, public text. */
export const toastSummary: WrongFile = {
  id: 'toast-summary',
  till: 'Toast',
  headers: [{ marks: ['yyyyMMdd', 'Net sales'] }],
  says: 'This is Toast’s daily summary: it has no orders. Take Reports → Settings → Data exports → “OrderDetails.csv” or “ItemSelectionDetails.csv”.',
};
