import { localTime } from '@domain/calendar';
import type { UtcMs, Zone } from '@domain/kernel';
import type { Receipt } from './sales';
import type { DirectoryRow } from './square-export';
import { DEMO_SHOP } from './write';

/** One payment or refund as Square exports it. */
export interface ExportSale {
  readonly at: UtcMs;
  readonly id: string;
  readonly paymentId: string;
  readonly buyer: { readonly id: string; readonly name: string } | null;
  readonly receipt: Receipt;
  readonly discountName: string;
  readonly card: string;
  readonly last4: string;
  readonly clerk: string;
  readonly refund: boolean;
}

// Headers as in real exports (facts/pos.md §1).
const ITEMS_33 =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix';
const ITEMS_35 = ITEMS_33.replace('Itemization Type,', 'Itemization Type,Commission,Employee,');
const TRANSACTIONS =
  'Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,Third Party Fees,Deposit ID,Deposit Date,Deposit Details,Fee Percentage Rate,Fee Fixed Rate,Refund Reason,Discount Name,Transaction Status,Cash App,Order Reference ID,Fulfillment Note,Free Processing Applied,Channel,Unattributed Tips,Table Info,International Fee';
const CUSTOMERS =
  'Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile,Blocked from online booking';

const RAILS_ZONES: Readonly<Record<string, string>> = {
  'America/New_York': 'Eastern Time (US & Canada)',
  'America/Chicago': 'Central Time (US & Canada)',
  'America/Denver': 'Mountain Time (US & Canada)',
  'America/Los_Angeles': 'Pacific Time (US & Canada)',
};

const two = (n: number) => String(n).padStart(2, '0');
/** `$8.00`, `-$7.00`, `$1,149.00`. */
const money = (cents: number): string => {
  const whole = Math.floor(Math.abs(cents) / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}$${whole}.${two(Math.abs(cents) % 100)}`;
};
/** Square writes `""` in empty text columns and nothing in others; quotes only where needed. */
const cell = (v: string): string => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);

function table(header: string, rows: readonly Readonly<Record<string, string>>[], emptyQuoted: ReadonlySet<string>): string {
  const columns = header.split(',');
  const line = (r: Readonly<Record<string, string>>) =>
    columns.map((c) => (!r[c] && emptyQuoted.has(c) ? '""' : cell(r[c] ?? ''))).join(',');
  return `${[header, ...rows.map(line)].join('\n')}\n`;
}

function when(at: UtcMs, zone: Zone): Record<string, string> {
  const t = localTime(at, zone);
  return {
    Date: `${t.year}-${two(t.month)}-${two(t.day)}`,
    Time: `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`,
    'Time Zone': RAILS_ZONES[zone] ?? zone,
  };
}

const common = (s: ExportSale): Record<string, string> => ({
  'Transaction ID': s.id,
  'Payment ID': s.paymentId,
  'Device Name': `${DEMO_SHOP.name} counter`,
  Details: `https://app.squareup.com/dashboard/sales/transactions/${s.id}`,
  'Event Type': s.refund ? 'Refund' : 'Payment',
  Location: DEMO_SHOP.name,
  'Customer ID': s.buyer?.id ?? '',
  'Customer Name': s.buyer?.name ?? '',
  Channel: DEMO_SHOP.name,
  'Card Brand': s.card,
  'PAN Suffix': s.last4,
});

const QUOTED = new Set([
  'SKU',
  'Modifiers Applied',
  'Notes',
  'Dining Option',
  'Customer ID',
  'Customer Name',
  'Customer Reference ID',
  'GTIN',
  'Fulfillment Note',
  'Card Brand',
  'PAN Suffix',
]);

/** "Items detail": one row per line of a receipt. */
export function itemsCsv(sales: readonly ExportSale[], zone: Zone, columns: 33 | 35): string {
  const rows = sales.flatMap((s) => {
    const base = { ...when(s.at, zone), ...common(s) };
    return s.receipt.lines.map((l) => ({
      ...base,
      Category: l.item.category,
      Item: l.item.name,
      Qty: `${l.qty}.0`,
      'Price Point Name': l.size,
      SKU: l.item.sku,
      'Gross Sales': money(l.gross),
      Discounts: money(-l.discount || 0),
      'Net Sales': money(l.net),
      Tax: money(l.tax),
      Notes: s.refund ? 'Returned Goods' : '',
      Unit: 'ea',
      Count: String(l.qty),
      'Itemization Type': 'Physical Good',
      Commission: '$0.00',
      Employee: s.clerk,
    }));
  });
  return table(columns === 35 ? ITEMS_35 : ITEMS_33, rows, QUOTED);
}

/** "Transactions": one row per payment or refund; the same receipts as the items file. */
export function transactionsCsv(sales: readonly ExportSale[], zone: Zone): string {
  const rows = sales.map((s) => {
    const { gross, discount, net, tax } = s.receipt;
    const total = net + tax;
    const fee = s.card === '' || s.refund ? 0 : Math.round(total * 0.026) + 10;
    return {
      ...when(s.at, zone),
      ...common(s),
      'Gross Sales': money(gross),
      Discounts: money(-discount || 0),
      'Service Charges': '$0.00',
      'Net Sales': money(net),
      'Gift Card Sales': '$0.00',
      Tax: money(tax),
      Tip: '$0.00',
      'Partial Refunds': '$0.00',
      'Total Collected': money(total),
      Source: 'Point of Sale',
      Card: money(s.card === '' ? 0 : total),
      'Card Entry Methods': s.card === '' ? 'N/A' : 'Contactless',
      Cash: money(s.card === '' ? total : 0),
      'Square Gift Card': '$0.00',
      'Other Tender': '$0.00',
      Fees: money(-fee || 0),
      'Net Total': money(total - fee),
      'Staff Name': s.clerk,
      Description: s.receipt.lines.map((l) => `${l.qty} x ${l.item.name} (${l.size})`).join(', '),
      'Fee Percentage Rate': '2.6',
      'Fee Fixed Rate': '$0.10',
      'Refund Reason': s.refund ? 'Returned Goods' : '',
      'Discount Name': s.discountName,
      'Transaction Status': 'Complete',
      'Free Processing Applied': '$0.00',
      'Unattributed Tips': '$0.00',
      'International Fee': '$0.00',
    };
  });
  return table(TRANSACTIONS, rows, QUOTED);
}

/** "Customer directory". */
export function customersCsv(people: readonly DirectoryRow[]): string {
  const rows = people.map((p) => ({
    'First Name': p.firstName,
    'Last Name': p.lastName,
    'Email Address': p.email,
    'Phone Number': p.phone === '' ? '' : `'${p.phone}`,
    'Street Address 1': p.street,
    City: p.city,
    State: p.region,
    'Postal Code': p.postalCode,
    Birthday: p.birthday,
    'Square Customer ID': p.squareId,
    'Creation Source': p.instant ? 'Instant Profile' : 'Directory',
    'First Visit': p.firstVisit,
    'Last Visit': p.lastVisit,
    'Transaction Count': String(p.visits),
    'Lifetime Spend': money(p.spend),
    'Email Subscription Status': p.email === '' ? '' : 'subscribed',
    'Instant Profile': p.instant ? 'Yes' : 'No',
    'Blocked from online booking': 'No',
  }));
  return table(CUSTOMERS, rows, new Set());
}
