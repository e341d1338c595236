import type { Automation } from '@db/queries/automations';
import { type Taken, toldAlready } from '@domain/automations/cause';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { checkCaps } from '@domain/campaigns/caps';
import type { CustomerId, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { checksFor } from './checks';
import { lookOf, sharedGap, triggerOf } from './look';
import { everybody } from './outlook';

/** What it would have done. */
export interface DryRun {
  from: ShopDay;
  /** Last day, included. */
  to: ShopDay;
  /** Whose day came. */
  people: number;
  /** Texts the shop's own courtesy would have let leave: spacing and promise, between its own texts. */
  texts: number;
  segments: number;
  price: Micros;
  currency: string;
  days: { day: ShopDay; texts: number }[];
  /** Some of them, newest first. */
  examples: { customerId: CustomerId; cause: string; at: UtcMs }[];
}

const EXAMPLES = 20;

/**
 * What one would have sent in the calendar month before this one: its days are played over the facts as they were, people who agreed to
 * texts by now. It says about how much, not exactly what: who had agreed then, and what other texts left then, is not played again.
 */
export async function dryRun(ctx: Ctx, a: Automation): Promise<DryRun> {
  const { shop, courtesy, texting } = ctx.settings();
  const now = ctx.clock.now();
  const first = `${shopDay(now, shop.zone).slice(0, 7)}-01` as ShopDay;
  const fromDay = `${addDays(first, -1).slice(0, 7)}-01` as ShopDay;
  const from = startOfDay(fromDay, shop.zone);
  const to = startOfDay(first, shop.zone);
  const look = lookOf(ctx, a, { now: to, gap: sharedGap(ctx) });
  const trigger = triggerOf(a.kind);
  const texts: { customerId: CustomerId; cause: string; at: UtcMs }[] = [];
  const whose = new Set<CustomerId>();
  for await (const ids of trigger ? everybody(look) : []) {
    const dues = trigger?.past(look, ids, from, to) ?? [];
    const byPerson = new Map<CustomerId, typeof dues>();
    for (const d of dues) byPerson.set(d.customerId, [...(byPerson.get(d.customerId) ?? []), d]);
    for (const [customerId, own] of byPerson) {
      whose.add(customerId);
      const taken: Taken[] = [];
      for (const d of own.sort((x, y) => x.dueAt - y.dueAt)) {
        if (toldAlready(a.kind, d, taken)) continue;
        const caps = checkCaps({
          left: taken.map((t) => t.at),
          promiseMax: null,
          defaultPromise: courtesy.promisePerMonth,
          spacingDays: courtesy.spacingDays,
          now: d.dueAt,
          shopZone: shop.zone,
        });
        if (!caps.ok) continue;
        taken.push({ cause: d.cause, at: d.dueAt, told: true });
        texts.push({ customerId, cause: d.cause, at: d.dueAt });
      }
    }
  }
  const each = (await checksFor(ctx, a)).segmentsEach;
  const segments = Math.round(texts.length * each);
  const byDay = new Map<ShopDay, number>();
  for (const t of texts) byDay.set(shopDay(t.at, shop.zone), (byDay.get(shopDay(t.at, shop.zone)) ?? 0) + 1);
  texts.sort((x, y) => y.at - x.at || x.customerId - y.customerId);
  return {
    from: fromDay,
    to: addDays(first, -1),
    people: whose.size,
    texts: texts.length,
    segments,
    price: (segments * texting.pricePerSegment) as Micros,
    currency: texting.priceCurrency,
    days: [...byDay].map(([day, n]) => ({ day, texts: n })).sort((x, y) => (x.day < y.day ? -1 : 1)),
    examples: texts.slice(0, EXAMPLES),
  };
}
