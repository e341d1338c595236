import { firstSaleDay, lastSaleDay, saveMargin, soldNames, typedMargins } from '@db/queries/margins';
import { figuresStamp } from '@db/queries/reports';
import { saveSettings } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { addDays } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { Cents, ShopDay } from '@domain/kernel';
import { type BasisPoints, marginKey, marginOf } from '@domain/reports/margin';
import { readMarginFile } from '@domain/reports/margin-file';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { marginsNow } from './margins';

/** Enough to see what a shop sells; a busy shop needs fewer days for it. */
const LINES = 30_000;
const DAYS = 365;

interface Sold {
  /** As first seen. */
  name: string;
  /** Of an item: where most of it is sold. */
  category: string;
  lines: number;
  net: number;
}
interface SoldLately {
  from: ShopDay | null;
  to: ShopDay | null;
  categories: Map<string, Sold>;
  items: Map<string, Sold>;
}
const kept = new WeakMap<Ctx['db'], { stamp: string; sold: Promise<SoldLately> }>();

/** What was sold lately by category and item; kept until sales change. Who asks meanwhile waits for the same answer. */
function soldLately(ctx: Ctx): Promise<SoldLately> {
  const stamp = figuresStamp(ctx.db);
  const old = kept.get(ctx.db);
  if (old?.stamp === stamp) return old.sold;
  const sold = readSold(ctx);
  kept.set(ctx.db, { stamp, sold });
  sold.catch(() => kept.delete(ctx.db));
  return sold;
}

/** Back to a year or 30,000 lines. Gives way between days. */
async function readSold(ctx: Ctx): Promise<SoldLately> {
  const last = lastSaleDay(ctx.db);
  const first = firstSaleDay(ctx.db);
  const categories = new Map<string, Sold>();
  const items = new Map<string, Sold & { best: number }>();
  let from = last;
  let lines = 0;
  for (let day = last, n = 0; day !== null && first !== null && day >= first && n < DAYS && lines < LINES; day = addDays(day, -1), n++) {
    from = day;
    for (const s of soldNames(ctx.db, day)) {
      lines += s.lines;
      const c = categories.get(marginKey(s.category)) ?? { name: s.category, category: s.category, lines: 0, net: 0 };
      c.lines += s.lines;
      c.net += s.net;
      categories.set(marginKey(s.category), c);
      const i = items.get(marginKey(s.item)) ?? { name: s.item, category: s.category, lines: 0, net: 0, best: 0 };
      if (s.lines > i.best) {
        i.best = s.lines;
        i.category = s.category;
      }
      i.lines += s.lines;
      i.net += s.net;
      items.set(marginKey(s.item), i);
    }
    await nextTurn();
  }
  return { from, to: last, categories, items };
}

export interface MarginListRow {
  name: string;
  /** Of an item. */
  category: string;
  lines: number;
  takings: Cents;
  /** Typed for this very name. */
  bp: BasisPoints | null;
  /** The one that holds: its own, its category's, the shop's. */
  holds: { bp: BasisPoints; from: 'item' | 'category' | 'shop' } | null;
}

export interface MarginList {
  total: number;
  rows: MarginListRow[];
  shopPercent: number | null;
  from: ShopDay | null;
  to: ShopDay | null;
  takings: Cents;
  /** Of those takings: with a margin of their own or of their category. */
  covered: Cents;
}

/** What the shop sells, dearest takings first, with the margin that holds; names with a margin stay on the list though nothing was sold. */
export async function marginList(
  ctx: Ctx,
  q: { kind: 'category' | 'item'; search: string; offset: number; limit: number },
): Promise<MarginList> {
  const sold = await soldLately(ctx);
  const margins = marginsNow(ctx);
  const own = q.kind === 'item' ? margins.items : margins.categories;
  const all = new Map(q.kind === 'item' ? sold.items : sold.categories);
  for (const t of typedMargins(ctx.db)) {
    if (t.kind === q.kind && !all.has(marginKey(t.name))) all.set(marginKey(t.name), { name: t.name, category: '', lines: 0, net: 0 });
  }
  const wanted = q.search.trim().toLowerCase();
  const rows = [...all]
    .filter(
      ([, s]) => s.name !== '' && (wanted === '' || s.name.toLowerCase().includes(wanted) || s.category.toLowerCase().includes(wanted)),
    )
    .sort(([, a], [, b]) => b.net - a.net || (a.name < b.name ? -1 : 1));
  let takings = 0;
  let covered = 0;
  for (const s of sold.items.values()) {
    takings += s.net;
    const holds = marginOf(margins, { name: s.name, category: s.category });
    if (holds && holds.from !== 'shop') covered += s.net;
  }
  return {
    total: rows.length,
    rows: rows.slice(q.offset, q.offset + q.limit).map(([key, s]) => ({
      name: s.name,
      category: q.kind === 'item' ? s.category : '',
      lines: s.lines,
      takings: s.net as Cents,
      bp: own.get(key) ?? null,
      holds: marginOf(margins, q.kind === 'item' ? { name: s.name, category: s.category } : { name: '', category: s.name }),
    })),
    shopPercent: ctx.settings().money.marginPercent,
    from: sold.from,
    to: sold.to,
    takings: takings as Cents,
    covered: covered as Cents,
  };
}

export interface MarginChange {
  kind: 'category' | 'item';
  name: string;
  bp: BasisPoints | null;
}

/** Saves margins; null takes one away. `shopPercent` left out = as it is. */
export function saveMargins(
  ctx: Ctx,
  session: Session,
  input: { shopPercent?: number | null | undefined; margins: readonly MarginChange[] },
): void {
  const now = ctx.clock.now();
  const { money } = ctx.settings();
  ctx.db.tx((trx) => {
    for (const m of input.margins) saveMargin(trx, { ...m, name: m.name.trim() }, now);
    if (input.shopPercent !== undefined) saveSettings(trx, 'money', { ...money, marginPercent: input.shopPercent }, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'margin.saved', detail: { margins: input.margins.length } });
  });
}

/** A table of cells; wired by the backend. */
export interface MarginTable {
  fileName: string;
  rows(): AsyncIterable<{ row: number; cells: string[] }>;
}

/** Half a million rows of a till file tell nothing the first hundred thousand did not. */
const MOST_ROWS = 100_000;
const MOST_PROPOSALS = 2000;

export interface MarginFilePreview {
  fileName: string;
  shape: 'percent' | 'cost';
  proposals: { kind: 'category' | 'item'; name: string; bp: BasisPoints; was: BasisPoints | null; sold: boolean }[];
  unread: { row: number; cell: string }[];
  withoutCost: number;
}

/**
 * What a file would set: nothing is saved. A name the file does not call category or item is a category where the shop sells under it, else an item.
 * @throws AppError margin.no-file when it has neither percents nor costs
 */
export async function previewMarginFile(ctx: Ctx, table: MarginTable): Promise<MarginFilePreview> {
  const rows: { row: number; cells: string[] }[] = [];
  for await (const r of table.rows()) {
    rows.push(r);
    if (rows.length >= MOST_ROWS) break;
  }
  const read = readMarginFile(rows);
  if (!read) throw new AppError('margin.no-file');
  const sold = await soldLately(ctx);
  const margins = marginsNow(ctx);
  const proposals = read.proposals.slice(0, MOST_PROPOSALS).map((p) => {
    const key = marginKey(p.name);
    const kind = p.kind ?? (sold.categories.has(key) ? 'category' : 'item');
    const was = (kind === 'item' ? margins.items : margins.categories).get(key) ?? null;
    return { kind, name: p.name, bp: p.bp, was, sold: (kind === 'item' ? sold.items : sold.categories).has(key) };
  });
  return { fileName: table.fileName, shape: read.shape, proposals, unread: [...read.unread], withoutCost: read.withoutCost };
}
