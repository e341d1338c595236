import { type AudiencePerson, queuedPrice } from '@db/queries/campaign-audience';
import { clearSchedule } from '@db/queries/campaign-schedule';
import { type Campaign, campaignById, saveQuote } from '@db/queries/campaigns';
import { segmentById } from '@db/queries/segments';
import type { Forecast } from '@domain/account/forecast';
import { EXCLUSIONS, type Exclusion } from '@domain/campaigns/audience';
import { makeQuote, type Quote } from '@domain/campaigns/quote';
import { CARRIER_LEAST_MS, ceilingPrice, usualCeiling } from '@domain/campaigns/schedule';
import { AppError } from '@domain/errors';
import { type CampaignId, DAY, MINUTE, type Micros, type UtcMs } from '@domain/kernel';
import { pace } from '@domain/outbox/pacing';
import { spreadForecast } from '../account/forecast';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import { sentenceOf } from '../segments/segments';
import { type Audience, gather, rulesOf } from './audience';
import { type Counted, type Figures, figuresOf, longestOf, NO_FIGURES, type WordingFigures } from './figures';
import { type Leaves, type Leaving, leavesOf, leavingOf } from './leaves';
import { checksOf, type Money, type PartCheck } from './review-checks';
import { beginsAt, lastOf, packed, type Split, splitOf, timesOf } from './split';
import { type Sayings, sayingsOf, soonestEnd } from './words';

/** One part: who is in it, what they are told, what it costs. */
export interface PartReview extends Figures {
  position: number;
  /** What the owner calls it, else its group's name. */
  name: string;
  sentence: string;
  /** Everybody in it, those excluded too. */
  group: number;
  people: number;
  heldOut: number;
  excluded: { reason: Exclusion; count: number }[];
  price: Micros;
  offerName: string | null;
  offerEndsAt: UtcMs | null;
  /** What each wording costs; all of them, also those nobody reads. */
  wordings: (WordingFigures & { price: Micros })[];
}

export interface Review extends Figures {
  /** Of the first part. */
  sentence: string;
  /** Everybody the groups hold. */
  group: number;
  people: number;
  /** Of them: by e-mail, at no cost. */
  mails: number;
  heldOut: number;
  holdoutPercent: number;
  /** Why nobody, or that many, are held out. */
  holdoutWhy: 'chosen-off' | 'too-few' | 'usual' | 'half';
  excluded: { reason: Exclusion; count: number }[];
  price: Micros;
  perSegment: Micros;
  currency: string;
  checks: PartCheck[];
  /** In order; a person is in the first that matches. */
  parts: PartReview[];
  /** Texts that may leave right away, and when the first of the others may. */
  leaving: Leaving;
  /** When it begins: earlier than asked where its readers' hour comes first. */
  begins: UtcMs;
  /** When each leaves: by shop day and by where its reader is. */
  leaves: Leaves;
  /** Time the sender needs for all of them, ms. */
  lasts: number;
  /** When the last of them will have left: hours, the carriers' daily limit and what else waits reckoned in. */
  finish: Forecast | null;
  money: Money;
  /** The last end of its offers. */
  offerEndsAt: UtcMs | null;
  windowDays: number;
  /** Null while a check stops the campaign. */
  quoteToken: string | null;
  /** What a schedule is offered as its approved ceiling. */
  ceiling: { people: number; price: Micros };
}

/** The time asked about; nothing = as soon as send is pressed. */
export interface When {
  at?: UtcMs | null;
  viaCarrier?: boolean;
}

const EMPTY: Omit<Audience, 'at'> = { rules: [], reachable: [], excluded: [] };

/**
 * What pressing send would do, exactly: who gets which text, who does not and why, what it costs; as of the time it is to leave. Stored
 * as the quote a start or a schedule is held against. Nothing else is changed.
 */
export async function review(ctx: Ctx, id: CampaignId, when: When = {}, signal?: AbortSignal): Promise<Review> {
  const campaign = campaignById(ctx.db, id);
  if (!campaign) throw new AppError('campaign.not-found');
  // the words of what runs by itself are read with their automation
  if (campaign.state !== 'draft' || campaign.automationId !== null) {
    throw new AppError('campaign.bad-state', { state: campaign.state, action: 'review' });
  }
  // a plan that was cut off before anything was written down leaves its time behind
  if (campaign.scheduledAt !== null) ctx.db.tx((trx) => clearSchedule(trx, id));
  const rules = rulesOf(ctx, campaign);
  const now = ctx.clock.now();
  const at = when.at ?? now;
  const audience = rules.length > 0 ? await gather(ctx, rules, campaign, signal, at) : { ...EMPTY, at };
  const split = await splitOf(ctx, campaign, audience);
  const sayings = sayingsIfReadable(ctx, campaign, at);
  const begins = when.at == null ? at : await beginsAt(ctx, campaign, audience.reachable, at, when.viaCarrier ? CARRIER_LEAST_MS : MINUTE);
  const times = await timesOf(ctx, campaign, split.text, begins, when.at != null);
  const figures = sayings ? await figuresOf(ctx, sayings, split.text, split.reads, times.at) : NO_FIGURES;
  await nextTurn(); // a quote of many people is a moment's work of its own
  const { texting } = ctx.settings();
  const price = (figures.segments * texting.pricePerSegment) as Micros;
  const money = { spent: spentThisMonth(ctx, at), queued: queuedPrice(ctx.db, id) as Micros, limit: limitMicros(ctx) as Micros | null };
  const lastAt = lastOf(times, split.text);
  const checks = checksOf(ctx, campaign, {
    people: split.text.length,
    mails: figures.mails,
    rules,
    longest: longestOf(figures),
    price,
    money,
    at,
    viaCarrier: when.viaCarrier ?? false,
    lastAt,
    offerEndsAt: sayings ? soonestEnd(sayings) : null,
  });
  const blocked = checks.some((c) => c.level === 'stop') || !sayings;
  const quote: Quote | null = blocked
    ? null
    : makeQuote({
        at: now,
        for: when.at ?? null,
        words: sayings.hash,
        ...packed(split),
        holdoutPercent: split.percent,
        people: split.text.length,
        heldOut: split.control.length,
        segments: figures.segments,
        price,
        perSegment: texting.pricePerSegment,
        currency: texting.priceCurrency,
      });
  if (quote && quote.token !== campaign.quote?.token) ctx.db.tx((trx) => saveQuote(trx, id, quote));
  await nextTurn();
  const usual = usualCeiling(split.text.length);
  const { wordings, ...whole } = figures;
  return {
    sentence: rules[0] ? sentenceOf(ctx, rules[0].rule) : '',
    group: audience.reachable.length + audience.excluded.length,
    people: split.text.length,
    heldOut: split.control.length,
    holdoutPercent: split.percent,
    holdoutWhy:
      campaign.holdout === 'half' ? 'half' : campaign.holdout === 'off' ? 'chosen-off' : split.percent === 0 ? 'too-few' : 'usual',
    excluded: countReasons(audience.excluded),
    ...whole,
    price,
    perSegment: texting.pricePerSegment,
    currency: texting.priceCurrency,
    checks,
    parts: partsOf(ctx, campaign, { audience, split, sayings, wordings }),
    leaving: await leavingOf(ctx, split.text, times, campaign.dayReason !== ''),
    begins,
    leaves: await leavesOf(ctx, campaign, split.text, times),
    lasts: Math.round((figures.segments / pace(texting.segmentsPerSecond)) * 1000),
    finish: when.viaCarrier
      ? null // the carrier sends at that time, whatever this computer does
      : spreadForecast(
          ctx,
          split.text.filter((p) => p.channel !== 'email'),
          { segments: figures.segments, from: begins, at: times.at, reasonGiven: campaign.dayReason !== '' },
        ),
    money,
    offerEndsAt: sayings?.offerEndsAt ?? null,
    windowDays: windowDaysOf(campaign, sayings),
    quoteToken: quote?.token ?? null,
    ceiling: { people: usual, price: ceilingPrice(price, split.text.length, usual) as Micros },
  };
}

/** The same figures part by part. */
function partsOf(
  ctx: Ctx,
  campaign: Campaign,
  o: { audience: Audience; split: Split; sayings: Sayings | null; wordings: Counted['wordings'] },
): PartReview[] {
  const { pricePerSegment } = ctx.settings().texting;
  const countIn = (people: readonly AudiencePerson[], part: number) => people.reduce((n, p) => n + (p.part === part ? 1 : 0), 0);
  return campaign.parts.map(({ position, name, segmentId }) => {
    const rule = o.audience.rules.find((r) => r.position === position)?.rule;
    const excluded = o.audience.excluded.filter((e) => e.person.part === position);
    const wordings = o.wordings.filter((w) => w.part === position);
    const own = o.sayings?.of(position, 'en.a.any') ?? null;
    const segments = wordings.reduce((n, w) => n + w.segments, 0);
    const longest = [...wordings].sort(
      (a, b) => b.longest.segments - a.longest.segments || b.longest.text.length - a.longest.text.length,
    )[0];
    return {
      position,
      name: name || (segmentId === null ? '' : (segmentById(ctx.db, segmentId)?.name ?? '')),
      sentence: rule ? sentenceOf(ctx, rule) : '',
      group: countIn(o.audience.reachable, position) + excluded.length,
      people: countIn(o.split.text, position),
      heldOut: countIn(o.split.control, position),
      excluded: countReasons(excluded),
      segments,
      price: (segments * pricePerSegment) as Micros,
      variants: together(wordings.flatMap((w) => w.variants)),
      longest: longest?.longest ?? NO_FIGURES.longest,
      missing: summed(wordings.flatMap((w) => w.missing)),
      offerName: own?.offer?.name ?? null,
      offerEndsAt: own?.offerEndsAt ?? null,
      wordings: wordings.map((w) => ({ ...w, price: (w.segments * pricePerSegment) as Micros })),
    };
  });
}

function together(variants: readonly Figures['variants'][number][]): Figures['variants'] {
  const out = new Map<string, Figures['variants'][number]>();
  for (const v of variants) {
    const key = `${v.encoding} ${v.segments}`;
    out.set(key, { ...v, people: v.people + (out.get(key)?.people ?? 0) });
  }
  return [...out.values()].sort((a, b) => b.people - a.people);
}

function summed(missing: Figures['missing']): Figures['missing'] {
  const out = new Map<Figures['missing'][number]['field'], number>();
  for (const m of missing) out.set(m.field, (out.get(m.field) ?? 0) + m.count);
  return [...out].map(([field, count]) => ({ field, count }));
}

/** Null where a wording cannot be read; the checks say why. */
export function sayingsIfReadable(ctx: Ctx, campaign: Campaign, now: UtcMs): Sayings | null {
  try {
    return sayingsOf(ctx, campaign, now);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'campaign.unknown-field' || error.code === 'offer.not-found')) return null;
    throw error;
  }
}

/**
 * Results are counted until the last of its offers ends, at least 7 and at most 30 days; without an offer as long as the owner chose.
 */
export function windowDaysOf(campaign: Pick<Campaign, 'windowDays'>, sayings: Pick<Sayings, 'all'> | null): number {
  const days = ({ offer, offerEndsAt, now }: Sayings['all'][number]['words']) =>
    offer === null ? [] : [offer.untilDay === null ? offer.validDays : Math.floor(((offerEndsAt ?? now) - now) / DAY)];
  const offers = sayings?.all.flatMap(({ words }) => days(words)) ?? [];
  return Math.min(30, Math.max(7, offers.length > 0 ? Math.max(...offers) : campaign.windowDays));
}

/** In the fixed order, without the reasons nobody has. */
export function countReasons(excluded: Audience['excluded']): { reason: Exclusion; count: number }[] {
  const counts = new Map<Exclusion, number>();
  for (const e of excluded) counts.set(e.reason, (counts.get(e.reason) ?? 0) + 1);
  return EXCLUSIONS.flatMap((reason) => (counts.has(reason) ? [{ reason, count: counts.get(reason) ?? 0 }] : []));
}
