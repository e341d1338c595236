import type { WrongFile } from '../profile';

/** Stripe's payouts to the bank. Source: facts/pos.md, public text. */
export const stripePayouts: WrongFile = {
  id: 'stripe-payouts',
  till: 'Stripe',
  headers: [
    { marks: ['Arrival Date (UTC)', 'Destination'], without: ['Customer Email'] },
    { marks: ['payout_id', 'payout_status'], without: ['customer_email'] },
    { marks: ['payout_id', 'payout_expected_arrival_date'], without: ['customer_email'] },
  ],
  says: 'These are Stripe’s payouts to your bank: no sales. Take Payments → Export (all columns) instead.',
};
