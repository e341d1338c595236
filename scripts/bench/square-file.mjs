// A Square "items detail" export of any length, made from nothing: believable columns, receipts of one to three lines. With `wild`
// some hundred articles, and ids as random as the till's own (an index over them has no easy order).
import fs from 'node:fs';

const HEADER =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix';
const KINDS = [
  ['Boots', 'Ankle boot', 12900],
  ['Shoes', 'Canvas sneaker', 6400],
  ['Shoes', 'Loafer', 8900],
  ['Socks', 'Wool socks', 1400],
  ['Clothing', 'Linen shirt', 5900],
  ['Accessories', 'Belt, brown', 3900],
];
const ARTICLES = Array.from({ length: 480 }, (_, i) => {
  const [category, name, price] = KINDS[i % KINDS.length];
  return [category, i < KINDS.length ? name : `${name} ${i}`, price + Math.floor(i / KINDS.length) * 150];
});
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const cell = (v) => (/[",]/.test(v) ? `"${v}"` : v);
const money = (cents) => `$${(cents / 100).toFixed(2)}`;

/** The same numbers for the same seed, evenly spread. */
function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Writes `rows` lines; every third receipt has one of `people` customers. Returns { receipts, bytes }. */
export function squareItems(file, { rows, people = 8000, first = Date.UTC(2024, 0, 2), tag = 'B', wild = false }) {
  const out = fs.openSync(file, 'w');
  const random = seeded(tag.charCodeAt(0) * 7919 + rows);
  const id = () => {
    let text = tag;
    while (text.length < 21) text += SIGNS[random() % SIGNS.length];
    return text;
  };
  let text = `${HEADER}\n`;
  let receipts = 0;
  for (let row = 0; row < rows; ) {
    const n = receipts++;
    const at = new Date(first + n * (wild ? 2 : 11) * 60_000).toISOString();
    const person = n % 3 === 0 ? String((n * 7919) % people).padStart(6, '0') : '';
    const [sale, payment] = wild
      ? [id(), id().slice(1)]
      : [`${tag}${String(n).padStart(20, '0')}`, `P${tag}${String(n).padStart(19, '0')}`];
    for (let line = 0; line <= n % 3 && row < rows; line++, row++) {
      const [category, item, price] = wild ? ARTICLES[random() % ARTICLES.length] : KINDS[(n * 5 + line * 3) % KINDS.length];
      const off = wild && random() % 8 === 0 ? Math.round(price / 10) : 0;
      const tax = Math.round((price - off) * 0.08);
      text += [
        ...[at.slice(0, 10), at.slice(11, 19), 'Eastern Time (US & Canada)', category, cell(item), '1.0', 'Regular', '""', '""'],
        ...[money(price), off ? `-${money(off)}` : '$0.00', money(price - off), money(tax), sale, payment],
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
