import { loyaltySales } from '@db/queries/loyalty-facts';
import { peopleAtMost, someBuyers } from '@db/queries/loyalty-report';
import { addDays, shopDay } from '@domain/calendar';
import type { Cents, ShopDay } from '@domain/kernel';
import { forecastOf } from '@domain/loyalty/forecast';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { type LoyaltyDraft, pricedRewards, readDraft } from './programme';

/** More people are asked by sample: the owner wants an answer in a second, and the share is as true. */
const MOST = 5000;
const BUDGET_MS = 8;
const PAGE = 100;

/** Twelve months up to a day, oldest first. */
function monthsUpTo(today: ShopDay): string[] {
  const [y, m] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: 13 }, (_, i) => new Date(Date.UTC(y, m - 13 + i, 1)).toISOString().slice(0, 7));
}

/**
 * What a draft would have cost on the sales of the last 365 days, and who would begin with what: before anything is switched on. In turns;
 * nothing is written.
 */
export async function previewProgramme(ctx: Ctx, input: LoyaltyDraft) {
  const draft = readDraft(ctx, input);
  const { terms, history } = draft;
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const from = addDays(today, -365);
  const since = history !== null && history.since < from ? history.since : from;
  const every = Math.max(1, Math.ceil(peopleAtMost(ctx.db) / MOST));
  const lines = terms.kind === 'items' || terms.times.length > 0;
  const rewards = pricedRewards(ctx, terms);
  const [cheapest] = rewards;
  const months = new Map(monthsUpTo(today).map((m) => [m, 0]));
  const days: number[] = [];
  let people = 0;
  let collecting = 0;
  let net = 0;
  let given = 0;
  const begin = { people: 0, points: 0, ready: 0 };
  for (let after = 0; ; ) {
    const ids = someBuyers(ctx.db, { since, every, after, limit: PAGE });
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    await nextTurn();
    let started = performance.now();
    for (const id of ids) {
      const sales = loyaltySales(ctx.db, id, lines);
      const f = forecastOf(terms, history, { sales, notes: [], rewards: [], bonuses: [], memberSince: null }, from, today);
      people++;
      if (f.collected > 0) collecting++;
      for (const s of sales) if (s.day >= from) net += s.net;
      given += f.rewards.length;
      for (const day of f.rewards) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1);
      if (f.toFirst !== null) days.push(f.toFirst);
      if (f.begin > 0) {
        begin.people++;
        begin.points += f.begin;
        begin.ready += Math.floor(f.begin / (cheapest?.cost ?? Number.POSITIVE_INFINITY));
      }
      if (performance.now() - started > BUDGET_MS) {
        await nextTurn();
        started = performance.now();
      }
    }
  }
  const each = cheapest?.costs ?? null;
  const priced = (n: number): Cents | null => (each === null ? null : ((n * every * each) as Cents));
  days.sort((a, b) => a - b);
  return {
    every,
    people: people * every,
    collecting: collecting * every,
    months: [...months].map(([month, n]) => ({ month, rewards: n * every, cost: priced(n) })),
    rewardsPerMonth: Math.round((given * every) / 12),
    costPerMonth: each === null ? null : (Math.round((given * every * each) / 12) as Cents),
    share: each === null || net <= 0 ? null : Math.round((given * each * 10_000) / net),
    begin: { people: begin.people * every, points: begin.points * every, ready: begin.ready * every, cost: priced(begin.ready) },
    daysToFirst: days.length === 0 ? null : (days[days.length >> 1] ?? null),
    rewards,
  };
}
