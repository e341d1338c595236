import type { WrongFile } from '../profile';

/** Wix Stores products. Source: facts/pos.md, public text. */
export const wixProducts: WrongFile = {
  id: 'wix-products',
  till: 'Wix',
  headers: [{ marks: ['handleId', 'fieldType', 'productImageUrl'] }],
  says: 'This is Wix’s list of products: it has no sales. Take Orders → More Actions → Export Orders.',
};
