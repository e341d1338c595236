import type { Profile } from '../../profile';

/**
 * WooCommerce Analytics → Orders: net revenue only (no tax, no shipping), items as one text (`1× Hat, 2× Scarf`), coupon codes, the
 * customer by name alone. It speaks only where the plugins' fuller exports are silent. Source: facts/pos.md §7 (names; order of the
 * columns from memory).
 */
export const woocommerceAnalytics: Profile = {
  id: 'woocommerce-analytics',
  till: 'WooCommerce',
  title: 'Analytics: orders',
  clicks: 'WordPress admin → Analytics → Orders → choose the dates → Download',
  source: 'woocommerce',
  kind: 'sales',
  shape: 'receipt',
  rank: 2,
  marks: ['N. Revenue', 'N. Revenue (formatted)', 'Product(s)', 'Coupon(s)', 'Customer type', 'Order #'],
  required: ['saleId', 'date', 'net'],
  fields: {
    saleId: 'Order #',
    receiptNo: 'Order #',
    date: 'Date',
    status: 'Status',
    net: ['N. Revenue', 'N. Revenue (formatted)'],
    discountCode: 'Coupon(s)',
    channel: 'Attribution',
    itemsText: 'Product(s)',
  },
  itemsText: { field: 'itemsText', form: 'quantity-x-name' },
};
