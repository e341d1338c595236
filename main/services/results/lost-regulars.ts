import { leaverPeople } from '@db/queries/leaving';
import { type SaleOfPerson, salesOfPeople } from '@db/queries/lost-regulars';
import { netAfterReturns } from '@domain/attribution/credit';
import type { Interval } from '@domain/attribution/intervals';
import { shopDay } from '@domain/calendar';
import type { CampaignId, SaleId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { type LostRegulars, lostRegulars, type Stopper } from '@domain/reports/lost-regulars';
import { knowsProfit, type Margins, type SaleMargin } from '@domain/reports/margin';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { marginsNow, marginsOfSales } from './margins';

const PAGE = 100;
const YEAR = 365 * DAY;

export interface OptOutCost extends LostRegulars {
  /** `takings` until the shop's margin was typed. */
  measure: 'margin' | 'takings';
  months: { month: string; stopped: number; regulars: number; yearly: Interval | null }[];
}

/**
 * What opt-outs of the last `months` put at stake: of one campaign (its text came within the week before), or of all. Reads only the people
 * who stopped, a page at a time.
 */
export async function optOutCost(ctx: Ctx, q: { campaignId: CampaignId | null; months: number }): Promise<OptOutCost> {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const since = (now - q.months * 30.5 * DAY) as UtcMs;
  const people = leaverPeople(ctx.db, since).filter((l) => q.campaignId === null || l.campaignId === q.campaignId);
  const margins = marginsNow(ctx);
  const stoppers: Stopper[] = [];
  for (let i = 0; i < people.length; i += PAGE) {
    const some = people.slice(i, i + PAGE);
    const sales = salesOfPeople(
      ctx.db,
      some.map((l) => l.customerId),
    );
    const earned = marginsOfSales(ctx, [...sales.values()].flat());
    for (const l of some) stoppers.push({ ...l, ...historyOf(sales.get(l.customerId) ?? [], l.at, margins, earned) });
    await nextTurn();
  }
  const byMonth = new Map<string, Stopper[]>();
  for (const s of stoppers) {
    const month = shopDay(s.at, zone).slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), s]);
  }
  return {
    ...lostRegulars(stoppers, now),
    measure: knowsProfit(margins) ? 'margin' : 'takings',
    months: monthsUpTo(now, q.months, zone).map((month) => {
      const { stopped, regulars, yearly } = lostRegulars(byMonth.get(month) ?? [], now);
      return { month, stopped, regulars, yearly };
    }),
  };
}

function historyOf(
  sales: readonly SaleOfPerson[],
  at: UtcMs,
  margins: Margins,
  earned: ReadonlyMap<SaleId, SaleMargin>,
): Pick<Stopper, 'firstVisitAt' | 'visits' | 'year' | 'visitsSince'> {
  const kept = netAfterReturns(sales);
  const days = new Set<string>();
  const after = new Set<string>();
  let first: UtcMs | null = null;
  let year = 0;
  for (const s of sales) {
    const left = kept.get(s.saleId) ?? 0;
    // a visit that was brought back altogether is none
    if (s.kind !== 'sale' || left <= 0 || s.net <= 0) continue;
    first ??= s.occurredAt;
    if (s.occurredAt > at) after.add(s.day);
    else if (s.occurredAt > at - YEAR) {
      days.add(s.day);
      const worth = knowsProfit(margins) ? (earned.get(s.saleId)?.earned ?? 0) : s.net;
      year += Math.round((worth * left) / s.net);
    }
  }
  return { firstVisitAt: first, visits: days.size, year, visitsSince: after.size };
}

function monthsUpTo(now: UtcMs, count: number, zone: Parameters<typeof shopDay>[1]): string[] {
  const [year, month] = shopDay(now, zone).split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, i) => new Date(Date.UTC(year, month - count + i, 1)).toISOString().slice(0, 7));
}
