import type { UtcMs } from '@domain/kernel';
import { SECOND } from '@domain/kernel';
import type { Db } from '../open';
import { type BasketLine, basket } from './catalogue';
import { instantAt, type SeedDay } from './days';
import { type PastRedemption, type PastResult, recognised, visitKey } from './past';
import { minuteOfDay, type SeedPerson } from './people';
import { cumulative, Rng } from './random';

export interface SalesFigures {
  readonly sales: number;
  readonly lines: number;
  readonly refunds: number;
}

/** One receipt of the till, money in cents. */
export interface Receipt {
  readonly lines: readonly (BasketLine & {
    readonly gross: number;
    readonly discount: number;
    readonly net: number;
    readonly tax: number;
  })[];
  readonly gross: number;
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
}

/** Ulster County, NY: 4 % state + 4 % county, per line. */
const TAX = 0.08;
const LINES_PER_RECEIPT = 1.58;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function receipt(lines: readonly BasketLine[], percentOff: number): Receipt {
  const out = { lines: [] as Receipt['lines'][number][], gross: 0, discount: 0, net: 0, tax: 0 };
  for (const l of lines) {
    const gross = l.item.price * l.qty;
    const discount = Math.round((gross * percentOff) / 100);
    const net = gross - discount;
    const tax = Math.round(net * TAX);
    out.lines.push({ ...l, gross, discount, net, tax });
    out.gross += gross;
    out.discount += discount;
    out.net += net;
    out.tax += tax;
  }
  return out;
}

/** A transaction id as the till prints it; the running number makes it unique. */
export function transactionId(rng: Rng, n: number): string {
  return `${rng.text(ALPHABET, 18)}${n.toString(36).padStart(7, '0')}aZY`;
}

export const CARDS: readonly string[] = ['Visa', 'Visa', 'MasterCard', 'American Express', 'Discover', ''];
export const CLERKS: readonly string[] = ['Dana', 'Luis', 'Mei'];

const dearest = (r: Receipt): string | null =>
  r.lines.reduce<Receipt['lines'][number] | null>((top, l) => (top && top.net >= l.net ? top : l), null)?.item.name ?? null;

/** Sums that end up in the customer row, kept while the sales are written. */
export interface PersonTotals {
  days: number[];
  spend: number;
  spend365: number;
  firstAt: number | null;
  lastAt: number | null;
  lastItem: string | null;
  /** Days on which they brought something back; null = none. */
  backs: number[] | null;
}

const SALE = `INSERT INTO sale (id, source, source_sale_id, receipt_no, kind, status, occurred_at, shop_day, customer_id, source_customer_id, currency,
  gross, discount, net, tax, total, discount_label, payment_methods, card_last4, channel, register, staff_name, import_id)
  VALUES (?, 'square', ?, ?, ?, 'completed', ?, ?, ?, ?, 'USD', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const LINE = `INSERT INTO sale_line (sale_id, line_no, name, variant, category, sku, qty_milli, gross, discount, net, tax)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export interface SalesInput {
  readonly seed: number;
  readonly people: readonly SeedPerson[];
  readonly days: readonly SeedDay[];
  readonly results: readonly PastResult[];
  readonly redemptions: readonly PastRedemption[];
  /** Sale lines to reach by anonymous sales; null = about two thirds of all receipts are anonymous. */
  readonly lines: number | null;
  readonly importOf: (dayIndex: number) => number;
  readonly now: UtcMs;
  readonly shopName: string;
}

/** Writes every receipt oldest first, known and anonymous, with the returns they led to. Fills `totals` and answers which sale each redemption became. */
export function writeSales(
  db: Db,
  input: SalesInput,
): SalesFigures & { totals: (PersonTotals | undefined)[]; saleOf: Map<number, { id: number; receiptNo: string; receipt: Receipt }> } {
  const { seed, people, days } = input;
  const rng = new Rng(`${seed}:sales`);
  const redeemed = new Map(input.redemptions.map((r) => [visitKey(r.person, r.visit), r]));
  const order = timeline(rng, input);
  const sale = db.raw.prepare(SALE);
  const line = db.raw.prepare(LINE);
  const totals: (PersonTotals | undefined)[] = new Array(people.length);
  const saleOf = new Map<number, { id: number; receiptNo: string; receipt: Receipt }>();
  let id = 0;
  let lines = 0;
  let refunds = 0;
  const begin = () => db.raw.exec('BEGIN IMMEDIATE');
  begin();
  for (const key of order) {
    const second = Math.floor(key / SHIFT);
    const personNo = key - second * SHIFT - 1;
    const visit = Math.floor(second / 60);
    const dayNo = Math.floor(visit / 1440);
    const day = days[dayNo] as SeedDay;
    const at = instantAt(day, visit % 1440) + (second % 60) * SECOND;
    const person = personNo >= 0 ? people[personNo] : undefined;
    const known = person?.squareId != null && recognised(seed, personNo, visit) ? person : undefined;
    const redemption = person ? redeemed.get(visitKey(personNo, visit)) : undefined;
    const percent = redemption ? (input.results[redemption.campaign]?.plan.percentOff ?? 0) : rng.chance(0.04) ? 10 : 0;
    const r = receipt(basket(rng, day.month, person ?? null), percent);
    id++;
    const card = rng.pick(CARDS);
    const source = transactionId(rng, id);
    const receiptNo = redemption ? rng.text(ALPHABET, 4) : null;
    const common = [
      card === '' ? 'cash' : 'card',
      card === '' ? null : String(rng.int(1000, 9999)),
      input.shopName,
      'Counter',
      rng.pick(CLERKS),
      input.importOf(dayNo),
    ];
    const who = known ? [personNo + 1, known.squareId] : [null, null];
    sale.run(
      id,
      source,
      receiptNo,
      'sale',
      at,
      day.day,
      ...who,
      r.gross,
      r.discount,
      r.net,
      r.tax,
      r.net + r.tax,
      percent ? `${percent}% off` : null,
      ...common,
    );
    for (const [i, l] of r.lines.entries()) {
      line.run(id, i + 1, l.item.name, l.size, l.item.category, l.item.sku, l.qty * 1000, l.gross, l.discount, l.net, l.tax);
    }
    lines += r.lines.length;
    if (redemption && receiptNo) saleOf.set(visitKey(personNo, visit), { id, receiptNo, receipt: r });
    if (known) add(totals, personNo, dayNo, days.length, at, r.net + r.tax, dearest(r));
    if (rng.chance(0.015) && dayNo + 9 < days.length) {
      const back = refundDay(rng, dayNo, days);
      const first = r.lines[0];
      if (back !== null && first) {
        id++;
        refunds++;
        lines++;
        const linked = known && rng.chance(0.5);
        const backDay = days[back] as SeedDay;
        const backAt = instantAt(backDay, minuteOfDay(rng));
        const party = linked ? who : [null, null];
        sale.run(
          id,
          transactionId(rng, id),
          null,
          'refund',
          backAt,
          backDay.day,
          ...party,
          -first.gross,
          first.discount,
          -first.net,
          -first.tax,
          -first.net - first.tax,
          null,
          ...common.slice(0, -1),
          input.importOf(back),
        );
        line.run(
          id,
          1,
          first.item.name,
          first.size,
          first.item.category,
          first.item.sku,
          -first.qty * 1000,
          -first.gross,
          first.discount,
          -first.net,
          -first.tax,
        );
        const t = totals[personNo];
        if (linked && t) {
          t.spend -= first.net + first.tax;
          t.backs = [...(t.backs ?? []), back];
          if (days.length - back <= 365) t.spend365 -= first.net + first.tax;
        }
      }
    }
    if (id % 40_000 < 2) {
      db.raw.exec('COMMIT');
      begin();
    }
  }
  db.raw.exec('COMMIT');
  return { sales: id - refunds, lines, refunds, totals, saleOf };
}

/** Room for the person's number beside the second of the story in one sortable number. */
const SHIFT = 4_194_304;

function timeline(rng: Rng, { people, days, lines }: SalesInput): Float64Array {
  let known = 0;
  for (const p of people) known += p.visits.length;
  const anonymous = lines === null ? Math.round(known * 1.55) : Math.max(0, Math.round(lines / LINES_PER_RECEIPT) - known);
  const order = new Float64Array(known + anonymous);
  let n = 0;
  for (const [i, p] of people.entries()) for (const v of p.visits) order[n++] = (v * 60 + rng.int(0, 59)) * SHIFT + i + 1;
  const busy = cumulative(days.map((d) => d.weight));
  for (let i = 0; i < anonymous; i++) {
    const day = rng.pickCumulative(busy);
    order[n++] = ((day * 1440 + minuteOfDay(rng)) * 60 + rng.int(0, 59)) * SHIFT;
  }
  return order.sort();
}

function refundDay(rng: Rng, from: number, days: readonly SeedDay[]): number | null {
  for (let d = from + rng.int(1, 8); d < days.length; d++) if ((days[d]?.weight ?? 0) > 0) return d;
  return null;
}

function add(
  totals: (PersonTotals | undefined)[],
  person: number,
  dayNo: number,
  count: number,
  at: number,
  spend: number,
  item: string | null,
): void {
  totals[person] ??= { days: [], spend: 0, spend365: 0, firstAt: null, lastAt: null, lastItem: null, backs: null };
  const t = totals[person] as PersonTotals;
  if (t.days[t.days.length - 1] !== dayNo) t.days.push(dayNo);
  t.spend += spend;
  if (count - dayNo <= 365) t.spend365 += spend;
  t.firstAt ??= at;
  t.lastAt = at;
  t.lastItem = item;
}
