import type { ShopDay } from '../kernel';
import type { LoyaltyFacts, NoteFact } from './account';
import { bringBack, exchangeDays, inOrder, netLeft, type Purchase, purchaseOf, type SaleFact, thingsLeft } from './purchases';
import { settledNotes } from './settle';
import { type LoyaltyTerms, type LoyaltyVersion, percentOn, thatHeld, versionOn } from './terms';
import { type Bought, tierPercent } from './tiers';

/** Something earned, and what of it was taken back later. */
export interface Earning {
  readonly cause: string;
  readonly kind: 'earn' | 'backfill';
  readonly day: ShopDay;
  readonly points: number;
}

/** What bringing something back costs, by what it had earned. */
export interface TakenBack {
  readonly cause: string;
  readonly day: ShopDay;
  readonly of: readonly { readonly cause: string; readonly points: number }[];
}

export interface Earned {
  readonly earnings: readonly Earning[];
  readonly returns: readonly TakenBack[];
  readonly bought: readonly Bought[];
  readonly settled: ReadonlySet<string>;
  readonly unconfirmed: number;
}

/** How a purchase counts: by which terms, times what, under which cause. */
interface Rule {
  readonly terms: LoyaltyTerms;
  readonly percent: number;
  readonly cause: string;
  readonly kind: 'earn' | 'backfill';
}

/** Several purchases that give one sum: those of one visit, or all of before; otherwise one alone. */
interface Pot {
  readonly rule: Rule;
  readonly purchases: Purchase[];
  day: ShopDay;
  given: number;
}

export const HISTORY = 'history';

const whole = (x: number): number => Math.floor(x + 1e-9);

function givesOf(rule: Rule, purchases: readonly Purchase[]): number {
  const { terms, percent } = rule;
  if (terms.kind === 'visits') {
    const days = new Map<ShopDay, number>();
    for (const p of purchases) days.set(p.sale.day, (days.get(p.sale.day) ?? 0) + netLeft(p));
    const least = Math.max(1, terms.minSpend);
    let n = 0;
    for (const net of days.values()) if (net >= least) n += whole(percent / 100);
    return n;
  }
  if (terms.kind === 'items') {
    const counts = itemCounts(terms);
    return purchases.reduce((n, p) => n + whole(((thingsLeft(p, counts) / 1000) * percent) / 100), 0);
  }
  const times = new Map(terms.times.map((t) => [t.category.trim().toLowerCase(), t.percent]));
  return purchases.reduce((n, p) => {
    const weighed = p.parts.reduce((sum, x) => sum + x.left * (times.get(x.category.trim().toLowerCase()) ?? 100), 0);
    return n + whole(((weighed / 100) * (percent / 100) * terms.perUnit) / terms.unit);
  }, 0);
}

/** Whether a thing of the till counts on a card per item. */
export function itemCounts(terms: Pick<LoyaltyTerms, 'items' | 'categories'>): (part: { item: string; category: string }) => boolean {
  if (terms.items.length + terms.categories.length === 0) return () => true;
  const fold = (s: string) => s.trim().toLowerCase();
  const items = new Set(terms.items.map(fold));
  const categories = new Set(terms.categories.map(fold));
  return (part) => items.has(fold(part.item)) || categories.has(fold(part.category));
}

/** What a note of staff is worth while no till file has told the sale. */
export function noteGives(terms: LoyaltyTerms, note: Pick<NoteFact, 'day' | 'amount' | 'count'>, percent: number): number {
  if (terms.kind === 'visits') return note.amount !== null && note.amount < terms.minSpend ? 0 : whole(percent / 100);
  if (terms.kind === 'items') return whole((note.count * percent) / 100);
  return whole((((note.amount ?? 0) * percent) / 100) * (terms.perUnit / terms.unit));
}

/**
 * What somebody has earned, day by day: by the terms of the day, multiplied by what the 365 days before made them. What is brought back
 * takes what its purchase had given, however long ago.
 */
export function earnings(versions: readonly LoyaltyVersion[], facts: LoyaltyFacts): Earned {
  const sales = inOrder(facts.sales);
  const exchanged = exchangeDays(sales);
  const settled = settledNotes(facts.notes, sales, (day) => versionOn(versions, day)?.terms.kind === 'visits');
  const counts = whoCounts(versions, facts.memberSince);
  const bought: Bought[] = [];
  const purchases: Purchase[] = [];
  const potOf = new Map<Purchase, Pot>();
  const pots = new Map<string, Pot>();
  const open: Pot[] = [];
  const returns: TakenBack[] = [];
  const out: Earning[] = [];
  const close = () => {
    for (const pot of open.splice(0)) {
      pot.given = capped(pot, counts, givesOf(pot.rule, pot.purchases));
      out.push({ cause: pot.rule.cause, kind: pot.rule.kind, day: pot.day, points: pot.given });
    }
  };
  const punched = new Map<ShopDay, NoteFact>();
  for (const n of facts.notes) {
    if (n.kind === 'punch' && !settled.has(n.uid) && counts.card(n.day)?.kind === 'visits' && !punched.has(n.day)) punched.set(n.day, n);
  }

  for (let i = 0; i < sales.length; ) {
    const { day } = sales[i] as SaleFact;
    const of: SaleFact[] = [];
    for (; sales[i]?.day === day; i++) of.push(sales[i] as SaleFact);
    // before the first day after it: the sum of all before is complete
    if (counts.historyEnds !== null && day >= counts.historyEnds) closeHistory(open, close);
    const terms = counts.on(day);
    const history = terms === null && counts.inHistory(day);
    const percent = terms === null ? 100 : (percentOn(terms, day) * tierPercent(terms, bought, day)) / 100;
    let net = 0;
    let returned = 0;
    const fresh: Pot[] = [];
    for (const sale of of) {
      if (sale.kind === 'refund') continue;
      const p = purchaseOf(sale);
      purchases.push(p);
      net += netLeft(p);
      const rule = ruleOf(counts, terms, history, percent, sale, exchanged.has(day));
      if (rule === null) continue;
      let pot = pots.get(rule.cause);
      if (!pot) {
        pot = { rule, purchases: [], day: rule.kind === 'backfill' ? (counts.historyEnds ?? day) : day, given: 0 };
        pots.set(rule.cause, pot);
        (rule.kind === 'backfill' ? open : fresh).push(pot);
      }
      pot.purchases.push(p);
      potOf.set(p, pot);
    }
    const pending = new Set([...fresh, ...open]);
    const refunds = of.filter((s) => s.kind === 'refund');
    for (const refund of refunds) returned -= refund.net;
    // something else of at least the same worth was taken instead: the visit of back then stays a visit
    const swapped = exchanged.has(day) && net >= returned;
    // a purchase of points is worth what it was before anything was brought back on its own day
    const eager = fresh.filter((p) => p.rule.terms.kind !== 'visits');
    for (const pot of eager) {
      pot.given = givesOf(pot.rule, pot.purchases);
      pending.delete(pot);
      out.push({ cause: pot.rule.cause, kind: 'earn', day, points: pot.given });
    }
    for (const refund of refunds) {
      const { from } = bringBack(refund, purchases);
      const touched = new Set(from.map((p) => potOf.get(p)).filter((p): p is Pot => p !== undefined && !pending.has(p)));
      const lost: { cause: string; points: number }[] = [];
      for (const pot of touched) {
        if (swapped && pot.rule.terms.kind === 'visits') continue;
        const now = capped(pot, counts, givesOf(pot.rule, pot.purchases));
        if (now < pot.given) lost.push({ cause: pot.rule.cause, points: pot.given - now });
        pot.given = Math.min(pot.given, now);
      }
      if (lost.length > 0) returns.push({ cause: `sale:${refund.key}`, day, of: lost });
    }
    for (const pot of fresh) {
      if (!pending.has(pot)) continue;
      pot.given = givesOf(pot.rule, pot.purchases);
      out.push({ cause: pot.rule.cause, kind: 'earn', day, points: pot.given });
    }
    const visit = of.some((s) => s.kind === 'sale' && s.status !== 'refunded') && !exchanged.has(day) && net > 0 ? 1 : 0;
    bought.push({ day, net: net - returned, visits: visit });
  }
  closeHistory(open, close);

  let unconfirmed = 0;
  for (const n of facts.notes) {
    if (n.kind !== 'punch' || settled.has(n.uid)) continue;
    const terms = counts.card(n.day);
    if (terms === null) continue;
    if (terms.kind === 'visits' && punched.get(n.day)?.uid !== n.uid) continue;
    const points = noteGives(terms, n, (percentOn(terms, n.day) * tierPercent(terms, bought, n.day)) / 100);
    unconfirmed += points;
    out.push({ cause: terms.kind === 'visits' ? `day:${n.day}` : `note:${n.uid}`, kind: 'earn', day: n.day, points });
  }
  return { earnings: out, returns, bought, settled, unconfirmed };
}

function closeHistory(open: readonly Pot[], close: () => void): void {
  if (open.length > 0) close();
}

interface WhoCounts {
  /** Terms a purchase of this day counts by; null = it does not. */
  on(day: ShopDay): LoyaltyTerms | null;
  /** Terms a note of staff counts by: whoever got a punch has a card. */
  card(day: ShopDay): LoyaltyTerms | null;
  inHistory(day: ShopDay): boolean;
  readonly history: LoyaltyVersion | null;
  /** First day after what is summed up as one. */
  readonly historyEnds: ShopDay | null;
}

function whoCounts(versions: readonly LoyaltyVersion[], memberSince: ShopDay | null): WhoCounts {
  const card = (day: ShopDay) => {
    const v = versionOn(versions, day);
    return v?.state === 'on' ? v.terms : null;
  };
  const on = (day: ShopDay) => {
    const terms = card(day);
    return terms === null || terms.joining === 'all' || (memberSince !== null && day >= memberSince) ? terms : null;
  };
  const found = thatHeld(versions).find((v) => v.state === 'on' && v.history !== null) ?? null;
  const asked = found?.terms.joining === 'asked';
  const history = asked && memberSince === null ? null : found;
  const historyEnds =
    history === null ? null : asked && memberSince !== null && memberSince > history.fromDay ? memberSince : history.fromDay;
  return {
    on,
    card,
    history,
    historyEnds,
    inHistory: (day) =>
      history?.history !== null && history !== null && day >= history.history.since && historyEnds !== null && day < historyEnds,
  };
}

function ruleOf(
  counts: WhoCounts,
  terms: LoyaltyTerms | null,
  history: boolean,
  percent: number,
  sale: SaleFact,
  exchanged: boolean,
): Rule | null {
  if (terms === null) {
    if (!history || counts.history === null) return null;
    if (counts.history.terms.kind === 'visits' && exchanged) return null;
    return { terms: counts.history.terms, percent: 100, cause: HISTORY, kind: 'backfill' };
  }
  if (terms.kind !== 'visits') return { terms, percent, cause: `sale:${sale.key}`, kind: 'earn' };
  return exchanged ? null : { terms, percent, cause: `day:${sale.day}`, kind: 'earn' };
}

function capped(pot: Pot, counts: WhoCounts, points: number): number {
  const most = pot.rule.kind === 'backfill' ? (counts.history?.history?.most ?? null) : null;
  return most === null ? points : Math.min(most, points);
}
