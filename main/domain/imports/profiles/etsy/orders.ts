import type { Profile } from '../../profile';

/**
 * Etsy "Sold orders": one row per order, a day with a two-digit year and no time, the buyer by name and Etsy's own id, without any
 * way to reach them. Items are in another file. The British site says delivery for shipping. An order changed later shows its new
 * total in an `Adjusted …` column beside the old one, which is what counts here. Source: facts/pos.md §10 (header and value shapes).
 */
export const etsyOrders: Profile = {
  id: 'etsy-orders',
  till: 'Etsy',
  title: 'Sold orders',
  clicks: 'Etsy → Shop Manager → Settings → Options → Download Data → “Orders”, month and year → Download CSV',
  source: 'etsy',
  kind: 'sales',
  shape: 'receipt',
  marks: ['Buyer User ID', 'Sale Date', 'InPerson Location', 'Adjusted Order Total', 'Coupon Details', 'Order Net'],
  required: ['saleId', 'date', 'gross'],
  fields: {
    saleId: 'Order ID',
    receiptNo: 'Order ID',
    date: 'Sale Date',
    status: 'Status',
    currency: 'Currency',
    gross: 'Order Value',
    discount: 'Discount Amount',
    shipping: ['Shipping', 'Delivery'],
    tax: 'Sales Tax',
    total: 'Order Total',
    discountCode: 'Coupon Code',
    discountLabel: 'Coupon Details',
    paymentMethod: 'Payment Method',
    channel: 'Order Type',
    customerId: 'Buyer User ID',
    firstName: 'First Name',
    lastName: 'Last Name',
    fullName: 'Full Name',
  },
};
