import type { Profile } from '../../profile';

/**
 * Toast "PaymentDetails.csv": one row per payment of an order (42 columns, 43 with `Location`). `Paid Date` has two-digit and
 * `Void Date` four-digit years in one file. Voided and denied payments moved no money. E-mail and phone are those the guest left for
 * the receipt, phones in three shapes. There is no tax column, so orders and items speak for the amounts first.
 * Source: facts/pos.md §4.
 */
export const toastPayments: Profile = {
  id: 'toast-payments',
  till: 'Toast',
  title: 'PaymentDetails',
  clicks: 'Toast Web → Reports → Settings → Data exports → the day’s folder → “PaymentDetails.csv”',
  source: 'toast',
  kind: 'sales',
  shape: 'payment',
  marks: ['House Acct #', 'Swiped Card Amount', 'Void Approver', 'V/MC/D Fees', 'Refund Tip Amount', 'Amount Tendered'],
  required: ['saleId', 'date', 'total'],
  fields: {
    saleId: 'Order Id',
    paymentId: 'Payment Id',
    receiptNo: 'Order #',
    date: ['Paid Date', 'Order Date'],
    status: 'Status',
    tip: { sum: ['Tip', 'Gratuity'] },
    total: 'Total',
    refunded: 'Refund Amount',
    paymentMethod: 'Type',
    cardLast4: 'Last 4 Card Digits',
    channel: 'Source',
    register: 'Cash Drawer',
    staff: 'Server',
    email: 'Email',
    phone: 'Phone',
  },
  // a card is authorized at the table and captured at night: sold either way
  states: { authorized: 'completed', capture_in_progress: 'completed' },
  rank: 1,
  dateOrder: 'mdy',
};
