import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { squareCustomers, squareItems, squareTransactions } from './imports';

/** One receipt of the made-up shop. Amounts in cents; a refund has negative ones. */
interface Receipt {
  id: string;
  day: string;
  time: string;
  refund: boolean;
  customer: string;
  register: string;
  lines: { item: string; net: number; tax: number }[];
  tip: number;
}

export interface Desktop {
  dir: string;
  /** April and May, and May and June: May is in both. */
  itemsSpring: string;
  itemsSummer: string;
  /** Payments of April to June. */
  transactions: string;
  customers: string;
  /** A report without receipts: the wrong file. */
  summary: string;
  /** The June receipts once more, ruined by a spreadsheet: ids like 1.2E+13. */
  damaged: string;
  /** The owner's own list of market days: semicolons, decimal commas, day first, date and time in two columns. */
  market: string;
  /** A list in which neither day and month nor point and comma can be told apart. */
  ambiguous: string;
  people: number;
  /** Receipts of the till (sales, refunds), by month. */
  till: Record<string, { sales: number; refunds: number; net: number }>;
  /** What the market list adds, by month; its amounts are what was paid. */
  stall: Record<string, { sales: number; net: number }>;
}

const usd = (cents: number): string => `${cents < 0 ? '-' : ''}$${(Math.abs(cents) / 100).toFixed(2)}`;
const two = (n: number): string => String(n).padStart(2, '0');

/** A small generator of its own: the same desktop every time. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % n;
  };
}

const ITEMS = ['Boots', 'Laces', 'Insoles', 'Wool socks', 'Sandals'];
const PEOPLE = ['Ann Lee', 'Bo Diaz', 'Cleo Park', 'Dina Roth', 'Ed Moss', 'Fay Ortiz', 'Gus Lind', 'Ida Novak'];

function receipts(): Receipt[] {
  const roll = dice(7);
  const out: Receipt[] = [];
  for (const [month, days] of [
    [4, 30],
    [5, 31],
    [6, 30],
  ] as const) {
    for (let day = 1; day <= days; day += 3) {
      for (let n = 0; n < 2; n++) {
        const refund = roll(12) === 0;
        const sign = refund ? -1 : 1;
        out.push({
          id: `Tx${month}${two(day)}${n}`,
          day: `2026-${two(month)}-${two(day)}`,
          time: `${two(10 + roll(8))}:${two(roll(60))}:00`,
          refund,
          customer: !refund && roll(3) > 0 ? `SQ${roll(PEOPLE.length)}` : '',
          register: roll(2) ? 'Front' : 'Back',
          lines: Array.from({ length: 1 + roll(3) }, () => {
            const net = sign * (500 + roll(9000));
            return { item: ITEMS[roll(ITEMS.length)] as string, net, tax: Math.round(net * 0.08) };
          }),
          tip: refund ? 0 : roll(4) * 50,
        });
      }
    }
  }
  return out;
}

const itemsFile = (of: readonly Receipt[], id = (r: Receipt) => r.id): string =>
  squareItems(
    of.flatMap((r) =>
      r.lines.map((l) => ({
        Date: r.day,
        Time: r.time,
        Item: l.item,
        Qty: r.refund ? '-1.0' : '1.0',
        'Gross Sales': usd(l.net),
        'Net Sales': usd(l.net),
        Tax: usd(l.tax),
        'Transaction ID': id(r),
        'Event Type': r.refund ? 'Refund' : 'Payment',
        'Device Name': r.register,
        'Customer ID': r.customer,
      })),
    ),
  );

const sum = (r: Receipt, what: 'net' | 'tax'): number => r.lines.reduce((n, l) => n + l[what], 0);

const transactionsFile = (of: readonly Receipt[]): string =>
  squareTransactions(
    of.map((r) => ({
      Date: r.day,
      Time: r.time,
      'Gross Sales': usd(sum(r, 'net')),
      'Net Sales': usd(sum(r, 'net')),
      Tax: usd(sum(r, 'tax')),
      Tip: usd(r.tip),
      'Total Collected': usd(sum(r, 'net') + sum(r, 'tax') + r.tip),
      Card: usd(sum(r, 'net') + sum(r, 'tax') + r.tip),
      'Transaction ID': r.id,
      'Event Type': r.refund ? 'Refund' : 'Payment',
      'Device Name': r.register,
      'Customer ID': r.customer,
    })),
  );

/** Writes what lies on a newcomer's desktop, and says what the takings of each month must come to. */
export function makeDesktop(dir: string): Desktop {
  mkdirSync(dir, { recursive: true });
  const put = (name: string, content: string): string => {
    const path = join(dir, name);
    writeFileSync(path, content);
    return path;
  };
  const all = receipts();
  const of = (...months: string[]) => all.filter((r) => months.includes(r.day.slice(5, 7)));
  const till: Desktop['till'] = {};
  for (const r of all) {
    const month = r.day.slice(0, 7);
    const m = till[month] ?? { sales: 0, refunds: 0, net: 0 };
    m[r.refund ? 'refunds' : 'sales']++;
    m.net += sum(r, 'net');
    till[month] = m;
  }
  const stall: Desktop['stall'] = {};
  const roll = dice(3);
  const market = ['Tag;Uhr;Was;Bezahlt'];
  for (const [month, day] of [
    ['05', '14'],
    ['05', '28'],
    ['06', '18'],
  ] as const) {
    for (let n = 0; n < 4; n++) {
      const cents = 101_000 + roll(90_000);
      market.push(
        `${day}.${month}.2026;${10 + n}:30;Sandals;${String(Math.floor(cents / 1000 / 100))}.${String(Math.floor(cents / 100) % 1000).padStart(3, '0')},${two(cents % 100)}`,
      );
      const m = stall[`2026-${month}`] ?? { sales: 0, net: 0 };
      stall[`2026-${month}`] = { sales: m.sales + 1, net: m.net + cents };
    }
  }
  return {
    dir,
    itemsSpring: put('items-2026-04-01-2026-06-01.csv', itemsFile(of('04', '05'))),
    itemsSummer: put('items-2026-05-01-2026-07-01.csv', itemsFile(of('05', '06'))),
    transactions: put('transactions-2026-04-01-2026-07-01.csv', transactionsFile(all)),
    customers: put(
      'customers.csv',
      squareCustomers(
        PEOPLE.map((name, i) => ({
          'First Name': name.split(' ')[0] as string,
          'Last Name': name.split(' ')[1] as string,
          'Phone Number': `(212) 555-01${10 + i}`,
          'Square Customer ID': `SQ${i}`,
        })),
      ),
    ),
    summary: put(
      'item-sales-summary.csv',
      'Item Name,Items Sold,Gross Sales,Net Sales\nBoots,14,$910.00,$870.00\nLaces,30,$90.00,$90.00\n',
    ),
    damaged: put(
      'items june (from Excel).csv',
      itemsFile(of('06'), (r) => `6.${r.id.replace(/\D/g, '')}E+13`),
    ),
    market: put('market.csv', `${market.join('\n')}\n`),
    ambiguous: put(
      'stall book.csv',
      'Date,Item,Total,Customer,Phone\n01/02/2026,Boots,"1,234",Ann Lee,(212) 555-0110\n03/04/2026,Laces,"2,345",Bo Diaz,12\n05/06/2026,Laces,"9,345",Cleo Park,\n',
    ),
    people: PEOPLE.length,
    till,
    stall,
  };
}
