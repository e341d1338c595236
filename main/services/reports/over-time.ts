import { newestEventId } from '@db/queries/consent';
import { sumsByHour } from '@db/queries/day-facts';
import { lastImportAt } from '@db/queries/imports';
import { firstSignUpAt, peopleOfHmacs, reachedPeople, rfmMap, stopsOf, visitMonths } from '@db/queries/over-time';
import { startedCampaigns } from '@db/queries/reports';
import { signUpEvents } from '@db/queries/sign-ups';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { Cents, CustomerId, ShopDay, Zone } from '@domain/kernel';
import {
  busyHours,
  type Cohort,
  cohortOf,
  type HourCell,
  monthIndex,
  monthName,
  type OptOutMonth,
  optOutMonth,
  type WeekTakings,
  weekdayOf,
  weeklyTakings,
} from '@domain/reports/over-time';
import { startOfToday } from '@domain/segments/rhythm';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { keepDays } from '../results/days';
import { type Counting, resultsUpToDate } from '../results/keeper';
import { keepHistory } from '../segments/history';
import { factsNow } from '../segments/segments';
import { coveredThrough } from './coverage';
import { kept, needsFirstCount } from './kept';
import { listGrowth } from './list-growth';

const mondayOf = (day: ShopDay): ShopDay => addDays(day, -weekdayOf(day));

/** The last weeks up to the day the till file reaches: when the shop is busy, and what it took week by week. */
export async function busyAndSlow(
  ctx: Ctx,
  weeks: number,
): Promise<{ from: ShopDay; to: ShopDay; cells: HourCell[]; dayOnly: { sales: number; net: Cents }; weeks: WeekTakings[] }> {
  const to = coveredThrough(ctx) ?? shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const last = mondayOf(to);
  const from = addDays(last, -7 * (weeks - 1));
  await keepDays(ctx, undefined, { first: from, last: to });
  const facts = sumsByHour(ctx.db, { first: from, last: to });
  const mondays = Array.from({ length: weeks }, (_, i) => addDays(from, 7 * i));
  return { from, to, ...busyHours(facts), weeks: weeklyTakings(mondays, facts, mondayOf) };
}

const firstOf = (month: number): ShopDay => `${monthName(month)}-01` as ShopDay;
const startOfMonth = (month: number, zone: Zone) => startOfDay(firstOf(month), zone);

const PEOPLE_AT_ONCE = 400;

/** Sign-ups by the month of their first yes, and how many of them came in each month from then on, as far as the till file tells. */
export async function cohorts(ctx: Ctx, months: number): Promise<{ coveredThrough: ShopDay | null; cohorts: Cohort[] }> {
  const { zone } = ctx.settings().shop;
  const covered = coveredThrough(ctx);
  const now = monthIndex(shopDay(ctx.clock.now(), zone));
  const mark = `${now}/${covered ?? ''}/${lastImportAt(ctx.db) ?? 0}/${newestEventId(ctx.db)}`;
  const list = await kept(ctx, `cohorts-${months}`, { shape: '1', mark }, async () => {
    if (!ctx.db.raw.readonly) await keepHistory(ctx);
    const seen = new Set<string>();
    const out: Cohort[] = [];
    // who said yes before the months shown belongs to none of them
    for (let month = Math.min(firstYes(ctx), now - months + 1); month <= now; month++) {
      const fresh: string[] = [];
      for (const e of signUpEvents(ctx.db, startOfMonth(month, zone), startOfMonth(month + 1, zone))) {
        if (e.kind === 'asked' || seen.has(e.who)) continue;
        seen.add(e.who);
        fresh.push(e.who);
      }
      await nextTurn();
      if (month > now - months) out.push(await followed(ctx, month, fresh, covered === null ? null : monthIndex(covered)));
    }
    return out;
  });
  return { coveredThrough: covered, cohorts: list };
}

/** The month of the first yes on record. */
function firstYes(ctx: Ctx): number {
  const at = firstSignUpAt(ctx.db);
  return at === null ? Number.POSITIVE_INFINITY : monthIndex(shopDay(at, ctx.settings().shop.zone));
}

async function followed(ctx: Ctx, month: number, hmacs: readonly string[], last: number | null): Promise<Cohort> {
  const cameIn = new Map<number, Set<number>>();
  let people = 0;
  for (let i = 0; i < hmacs.length; i += PEOPLE_AT_ONCE) {
    const ids = peopleOfHmacs(ctx.db, hmacs.slice(i, i + PEOPLE_AT_ONCE));
    people += ids.length;
    for (const v of visitMonths(ctx.db, ids)) cameIn.set(v.id, (cameIn.get(v.id) ?? new Set<number>()).add(v.month));
    await nextTurn();
  }
  return cohortOf(month, people, cameIn, last);
}

/** Everybody who came within a year on the map of recency and frequency (scores 1–5, 5 is best). */
export const rfmOfShop = (ctx: Ctx): { cells: { r: number; f: number; people: number; spend: Cents }[] } => ({
  cells: rfmMap(ctx.db, factsNow(ctx).rfm, startOfToday(ctx.clock.now(), ctx.settings().shop.zone)),
});

const ROWS_AT_ONCE = 2000;
const MOST_MONTHS = 36;

/** Do people leave because of too many texts? Month by month: by how many campaign texts each person got, and how many of them asked to stop. */
export async function optOutsByTexts(ctx: Ctx, months: number): Promise<Counting & { months: OptOutMonth[] }> {
  const { counting } = await resultsUpToDate(ctx, 'all');
  const { zone } = ctx.settings().shop;
  const now = monthIndex(shopDay(ctx.clock.now(), zone));
  const heads = startedCampaigns(ctx.db, Number.MAX_SAFE_INTEGER).map((h) => ({ id: h.id, month: monthIndex(shopDay(h.startedAt, zone)) }));
  // as far back as anybody may look: another period is then a part of what is there
  const shown = heads.filter((h) => h.month > now - MOST_MONTHS);
  const stops = shown.reduce((n, h) => n + stopsOf(ctx.db, h.id), 0);
  const mark = `${now}/${shown.length}/${shown[0]?.id ?? 0}/${stops}`;
  const list = await kept(ctx, 'opt-outs', { shape: '2', mark }, async () => {
    const out: OptOutMonth[] = [];
    for (let month = now - MOST_MONTHS + 1; month <= now; month++) {
      const people = new Map<CustomerId, { texts: number; stopped: boolean }>();
      for (const { id } of shown.filter((h) => h.month === month)) {
        for (let after = Number.MIN_SAFE_INTEGER; ; ) {
          const rows = reachedPeople(ctx.db, id, after, ROWS_AT_ONCE);
          for (const r of rows) {
            const p = people.get(r.id) ?? { texts: 0, stopped: false };
            people.set(r.id, { texts: p.texts + 1, stopped: p.stopped || r.stopped === 1 });
          }
          const lastRow = rows[rows.length - 1];
          if (!lastRow || rows.length < ROWS_AT_ONCE) break;
          after = lastRow.id;
          await nextTurn();
        }
      }
      out.push(optOutMonth(month, people));
      await nextTurn();
    }
    return out;
  });
  return { counting, months: list.slice(-months) };
}

/** What the pages ask first; must be what their contract takes where nothing is said. */
const MONTHS = 12;
const WEEKS = 52;

/** Counts once, before anybody asks, what would be waited for the first time. Does nothing in a small shop. */
export async function prepareOverTime(ctx: Ctx): Promise<void> {
  if (ctx.db.raw.readonly) return;
  if (needsFirstCount(ctx, 'list-growth')) await listGrowth(ctx, WEEKS);
  if (needsFirstCount(ctx, `cohorts-${MONTHS}`)) await cohorts(ctx, MONTHS);
  if (needsFirstCount(ctx, 'opt-outs')) await optOutsByTexts(ctx, MONTHS);
}
