import type { Profile } from '../../profile';

/**
 * Stripe "All transactions" of the balance: charges and refunds among payouts, reserves, fees and transfers, in UTC. A refund is a row
 * of its own and does not name its charge. Names and e-mails stand in `… (metadata)` columns, if the shop's software wrote them.
 * Source: facts/pos.md §6 (file seen).
 */
export const stripeBalance: Profile = {
  id: 'stripe-balance',
  till: 'Stripe',
  title: 'All transactions',
  clicks: 'Stripe Dashboard → Balances → All transactions → Export. “Payments” → Export tells more about customers',
  source: 'stripe-balance',
  kind: 'sales',
  shape: 'payment',
  marks: ['Available On (UTC)', 'Customer Facing Amount', 'Destination Platform Fee', 'Transfer Date (UTC)', 'Source'],
  required: ['saleId', 'date', 'event', 'total'],
  fields: {
    saleId: 'Source',
    paymentId: 'id',
    date: ['Created (UTC)', 'Created date (UTC)'],
    event: 'Type',
    currency: 'Currency',
    total: 'Amount',
    email: { ends: 'email (metadata)' },
    firstName: { ends: 'first_name (metadata)' },
    lastName: { ends: 'last_name (metadata)' },
    postalCode: { ends: 'postal_code (metadata)' },
    city: { ends: 'city (metadata)' },
  },
  ignoreWhen: { field: 'event', not: ['charge', 'payment', 'refund', 'payment_refund', 'payment_failure_refund'] },
  refundWhen: { field: 'event', is: ['refund', 'payment_refund', 'payment_failure_refund'] },
  utc: true,
  notWith: ['stripe-payments', 'stripe-itemised'],
};
