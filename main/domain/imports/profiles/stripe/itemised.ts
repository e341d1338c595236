import type { Profile } from '../../profile';

/**
 * Stripe's itemised balance change report: every cell quoted, names in small letters, times in the zone chosen for the report without
 * saying which (taken as the shop's). Charges and refunds among payouts and reserves; older ones have no customer columns. Its ids
 * are not those of the payments export. Source: facts/pos.md §6 (files seen).
 */
export const stripeItemised: Profile = {
  id: 'stripe-itemised',
  till: 'Stripe',
  title: 'Balance change, itemised',
  clicks: 'Stripe Dashboard → Reporting → Reports → Balance → “Balance change from activity” → Itemized → Download CSV',
  source: 'stripe-itemised',
  kind: 'sales',
  shape: 'payment',
  marks: ['automatic_payout_id', 'reporting_category', 'balance_transaction_id', 'automatic_payout_effective_at', 'available_on'],
  required: ['saleId', 'date', 'event', 'total'],
  fields: {
    saleId: 'balance_transaction_id',
    paymentId: 'balance_transaction_id',
    receiptNo: ['order_id', 'invoice_number'],
    date: 'created',
    event: 'reporting_category',
    currency: 'currency',
    total: 'gross',
    email: 'customer_email',
    fullName: 'customer_name',
  },
  ignoreWhen: { field: 'event', not: ['charge', 'refund', 'payment', 'payment_refund', 'refund_failure'] },
  refundWhen: { field: 'event', is: ['refund', 'payment_refund'] },
  notWith: ['stripe-payments', 'stripe-balance'],
};
