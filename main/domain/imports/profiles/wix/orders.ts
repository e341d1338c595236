import type { Profile } from '../../profile';

/**
 * Wix Stores orders (52 columns): one row per item, date and time in two columns, every cell quoted. The billing block stands under
 * the names of the delivery block a second time. What came back is an amount of the order, else a number of pieces per item.
 * Source: facts/pos.md §10 (header and value shapes).
 */
export const wixOrders: Profile = {
  id: 'wix-orders',
  till: 'Wix',
  title: 'Orders',
  clicks: 'Wix dashboard → Sales → Orders → More actions → Export orders → CSV',
  source: 'wix',
  kind: 'sales',
  shape: 'line',
  rank: 3,
  marks: ['Quantity refunded', 'Date created', 'Total order quantity', 'Additional checkout info', 'Recipient phone', 'Net amount'],
  required: ['saleId', 'date', 'total', 'item'],
  fields: {
    saleId: 'Order number',
    receiptNo: 'Order number',
    date: 'Date created',
    time: 'Time',
    status: 'Payment status',
    currency: 'Currency',
    shipping: 'Shipping rate',
    serviceCharge: 'Additional fees',
    tax: 'Total tax',
    total: 'Total',
    refunded: 'Refunded amount',
    discountCode: 'Coupon code',
    paymentMethod: 'Payment method',
    channel: 'Delivery method',
    item: 'Item',
    variant: 'Variant',
    sku: 'SKU',
    quantity: 'Qty',
    refundedQuantity: 'Quantity refunded',
    unitPrice: 'Price',
    fullName: 'Billing name',
    company: 'Billing company name',
    email: 'Contact email',
    phone: 'Billing phone',
    phone2: 'Recipient phone',
    street: 'Delivery address#2',
    city: 'Delivery city#2',
    region: ['Delivery state name#2', 'Delivery state#2'],
    postalCode: 'Delivery zip/postal code#2',
    country: 'Delivery country#2',
  },
};
