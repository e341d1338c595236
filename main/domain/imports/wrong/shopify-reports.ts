import type { WrongFile } from '../profile';

/** Shopify's sales reports: sums per day, product or place. Source: facts/pos.md, public text. */
export const shopifyReports: WrongFile = {
  id: 'shopify-reports',
  till: 'Shopify',
  headers: [
    {
      marks: ['Gross sales', 'Discounts', 'Returns', 'Net sales', 'Total sales'],
      without: ['Order name', 'Order ID', 'Order', 'Transaction ID', 'Receipt number'],
    },
    { marks: ['Product title', 'Net quantity', 'Gross sales'], without: ['Order name', 'Order ID'] },
    { marks: ['Product title', 'Net items sold', 'Gross sales'], without: ['Order name', 'Order ID'] },
  ],
  says: 'This is one of Shopify’s sales reports: sums without orders. In Shopify take Orders → Export → “Plain CSV file” (and Customers → Export for people).',
};
