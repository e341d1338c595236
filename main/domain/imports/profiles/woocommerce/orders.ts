import type { Profile } from '../../profile';

/**
 * WooCommerce orders by the WebToffee export and the "Import Export Suite": one row per order, its items side by side in as many
 * `Product Item n …` columns as the longest order needs. Column names never change, their order does. Guests have customer id 0.
 * The total holds tax, shipping and fees. Source: facts/pos.md §7 (header and vendor's documentation).
 */
export const woocommerceOrders: Profile = {
  id: 'woocommerce-orders',
  till: 'WooCommerce',
  title: 'Orders (Import Export Suite)',
  clicks: 'WordPress admin → WebToffee Import Export → Export → “Order” → all columns → Export as CSV',
  source: 'woocommerce',
  kind: 'sales',
  shape: 'receipt',
  rank: 3,
  marks: ['order_id', 'billing_email', 'order_subtotal', 'wt_import_key', 'coupon_items', 'download_permissions'],
  required: ['saleId', 'date', 'total'],
  fields: {
    saleId: ['order_number', 'order_id'],
    receiptNo: ['order_number', 'order_id'],
    date: 'order_date',
    status: 'status',
    currency: 'order_currency',
    discount: 'discount_total',
    shipping: 'shipping_total',
    serviceCharge: 'fee_total',
    tax: 'tax_total',
    total: 'order_total',
    discountCode: 'coupon_items',
    paymentMethod: ['payment_method_title', 'payment_method'],
    customerId: 'customer_id',
    firstName: 'billing_first_name',
    lastName: 'billing_last_name',
    company: 'billing_company',
    email: ['billing_email', 'customer_email'],
    phone: 'billing_phone',
    phone2: 'shipping_phone',
    street: { parts: ['billing_address_1', 'billing_address_2'] },
    city: 'billing_city',
    region: 'billing_state',
    postalCode: 'billing_postcode',
    country: 'billing_country',
  },
  wideItems: {
    item: 'Product Item {n} Name',
    quantity: 'Product Item {n} Quantity',
    sku: 'Product Item {n} SKU',
    net: 'Product Item {n} Total',
    gross: 'Product Item {n} Subtotal',
  },
};
