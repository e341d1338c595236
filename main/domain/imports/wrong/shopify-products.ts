import type { WrongFile } from '../profile';

/** Shopify's products, in the form of both 2012–24 and 2025. Source: facts/pos.md, public text. */
export const shopifyProducts: WrongFile = {
  id: 'shopify-products',
  till: 'Shopify',
  headers: [
    { marks: ['Handle', 'Body (HTML)', 'Vendor'] },
    { marks: ['Handle', 'Variant SKU', 'Variant Price'] },
    { marks: ['URL handle', 'Option1 name', 'Published on online store'] },
  ],
  says: 'This is Shopify’s list of products: it has no sales. In Shopify take Orders → Export → “Plain CSV file” (and Customers → Export for people).',
};
