import { comparedPeople, textedBetween, visitDays, visitorsPage } from '@db/queries/anyway';
import { newestPersonId } from '@db/queries/customers';
import { lastImportAt } from '@db/queries/imports';
import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaign } from '@db/queries/reports';
import { counting, habitsOf } from '@db/queries/segments';
import type { Share } from '@domain/attribution/intervals';
import { addDays, daysBetween, shopDay, startOfDay } from '@domain/calendar';
import type { CampaignId, ShopDay, UtcMs } from '@domain/kernel';
import { type Anyway, type AnywayEvidence, comesAnyway, HABITS, habitOf, lookBack } from '@domain/reports/anyway';
import { reachableRule } from '@domain/segments/ready-made';
import { usualGap } from '@domain/segments/rhythm';
import type { Rule } from '@domain/segments/rule';
import { inTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { coveredThrough } from '../reports/coverage';
import { kept } from '../reports/kept';
import { factsNow } from '../segments/segments';

/** More would not say more. */
const LOOKED_AT = 3000;
const PER_SIDE = 1000;
const PAGE = 250;
/** Older campaigns say little about today. */
const CAMPAIGNS = 6;
const EPOCH = '1970-01-01' as ShopDay;

/** Who is not in their usual rhythm: the group a text makes a difference for. */
export const lateOnly = (rule: Rule): Rule => ({ all: [rule, { none: [{ is: 'rhythm', class: 'usual' }] }] });

/**
 * How many of a group come without a text, where what the shop has seen carries it; null otherwise. `like`: earlier measured campaigns
 * of the same kind, newest first. Rule: already resolved.
 */
export async function anywayOf(ctx: Ctx, rule: Rule, windowDays: number, like: readonly CampaignId[]): Promise<Anyway | null> {
  const shop = factsNow(ctx);
  const people = await inTurns(counting(ctx.db, reachableRule(rule), shop));
  const usual = Array<number>(HABITS).fill(0);
  for (const h of await inTurns(habitsOf(ctx.db, { all: [reachableRule(rule), { is: 'rhythm', class: 'usual' }] }, shop))) {
    const habit = habitOf(usualGap(h, shop.medianGapDays), windowDays);
    usual[habit] = (usual[habit] ?? 0) + h.people;
  }
  await nextTurn();
  // nothing to look back for where all, or nobody, are in their rhythm
  if (comesAnyway({ people, usual, before: usual.map(() => ({ x: 10_000, n: 10_000 })), campaigns: [] }) === null) return null;
  const campaigns: AnywayEvidence['campaigns'][number][] = [];
  const rolling = rollingCampaigns(ctx.db);
  for (const id of like.filter((c) => !rolling.has(c)).slice(0, CAMPAIGNS)) {
    const sides = await inRhythmAtDraw(ctx, id, shop.medianGapDays);
    if (sides !== null && sides.text.n > 0 && sides.control.n > 0) campaigns.push(sides);
  }
  return comesAnyway({ people, usual, before: await seenBefore(ctx, windowDays), campaigns });
}

/** People in their rhythm some weeks ago whom nobody texted, and how many came in the days after; by habit. */
async function seenBefore(ctx: Ctx, windowDays: number): Promise<Share[]> {
  const covered = coveredThrough(ctx);
  if (covered === null) return [];
  return await kept(
    ctx,
    `before-${windowDays}`,
    { shape: '1', mark: `${covered}/${lastImportAt(ctx.db) ?? 0}` },
    async () => await lookAtShop(ctx, windowDays, covered),
  );
}

async function lookAtShop(ctx: Ctx, windowDays: number, covered: ShopDay): Promise<Share[]> {
  const { zone } = ctx.settings().shop;
  const shopGap = factsNow(ctx).medianGapDays;
  const then = addDays(covered, -windowDays);
  const asOf = daysBetween(EPOCH, then);
  // who was texted shortly before, or in those days, did not come by themselves
  const [from, to] = [startOfDay(addDays(then, -windowDays), zone), startOfDay(addDays(covered, 1), zone)];
  const found = Array.from({ length: HABITS }, () => ({ x: 0, n: 0 }));
  const step = Math.max(1, Math.ceil(newestPersonId(ctx.db) / LOOKED_AT));
  for (let after = 0; ; ) {
    const ids = visitorsPage(ctx.db, { after, limit: PAGE, step });
    const last = ids.at(-1);
    if (last === undefined) return found;
    after = last;
    const texted = textedBetween(ctx.db, ids, from, to as UtcMs);
    for (const [id, days] of visitDays(ctx.db, ids)) {
      const was = texted.has(id) ? null : lookBack(days, asOf, windowDays, shopGap);
      const share = was && found[was.habit];
      if (!share) continue;
      share.n++;
      if (was.came) share.x++;
    }
    await nextTurn();
  }
}

/** Of a measured campaign's two sides, the people who were in their rhythm when it began, and how many bought. */
async function inRhythmAtDraw(ctx: Ctx, id: CampaignId, shopGap: number): Promise<{ text: Share; control: Share } | null> {
  const head = startedCampaign(ctx.db, id);
  if (!head) return null;
  const dayBefore = daysBetween(EPOCH, shopDay(head.startedAt, ctx.settings().shop.zone)) - 1;
  const side = async (arm: 'text' | 'control'): Promise<Share> => {
    const people = comparedPeople(ctx.db, id, arm, PER_SIDE);
    const share = { x: 0, n: 0 };
    for (let i = 0; i < people.length; i += PAGE) {
      const page = people.slice(i, i + PAGE);
      const days = visitDays(
        ctx.db,
        page.map((p) => p.customerId),
      );
      for (const p of page) {
        if (lookBack(days.get(p.customerId) ?? [], dayBefore, head.windowDays, shopGap) === null) continue;
        share.n++;
        if (p.bought) share.x++;
      }
      await nextTurn();
    }
    return share;
  };
  return { text: await side('text'), control: await side('control') };
}
