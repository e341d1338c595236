import { isExchangeDay } from '../customers/exchange';
import type { Cents, ShopDay, UtcMs } from '../kernel';

/** A line of a receipt, signed as the till wrote it: refunds are negative. */
export interface LineFact {
  /** Name and variant: what a return is recognised by. */
  readonly thing: string;
  readonly item: string;
  readonly category: string;
  /** Thousandths. */
  readonly qty: number;
  /** Before tax, minor units. */
  readonly net: Cents;
}

/** A receipt of one person that took place; voided, failed and open ones are left out by the caller. */
export interface SaleFact {
  /** The till's own number, so that the same receipt read again is the same. */
  readonly key: string;
  readonly kind: 'sale' | 'refund';
  readonly status: string;
  readonly at: UtcMs;
  readonly day: ShopDay;
  readonly net: Cents;
  readonly tax: Cents;
  /** With tax, when the refund is an amount on the sale itself. */
  readonly refunded: Cents;
  readonly receiptNo: string | null;
  /** Empty where the till tells none, or where nobody asks for them. */
  readonly lines: readonly LineFact[];
}

interface Part {
  readonly thing: string;
  readonly item: string;
  readonly category: string;
  readonly qty: number;
  readonly net: number;
  /** What has not been brought back. */
  left: number;
}

/** A purchase with what is left of it. */
export interface Purchase {
  readonly sale: SaleFact;
  readonly parts: readonly Part[];
}

/** What was brought back later: from which purchases, how much of each. */
export interface Return {
  readonly sale: SaleFact;
  /** Purchases whose rest changed. */
  readonly from: readonly Purchase[];
}

const byTime = (a: SaleFact, b: SaleFact): number =>
  a.day !== b.day
    ? a.day < b.day
      ? -1
      : 1
    : a.kind !== b.kind
      ? a.kind === 'sale'
        ? -1
        : 1
      : a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** In the order of the shop's days, purchases of a day before what was brought back on it; the order of files plays no part. */
export const inOrder = (sales: readonly SaleFact[]): SaleFact[] => [...sales].sort(byTime);

/** What a sale began with, less what is written on the sale itself as given back. */
export function purchaseOf(sale: SaleFact): Purchase {
  const paid = sale.net + sale.tax;
  const gone = sale.status === 'refunded' ? 1 : paid > 0 ? Math.min(1, sale.refunded / paid) : 0;
  const rest = (net: number): number => Math.round(net * (1 - gone));
  const parts: Part[] = sale.lines
    .filter((l) => l.net > 0)
    .map((l) => ({ thing: l.thing, item: l.item, category: l.category, qty: l.qty, net: l.net, left: rest(l.net) }));
  const covered = sale.lines.reduce((n, l) => n + l.net, 0);
  const bare = sale.net - covered;
  if (bare > 0) parts.push({ thing: '', item: '', category: '', qty: sale.lines.length === 0 ? 1000 : 0, net: bare, left: rest(bare) });
  return { sale, parts };
}

/**
 * Which purchases a refund takes from: the latest that had the same thing, else the latest of which anything is left. What belongs to no
 * purchase known gave nothing, so nothing is taken back for it.
 */
export function bringBack(refund: SaleFact, before: readonly Purchase[]): Return {
  const touched = new Set<Purchase>();
  const take = (amount: number, fits: (p: Part) => boolean): number => {
    let owed = amount;
    for (let i = before.length - 1; i >= 0 && owed > 0; i--) {
      const purchase = before[i] as Purchase;
      for (const part of purchase.parts) {
        if (part.left <= 0 || !fits(part)) continue;
        const taken = Math.min(part.left, owed);
        part.left -= taken;
        owed -= taken;
        touched.add(purchase);
        if (owed === 0) break;
      }
    }
    return owed;
  };
  let open = 0;
  let covered = 0;
  for (const l of refund.lines) {
    if (l.net >= 0) continue;
    covered -= l.net;
    open += take(-l.net, (p) => p.thing !== '' && p.thing === l.thing);
  }
  open += Math.max(0, -refund.net - covered);
  if (open > 0) take(open, () => true);
  return { sale: refund, from: [...touched] };
}

export const netLeft = (p: Purchase): number => p.parts.reduce((n, x) => n + x.left, 0);

/** Things of a purchase that count and were kept, in thousandths. */
export const thingsLeft = (p: Purchase, counts: (part: { item: string; category: string }) => boolean): number =>
  p.parts.reduce((n, x) => n + (counts(x) && x.net > 0 ? (x.qty * x.left) / x.net : 0), 0);

/** Days on which something was brought back and something bought: no visit (rules.md §8). */
export function exchangeDays(sales: readonly SaleFact[]): Set<ShopDay> {
  const days = new Map<ShopDay, SaleFact[]>();
  for (const s of sales) {
    const of = days.get(s.day);
    if (of) of.push(s);
    else days.set(s.day, [s]);
  }
  return new Set([...days].filter(([, of]) => isExchangeDay(of)).map(([day]) => day));
}
