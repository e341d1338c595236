import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Row = Record<string, string>;

const lines = readFileSync(resolve(import.meta.dirname, '../fixtures/pos-headers.tsv'), 'utf8').split('\n');

/** Column names of an export, as its makers write them. The second column of a name is asked for as `name#2`. */
function columnsOf(till: string, kind: string, variant: string): string[] {
  const found = lines.map((l) => l.split('\t')).find((l) => l[0] === till && l[1] === kind && l[2]?.startsWith(variant));
  if (!found) throw new Error(`no header of ${till} ${kind} ${variant}`);
  const seen = new Map<string, number>();
  return (found[3] as string)
    .split(',')
    .filter((c) => c !== '...')
    .map((name) => {
      const n = (seen.get(name) ?? 0) + 1;
      seen.set(name, n);
      return n > 1 ? `${name}#${n}` : name;
    });
}

const cell = (c: string, always: boolean) => (always || /[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c);

/** A file of our own making under a real header. Absent cells get the ordinary values given here, or stay blank. */
const fileOf =
  (columns: string[], defaults: Row = {}, quoted = false) =>
  (rows: readonly Row[], more: readonly string[] = []): string => {
    const all = [...columns, ...more];
    for (const r of rows) for (const name of Object.keys(r)) if (!all.includes(name)) throw new Error(`no column ${name}`);
    const header = all.map((c) => cell(c.replace(/#\d$/, ''), quoted)).join(',');
    const value = (r: Row, name: string) => r[name] ?? defaults[name] ?? '';
    return `${[header, ...rows.map((r) => all.map((c) => cell(value(r, c), quoted)).join(','))].join('\n')}\n`;
  };

const shopifyOrder: Row = {
  'Financial Status': 'paid',
  Currency: 'USD',
  Shipping: '0.00',
  Taxes: '0.00',
  'Discount Amount': '0.00',
  'Created at': '2026-10-05 22:47:04 -0400',
  'Lineitem quantity': '1',
  'Lineitem discount': '0.00',
  'Refunded Amount': '0.00',
};

/** Rows of one order as Shopify writes them: the order on the first row, only its name, date and phone on the others. */
export const going = (order: string, item: Row): Row => ({
  Name: order,
  'Financial Status': '',
  Currency: '',
  Shipping: '',
  Taxes: '',
  'Discount Amount': '',
  'Refunded Amount': '',
  ...item,
});

export const shopify = {
  orders: fileOf(columnsOf('shopify', 'orders', '2024-26'), shopifyOrder),
  orders2012: (() => {
    const columns = columnsOf('shopify', 'orders', '2012');
    return fileOf(columns, Object.fromEntries(Object.entries(shopifyOrder).filter(([name]) => columns.includes(name))));
  })(),
  customers: fileOf(columnsOf('shopify', 'customers', '2024-26'), { 'Tax Exempt': 'no', 'Accepts Email Marketing': 'no' }),
  customers2023: fileOf(columnsOf('shopify', 'customers', '2023')),
  template: fileOf(columnsOf('shopify', 'customers', 'import template')),
  customersMeta: fileOf(columnsOf('shopify', 'customers', '2026 + WhatsApp')),
};

export const squarespace = {
  orders: fileOf(columnsOf('squarespace', 'orders', '2018'), { 'Created at': '7/25/2026 21:06', Currency: 'USD' }),
};

export const woocommerce = {
  orders: fileOf(columnsOf('woocommerce', 'orders', 'WebToffee'), {
    order_date: '9/16/2026  6:29:00',
    status: 'completed',
    order_currency: 'USD',
    shipping_total: '0',
    fee_total: '0',
    tax_total: '0',
    discount_total: '0',
    customer_id: '0',
  }),
  lines: fileOf(columnsOf('woocommerce', 'orders (row per item)', 'Advanced'), {
    'Order Status': 'Completed',
    'Order Date': '2026-09-16 06:29',
    Quantity: '1',
    'Order Line Tax': '0',
    'Order Line Total Refunded': '0',
  }),
  analytics: fileOf(columnsOf('woocommerce', 'orders', 'Analytics'), { Date: '2026-09-16 06:29:00', Status: 'completed' }),
  customers: fileOf(columnsOf('woocommerce', 'customers', 'Analytics')),
};

export const wix = {
  orders: fileOf(
    columnsOf('wix', 'orders', '2024'),
    {
      'Date created': 'Dec 8, 2025',
      Time: '9:15:51 AM',
      Qty: '1',
      'Quantity refunded': '0',
      'Payment status': 'Paid',
      Currency: 'USD',
      'Shipping rate': '0',
      'Total tax': '0',
    },
    true,
  ),
};

export const etsy = {
  orders: fileOf(columnsOf('etsy', 'orders', 'Sold Orders'), {
    'Sale Date': '09/25/26',
    Currency: 'USD',
    'Discount Amount': '0.00',
    Shipping: '0',
    'Sales Tax': '0',
  }),
};

export const stripe = {
  payments: fileOf(columnsOf('stripe', 'payments', '2019'), {
    'Created (UTC)': '2026-10-04 02:14',
    Currency: 'usd',
    'Amount Refunded': '0.00',
    Status: 'Paid',
    Captured: 'true',
  }),
  balance: fileOf(columnsOf('stripe', 'balance_transactions', 'all'), {
    'Created (UTC)': '2026-10-04 02:14',
    Currency: 'usd',
    Fee: '0.50',
    Type: 'charge',
  }),
  itemised: fileOf(
    columnsOf('stripe', 'balance_change', 'itemised'),
    { created: '2026-10-04 14:01:29', currency: 'usd', fee: '0.50' },
    true,
  ),
};
