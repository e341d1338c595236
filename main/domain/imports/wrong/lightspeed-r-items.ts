import type { WrongFile } from '../profile';

/** Lightspeed R-Series items and inventory. Source: facts/pos.md, public text. */
export const lightspeedRItems: WrongFile = {
  id: 'lightspeed-r-items',
  till: 'Lightspeed R-Series',
  headers: [{ marks: ['System ID', 'Custom SKU', 'Manufact. SKU'], without: ['Sale ID', 'Transaction ID'] }],
  says: 'This is Lightspeed’s list of items: it has no sales. Take Reports → Sales → Transactions (or Lines) → Export CSV and say what its columns mean.',
};
