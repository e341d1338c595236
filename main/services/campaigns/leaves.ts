import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import { shopDay } from '@domain/calendar';
import { type SendWindow, sendWindow } from '@domain/campaigns/quiet-hours';
import type { PhoneE164, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { eachInTurns } from '../chunks';
import type { Ctx } from '../ctx';
import type { Times } from './split';

/** When a campaign's texts leave at the earliest; the sender's pace comes on top (`Review.lasts`, `finish`). */
export interface Leaves {
  /** By shop day, in order; only days on which somebody's text leaves. */
  days: { day: ShopDay; people: number }[];
  /** By the zones their readers' numbers may be in, most people first; each text leaves between `from` and `to`. */
  zones: { zones: Zone[]; people: number; from: UtcMs; to: UtcMs }[];
  /** Never more than this leave in one shop day; null = they are not spread. */
  dailyShare: number | null;
  /** When the last may leave at the earliest. */
  lastAt: UtcMs | null;
  /** Those whose hours are open at the very moment planned for them. */
  asPlanned: number;
  /** Those whose hours do not open within a fortnight. */
  never: number;
}

/** The hours of whoever reads, with the settings read once. */
function hoursOf(ctx: Ctx, reasonGiven: boolean) {
  const { shop, courtesy } = ctx.settings();
  return (p: AudiencePerson, phone: PhoneE164, now: UtcMs): SendWindow =>
    sendWindow({ phone, postalCode: p.postalCode || null, zone: p.zone, shopZone: shop.zone, courtesy: courtesy.window, now, reasonGiven });
}

/** Each text at the first moment from its planned one on at which its reader may be texted. */
export async function leavesOf(
  ctx: Ctx,
  campaign: Pick<Campaign, 'dayReason'>,
  text: readonly AudiencePerson[],
  plan: Times,
): Promise<Leaves> {
  const { shop } = ctx.settings();
  const hours = hoursOf(ctx, campaign.dayReason !== '');
  const days = new Map<ShopDay, number>();
  const zones = new Map<string, Leaves['zones'][number]>();
  const dayOf = new Map<UtcMs, ShopDay>();
  let lastAt: UtcMs | null = null;
  let never = 0;
  let asPlanned = 0;
  await eachInTurns(text, (p) => {
    if (p.phone === null) return;
    const planned = plan.at(p.id);
    const w = hours(p, p.phone, planned);
    const at = w.open ? planned : w.opensAt;
    if (w.open) asPlanned++;
    if (at === null) {
      never++;
      return;
    }
    let day = dayOf.get(at);
    if (day === undefined) {
      day = shopDay(at, shop.zone);
      dayOf.set(at, day);
    }
    days.set(day, (days.get(day) ?? 0) + 1);
    const key = w.zones.join();
    const z = zones.get(key);
    if (!z) zones.set(key, { zones: [...w.zones], people: 1, from: at, to: at });
    else {
      z.people++;
      if (at < z.from) z.from = at;
      if (at > z.to) z.to = at;
    }
    if (lastAt === null || at > lastAt) lastAt = at;
  });
  return {
    days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, people]) => ({ day, people })),
    zones: [...zones.values()].sort((a, b) => b.people - a.people || (a.zones.join() < b.zones.join() ? -1 : 1)).slice(0, 40),
    dailyShare: plan.share,
    lastAt,
    asPlanned,
    never,
  };
}

/** What leaves right at the beginning, and what later. */
export interface Leaving {
  now: number;
  later: number;
  /** When the first of the others may leave. */
  firstAt: UtcMs | null;
  /** People whose day asks for a typed reason. */
  needReason: number;
}

/** Whose text may leave right at the beginning, and when the first of the others may. */
export async function leavingOf(ctx: Ctx, people: readonly AudiencePerson[], times: Times, reasonGiven: boolean): Promise<Leaving> {
  const hours = hoursOf(ctx, reasonGiven);
  const out: Leaving = { now: 0, later: 0, firstAt: null, needReason: 0 };
  await eachInTurns(people, (p) => {
    if (p.phone === null) return;
    const planned = times.at(p.id);
    const w = hours(p, p.phone, planned);
    if (w.open && planned <= times.from) out.now++;
    else {
      out.later++;
      const at = w.open ? planned : w.opensAt;
      if (at !== null && (out.firstAt === null || at < out.firstAt)) out.firstAt = at;
    }
    if (w.needsReason) out.needReason++;
  });
  return out;
}
