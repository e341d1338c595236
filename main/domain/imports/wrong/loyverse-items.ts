import type { WrongFile } from '../profile';

/** Loyverse's list of items. Source: facts/pos.md, public text. */
export const loyverseItemList: WrongFile = {
  id: 'loyverse-items',
  till: 'Loyverse',
  headers: [
    { marks: ['Handle', 'Sold by weight', 'Track stock'], without: ['Receipt number'] },
    { marks: ['Handle', 'Sold by weight', 'Option 1 name'], without: ['Receipt number'] },
  ],
  says: 'This is Loyverse’s list of items: it has no sales. Take Reports → Receipts → Export → “Receipts” or “Receipts by item”.',
};
