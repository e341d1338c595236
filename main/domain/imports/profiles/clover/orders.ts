import type { Profile } from '../../profile';

/**
 * Clover "Orders" export: one row per order, 23 columns (2023). The total includes tax and service charge and leaves the tip out
 * (30.00 + 3.56 tax = 33.56, tip 8.39 beside it); refunds are two columns of amounts on the order, no rows of their own. Times carry
 * a zone abbreviation, which is ambiguous: the shop's zone is taken. An order listed twice is one order. Nobody is named.
 * Source: facts/pos.md §3.
 */
export const cloverOrders: Profile = {
  id: 'clover-orders',
  till: 'Clover',
  title: 'Orders',
  clicks: 'Clover Dashboard → Transactions → Orders → choose the dates → Export',
  source: 'clover',
  kind: 'sales',
  shape: 'receipt',
  marks: ['Order Payment State', 'Manual Refunds Total', 'Payments Total', 'Refunds Total', 'Credit Card Transaction ID'],
  required: ['saleId', 'date', 'total'],
  fields: {
    saleId: 'Order ID',
    receiptNo: ['Order Number', 'Invoice Number'],
    date: 'Order Date',
    status: 'Order Payment State',
    currency: 'Currency',
    discount: 'Discount',
    tax: 'Tax Amount',
    tip: 'Tip',
    serviceCharge: 'Service Charge',
    total: 'Order Total',
    refunded: { sum: ['Refunds Total', 'Manual Refunds Total'] },
    paymentMethod: 'Tender',
    channel: 'Order Type',
    staff: 'Order Employee Name',
  },
  states: {
    'partially paid': 'open',
    'manually refunded': 'refunded',
    credited: 'refunded',
  },
  totalWithout: ['tip'],
};
