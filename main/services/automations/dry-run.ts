import type { Automation } from '@db/queries/automations';
import { atMinuteOf } from '@domain/automations/due';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { PersonReason } from '@domain/campaigns/audience';
import type { CustomerId, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { checksFor } from './checks';
import { heldNow, heldOut } from './held';
import { lookOf, sharedGap, triggerOf } from './look';
import { decide, everybody } from './outlook';
import { patternOf } from './save';
import type { Look, PersonDue } from './trigger';

/** What it would have done. */
export interface DryRun {
  from: ShopDay;
  /** Last day, included. */
  to: ShopDay;
  /** Whose day came. */
  people: number;
  /** Of those, who would have got none by lot, to compare. */
  heldOut: number;
  /** Of those, who is in none of its groups or cannot be texted, as things stand now. */
  leftOut: { reason: PersonReason | 'no-group'; count: number }[];
  /** What would have left. */
  texts: number;
  segments: number;
  price: Micros;
  currency: string;
  days: { day: ShopDay; texts: number }[];
  /** Some of them, newest first. */
  examples: { customerId: CustomerId; cause: string; at: UtcMs }[];
}

const EXAMPLES = 20;
/** What keeps somebody back for some days now says nothing of last month. */
const PASSING: readonly string[] = ['texted-recently', 'month-used', 'one-waiting', 'on-hold', 'automation-soon', 'no-discount-now'];
const LASTS = (reason: string): boolean => !PASSING.includes(reason);

/**
 * What one would have sent in the calendar month before this one: its days are played over the facts as they were, people who agreed to
 * texts by now and are in its groups by now. It says about how much, not exactly what: who had agreed then, and what other texts left
 * then, is not played again.
 */
export async function dryRun(ctx: Ctx, a: Automation): Promise<DryRun> {
  const { shop, texting } = ctx.settings();
  const now = ctx.clock.now();
  const first = `${shopDay(now, shop.zone).slice(0, 7)}-01` as ShopDay;
  const fromDay = `${addDays(first, -1).slice(0, 7)}-01` as ShopDay;
  const from = startOfDay(fromDay, shop.zone);
  const to = startOfDay(first, shop.zone);
  const look = lookOf(ctx, a, { now: to, gap: sharedGap(ctx) });
  const trigger = triggerOf(a.kind);
  const dues: PersonDue[] = [];
  for await (const ids of trigger ? everybody(look) : []) dues.push(...(trigger?.past(look, ids, from, to) ?? []));
  dues.sort((x, y) => x.dueAt - y.dueAt || x.customerId - y.customerId);
  const whose = new Set(dues.map((d) => d.customerId));
  const { excluded } = await decide(ctx, a, [...whose]);
  const leftOut = new Map<DryRun['leftOut'][number]['reason'], number>();
  for (const [, reason] of excluded) if (LASTS(reason)) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  const held = heldOut(ctx, a, heldNow(ctx, a, patternOf(ctx, a).holdout));
  const heldOnes = new Set<CustomerId>();
  const texts: { customerId: CustomerId; cause: string; at: UtcMs }[] = [];
  // one text a month and person is the most it says; people are told by the order of their days
  const told = new Set<CustomerId>();
  const perDay = new Map<ShopDay, number>();
  for (const d of dues) {
    const why = excluded.get(d.customerId);
    if (told.has(d.customerId) || heldOnes.has(d.customerId) || (why !== undefined && LASTS(why))) continue;
    if (held(d.customerId, d.dueAt)) {
      heldOnes.add(d.customerId);
      continue;
    }
    const at = dayWithRoom(d, perDay, a.mostPerDay, look);
    if (at === null || at >= to) continue;
    const day = shopDay(at, shop.zone);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    told.add(d.customerId);
    texts.push({ customerId: d.customerId, cause: d.cause, at });
  }
  const each = (await checksFor(ctx, a)).segmentsEach;
  const segments = Math.round(texts.length * each);
  texts.sort((x, y) => y.at - x.at || x.customerId - y.customerId);
  return {
    from: fromDay,
    to: addDays(first, -1),
    people: whose.size,
    heldOut: heldOnes.size,
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })).sort((x, y) => y.count - x.count),
    texts: texts.length,
    segments,
    price: (segments * texting.pricePerSegment) as Micros,
    currency: texting.priceCurrency,
    days: [...perDay].map(([day, n]) => ({ day, texts: n })).sort((x, y) => (x.day < y.day ? -1 : 1)),
    examples: texts.slice(0, EXAMPLES),
  };
}

/** The first day from its own on that is not full, while it is worth saying. */
function dayWithRoom(d: PersonDue, perDay: ReadonlyMap<ShopDay, number>, most: number | null, look: Look): UtcMs | null {
  let at = d.dueAt;
  while (most !== null && (perDay.get(shopDay(at, look.zone)) ?? 0) >= most)
    at = atMinuteOf(addDays(shopDay(at, look.zone), 1), look.atMinute, look.zone);
  return at < d.until ? at : null;
}
