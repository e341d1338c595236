import { insertCustomer } from '@db/queries/customers';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { noteReceipt } from '@services/links/links';
import { aFile, squareItems } from './imports';
import { clerk, NOON, type TestCtx } from './test-ctx';

/** A person at the counter whom the till does not know. */
export const aPerson = (ctx: TestCtx, firstName = 'Ana', phone = '+12125550123') =>
  ctx.db.tx((trx) => insertCustomer(trx, { firstName, lastName: 'Ruiz', phone: phone as PhoneE164 }, NOON));

export interface Row {
  no: string;
  day: string;
  time?: string;
  till?: string;
  net?: string;
  item?: string;
  staff?: string;
  register?: string;
  card?: string;
}
/** A sale of Square's item file; `no` is printed on the receipt (the payment's first four characters). */
export const item = (r: Row): Record<string, string> => ({
  Date: r.day,
  Time: r.time ?? '12:00:00',
  Item: r.item ?? 'Boots',
  'Net Sales': r.net ?? '$10.00',
  'Gross Sales': r.net ?? '$10.00',
  Tax: '$0.00',
  'Transaction ID': `T-${r.no}`,
  'Payment ID': `${r.no}0000AAAABBBBCCCC`,
  'Customer ID': r.till ?? '',
  'Device Name': r.register ?? '',
  Employee: r.staff ?? '',
  'PAN Suffix': r.card ?? '',
});
export const file = (rows: Row[]) => aFile(squareItems(rows.map(item)));

export const history: Row[] = [
  { no: 'AAAA', day: '2026-03-02', till: 'CUST1', net: '$40.00', item: 'Boots' },
  { no: 'BBBB', day: '2026-06-02', till: 'CUST1', net: '$20.00', item: 'Socks' },
  { no: 'CCCC', day: '2026-11-16', till: 'CUST1', net: '$30.00', item: 'Laces' },
  { no: 'DDDD', day: '2026-11-16', till: 'CUST2', net: '$99.00' },
  { no: 'EEEE', day: '2026-11-16', net: '$5.00' },
];
export const stats = (ctx: TestCtx, id: CustomerId) =>
  ctx.db.raw.prepare('SELECT visits, spend, last_item, median_gap_days FROM customer WHERE id = ?').get(id) as Record<string, unknown>;
export const theirs = (ctx: TestCtx, id: CustomerId | null) =>
  ctx.db.raw.prepare('SELECT source_sale_id FROM sale WHERE customer_id IS ? ORDER BY 1').pluck().all(id) as string[];
export const saleId = (ctx: TestCtx, no: string) =>
  ctx.db.raw.prepare('SELECT id FROM sale WHERE source_sale_id = ?').pluck().get(`T-${no}`) as never;
export const note = (ctx: TestCtx, id: CustomerId, no: string) =>
  noteReceipt(ctx, clerk, { customerId: id, receiptNo: no, origin: 'here' });
