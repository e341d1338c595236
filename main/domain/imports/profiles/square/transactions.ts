import type { Profile } from '../../profile';

/**
 * Square "Transactions CSV": one row per payment or refund. `Card` and `Cash` are amounts, `Total Collected` includes tax, tip
 * and gift cards, `Net Sales` does not. Verified on exports of 2017 (37 columns), 2018 (44), 2022 (41, picked) and 2025–26 (55);
 * `Other Tender Note` became `Tender Note`. Source: facts/pos.md §1.
 */
export const squareTransactions: Profile = {
  id: 'square-transactions',
  till: 'Square',
  title: 'Transactions',
  clicks: 'Square Dashboard → Reports → Transactions → Export → “Transactions CSV”',
  source: 'square',
  kind: 'sales',
  shape: 'payment',
  marks: ['Total Collected', 'Net Total', 'Card Entry Methods', 'Partial Refunds', 'Other Tender Type'],
  required: ['saleId', 'date', 'net'],
  fields: {
    saleId: 'Transaction ID',
    paymentId: 'Payment ID',
    date: 'Date',
    time: 'Time',
    zone: 'Time Zone',
    event: 'Event Type',
    status: 'Transaction Status',
    gross: 'Gross Sales',
    discount: 'Discounts',
    net: 'Net Sales',
    tax: 'Tax',
    tip: 'Tip',
    serviceCharge: 'Service Charges',
    giftCard: 'Gift Card Sales',
    refunded: 'Partial Refunds',
    total: 'Total Collected',
    discountLabel: 'Discount Name',
    cardLast4: 'PAN Suffix',
    channel: 'Channel',
    register: 'Device Name',
    staff: 'Staff Name',
    customerId: 'Customer ID',
  },
  tenders: { Card: 'card', Cash: 'cash', 'Square Gift Card': 'gift card', 'Cash App': 'Cash App', 'Other Tender': 'other' },
  refundWhen: { field: 'event', is: ['refund'] },
  refundedMayInform: true,
  receiptFromPaymentId: 4,
};
