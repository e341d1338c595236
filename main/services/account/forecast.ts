import { waitingBeside, waitingPlaces } from '@db/queries/account';
import { campaignTerms } from '@db/queries/outbox-sender';
import { campaignLeftSince, dailyShareOf, lastPlanned, segmentsLeftSince } from '@db/queries/outbox-spend';
import { capDay } from '@domain/account/daily-caps';
import { type Forecast, finishForecast, type WaitingGroup } from '@domain/account/forecast';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { type SendWindowInput, type Span, sendSpans } from '@domain/campaigns/quiet-hours';
import { type CampaignId, type CustomerId, MINUTE, type UtcMs } from '@domain/kernel';
import { pace } from '@domain/outbox/pacing';
import type { Ctx } from '../ctx';

export interface Place {
  phone: SendWindowInput['phone'];
  postalCode: string | null;
  zone: SendWindowInput['zone'];
  segments: number;
  /** Goes at the hours of the law and the shop; answers go at any hour. */
  marketing: boolean;
}

/** The first texts' results are waited for: at most this long before the others go on (domain/outbox/brake.ts). */
const FIRST_PAUSE_MS = 10 * MINUTE;

/**
 * When texts to these places will have left, beginning at `from`: pace of the sender, hours of the people, and the carriers' daily limit,
 * what was used of it today and what leaves beside them.
 */
export function forecastFor(
  ctx: Ctx,
  o: { places: readonly Place[]; from: UtcMs; beside: number; reasonGiven: boolean; first: boolean; share?: number },
): Forecast {
  const { texting } = ctx.settings();
  const now = ctx.clock.now();
  const start = Math.max(now, o.from) as UtcMs;
  const { shop, courtesy } = ctx.settings();
  const byHours = new Map<readonly Span[] | null, number>();
  for (const p of o.places) {
    const spans = p.marketing ? sendSpans({ ...p, shopZone: shop.zone, courtesy: courtesy.window, now: start }) : null;
    byHours.set(spans, p.segments + (byHours.get(spans) ?? 0));
  }
  const groups: WaitingGroup[] = [...byHours].map(([spans, segments]) => ({
    segments,
    spans:
      spans?.filter((x) => x.to > start && (o.reasonGiven || !x.warn)).map((x) => ({ from: x.from as UtcMs, to: x.to as UtcMs })) ?? null,
  }));
  if (o.beside > 0) groups.push({ segments: o.beside, spans: null, ahead: true });
  const sameDay = start < capDay(now).to;
  return finishForecast({
    now: start,
    groups,
    pace: pace(texting.segmentsPerSecond) * (o.share ?? 1),
    daily:
      texting.dailySegments === null
        ? null
        : { cap: texting.dailySegments, usedToday: sameDay ? segmentsLeftSince(ctx.db, capDay(now).from) : 0 },
    ...(o.first ? { notBefore: (start + FIRST_PAUSE_MS) as UtcMs } : {}),
  });
}

/** Somebody a text is to go to, with where they are. */
export interface Recipient {
  phone: SendWindowInput['phone'] | null;
  postalCode: string;
  zone: SendWindowInput['zone'];
}

/**
 * When a campaign that begins at `from` will have left, before it is started: its parts spread evenly over its people, who are put together
 * by area code, ZIP region and zone, so that a fortnight of hours is reckoned a few dozen times and not for everybody.
 */
export function campaignForecast(
  ctx: Ctx,
  people: readonly Recipient[],
  o: { segments: number; from: UtcMs; reasonGiven: boolean },
): Forecast | null {
  const texted = people.filter((p) => p.phone !== null);
  if (texted.length === 0 || o.segments === 0) return null;
  const each = o.segments / texted.length;
  const places = new Map<string, Place>();
  for (const p of texted) {
    if (p.phone === null) continue;
    const key = `${p.phone.slice(0, 5)} ${p.postalCode.slice(0, 3)} ${p.zone ?? ''}`;
    const was = places.get(key);
    places.set(key, {
      phone: p.phone,
      postalCode: p.postalCode || null,
      zone: p.zone,
      marketing: true,
      segments: each + (was?.segments ?? 0),
    });
  }
  return forecastFor(ctx, {
    places: [...places.values()],
    from: o.from,
    beside: waitingBeside(ctx.db, null),
    reasonGiven: o.reasonGiven,
    first: true,
  });
}

/**
 * The same for a campaign whose texts leave on several days or at their readers' hour: when those of its last day will have left. Each day
 * before has its own time.
 */
export function spreadForecast(
  ctx: Ctx,
  people: readonly (Recipient & { id: CustomerId })[],
  o: { segments: number; from: UtcMs; at: (id: CustomerId) => UtcMs; reasonGiven: boolean },
): Forecast | null {
  const { zone } = ctx.settings().shop;
  const lastAt = people.reduce<UtcMs>((last, p) => (o.at(p.id) > last ? o.at(p.id) : last), o.from);
  const begins = Math.max(o.from, startOfDay(shopDay(lastAt, zone), zone)) as UtcMs;
  const last = people.filter((p) => o.at(p.id) >= begins);
  if (last.length === 0) return null;
  const from = last.reduce<UtcMs>((first, p) => (o.at(p.id) < first ? o.at(p.id) : first), lastAt);
  const found = campaignForecast(ctx, last, {
    segments: (o.segments * last.length) / people.length,
    from,
    reasonGiven: o.reasonGiven,
  });
  return found && notEarlier(found, lastAt);
}

const notEarlier = (f: Forecast, at: UtcMs): Forecast =>
  f.finishesAt === null || f.finishesAt >= at ? f : { ...f, finishesAt: at, limitedBy: 'hours' };

/** When the last of a running campaign's waiting texts may leave at the earliest: its planned time, and by the share of each day. */
function plannedEnd(ctx: Ctx, id: CampaignId, texts: number, now: UtcMs): UtcMs {
  const planned = lastPlanned(ctx.db, id);
  const share = dailyShareOf(ctx.db, id);
  if (share === null) return planned === null ? now : planned;
  const { zone } = ctx.settings().shop;
  const today = shopDay(now, zone);
  const room = Math.max(0, share - campaignLeftSince(ctx.db, id, startOfDay(today, zone)));
  const days = Math.ceil(Math.max(0, texts - room) / share);
  return Math.max(planned ?? now, days === 0 ? now : startOfDay(addDays(today, days), zone)) as UtcMs;
}

const KEEP_MS = 20_000;
const kept = new WeakMap<object, Map<string, { at: UtcMs; forecast: Forecast | null }>>();

/** So many waiting texts are asked where their people are; of more, every so-manieth stands for the others. */
const LOOKED_AT = 2000;

/**
 * When what waits will have left: of one campaign, or of everything. `texts` and `segments` of what waits. Asked many times a second while
 * texts leave, so it is reckoned rarely, and from a sample where very many wait.
 */
export function waitingForecast(ctx: Ctx, id: CampaignId | null, o: { share: number; texts: number; segments: number }): Forecast | null {
  const now = ctx.clock.now();
  const { texting, courtesy } = ctx.settings();
  const key = [id, o.share, texting.segmentsPerSecond, texting.dailySegments, JSON.stringify(courtesy.window)].join(' ');
  const mine = kept.get(ctx.db) ?? new Map<string, { at: UtcMs; forecast: Forecast | null }>();
  kept.set(ctx.db, mine);
  const known = mine.get(key);
  if (known && now >= known.at && now - known.at < KEEP_MS) return known.forecast;
  const found = waitingPlaces(ctx.db, id, Math.ceil(o.texts / LOOKED_AT) | 1);
  const sampled = found.reduce((n, p) => n + p.segments, 0);
  const places = found.map((p) => ({ ...p, marketing: p.marketing === 1, segments: (p.segments * o.segments) / sampled }));
  const reckoned =
    places.length === 0
      ? null
      : forecastFor(ctx, {
          places,
          from: now,
          beside: id === null ? 0 : waitingBeside(ctx.db, id),
          reasonGiven: id !== null && (campaignTerms(ctx.db, String(id))?.dayReason ?? '') !== '',
          first: false,
          share: o.share,
        });
  const forecast = reckoned === null || id === null ? reckoned : notEarlier(reckoned, plannedEnd(ctx, id, o.texts, now));
  if (mine.size > 20) mine.clear();
  mine.set(key, { at: now, forecast });
  return forecast;
}
