import type { Profile } from '../../profile';

/**
 * Squarespace orders (44 columns): shaped like Shopify's, one row per item with the order on its first row only, but known by
 * `Order ID` and `Amount Refunded`; times without a zone, states in capitals. Source: facts/pos.md §10 (header only).
 */
export const squarespaceOrders: Profile = {
  id: 'squarespace-orders',
  till: 'Squarespace',
  title: 'Orders',
  clicks: 'Squarespace → Selling → Orders → Export → “Export all orders” or a range of days → Download CSV',
  source: 'squarespace',
  kind: 'sales',
  shape: 'line',
  rank: 3,
  marks: ['Amount Refunded', 'Lineitem variant', 'Private Notes', 'Order ID', 'Financial Status'],
  required: ['saleId', 'date', 'total', 'item'],
  fields: {
    saleId: 'Order ID',
    receiptNo: 'Order ID',
    date: 'Created at',
    status: 'Financial Status',
    cancelledAt: 'Cancelled at',
    currency: 'Currency',
    discount: 'Discount Amount',
    shipping: 'Shipping',
    tax: 'Taxes',
    total: 'Total',
    refunded: 'Amount Refunded',
    discountCode: 'Discount Code',
    paymentMethod: 'Payment Method',
    item: 'Lineitem name',
    variant: 'Lineitem variant',
    sku: 'Lineitem sku',
    quantity: 'Lineitem quantity',
    unitPrice: 'Lineitem price',
    fullName: 'Billing Name',
    email: 'Email',
    phone: 'Billing Phone',
    phone2: 'Shipping Phone',
    street: { parts: ['Billing Address1', 'Billing Address2'] },
    city: 'Billing City',
    region: 'Billing Province',
    postalCode: 'Billing Zip',
    country: 'Billing Country',
  },
  voidWhen: { field: 'cancelledAt', is: 'filled' },
};
