import { type AudiencePerson, queuedPrice } from '@db/queries/campaign-audience';
import { clearSchedule } from '@db/queries/campaign-schedule';
import { type Campaign, campaignById, saveQuote } from '@db/queries/campaigns';
import type { Forecast } from '@domain/account/forecast';
import { assignArms, campaignTestId, holdoutPercent } from '@domain/attribution/holdout';
import { EXCLUSIONS, type Exclusion } from '@domain/campaigns/audience';
import { type Check, checkText } from '@domain/campaigns/checks';
import { isUsShop } from '@domain/campaigns/countries';
import { sendWindow } from '@domain/campaigns/quiet-hours';
import { makeQuote, packIds, type Quote } from '@domain/campaigns/quote';
import { ceilingPrice, usualCeiling } from '@domain/campaigns/schedule';
import type { MergeField } from '@domain/campaigns/template';
import { AppError } from '@domain/errors';
import type { CampaignId, Micros, UtcMs } from '@domain/kernel';
import { pace } from '@domain/outbox/pacing';
import { dependsOnAbsence } from '@domain/segments/rule';
import { campaignForecast } from '../account/forecast';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import { coveredThrough, openDaysMissing } from '../reports/coverage';
import { sentenceOf } from '../segments/segments';
import { type Audience, gather, ruleOf, stratumAt } from './audience';
import { sayWith, type Words, wordsOf } from './words';

export interface Variant {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  people: number;
}

export interface Review {
  sentence: string;
  /** Everybody the group holds. */
  group: number;
  people: number;
  heldOut: number;
  holdoutPercent: number;
  /** Why nobody, or that many, are held out. */
  holdoutWhy: 'chosen-off' | 'too-few' | 'usual' | 'half';
  excluded: { reason: Exclusion; count: number }[];
  variants: Variant[];
  segments: number;
  price: Micros;
  perSegment: Micros;
  currency: string;
  longest: { text: string; encoding: 'GSM-7' | 'UCS-2'; segments: number };
  /** Fields that are empty for some people and have no fall-back. */
  missing: { field: MergeField; count: number }[];
  checks: Check[];
  /** Texts that may leave right away, and when the first of the others may. */
  leaving: { now: number; later: number; firstAt: UtcMs | null; needReason: number };
  /** Time the sender needs for all of them, ms. */
  lasts: number;
  /** When the last of them will have left: hours, the carriers' daily limit and what else waits reckoned in. */
  finish: Forecast | null;
  money: { spent: Micros; queued: Micros; limit: Micros | null };
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

const MONEY_PER_TURN = 2000;

export interface Figures {
  variants: Variant[];
  segments: number;
  longest: Review['longest'];
  missing: Review['missing'];
}

/** Says the text to everybody and counts; gives the counter a turn now and then. */
export async function figuresOf(ctx: Ctx, words: Words, people: readonly AudiencePerson[]): Promise<Figures> {
  const { shop } = ctx.settings();
  const variants = new Map<string, Variant>();
  const missing = new Map<MergeField, number>();
  let segments = 0;
  let longest: Review['longest'] & { units: number } = { text: '', encoding: 'GSM-7', segments: 0, units: -1 };
  let n = 0;
  for (const p of people) {
    const said = sayWith(shop, words, p, null);
    const { encoding, units } = said.count;
    segments += said.count.segments;
    const key = `${encoding} ${said.count.segments}`;
    const v = variants.get(key);
    if (v) v.people++;
    else variants.set(key, { encoding, segments: said.count.segments, people: 1 });
    for (const f of said.missing) missing.set(f, (missing.get(f) ?? 0) + 1);
    if (said.count.segments > longest.segments || (said.count.segments === longest.segments && units > longest.units)) {
      longest = { text: said.text, encoding, segments: said.count.segments, units };
    }
    if (++n % MONEY_PER_TURN === 0) await nextTurn();
  }
  return {
    variants: [...variants.values()].sort((a, b) => b.people - a.people),
    segments,
    longest: { text: longest.text, encoding: longest.encoding, segments: longest.segments },
    missing: [...missing].map(([field, count]) => ({ field, count })),
  };
}

export interface Split {
  percent: number;
  text: AudiencePerson[];
  control: AudiencePerson[];
}

/** Draws who is held out; the same people give the same draw, however often it is asked. */
export function splitOf(ctx: Ctx, campaign: Pick<Campaign, 'id' | 'holdout'>, audience: Audience): Split {
  const percent = holdoutPercent(campaign.holdout, audience.reachable.length);
  const stratum = stratumAt(ctx, audience.at);
  const arms = assignArms({
    people: audience.reachable.map((p) => ({ id: p.id, stratum: stratum(p), tillFixed: p.tillFixed })),
    percent,
    key: ctx.hmacKey,
    testId: campaignTestId(campaign.id),
  });
  const text: AudiencePerson[] = [];
  const control: AudiencePerson[] = [];
  for (const p of audience.reachable) (arms.get(p.id) === 'control' ? control : text).push(p);
  return { percent, text, control };
}

const EMPTY: Omit<Audience, 'at'> = { rule: { all: [] }, reachable: [], excluded: [] };

/**
 * What pressing send would do, exactly: who gets the text, who does not and why, what it costs; as of the time it is to leave. Stored
 * as the quote a start or a schedule is held against. Nothing else is changed.
 */
export async function review(ctx: Ctx, id: CampaignId, when: When = {}, signal?: AbortSignal): Promise<Review> {
  const campaign = campaignById(ctx.db, id);
  if (!campaign) throw new AppError('campaign.not-found');
  if (campaign.state !== 'draft') throw new AppError('campaign.bad-state', { state: campaign.state, action: 'review' });
  // a plan that was cut off before anything was written down leaves its time behind
  if (campaign.scheduledAt !== null) ctx.db.tx((trx) => clearSchedule(trx, id));
  const rule = ruleOf(ctx, campaign);
  const now = ctx.clock.now();
  const at = when.at ?? now;
  const audience = rule ? await gather(ctx, rule, campaign, signal, at) : { ...EMPTY, at };
  const split = splitOf(ctx, campaign, audience);
  const words = wordsIfReadable(ctx, campaign, at);
  const figures = words
    ? await figuresOf(ctx, words, split.text)
    : { variants: [], segments: 0, longest: { text: '', encoding: 'GSM-7' as const, segments: 0 }, missing: [] };
  const { texting } = ctx.settings();
  const price = (figures.segments * texting.pricePerSegment) as Micros;
  const money = { spent: spentThisMonth(ctx, at), queued: queuedPrice(ctx.db, id) as Micros, limit: limitMicros(ctx) as Micros | null };
  const checks = checksOf(ctx, campaign, {
    people: split.text.length,
    rule,
    longest: figures.longest.text,
    price,
    money,
    at,
    viaCarrier: when.viaCarrier ?? false,
  });
  const blocked = checks.some((c) => c.level === 'stop') || !words;
  const quote: Quote | null = blocked
    ? null
    : makeQuote({
        at: now,
        for: when.at ?? null,
        words: words.hash,
        text: packIds(split.text.map((p) => p.id)),
        control: packIds(split.control.map((p) => p.id)),
        holdoutPercent: split.percent,
        people: split.text.length,
        heldOut: split.control.length,
        segments: figures.segments,
        price,
        perSegment: texting.pricePerSegment,
        currency: texting.priceCurrency,
      });
  if (quote && quote.token !== campaign.quote?.token) ctx.db.tx((trx) => saveQuote(trx, id, quote));
  const usual = usualCeiling(split.text.length);
  return {
    sentence: rule ? sentenceOf(ctx, rule) : '',
    group: audience.reachable.length + audience.excluded.length,
    people: split.text.length,
    heldOut: split.control.length,
    holdoutPercent: split.percent,
    holdoutWhy:
      campaign.holdout === 'half' ? 'half' : campaign.holdout === 'off' ? 'chosen-off' : split.percent === 0 ? 'too-few' : 'usual',
    excluded: countReasons(audience),
    ...figures,
    price,
    perSegment: texting.pricePerSegment,
    currency: texting.priceCurrency,
    checks,
    leaving: leavingOf(ctx, split.text, at, campaign.dayReason !== ''),
    lasts: Math.round((figures.segments / pace(texting.segmentsPerSecond)) * 1000),
    finish: when.viaCarrier
      ? null // the carrier sends at that time, whatever this computer does
      : campaignForecast(ctx, split.text, { segments: figures.segments, from: at, reasonGiven: campaign.dayReason !== '' }),
    money,
    offerEndsAt: words?.offerEndsAt ?? null,
    windowDays: windowDaysOf(campaign, words),
    quoteToken: quote?.token ?? null,
    ceiling: { people: usual, price: ceilingPrice(price, split.text.length, usual) as Micros },
  };
}

function wordsIfReadable(ctx: Ctx, campaign: Campaign, now: UtcMs): Words | null {
  try {
    return wordsOf(ctx, campaign, now);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'campaign.unknown-field' || error.code === 'offer.not-found')) return null;
    throw error;
  }
}

/** Results are counted until the offer ends, at least 7 and at most 30 days; without an offer as long as the owner chose. */
export function windowDaysOf(campaign: Pick<Campaign, 'windowDays'>, words: Words | null): number {
  return Math.min(30, Math.max(7, words?.offer ? words.offer.validDays : campaign.windowDays));
}

/** In the fixed order, without the reasons nobody has. */
function countReasons(audience: Pick<Audience, 'excluded'>): { reason: Exclusion; count: number }[] {
  const counts = new Map<Exclusion, number>();
  for (const e of audience.excluded) counts.set(e.reason, (counts.get(e.reason) ?? 0) + 1);
  return EXCLUSIONS.flatMap((reason) => (counts.has(reason) ? [{ reason, count: counts.get(reason) ?? 0 }] : []));
}

/** Who may be texted at an instant, and when the first of the others may. */
export function leavingOf(ctx: Ctx, people: readonly AudiencePerson[], now: UtcMs, reasonGiven: boolean): Review['leaving'] {
  const { shop, courtesy } = ctx.settings();
  const out: Review['leaving'] = { now: 0, later: 0, firstAt: null, needReason: 0 };
  for (const p of people) {
    if (p.phone === null) continue;
    const w = sendWindow({
      phone: p.phone,
      postalCode: p.postalCode || null,
      zone: p.zone,
      shopZone: shop.zone,
      courtesy: courtesy.window,
      now,
      reasonGiven,
    });
    if (w.open) out.now++;
    else {
      out.later++;
      if (w.opensAt !== null && (out.firstAt === null || w.opensAt < out.firstAt)) out.firstAt = w.opensAt;
    }
    if (w.needsReason) out.needReason++;
  }
  return out;
}

/** Everything that stops a campaign or deserves a word, in the order an owner should mend it. */
export function checksOf(
  ctx: Ctx,
  campaign: Campaign,
  f: {
    people: number;
    rule: Audience['rule'] | null;
    longest: string;
    price: number;
    money: Review['money'];
    at: UtcMs;
    viaCarrier: boolean;
  },
): Check[] {
  const { shop, texting } = ctx.settings();
  const out: Check[] = [];
  const stop = (code: Check['code']) => out.push({ code, level: 'stop' });
  if (f.rule === null) stop('no-group');
  out.push(
    ...checkText({
      body: campaign.body,
      shopName: shop.name,
      addStopLine: campaign.addStopLine,
      hasOffer: campaign.offerId !== null,
      longest: f.longest || campaign.body,
    }),
  );
  if (f.rule !== null && f.people === 0) stop('no-people');
  if (texting.mode === 'none') stop('not-connected');
  else if (!texting.sender) stop('no-sender');
  if (texting.mode === 'twilio' && !texting.senderApproved) stop('not-approved');
  if (texting.mode === 'twilio' && !isUsShop(shop.country)) stop('country');
  if (f.money.limit !== null && f.money.spent + f.money.queued + f.price > f.money.limit) stop('over-limit');
  // rules.md §3: nobody is told they are missed while the sales of the last open day are not here.
  if (f.rule !== null && dependsOnAbsence(f.rule)) {
    // What the carrier holds leaves without this computer: nobody could look at the till once more.
    if (f.viaCarrier) stop('absence-at-carrier');
    else if (salesBehind(ctx)) out.push({ code: 'sales-behind', level: f.at > ctx.clock.now() ? 'warn' : 'stop' });
  }
  return out;
}

/** Whether imported sales end before the previous open day. */
function salesBehind(ctx: Ctx): boolean {
  const covered = coveredThrough(ctx);
  return covered === null || openDaysMissing(ctx, covered) > 0;
}
