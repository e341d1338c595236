import type { Profile } from '../../profile';

/**
 * Stripe "Payments" export (51 columns of 2019–20; later ones say `Created date (UTC)`): one row per charge, in UTC, the currency in
 * small letters, amounts with the decimal sign of the account's language. A refund is an amount on its charge. Charges never
 * captured took no money; `Tax` is tax on Stripe's fee, not on the goods. Source: facts/pos.md §6.
 */
export const stripePayments: Profile = {
  id: 'stripe-payments',
  till: 'Stripe',
  title: 'Payments',
  clicks: 'Stripe Dashboard → Transactions → Payments → Export → all columns → Export',
  source: 'stripe',
  kind: 'sales',
  shape: 'payment',
  marks: ['Seller Message', 'Amount Refunded', 'Captured', 'Card Funding', 'PaymentIntent ID', 'Statement Descriptor'],
  required: ['saleId', 'date', 'total'],
  fields: {
    saleId: 'id',
    paymentId: 'id',
    date: ['Created (UTC)', 'Created date (UTC)'],
    status: 'Status',
    void: 'Captured',
    currency: 'Currency',
    total: 'Amount',
    refunded: 'Amount Refunded',
    discountCode: { ends: 'coupon (metadata)' },
    paymentMethod: ['Payment Source Type', 'Card Funding'],
    cardLast4: 'Card Last4',
    channel: 'Statement Descriptor',
    customerId: 'Customer ID',
    email: 'Customer Email',
    fullName: 'Card Name',
  },
  voidWhen: { field: 'void', is: ['false', 'no'] },
  utc: true,
  notWith: ['stripe-balance', 'stripe-itemised'],
};
