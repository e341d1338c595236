import { offerById } from '@db/queries/offers';
import { figuresStamp } from '@db/queries/reports';
import { readMeta, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import {
  type NamedSale,
  namedSales,
  namesStamp,
  type RefundRow,
  refundsBetween,
  type Settled,
  settledSales,
  settledStamp,
  settleSale,
  type TillTells,
  tillTells,
  type UseRow,
  usesBetween,
} from '@db/queries/till-check';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { Cents, CustomerId, OfferId, SaleId, ShopDay, Zone } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { discountOf } from '@domain/offers/redemption';
import {
  type CounterUse,
  checkTill,
  groupsOf,
  sumsOf,
  type TillCheckGroup,
  type TillCheckKind,
  type TillCheckRow,
  type TillCheckSums,
  type TillDiscount,
} from '@domain/reports/till-check';
import { namesIn } from '@domain/reports/till-names';
import type { Ctx, Session } from '../ctx';
import { coveredThrough } from '../reports/coverage';
import { type Meaning, meanings } from './till-names';

/** A sale brought back within so many days gave nothing away in the end. */
const RETURN_REACH = 30 * DAY;
/** The days This week looks at. */
const RECENT_DAYS = 28;

export interface TillCheck {
  rows: TillCheckRow[];
  from: ShopDay;
  to: ShopDay;
  covered: ShopDay | null;
  /** Sales with a named discount. */
  named: number;
  /** Receipts with a name nobody has said the meaning of. */
  undecided: number;
}

interface Kept {
  stamp: string;
  check: TillCheck;
}
/** The page asks for its sums and for its rows, and This week for a count: worked out once, until something it rests on changes. */
const kept = new WeakMap<Ctx['db'], Map<number, Kept>>();

function stampNow(ctx: Ctx): { today: ShopDay; covered: ShopDay | null; stamp: string } {
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const covered = coveredThrough(ctx);
  return { today, covered, stamp: `${figuresStamp(ctx.db)}|${namesStamp(ctx.db)}|${today}|${covered}` };
}

/** The check over the last `days` shop days the till file covers, and what was recorded since. */
export function tillCheck(ctx: Ctx, days: number): TillCheck {
  const { today, covered, stamp } = stampNow(ctx);
  const cache = kept.get(ctx.db) ?? new Map<number, Kept>();
  kept.set(ctx.db, cache);
  const old = cache.get(days);
  if (old?.stamp === stamp) return old.check;
  const check = checkNow(ctx, days, today, covered);
  cache.set(days, { stamp, check });
  return check;
}

function checkNow(ctx: Ctx, days: number, today: ShopDay, covered: ShopDay | null): TillCheck {
  const { zone } = ctx.settings().shop;
  const last = covered !== null && covered < today ? covered : today;
  const from = addDays(last, 1 - days);
  // a day more on both sides: a receipt and its use may lie on either side of midnight
  const [first, end] = [addDays(from, -1), addDays(today, 1)];
  const sales = namedSales(ctx.db, first, end);
  const uses = usesBetween(ctx.db, startOfDay(first, zone), startOfDay(addDays(end, 1), zone));
  const meaning = meanings(ctx, [...sales.flatMap((s) => [s.code, s.label]), ...uses.flatMap((u) => [u.tiedCode, u.tiedLabel])]);
  const read = nameReader(meaning);
  // refunds are read only where something of ours could have come back
  const back = sales.some((s) => read(s.code, s.label).texts.length > 0) ? returns(refundsBetween(ctx.db, first, end)) : () => false;
  const till: TillDiscount[] = [];
  let undecided = 0;
  let named = 0;
  for (const s of sales) {
    const { names, texts, open } = read(s.code, s.label);
    if (s.day >= from) named++;
    if (texts.length > 0) till.push(discountRow(s, texts, names.length - texts.length, meaning, back));
    else if (s.day >= from && open) undecided++;
  }
  const all = checkTill(till, counterUses(ctx, uses, read, zone), covered);
  return { rows: all.filter((r) => r.day >= from), from, to: today, covered, named, undecided };
}

interface ReadNames {
  names: string[];
  texts: string[];
  /** One of them has no meaning yet. */
  open: boolean;
}

/** The same few names stand on thousands of receipts: each pair of cells is read once. */
function nameReader(meaning: (name: string) => Meaning): (code: string | null, label: string | null) => ReadNames {
  const seen = new Map<string, ReadNames>();
  return (code, label) => {
    const key = `${code}\n${label}`;
    const hit = seen.get(key);
    if (hit) return hit;
    const names = namesIn(code, label);
    const is = names.map((n) => meaning(n).meaning);
    const read = { names, texts: names.filter((_, i) => is[i] === 'text'), open: is.includes(null) };
    seen.set(key, read);
    return read;
  };
}

function discountRow(
  s: NamedSale,
  names: string[],
  otherNames: number,
  meaning: (name: string) => Meaning,
  back: (s: NamedSale) => boolean,
): TillDiscount {
  const of = names.map(meaning);
  return {
    saleId: s.saleId,
    at: s.at,
    day: s.day,
    timeKnown: s.timeKnown === 1,
    receiptNo: s.receiptNo,
    register: s.register,
    clerk: s.clerk,
    customerId: s.customerId,
    names,
    otherNames,
    offers: of.some((m) => m.offerId === null) ? [] : of.flatMap((m) => m.offerId ?? []),
    codes: of.flatMap((m) => m.code ?? []),
    gross: s.gross,
    net: s.net,
    tax: s.tax,
    discount: s.discount,
    returned: s.status === 'refunded' || (s.refunded > 0 && s.refunded >= s.net + s.tax) || back(s),
  };
}

/** Was a sale brought back in a row of its own? Of the same person within 30 days, or, where nobody is known, the same amounts the same day. */
function returns(refunds: readonly RefundRow[]): (s: NamedSale) => boolean {
  const byPerson = new Map<CustomerId, RefundRow[]>();
  const loose = new Map<string, number>();
  const key = (r: { day: ShopDay; net: number; discount: number }, net: number) => `${r.day} ${net} ${r.discount}`;
  for (const r of refunds) {
    if (r.customerId === null) loose.set(key(r, -r.net), (loose.get(key(r, -r.net)) ?? 0) + 1);
    else byPerson.set(r.customerId, [...(byPerson.get(r.customerId) ?? []), r]);
  }
  return (s) => {
    const own = s.customerId === null ? undefined : byPerson.get(s.customerId);
    const i = own?.findIndex((r) => r.net === -s.net && r.at >= s.at && r.at <= s.at + RETURN_REACH) ?? -1;
    if (i >= 0) {
      own?.splice(i, 1); // one refund takes back one sale
      return true;
    }
    const left = s.customerId === null ? (loose.get(key(s, s.net)) ?? 0) : 0;
    if (left > 0) loose.set(key(s, s.net), left - 1);
    return left > 0;
  };
}

function counterUses(ctx: Ctx, uses: readonly UseRow[], read: ReturnType<typeof nameReader>, zone: Zone): CounterUse[] {
  const offers = new Map<OfferId, ReturnType<typeof offerById>>();
  return uses.map((u) => {
    if (!offers.has(u.offerId)) offers.set(u.offerId, offerById(ctx.db, u.offerId));
    const offer = offers.get(u.offerId) ?? null;
    const { names, texts } = read(u.tiedCode, u.tiedLabel);
    return {
      redemptionId: u.redemptionId,
      code: u.code,
      offerId: u.offerId,
      offerName: offer?.name ?? '',
      customerId: u.customerId,
      at: u.at,
      day: shopDay(u.at, zone),
      staffName: u.staffName,
      receiptNo: u.receiptNo,
      amount: u.amount,
      saleId: u.saleId,
      byFile: u.byFile === 1,
      tiedSays: u.saleId === null || texts.length > 0 ? null : names.length > 0 ? 'other' : (u.tiedDiscount ?? 0) > 0 ? 'unnamed' : 'none',
      gives: (gross) => (offer === null ? null : discountOf(offer, gross)),
    };
  });
}

/** Notes why a receipt has no code, or takes that note back. */
export function settleReceipt(ctx: Ctx, session: Session, saleId: SaleId, why: Settled | null): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    // a receipt whose import was undone meanwhile has nothing left to explain
    if (!settleSale(trx, saleId, why, now, session.staffId)) return;
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'till-check.settled',
      subject: String(saleId),
      detail: { why: why ?? 'open' },
    });
  });
}

export interface TillCheckReport {
  from: ShopDay;
  to: ShopDay;
  covered: ShopDay | null;
  tells: TillTells & { named: number };
  undecided: number;
  sums: TillCheckSums;
  /** Receipts without a code that nobody has looked into, and what they gave away. */
  open: { receipts: number; discount: Cents };
  days: TillCheckGroup[];
  registers: TillCheckGroup[];
  clerks: TillCheckGroup[];
}

const openRows = (rows: readonly TillCheckRow[], settled: ReadonlyMap<SaleId, Settled>) =>
  rows.filter((r) => r.kind === 'till-only' && r.till !== null && !settled.has(r.till.saleId));

/** The page's figures: sums, by day, register and clerk. */
export function tillCheckReport(ctx: Ctx, days: number): TillCheckReport {
  const { rows, named, ...check } = tillCheck(ctx, days);
  const open = openRows(rows, settledSales(ctx.db));
  return {
    ...check,
    tells: { ...tillTells(ctx.db, check.from, check.to), named },
    sums: sumsOf(rows),
    open: { receipts: open.length, discount: open.reduce((n, r) => n + (r.till?.discount ?? 0), 0) as Cents },
    days: groupsOf(rows, 'day').slice(0, 200),
    registers: groupsOf(rows, 'register').slice(0, 50),
    clerks: groupsOf(rows, 'clerk').slice(0, 50),
  };
}

export type TillCheckShow = TillCheckKind | 'open' | 'all';

export interface TillCheckFilter {
  days: number;
  show: TillCheckShow;
  clerk?: string | null | undefined;
  register?: string | null | undefined;
  day?: ShopDay | null | undefined;
}

export type ShownRow = TillCheckRow & { settled: Settled | null };

/** The rows of one kind, newest first. */
export function tillCheckRows(ctx: Ctx, filter: TillCheckFilter): ShownRow[] {
  const settled = settledSales(ctx.db);
  const { rows } = tillCheck(ctx, filter.days);
  const kind = filter.show === 'open' ? openRows(rows, settled) : filter.show === 'all' ? rows : rows.filter((r) => r.kind === filter.show);
  return kind
    .filter(
      (r) =>
        (filter.clerk == null || (r.till?.clerk ?? '') === filter.clerk) &&
        (filter.register == null || (r.till?.register ?? '') === filter.register) &&
        (filter.day == null || r.day === filter.day),
    )
    .map((r) => ({ ...r, settled: r.till === null ? null : (settled.get(r.till.saleId) ?? null) }));
}

const OPEN = 'till-check-open';

/**
 * For This week: receipts of the last four weeks with a text discount, no code, and nobody has looked into them. Kept in the file until
 * something it rests on changes, so that the page of a Monday morning does not wait for it.
 */
export function unexplainedDiscounts(ctx: Ctx): number {
  const stamp = `${stampNow(ctx).stamp}|${settledStamp(ctx.db)}`;
  const known = readMeta(ctx.db, OPEN);
  const at = known?.indexOf(' ') ?? -1;
  if (known !== null && at > 0 && known.slice(at + 1) === stamp) return Number(known.slice(0, at));
  const count = openRows(tillCheck(ctx, RECENT_DAYS).rows, settledSales(ctx.db)).length;
  if (!ctx.db.raw.readonly) writeMeta(ctx.db, OPEN, `${count} ${stamp}`);
  return count;
}
