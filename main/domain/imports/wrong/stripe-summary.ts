import type { WrongFile } from '../profile';

/** Stripe's balance summaries: sums by kind. Source: facts/pos.md, public text. */
export const stripeSummary: WrongFile = {
  id: 'stripe-summary',
  till: 'Stripe',
  headers: [
    { marks: ['reporting_category', 'count', 'gross', 'fee', 'net'], without: ['balance_transaction_id'] },
    { marks: ['category', 'description', 'net_amount', 'currency'], without: ['balance_transaction_id'] },
  ],
  says: 'This is Stripe’s balance summary: sums without payments. Take Payments → Export (all columns) instead.',
};
