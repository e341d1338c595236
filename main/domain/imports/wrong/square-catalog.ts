import type { WrongFile } from '../profile';

/** Square's item library. Source: facts/pos.md, public text. */
export const squareCatalog: WrongFile = {
  id: 'square-catalog',
  till: 'Square',
  headers: [
    { marks: ['Token', 'Item Name', 'SKU'], without: ['Transaction ID'] },
    { marks: ['Token', 'Item Name', 'Variation Name'], without: ['Transaction ID'] },
    { marks: ['Reference Handle', 'Item Name'], without: ['Transaction ID'] },
  ],
  says: 'This is Square’s item library: it has no sales. Take Reports → Transactions → Export → “Items detail CSV”.',
};
