/**
 * Till check: discounts the till shows as text offers, against codes recorded at the counter. Every receipt with such a discount and
 * every use of a code recorded there is in exactly one row. A code the till itself wrote on its receipt (rules.md §6) explains that receipt
 * and is said apart: nobody recorded it. Money in minor units, instants UTC.
 */
import type { Cents, CustomerId, OfferId, SaleId, ShopDay, UtcMs } from '../kernel';
import { HOUR, MINUTE } from '../kernel';

/** A receipt of the till file that names a discount meaning a text offer. */
export interface TillDiscount {
  readonly saleId: SaleId;
  readonly at: UtcMs;
  readonly day: ShopDay;
  /** False when the file knows only the day. */
  readonly timeKnown: boolean;
  readonly receiptNo: string | null;
  readonly register: string | null;
  readonly clerk: string | null;
  readonly customerId: CustomerId | null;
  /** Names on the receipt that mean a text offer, as the till writes them. */
  readonly names: readonly string[];
  /** Names beside them that mean something else: then the amount is of both. */
  readonly otherNames: number;
  /** Offers those names stand for; empty = any. */
  readonly offers: readonly OfferId[];
  /** Personal codes among the names, in plain form. */
  readonly codes: readonly string[];
  readonly gross: Cents;
  readonly net: Cents;
  readonly tax: Cents;
  readonly discount: Cents;
  /** Everything was brought back. */
  readonly returned: boolean;
}

/** A standing use of a code. */
export interface CounterUse {
  readonly redemptionId: number;
  readonly code: string;
  readonly offerId: OfferId;
  readonly offerName: string;
  readonly customerId: CustomerId | null;
  readonly at: UtcMs;
  readonly day: ShopDay;
  readonly staffName: string | null;
  readonly receiptNo: string | null;
  /** Typed at the counter. */
  readonly amount: Cents | null;
  /** The receipt it is tied to, by its number or by its person. */
  readonly saleId: SaleId | null;
  /** What that receipt says, where it names no discount of ours: no discount at all, one without a name, one with another name. */
  readonly tiedSays: 'none' | 'unnamed' | 'other' | null;
  /** Read from the receipt itself by the till file: no second witness, so it explains its own receipt and nothing else. */
  readonly byFile: boolean;
  /** What the offer gives on an amount before discounts; null where the offer alone does not tell. */
  readonly gives: (gross: number) => number | null;
}

export type TillCheckKind = 'matched' | 'till-code' | 'differs' | 'till-only' | 'counter-only' | 'returned' | 'waiting';
/** How a receipt and a use were found to be one. */
export type MatchedBy = 'link' | 'receipt' | 'code' | 'person' | 'time' | 'day';

export interface TillCheckRow {
  readonly kind: TillCheckKind;
  readonly day: ShopDay;
  readonly at: UtcMs;
  readonly till: TillDiscount | null;
  readonly counter: CounterUse | null;
  readonly by: MatchedBy | null;
  /** What the offer gives on that receipt; null where that cannot be said. */
  readonly expected: Cents | null;
}

/** A customer stands at the till for a few minutes: code and receipt lie this close together. */
export const NEAR = 20 * MINUTE;
/** The same person's receipt may be rung up later in the day. */
export const SAME_PERSON = 6 * HOUR;
/** Tills round per line: so much is no difference. */
export const ROUNDING = 5;

interface Pair {
  readonly t: number;
  readonly c: number;
  readonly by: MatchedBy;
  readonly cost: number;
}

const ORDER: readonly MatchedBy[] = ['link', 'receipt', 'code', 'person', 'time', 'day'];
const plain = (s: string | null): string => (s ?? '').trim().toUpperCase();

/** May this receipt's discount be that offer? A receipt whose names stand for no offer in particular fits any. */
const fits = (t: TillDiscount, c: CounterUse): boolean => t.offers.length === 0 || t.offers.includes(c.offerId);

function pairOf(t: TillDiscount, c: CounterUse): { by: MatchedBy; cost: number } | null {
  // where somebody recorded a code as well, that one is its witness
  if (c.saleId === t.saleId) return c.byFile ? { by: 'code', cost: -1 } : { by: 'link', cost: 0 };
  if (c.byFile) return null;
  // tied to a receipt that is in the list: that one is meant. Tied by person to one that names nothing of ours: another of theirs may be
  if (c.saleId !== null && c.tiedSays === null) return null;
  const apart = Math.abs(t.at - c.at);
  const sameDay = t.day === c.day;
  if (plain(c.receiptNo) !== '' && plain(t.receiptNo) !== '') {
    // another number on both sides is another receipt, however close in time
    return plain(c.receiptNo) === plain(t.receiptNo) && apart <= 12 * HOUR ? { by: 'receipt', cost: apart } : null;
  }
  if (t.codes.includes(c.code)) return { by: 'code', cost: apart };
  if (!sameDay || !fits(t, c) || (c.saleId !== null && (t.customerId === null || c.customerId === null))) return null;
  if (t.customerId !== null && c.customerId !== null) {
    return t.customerId === c.customerId && (apart <= SAME_PERSON || !t.timeKnown) ? { by: 'person', cost: apart } : null;
  }
  const sums: readonly number[] = [t.gross, t.net, t.net + t.tax, t.gross + t.tax];
  const sameAmount = c.amount !== null && sums.includes(c.amount);
  if (!t.timeKnown) return { by: 'day', cost: sameAmount ? 0 : 1 };
  return apart <= NEAR ? { by: 'time', cost: sameAmount ? 0 : 1 + apart } : null;
}

/**
 * One receipt, one use, surest first: tied by receipt or person already, the receipt number, the code itself, the same person on the
 * same day, then the nearest within 20 minutes (the same amount before others), then the same day where the file knows no times.
 * `covered`: uses after that day wait for the till file.
 */
export function checkTill(till: readonly TillDiscount[], uses: readonly CounterUse[], covered: ShopDay | null): TillCheckRow[] {
  const taken = pairs(till, uses);
  const rows: TillCheckRow[] = [];
  const used = new Set<number>();
  for (const [i, t] of till.entries()) {
    const p = taken.get(i);
    const c = p === undefined ? undefined : uses[p.c];
    if (p) used.add(p.c);
    const expected = c === undefined ? null : expectedOn(t, c);
    const kind: TillCheckKind = t.returned
      ? 'returned'
      : !c
        ? 'till-only'
        : expected !== null && Math.abs(expected - t.discount) > ROUNDING
          ? 'differs'
          : c.byFile
            ? 'till-code'
            : 'matched';
    rows.push({ kind, day: t.day, at: t.at, till: t, counter: c ?? null, by: p?.by ?? null, expected });
  }
  for (const [i, c] of uses.entries()) {
    // a receipt whose word the owner called something else is no text discount, whatever it redeemed
    if (used.has(i) || c.byFile) continue;
    const waits = c.saleId === null && (covered === null || c.day > covered);
    // a receipt that tells an amount and no name is taken at its word
    const kind: TillCheckKind = waits ? 'waiting' : c.tiedSays === 'unnamed' ? 'matched' : 'counter-only';
    rows.push({ kind, day: c.day, at: c.at, till: null, counter: c, by: kind === 'matched' ? 'link' : null, expected: null });
  }
  return rows.sort((a, b) => b.at - a.at || (b.till?.saleId ?? 0) - (a.till?.saleId ?? 0));
}

/** What the offer gives on this receipt. With several discounts on it nobody can say which took what. */
function expectedOn(t: TillDiscount, c: CounterUse): Cents | null {
  if (t.otherNames > 0 || t.names.length > 1) return null;
  return c.gives(t.gross) as Cents | null;
}

function pairs(till: readonly TillDiscount[], uses: readonly CounterUse[]): Map<number, Pair> {
  const byDay = new Map<string, number[]>();
  const put = (key: string, i: number) => {
    const list = byDay.get(key);
    if (list) list.push(i);
    else byDay.set(key, [i]);
  };
  for (const [i, t] of till.entries()) {
    put(`d ${t.day}`, i);
    put(`s ${t.saleId}`, i);
    if (plain(t.receiptNo) !== '') put(`r ${plain(t.receiptNo)}`, i);
    for (const code of t.codes) put(`c ${code}`, i);
  }
  const all: Pair[] = [];
  for (const [c, use] of uses.entries()) {
    const near = new Set<number>();
    // nearly all are tied to a receipt of the list already: nothing else can be theirs
    const tied = use.saleId !== null && use.tiedSays === null;
    const keys = tied ? [`s ${use.saleId}`] : [`s ${use.saleId}`, `d ${use.day}`, `r ${plain(use.receiptNo)}`, `c ${use.code}`];
    for (const key of keys) for (const t of byDay.get(key) ?? []) near.add(t);
    for (const t of near) {
      const pair = pairOf(till[t] as TillDiscount, use);
      if (pair) all.push({ t, c, ...pair });
    }
  }
  const rank = (p: Pair) => ORDER.indexOf(p.by);
  all.sort((a, b) => rank(a) - rank(b) || a.cost - b.cost || a.t - b.t || a.c - b.c);
  const byTill = new Map<number, Pair>();
  const byUse = new Set<number>();
  for (const p of all) {
    if (byTill.has(p.t) || byUse.has(p.c)) continue;
    byTill.set(p.t, p);
    byUse.add(p.c);
  }
  return byTill;
}

export interface TillCheckSums {
  /** Receipts with a text discount, and uses recorded at the counter on days the till file covers. */
  readonly till: number;
  readonly counter: number;
  readonly matched: number;
  /** Receipts the code itself stands on, recorded by nobody. */
  readonly tillCode: number;
  readonly differs: number;
  readonly tillOnly: number;
  readonly counterOnly: number;
  readonly returned: number;
  readonly waiting: number;
  /** Given away on receipts with nothing but their own code, and on those without any. */
  readonly tillCodeDiscount: Cents;
  readonly tillOnlyDiscount: Cents;
  /** Given away beyond what the offers give, less what was given short, over receipts that differ. */
  readonly differsBy: Cents;
}

/**
 * Sums of a list of rows. till = matched with a receipt + till code + differs + till only + returned; counter = all recorded uses that do
 * not wait.
 */
export function sumsOf(rows: readonly TillCheckRow[]): TillCheckSums {
  const of = (kind: TillCheckKind) => rows.filter((r) => r.kind === kind);
  const sum = (list: readonly TillCheckRow[], pick: (r: TillCheckRow) => number) => list.reduce((n, r) => n + pick(r), 0) as Cents;
  return {
    till: rows.filter((r) => r.till !== null).length,
    counter: rows.filter((r) => r.counter !== null && !r.counter.byFile && r.kind !== 'waiting').length,
    matched: of('matched').length,
    tillCode: of('till-code').length,
    differs: of('differs').length,
    tillOnly: of('till-only').length,
    counterOnly: of('counter-only').length,
    returned: of('returned').length,
    waiting: of('waiting').length,
    tillCodeDiscount: sum(of('till-code'), (r) => r.till?.discount ?? 0),
    tillOnlyDiscount: sum(of('till-only'), (r) => r.till?.discount ?? 0),
    differsBy: sum(of('differs'), (r) => (r.till?.discount ?? 0) - (r.expected ?? 0)),
  };
}

export interface TillCheckGroup extends TillCheckSums {
  /** The day, register or clerk; '' = the export does not say. */
  readonly name: string;
}

/** The same sums by day, register or clerk of the till, most unexplained first (days: newest first). */
export function groupsOf(rows: readonly TillCheckRow[], by: 'day' | 'register' | 'clerk'): TillCheckGroup[] {
  const groups = new Map<string, TillCheckRow[]>();
  for (const r of rows) {
    const name = by === 'day' ? r.day : r.till === null ? null : (r.till[by] ?? '');
    if (name === null) continue;
    const list = groups.get(name);
    if (list) list.push(r);
    else groups.set(name, [r]);
  }
  const out = [...groups].map(([name, list]) => ({ name, ...sumsOf(list) }));
  return by === 'day'
    ? out.sort((a, b) => (a.name < b.name ? 1 : -1))
    : out.sort((a, b) => b.tillOnly - a.tillOnly || b.till - a.till || (a.name < b.name ? -1 : 1));
}
