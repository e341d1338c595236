import type { WrongFile } from '../profile';

/** Shopify's inventory. Source: facts/pos.md, public text. */
export const shopifyInventory: WrongFile = {
  id: 'shopify-inventory',
  till: 'Shopify',
  headers: [{ marks: ['SKU', 'Location', 'On hand (current)'] }, { marks: ['Handle', 'Title', 'Committed (not editable)'] }],
  says: 'This is Shopify’s inventory: it has no sales. In Shopify take Orders → Export → “Plain CSV file” (and Customers → Export for people).',
};
