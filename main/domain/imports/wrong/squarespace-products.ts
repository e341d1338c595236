import type { WrongFile } from '../profile';

/** Squarespace products. Source: facts/pos.md, public text. */
export const squarespaceProducts: WrongFile = {
  id: 'squarespace-products',
  till: 'Squarespace',
  headers: [{ marks: ['Product ID [Non Editable]', 'Variant ID [Non Editable]'] }],
  says: 'This is Squarespace’s list of products: it has no sales. Take Commerce → Orders → Download CSV.',
};
