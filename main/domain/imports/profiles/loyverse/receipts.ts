import type { Profile } from '../../profile';

/**
 * Loyverse "Receipts": one row per receipt, 19 columns (2026). Dates follow the account's language, money has no sign and two or
 * three decimals, times are the shop's. Refunds are receipts of their own whose sign differs from file to file: the type decides.
 * `Customer contacts` is one free cell, a phone or an e-mail. A number is unique within a register of a store only.
 * Source: facts/pos.md §5.
 */
export const loyverseReceipts: Profile = {
  id: 'loyverse-receipts',
  till: 'Loyverse',
  title: 'Receipts',
  clicks: 'Loyverse Back Office → Reports → Receipts → Export → “Receipts”',
  source: 'loyverse',
  kind: 'sales',
  shape: 'receipt',
  marks: ['Receipt type', 'Total collected', 'Cost of goods', 'Cashier name', 'Customer contacts', 'Payment type'],
  required: ['receiptNo', 'register', 'date', 'net'],
  fields: {
    saleId: { parts: ['Store', 'POS', 'Receipt number'] },
    receiptNo: 'Receipt number',
    date: 'Date',
    event: 'Receipt type',
    status: 'Status',
    gross: 'Gross sales',
    discount: 'Discounts',
    net: 'Net sales',
    tax: 'Taxes',
    total: 'Total collected',
    itemsText: 'Description',
    paymentMethod: 'Payment type',
    channel: 'Dining option',
    register: 'POS',
    staff: 'Cashier name',
    contact: 'Customer contacts',
    fullName: 'Customer name',
  },
  itemsText: { field: 'itemsText', form: 'quantity-x-name' },
  refundWhen: { field: 'event', is: ['refund'] },
  taxIncluded: 'infer',
};
