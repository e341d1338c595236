// A Square "items detail" export of any length, made from nothing: believable columns, receipts of one to three lines.
import fs from 'node:fs';

const HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix';
const ITEMS = [
  ['Boots', 'Ankle boot', 12900],
  ['Shoes', 'Canvas sneaker', 6400],
  ['Shoes', 'Loafer', 8900],
  ['Socks', 'Wool socks', 1400],
  ['Clothing', 'Linen shirt', 5900],
  ['Accessories', 'Belt, brown', 3900],
];
const cell = (v) => (/[",]/.test(v) ? `"${v}"` : v);
const money = (cents) => `$${(cents / 100).toFixed(2)}`;

/** Writes `rows` lines; every `everyPerson`th receipt has one of `people` customers. Returns { receipts, bytes }. */
export function squareItems(file, { rows, people = 8000, first = Date.UTC(2024, 0, 2), tag = 'B' }) {
  const out = fs.openSync(file, 'w');
  let text = `${HEADER}\n`;
  let receipts = 0;
  for (let row = 0; row < rows; ) {
    const n = receipts++;
    const at = new Date(first + n * 11 * 60_000).toISOString();
    const person = n % 3 === 0 ? String((n * 7919) % people).padStart(6, '0') : '';
    for (let line = 0; line <= n % 3 && row < rows; line++, row++) {
      const [category, item, price] = ITEMS[(n * 5 + line * 3) % ITEMS.length];
      const tax = Math.round(price * 0.08);
      text += [
        ...[at.slice(0, 10), at.slice(11, 19), 'Eastern Time (US & Canada)', category, cell(item), '1.0', 'Regular', '""', '""'],
        ...[
          money(price),
          '$0.00',
          money(price),
          money(tax),
          `${tag}${String(n).padStart(20, '0')}`,
          `P${tag}${String(n).padStart(19, '0')}`,
        ],
        ...['Counter', '""', 'https://app.squareup.com/dashboard/sales/transactions/x', 'Payment', 'Main Street', '""'],
        ...[
          person && `CUST${tag}${person}`,
          person && `Customer ${person}`,
          '""',
          'ea',
          '1',
          '""',
          'Physical Good',
          '""',
          'Main Street',
          '""',
        ],
        ...['Visa', String(1000 + (n % 9000))],
      ].join(',');
      text += '\n';
    }
    if (text.length > 1_000_000) {
      fs.writeSync(out, text);
      text = '';
    }
  }
  fs.writeSync(out, text);
  fs.closeSync(out);
  return { receipts, bytes: fs.statSync(file).size };
}
