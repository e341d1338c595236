import type { Profile, WrongFile } from '../profile';
import { squareCustomers } from './square-customers';
import { squareItems } from './square-items';
import { squareTransactions } from './square-transactions';

/** Every export we can read without asking. Adding a till: one file here, one line in this list. */
export const PROFILES: readonly Profile[] = [squareItems, squareTransactions, squareCustomers];

/**
 * Exports without receipts, by names only they have (facts/pos.md): better a word about the right file than a mapping table.
 * Order matters: the first whose marks are all there wins.
 */
export const WRONG_FILES: readonly WrongFile[] = [
  { id: 'square-catalog', till: 'Square', marks: ['Token', 'Item Name', 'SKU'] },
  { id: 'square-catalog', till: 'Square', marks: ['Reference Handle', 'Item Name'] },
  { id: 'square-item-summary', till: 'Square', marks: ['Item Name', 'Items Sold', 'Gross Sales'], without: ['Transaction ID'] },
  { id: 'square-item-summary', till: 'Square', marks: ['Item', 'Items Sold', 'Net Sales'], without: ['Transaction ID'] },
  { id: 'square-deposits', till: 'Square', marks: ['Deposit ID', 'Deposit Date'], without: ['Net Sales', 'Total Collected'] },
  { id: 'square-transfers', till: 'Square', marks: ['Transfer ID', 'Transfer Date'] },
  { id: 'loyverse-item-summary', till: 'Loyverse', marks: ['Item name', 'Items sold', 'Net sales'], without: ['Receipt number'] },
  { id: 'toast-summary', till: 'Toast', marks: ['yyyyMMdd', 'Net sales'] },
  { id: 'sumup-statement', till: 'SumUp', marks: ['employees.list.columns.status'] },
  { id: 'accounting', till: '', marks: ['Voucher Nb.', 'Cpt_debit'] },
  { id: 'products', till: 'WooCommerce', marks: ['Regular price', 'In stock?'] },
];
