import { lastSaleDay, matchesOfDay, tillNames } from '@db/queries/match-rate';
import { figuresStamp } from '@db/queries/reports';
import { addDays } from '@domain/calendar';
import type { ShopDay } from '@domain/kernel';
import { type MatchCount, type MatchRate, matchRate } from '@domain/links/match-rate';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

const BUDGET_MS = 8;
const MOST_ROWS = 200;

export interface MatchReport extends MatchRate {
  /** Null before the first sale. */
  firstDay: ShopDay | null;
  lastDay: ShopDay | null;
}

const remembered = new WeakMap<Ctx['db'], { stamp: string; report: MatchReport }>();

/** Monday of the week a shop day lies in. */
function mondayOf(day: ShopDay): ShopDay {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return addDays(day, -((new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7));
}

/**
 * How many sales are tied to a known person, per till, register and clerk, over the last `weeks` weeks that have sales. Read day by
 * day with turns between, so that the counter is answered meanwhile; kept until sales or links change.
 */
export async function matchReport(ctx: Ctx, weeks: number): Promise<MatchReport> {
  const last = lastSaleDay(ctx.db);
  if (last === null) return { ...matchRate([], []), firstDay: null, lastDay: null };
  const stamp = `${figuresStamp(ctx.db)}|${weeks}`;
  const known = remembered.get(ctx.db);
  if (known?.stamp === stamp) return known.report;
  const first = addDays(mondayOf(last), -7 * (weeks - 1));
  const mondays = Array.from({ length: weeks }, (_, i) => addDays(first, 7 * i));
  const counts: MatchCount[] = [];
  let since = performance.now();
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const week = mondayOf(day);
    for (const c of matchesOfDay(ctx.db, day)) counts.push({ ...c, week });
    if (performance.now() - since < BUDGET_MS) continue;
    await nextTurn();
    since = performance.now();
  }
  const names = tillNames(ctx.db);
  const rate = matchRate(counts, mondays);
  for (const row of rate.rows) if (row.group === 'source') row.name = names.get(row.name) ?? row.name;
  // A shop with hundreds of registers or clerks on record is shown the busiest.
  const report = { ...rate, rows: rate.rows.slice(0, MOST_ROWS), firstDay: first, lastDay: last };
  remembered.set(ctx.db, { stamp, report });
  return report;
}
