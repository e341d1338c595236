import type { WrongFile } from '../profile';

/** Clover's inventory. Source: facts/pos.md, public text. */
export const cloverInventory: WrongFile = {
  id: 'clover-inventory',
  till: 'Clover',
  headers: [{ marks: ['Clover ID', 'Name', 'Price'], without: ['Order ID', 'Customer ID'] }],
  says: 'This is Clover’s inventory: it has no sales. Take Transactions → Orders → Export, and Customers → Export for people.',
};
