import type { Profile } from '../../profile';

/**
 * Toast "OrderDetails.csv": one row per order. `Amount` is after discounts and before tax, `Total` has tip and gratuity in it. Times
 * are the restaurant's own, without a zone; ids have 18 digits and stay text. Source: facts/pos.md §4.
 */
export const toastOrders: Profile = {
  id: 'toast-orders',
  till: 'Toast',
  title: 'OrderDetails',
  clicks: 'Toast Web → Reports → Settings → Data exports → the day’s folder → “OrderDetails.csv”',
  source: 'toast',
  kind: 'sales',
  shape: 'receipt',
  marks: ['# of Guests', 'Revenue Center', 'Duration (Opened to Paid)', 'Tab Names', 'Order Source'],
  required: ['saleId', 'date', 'net'],
  fields: {
    saleId: 'Order Id',
    receiptNo: 'Order #',
    date: 'Opened',
    void: 'Voided',
    discount: 'Discount Amount',
    net: 'Amount',
    tax: 'Tax',
    tip: { sum: ['Tip', 'Gratuity'] },
    total: 'Total',
    channel: 'Order Source',
    staff: 'Server',
  },
  voidWhen: { field: 'void', is: ['true', 'yes', '1'] },
  dateOrder: 'mdy',
};
