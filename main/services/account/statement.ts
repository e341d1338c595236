import { campaignNames, firstTextAt, foreignBetween, leftBetween, readUsage, receivedBetween } from '@db/queries/account';
import {
  type Compared,
  compare,
  linesOf,
  type StatementMonth,
  type StatementWords,
  statementCsv,
  totalsOf,
} from '@domain/account/statement';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { Micros, ShopDay, UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { readUsageMonth } from './usage';

const first = (month: string): ShopDay => `${month}-01` as ShopDay;
const following = (month: string): string => addDays(first(month), 31).slice(0, 7);
const preceding = (month: string): string => addDays(first(month), -1).slice(0, 7);

/** One calendar month of the shop: what left, for what, at which price. */
function monthOf(ctx: Ctx, month: string): StatementMonth {
  const { shop, texting } = ctx.settings();
  const from = startOfDay(first(month), shop.zone);
  const to = startOfDay(first(following(month)), shop.zone);
  const rows = leftBetween(ctx.db, from, to, texting.pricePerSegment, texting.priceCurrency);
  const names = campaignNames(
    ctx.db,
    rows.flatMap((r) => (r.campaignId === null ? [] : [r.campaignId])),
  );
  const lines = linesOf(rows, names);
  const usage = readUsage(ctx.db, month);
  const lookUps = usage?.lines.find((l) => l.category === 'lookups') ?? null;
  return {
    month,
    from,
    to,
    lines,
    totals: totalsOf(lines),
    received: receivedBetween(ctx.db, from, to),
    lookUps: lookUps && { count: lookUps.count, price: lookUps.price },
  };
}

/** Months with texts, newest first. `offset` counts months back from this one. */
export async function statement(ctx: Ctx, page: { offset: number; limit: number }): Promise<{ months: StatementMonth[]; total: number }> {
  const { zone } = ctx.settings().shop;
  const oldest = firstTextAt(ctx.db);
  const now = shopDay(ctx.clock.now(), zone).slice(0, 7);
  if (oldest === null) return { months: [], total: 0 };
  const start = shopDay(oldest, zone).slice(0, 7);
  const all: string[] = [];
  for (let m = now; m >= start; m = preceding(m)) all.push(m);
  const months: StatementMonth[] = [];
  for (const m of all.slice(page.offset, page.offset + page.limit)) {
    months.push(monthOf(ctx, m));
    await nextTurn(); // a busy month takes a moment, and the counter goes first
  }
  return { months, total: all.length };
}

const MOST_MONTHS = 120;

/** Every month as one spreadsheet. */
export async function statementFile(ctx: Ctx, words: StatementWords): Promise<{ name: string; text: string }> {
  const { months } = await statement(ctx, { offset: 0, limit: MOST_MONTHS });
  return { name: `texts-${shopDay(ctx.clock.now(), ctx.settings().shop.zone)}.csv`, text: statementCsv([...months].reverse(), words) };
}

/** A month beside what the carrier counted; null while it was not read. */
export function comparedMonth(ctx: Ctx, month: string): (Compared & { readAt: UtcMs; foreign: number }) | null {
  const usage = readUsage(ctx.db, month);
  if (!usage) return null;
  const { currency } = usage.lines.find((l) => l.category === 'totalprice') ?? usage.lines[0] ?? { currency: 'USD' };
  const of = monthOf(ctx, month);
  const mine = of.totals.find((t) => t.currency === currency);
  const ours = { segments: mine?.segments ?? 0, price: ((mine?.real ?? 0) + (mine?.expected ?? 0)) as Micros };
  return { ...compare(ours, usage.lines), currency, readAt: usage.readAt, foreign: foreignBetween(ctx.db, of.from, of.to) };
}

/** Asks the carrier for a month's figures, now. */
export async function askUsage(ctx: Ctx, month: string): Promise<void> {
  if (!(await readUsageMonth(ctx, await ctx.carrierAccount(), month))) throw new AppError('account.usage-refused');
}
