import type { Profile } from '../../profile';

/**
 * Square "Items detail CSV": one row per line of a receipt, newest first; refunds are rows of their own with an id of their own.
 * Verified on exports of 2017 (24 columns), 2024 (32) and 2026 (33 and 35): gross + discounts = net on every row, no tips.
 * Source: facts/pos.md §1 (files seen).
 */
export const squareItems: Profile = {
  id: 'square-items',
  till: 'Square',
  title: 'Items detail',
  clicks: 'Square Dashboard → Reports → Transactions → Export → “Items detail CSV”',
  source: 'square',
  kind: 'sales',
  shape: 'line',
  marks: ['Price Point Name', 'Modifiers Applied', 'Itemization Type'],
  required: ['saleId', 'date', 'item', 'lineNet'],
  fields: {
    saleId: 'Transaction ID',
    paymentId: 'Payment ID',
    date: 'Date',
    time: 'Time',
    zone: 'Time Zone',
    event: 'Event Type',
    item: 'Item',
    variant: { parts: ['Price Point Name', 'Modifiers Applied'] },
    category: 'Category',
    sku: 'SKU',
    lineType: 'Itemization Type',
    quantity: 'Qty',
    lineGross: 'Gross Sales',
    lineDiscount: 'Discounts',
    lineNet: 'Net Sales',
    lineTax: 'Tax',
    cardLast4: 'PAN Suffix',
    channel: 'Channel',
    register: 'Device Name',
    staff: 'Employee',
    customerId: 'Customer ID',
  },
  refundWhen: { field: 'event', is: ['refund'] },
  giftCardWhen: { field: 'lineType', is: ['gift card', 'gift card sale'] },
  receiptFromPaymentId: 4,
};
