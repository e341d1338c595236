import type { Profile } from '../../profile';

/**
 * Clover "Payments" export: one row per payment, 30 columns (2023), tied to the order by its id. Rows with Result = FAIL moved no
 * money. The amount includes tax and service charge, not the tip. The only sign of the buyer is a name, often the one on the card:
 * a name alone never makes or finds a person, so that column is not read. Source: facts/pos.md §3.
 */
export const cloverPayments: Profile = {
  id: 'clover-payments',
  till: 'Clover',
  title: 'Payments',
  clicks: 'Clover Dashboard → Transactions → Payments → choose the dates → Export',
  source: 'clover',
  kind: 'sales',
  shape: 'payment',
  marks: ['External Payment ID', 'Result', 'Payment Employee Name', '# Refunds', 'Card Entry Type', 'Service Charge Amount'],
  required: ['saleId', 'date', 'total'],
  fields: {
    saleId: 'Order ID',
    paymentId: 'Payment ID',
    date: 'Payment Date',
    status: 'Result',
    currency: 'Currency',
    tax: 'Tax Amount',
    tip: 'Tip Amount',
    serviceCharge: 'Service Charge Amount',
    total: 'Amount',
    refunded: 'Refund Amount',
    paymentMethod: 'Tender',
    cardLast4: 'Card Number',
    register: 'Device',
    staff: 'Payment Employee Name',
  },
  totalWithout: ['tip'],
};
