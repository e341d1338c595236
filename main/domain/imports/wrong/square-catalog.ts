import type { WrongFile } from '../profile';

/** Square's item library. Source: facts/pos.md. */
export const squareCatalog: WrongFile = {
  id: 'square-catalog',
  till: 'Square',
  headers: [{ marks: ['Token', 'Item Name', 'SKU'] }, { marks: ['Reference Handle', 'Item Name'] }],
  says: 'This is Square’s item library: it has no sales. Take Reports → Transactions → Export → “Items detail CSV”.',
};
