import type { Profile } from '../../profile';

/**
 * Loyverse "Receipts by item": one row per line of a receipt, 23 columns (2026), 22 where the shop has no dining options. Signs,
 * dates, contacts and numbers as in "Receipts", with which it merges. It cannot tell a tax inside the price from one on top: alone it
 * counts it on top, "Receipts" corrects that. Source: facts/pos.md §5.
 */
export const loyverseItems: Profile = {
  id: 'loyverse-items',
  till: 'Loyverse',
  title: 'Receipts by item',
  clicks: 'Loyverse Back Office → Reports → Receipts → Export → “Receipts by item”',
  source: 'loyverse',
  kind: 'sales',
  shape: 'line',
  marks: ['Receipt type', 'Modifiers applied', 'Cost of goods', 'Cashier name', 'Customer contacts', 'Quantity'],
  required: ['receiptNo', 'register', 'date', 'item', 'lineNet'],
  fields: {
    saleId: { parts: ['Store', 'POS', 'Receipt number'] },
    receiptNo: 'Receipt number',
    date: 'Date',
    event: 'Receipt type',
    status: 'Status',
    item: 'Item',
    variant: { parts: ['Variant', 'Modifiers applied'] },
    category: 'Category',
    sku: 'SKU',
    quantity: 'Quantity',
    lineGross: 'Gross sales',
    lineDiscount: 'Discounts',
    lineNet: 'Net sales',
    lineTax: 'Taxes',
    channel: 'Dining option',
    register: 'POS',
    staff: 'Cashier name',
    contact: 'Customer contacts',
    fullName: 'Customer name',
  },
  refundWhen: { field: 'event', is: ['refund'] },
};
