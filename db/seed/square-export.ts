import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, shopDay } from '@domain/calendar';
import type { CustomerId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { DAY, SECOND } from '@domain/kernel';
import type { Db } from '../open';
import { basket } from './catalogue';
import { aDay, instantAt, pastDays, type SeedDay } from './days';
import { AREA_CODES, TOWNS } from './names';
import { makePeople, minuteOfDay, type SeedPerson } from './people';
import { cumulative, Rng } from './random';
import { CARDS, CLERKS, receipt, transactionId } from './sales';
import { customersCsv, type ExportSale, itemsCsv, transactionsCsv } from './square-csv';

export interface SquareExportOptions {
  readonly seed?: number;
  /** First and last shop day of the file, both included. */
  readonly from: ShopDay;
  readonly to: ShopDay;
  readonly zone?: Zone;
  /** No sale later than this, for a file fetched at midday. */
  readonly until?: UtcMs;
  /** Codes typed in at the counter: the till rings this sale up a minute later, with the discount. */
  readonly redeemed?: readonly {
    readonly customerId: CustomerId;
    readonly at: UtcMs;
    readonly percentOff?: number;
    readonly receiptNo?: string | null;
  }[];
  /** People who certainly buy in these days (some of those who were texted, some of those who were not). */
  readonly include?: readonly CustomerId[];
  /** People the till meets for the first time; they stand in the customers file too. For an empty shop: its first customers. */
  readonly newPeople?: number;
  /** Receipts a day; default: as many as the shop had lately, 30 in an empty one. */
  readonly perDay?: number;
  /** 33: Square's items file of May 2026; 35: of July 2026, with Commission and Employee. */
  readonly columns?: 33 | 35;
}

export interface SquareExport {
  readonly items: string;
  readonly transactions: string;
  readonly customers: string;
  /** What an import of `items` must arrive at; cents. */
  readonly figures: {
    readonly sales: number;
    readonly refunds: number;
    readonly lines: number;
    readonly net: number;
    readonly tax: number;
    readonly recognised: number;
    readonly people: number;
    readonly firstDay: ShopDay;
    readonly lastDay: ShopDay;
  };
}

interface Buyer {
  readonly squareId: string;
  readonly name: string;
  readonly taste: SeedPerson | null;
}

/**
 * Writes what the till would export after these days: items, transactions and customers, with Square's own headers, newest
 * first. Same shop file, options and seed give the same bytes. Known customers are those with a Square id in `db`.
 */
export function writeSquareExport(db: Db, dir: string, options: SquareExportOptions): SquareExport {
  const zone = options.zone ?? ('America/New_York' as Zone);
  const seed = options.seed ?? 1;
  const rng = new Rng(`${seed}:export:${options.from}:${options.to}`);
  const until = options.until ?? (Number.MAX_SAFE_INTEGER as UtcMs);
  const days: SeedDay[] = [];
  for (let d = options.from; d <= options.to; d = addDays(d, 1)) days.push(aDay(d, zone));
  const buyers = knownBuyers(db);
  const fresh = newcomers(seed, options, zone);
  const open = days.filter((d) => d.weight > 0);
  const sales: ExportSale[] = [];
  const used = new Set<string>();
  const sell = (at: UtcMs, buyer: Buyer | null, percent: number, receiptNo: string | null) => {
    if (at > until) return;
    const n = sales.length + 1;
    const month = Number(shopDay(at, zone).slice(5, 7)) - 1;
    const card = rng.pick(CARDS);
    if (buyer) used.add(buyer.squareId);
    sales.push({
      at,
      id: transactionId(rng, seed * 100_000 + Number(options.from.replaceAll('-', '').slice(2)) * 50 + n),
      paymentId: `${receiptNo ?? rng.text('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 4)}${transactionId(rng, n).slice(4)}`,
      buyer: buyer ? { id: buyer.squareId, name: rng.chance(0.2) ? buyer.name : '' } : null,
      receipt: receipt(basket(rng, month, buyer?.taste ?? null), percent),
      discountName: percent > 0 ? `Text ${percent}%` : '',
      card,
      last4: card === '' ? '' : String(rng.int(1000, 9999)),
      clerk: rng.pick(CLERKS),
      refund: false,
    });
  };
  for (const r of options.redeemed ?? [])
    sell((r.at + 60 * SECOND) as UtcMs, buyers.get(r.customerId) ?? null, r.percentOff ?? 15, r.receiptNo ?? null);
  const sometime = (): UtcMs => {
    const day = open[rng.pickCumulative(cumulative(open.map((d) => d.weight)))] as SeedDay;
    return (instantAt(day, minuteOfDay(rng)) + rng.int(0, 59) * SECOND) as UtcMs;
  };
  if (open.length > 0) {
    for (const id of options.include ?? []) sell(sometime(), buyers.get(id) ?? null, 0, null);
    for (const p of fresh) sell(sometime(), p.buyer, 0, null);
    const pool = [...buyers.values()];
    const perDay = options.perDay ?? usualPerDay(db);
    const more = Math.max(0, Math.round(perDay * open.length) - sales.length);
    for (let i = 0; i < more; i++)
      sell(sometime(), pool.length > 0 && rng.chance(0.28) ? rng.pick(pool) : null, rng.chance(0.04) ? 10 : 0, null);
    takeBack(rng, sales, open, until);
  }
  sales.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  mkdirSync(dir, { recursive: true });
  const span = `${options.from}-${options.to}`;
  const files = {
    items: join(dir, `items-${span}.csv`),
    transactions: join(dir, `transactions-${span}.csv`),
    customers: join(dir, `export-${options.to}.csv`),
  };
  writeFileSync(files.items, itemsCsv(sales, zone, options.columns ?? 35));
  writeFileSync(files.transactions, transactionsCsv(sales, zone));
  const people = [...directory(db, used), ...fresh.map((f) => f.row)];
  writeFileSync(files.customers, customersCsv(people));
  const real = sales.filter((s) => !s.refund);
  const last = sales[0];
  const first = sales[sales.length - 1];
  return {
    ...files,
    figures: {
      sales: real.length,
      refunds: sales.length - real.length,
      lines: sales.reduce((n, s) => n + s.receipt.lines.length, 0),
      net: sales.reduce((n, s) => n + s.receipt.net, 0),
      tax: sales.reduce((n, s) => n + s.receipt.tax, 0),
      recognised: real.filter((s) => s.buyer !== null).length,
      people: people.length,
      firstDay: first ? shopDay(first.at, zone) : options.from,
      lastDay: last ? shopDay(last.at, zone) : options.to,
    },
  };
}

/** About one receipt in seventy comes back in part, without a customer and with an id of its own, as Square writes it. */
function takeBack(rng: Rng, sales: ExportSale[], open: readonly SeedDay[], until: UtcMs): void {
  const day = open[open.length - 1];
  if (!day) return;
  for (const s of [...sales]) {
    if (!rng.chance(1 / 70)) continue;
    const at = instantAt(day, minuteOfDay(rng));
    const line = s.receipt.lines[0];
    if (!line || at <= s.at || at > until) continue;
    const minus = (n: number) => (n === 0 ? 0 : -n);
    const money = { gross: minus(line.gross), discount: minus(line.discount), net: minus(line.net), tax: minus(line.tax) };
    sales.push({
      ...s,
      at,
      id: transactionId(rng, 9_000_000 + sales.length),
      paymentId: transactionId(rng, 1),
      buyer: null,
      receipt: { ...money, lines: [{ ...line, ...money, qty: -line.qty }] },
      refund: true,
    });
  }
}

function knownBuyers(db: Db): Map<CustomerId, Buyer> {
  const rows = db.raw
    .prepare(
      `SELECT i.customer_id AS id, i.source_customer_id AS squareId, trim(c.first_name || ' ' || c.last_name) AS name
       FROM customer_identity i JOIN customer c ON c.id = i.customer_id WHERE i.source = 'square' ORDER BY i.customer_id, i.source_customer_id`,
    )
    .all() as { id: CustomerId; squareId: string; name: string }[];
  return new Map(rows.map((r) => [r.id, { squareId: r.squareId, name: r.name, taste: null }]));
}

function usualPerDay(db: Db): number {
  const r = db.raw
    .prepare(
      "SELECT count(*) AS n, count(DISTINCT shop_day) AS days FROM sale WHERE kind = 'sale' AND shop_day > (SELECT date(max(shop_day), '-60 days') FROM sale)",
    )
    .get() as { n: number; days: number };
  return r.days === 0 ? 30 : r.n / r.days;
}

/** One line of the customers file, in the order of its columns that we fill. */
export interface DirectoryRow {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly birthday: string;
  readonly squareId: string;
  readonly firstVisit: string;
  readonly lastVisit: string;
  readonly visits: number;
  readonly spend: number;
  readonly instant: boolean;
}

function newcomers(seed: number, options: SquareExportOptions, zone: Zone): { buyer: Buyer; row: DirectoryRow }[] {
  if (!options.newPeople) return [];
  const now = aDay(options.to, zone).noon;
  // Names may repeat, numbers and ids must not: numbers come from the far end of 555, which seedShop leaves free.
  const people = makePeople(seed + 7_000, options.newPeople, pastDays(now, zone, 60));
  const offset = (Math.floor(now / DAY) % 40) * 70; // files of other days bring other newcomers
  return people.map((p, i) => {
    const squareId = `${(p.squareId ?? new Rng(`${seed}:new:${i}`).text('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 26)).slice(0, 20)}N${options.to.slice(8)}${String(i).padStart(3, '0')}`;
    const town = TOWNS[p.town] as (typeof TOWNS)[number];
    const n = offset + i;
    const area = (AREA_CODES[n % AREA_CODES.length] as readonly [string, number])[0];
    const phone = p.phone ? `+1${area}555${9902 + (Math.floor(n / AREA_CODES.length) % 98)}` : '';
    return {
      buyer: { squareId, name: `${p.firstName} ${p.lastName}`.trim(), taste: p },
      row: {
        firstName: p.firstName,
        lastName: p.lastName,
        email: p.email ? p.email.replace('@example', `${i}@example`) : '',
        phone,
        street: p.email ? p.street : '',
        city: p.email ? town[0] : '',
        region: p.email ? town[1] : '',
        postalCode: p.email ? town[2] : '',
        birthday: p.birthday && !p.birthday.startsWith('-') ? p.birthday : '',
        squareId,
        firstVisit: options.from,
        lastVisit: options.to,
        visits: 1,
        spend: 0,
        instant: p.weak,
      },
    };
  });
}

function directory(db: Db, ids: ReadonlySet<string>): DirectoryRow[] {
  const rows = db.raw
    .prepare(
      `SELECT c.first_name AS firstName, c.last_name AS lastName, coalesce(c.email, '') AS email, coalesce(c.phone, '') AS phone, c.street, c.city, c.region,
         c.postal_code AS postalCode, coalesce(c.birthday, '') AS birthday, i.source_customer_id AS squareId, c.first_visit_at AS firstAt,
         c.last_visit_at AS lastAt, c.visits, c.spend, c.weak
       FROM customer_identity i JOIN customer c ON c.id = i.customer_id
       WHERE i.source = 'square' AND i.source_customer_id IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
    )
    .all(JSON.stringify([...ids])) as (Omit<DirectoryRow, 'firstVisit' | 'lastVisit' | 'instant'> & {
    firstAt: UtcMs | null;
    lastAt: UtcMs | null;
    weak: number;
  })[];
  const zone = 'America/New_York' as Zone;
  const day = (at: UtcMs | null) => (at === null ? '' : shopDay(at, zone));
  return rows.map((r) => ({
    ...r,
    birthday: r.birthday.startsWith('-') ? '' : r.birthday,
    firstVisit: day(r.firstAt),
    lastVisit: day(r.lastAt),
    instant: r.weak === 1,
  }));
}
