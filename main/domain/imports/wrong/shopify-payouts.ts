import type { WrongFile } from '../profile';

/** Shopify Payments: payouts to the bank, and the payments behind them. Source: facts/pos.md, public text. */
export const shopifyPayouts: WrongFile = {
  id: 'shopify-payouts',
  till: 'Shopify',
  headers: [
    { marks: ['Payout Date', 'Charges', 'Adjustments', 'Fees', 'Total'] },
    { marks: ['Transaction Date', 'Payout Status', 'Payout Date', 'Order'] },
  ],
  says: 'These are payouts of Shopify Payments to your bank, not the orders. In Shopify take Orders → Export → “Plain CSV file” (and Customers → Export for people).',
};
