import type { Profile } from '../../profile';

/**
 * WooCommerce orders by "Advanced Order Export" (AlgolPlus), one row per item with the order's columns repeated on each and no total
 * of the order: it is the sum of its lines. What came back stands on the line, tax included. Source: facts/pos.md §7 (header).
 */
export const woocommerceOrderLines: Profile = {
  id: 'woocommerce-order-lines',
  till: 'WooCommerce',
  title: 'Orders by item (Advanced Order Export)',
  clicks: 'WordPress admin → WooCommerce → Export Orders → format CSV → Export',
  source: 'woocommerce',
  kind: 'sales',
  shape: 'line',
  marks: ['Order Line (w/o tax)', 'Order Line Tax', 'Order Line Total Refunded', 'Quantity (- Refund)', 'First Name (Billing)'],
  required: ['saleId', 'date', 'item', 'lineNet'],
  fields: {
    saleId: 'Order Number',
    receiptNo: 'Order Number',
    date: 'Order Date',
    status: 'Order Status',
    item: 'Name',
    variant: 'Product Variation',
    sku: 'SKU',
    quantity: 'Quantity',
    lineNet: 'Order Line (w/o tax)',
    lineTax: 'Order Line Tax',
    lineRefunded: 'Order Line Total Refunded',
    firstName: 'First Name (Billing)',
    lastName: 'Last Name (Billing)',
    company: 'Company (Billing)',
    email: 'Email (Billing)',
    phone: 'Phone (Billing)',
    street: 'Address 1&2 (Billing)',
    city: 'City (Billing)',
    region: 'State Code (Billing)',
    postalCode: 'Postcode (Billing)',
    country: 'Country Code (Billing)',
  },
};
