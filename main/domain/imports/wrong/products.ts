import type { WrongFile } from '../profile';

/** WooCommerce's product export. Source: facts/pos.md. */
export const products: WrongFile = {
  id: 'products',
  till: 'WooCommerce',
  headers: [{ marks: ['Regular price', 'In stock?'] }],
  says: 'This is a list of products: it has no sales. Export orders or customers instead.',
};
