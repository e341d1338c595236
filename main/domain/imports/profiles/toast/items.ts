import type { Profile } from '../../profile';

/**
 * Toast "ItemSelectionDetails.csv": one row per item of an order. A voided item was not sold; a deferred one is a gift card, paid now
 * and taken later. The vendor's list spells the discount `Discnt`, files spell it `Discount`. Prices are those of the row, not of
 * one piece. It speaks for amounts before the payments do: those do not know the tax. Source: facts/pos.md §4.
 */
export const toastItems: Profile = {
  id: 'toast-items',
  till: 'Toast',
  title: 'ItemSelectionDetails',
  clicks: 'Toast Web → Reports → Settings → Data exports → the day’s folder → “ItemSelectionDetails.csv”',
  source: 'toast',
  kind: 'sales',
  shape: 'line',
  marks: ['Item Selection Id', 'Menu Subgroup(s)', 'Menu Item', 'Sales Category', 'Void?'],
  required: ['saleId', 'date', 'item', 'lineNet'],
  fields: {
    saleId: 'Order Id',
    receiptNo: 'Order #',
    date: ['Order Date', 'Sent Date'],
    void: 'Void?',
    item: 'Menu Item',
    category: ['Sales Category', 'Menu Group'],
    sku: ['SKU', 'PLU'],
    lineType: 'Deferred',
    quantity: 'Qty',
    lineGross: 'Gross Price',
    lineDiscount: ['Discount', 'Discnt'],
    lineNet: 'Net Price',
    lineTax: 'Tax',
    staff: 'Server',
  },
  voidWhen: { field: 'void', is: ['true', 'yes', '1'] },
  giftCardWhen: { field: 'lineType', is: ['true', 'yes', '1'] },
  rank: 2,
  dateOrder: 'mdy',
};
