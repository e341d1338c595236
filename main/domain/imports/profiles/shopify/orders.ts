import type { Profile } from '../../profile';

/**
 * Shopify "Export orders" (79 columns of 2024–26, 47 of 2012): one row per item, everything about the order on its first row only;
 * further rows repeat its name, date and phone. The shop's offset stands in every time. `Name` is the order number in whatever form
 * the shop chose and never a number. Cancelled orders keep their total; cash on delivery stays `pending`, so the owner is asked.
 * `Discount Code` also holds names of automatic discounts. No customer id, no date and no lines of a refund: only its amount.
 * Subtotal + shipping (+ taxes, unless prices hold them) = total on every order of the files seen. Source: facts/pos.md §2.
 */
export const shopifyOrders: Profile = {
  id: 'shopify-orders',
  till: 'Shopify',
  title: 'Orders',
  clicks: 'Shopify admin → Orders → Export → “Export transaction histories” off, “CSV for Excel” or “Plain CSV file” → Export orders',
  source: 'shopify',
  kind: 'sales',
  shape: 'line',
  rank: 3,
  marks: ['Financial Status', 'Lineitem quantity', 'Lineitem compare at price', 'Accepts Marketing', 'Billing Street'],
  required: ['saleId', 'date', 'total', 'item'],
  fields: {
    saleId: 'Name',
    receiptNo: 'Name',
    date: 'Created at',
    status: 'Financial Status',
    cancelledAt: 'Cancelled at',
    currency: 'Currency',
    net: 'Subtotal',
    discount: 'Discount Amount',
    shipping: 'Shipping',
    serviceCharge: 'Duties',
    tax: 'Taxes',
    total: 'Total',
    refunded: 'Refunded Amount',
    discountCode: 'Discount Code',
    paymentMethod: 'Payment Method',
    channel: 'Source',
    register: 'Location',
    staff: 'Employee',
    item: 'Lineitem name',
    sku: 'Lineitem sku',
    quantity: 'Lineitem quantity',
    unitPrice: 'Lineitem price',
    lineDiscount: 'Lineitem discount',
    fullName: 'Billing Name',
    company: 'Billing Company',
    email: 'Email',
    phone: 'Phone',
    phone2: 'Billing Phone',
    street: { parts: ['Billing Address1', 'Billing Address2'] },
    city: 'Billing City',
    region: 'Billing Province',
    postalCode: 'Billing Zip',
    country: 'Billing Country',
  },
  voidWhen: { field: 'cancelledAt', is: 'filled' },
  taxIncluded: 'infer',
  asksPending: true,
  discountLabels: ['automatic discounts', 'upsell discount', 'custom discount', 'recovery discount'],
};
