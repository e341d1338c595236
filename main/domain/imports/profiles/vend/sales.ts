import type { Profile } from '../../profile';

/**
 * Lightspeed X-Series (Vend) sales history: the receipt, its lines and its payments are rows among each other, told apart by
 * `Line Type`; amounts of the receipt stand on its `Sale` row only. It lists parked, voided and layby sales too, and stops after
 * 1,000 sales. Returns are sales with negative quantities. Receipt numbers count per register. Order of the columns and states are
 * documented, the spelling of the header is from memory. Source: facts/pos.md §8.
 */
export const vendSales: Profile = {
  id: 'vend-sales',
  till: 'Lightspeed X-Series (Vend)',
  title: 'Sales history',
  clicks: 'Lightspeed Retail (X-Series) → Sell → Sales history → choose the dates → “Export list” (1,000 sales at a time)',
  source: 'vend',
  kind: 'sales',
  shape: 'mixed',
  marks: ['Line Type', 'AccountCodeSale', 'AccountCodePurchase', 'Receipt Number', 'Customer Code'],
  required: ['receiptNo', 'register', 'lineType', 'date', 'total'],
  fields: {
    saleId: { parts: ['Register', 'Receipt Number'] },
    receiptNo: 'Receipt Number',
    date: 'Date',
    lineType: 'Line Type',
    status: 'Status',
    net: 'Subtotal',
    discount: 'Discount',
    tax: 'Sales Tax',
    total: 'Total',
    paymentMethod: 'Details',
    item: 'Details',
    sku: 'Sku',
    quantity: 'Quantity',
    lineNet: 'Subtotal',
    lineDiscount: 'Discount',
    lineTax: 'Sales Tax',
    register: 'Register',
    staff: 'User',
    customerId: 'Customer Code',
  },
  receiptWhen: { field: 'lineType', is: ['sale'] },
  lineWhen: { field: 'lineType', is: ['sale line', 'sale_line', 'line'] },
  states: {
    'on account': 'completed',
    onaccount: 'completed',
    onaccount_closed: 'completed',
    'on account closed': 'completed',
    layby_closed: 'completed',
    'layby closed': 'completed',
    returns: 'completed',
    return: 'completed',
    saved: 'open',
  },
};
