import { type AudiencePerson, queuedPrice } from '@db/queries/campaign-audience';
import { type Campaign, campaignById } from '@db/queries/campaigns';
import { driftFrom, makeQuote, packIds, type Quote, unpackIds } from '@domain/campaigns/quote';
import { overCeiling, timeProblem } from '@domain/campaigns/schedule';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, Micros, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { holdingService } from '../outbox/holding-service';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import { type Audience, gather, ruleOf } from './audience';
import { checksOf, figuresOf, splitOf } from './review';
import { type Words, wordsOf } from './words';

/** Everything a start writes, decided before the first row. */
export interface Plan {
  campaign: Campaign;
  quote: Quote;
  audience: Audience;
  words: Words;
  text: AudiencePerson[];
  control: AudiencePerson[];
  /** Quoted, but no longer in the group at all. */
  gone: CustomerId[];
  /** When the texts leave: now, or the hour until which the carrier holds them. */
  at: UtcMs;
  /** The Messaging Service that holds them until then; null = this computer sends. */
  service: string | null;
}

/** A campaign as it stands: its rule, words and people as of one moment, with what stops it. */
async function lookAt(ctx: Ctx, campaign: Campaign, at: UtcMs): Promise<{ words: Words; audience: Audience }> {
  const rule = ruleOf(ctx, campaign);
  if (!rule) throw new AppError('campaign.no-people');
  if (campaign.body.trim() === '') throw new AppError('campaign.empty-text');
  const words = wordsOf(ctx, campaign, at);
  return { words, audience: await gather(ctx, rule, campaign, undefined, at) };
}

function stopOf(
  ctx: Ctx,
  campaign: Campaign,
  f: { people: number; audience: Audience; longest: string; price: number; at: UtcMs; viaCarrier: boolean },
): AppError | null {
  const money = {
    spent: spentThisMonth(ctx, f.at),
    queued: queuedPrice(ctx.db, campaign.id) as Micros,
    limit: limitMicros(ctx) as Micros | null,
  };
  const checks = checksOf(ctx, campaign, { ...f, rule: f.audience.rule, money });
  const worst = checks.find((c) => c.level === 'stop');
  return worst ? refusal(worst.code, money) : null;
}

/** What the owner agreed to, held against what would happen now. Throws what stops it. */
export async function planStart(ctx: Ctx, input: { id: CampaignId; quoteToken: string }): Promise<Plan> {
  const campaign = campaignById(ctx.db, input.id);
  if (!campaign) throw new AppError('campaign.not-found');
  advance(campaign.state, 'start');
  const { quote } = campaign;
  const held = campaign.viaCarrier ? campaign.scheduledAt : null;
  if (!quote || quote.token !== input.quoteToken || (quote.for ?? null) !== held) {
    throw new AppError('campaign.quote-outdated', { why: 'token' });
  }
  let service: string | null = null;
  if (held !== null) {
    const why = timeProblem(held, ctx.clock.now(), true);
    if (why) throw new AppError('campaign.bad-time', { why });
    const found = await holdingService(ctx);
    if (found.sid === null) throw new AppError('campaign.no-service', { why: found.why });
    service = found.sid;
  }
  const at = held ?? ctx.clock.now();
  const { words, audience } = await lookAt(ctx, campaign, at);
  const reachable = new Map(audience.reachable.map((p) => [p.id as number, p]));
  const still = (packed: string): AudiencePerson[] =>
    unpackIds(packed).flatMap((id) => {
      const p = reachable.get(id);
      return p ? [p] : [];
    });
  const text = still(quote.text);
  const figures = await figuresOf(ctx, words, text);
  const { texting } = ctx.settings();
  const price = (figures.segments * texting.pricePerSegment) as Micros;
  const drift = driftFrom(quote, {
    words: words.hash,
    reachable: audience.reachable.map((p) => p.id),
    price,
    perSegment: texting.pricePerSegment,
    currency: texting.priceCurrency,
  });
  if (drift) throw new AppError('campaign.quote-outdated', { why: drift });
  const stop = stopOf(ctx, campaign, {
    people: text.length,
    audience,
    longest: figures.longest.text,
    price,
    at,
    viaCarrier: held !== null,
  });
  if (stop) throw stop;
  const known = new Set<number>([...reachable.keys(), ...audience.excluded.map((e) => e.person.id)]);
  const gone = [...unpackIds(quote.text), ...unpackIds(quote.control)].filter((id) => !known.has(id)) as CustomerId[];
  return { campaign, quote, audience, words, text, control: still(quote.control), gone, at, service };
}

/**
 * A scheduled campaign at its hour: the people are those of now, drawn now; more of them or a higher price than approved, other words
 * or anything a review would stop asks the owner instead (`asks`: kept as the campaign's reason). Drop-outs never do.
 */
export async function planScheduled(ctx: Ctx, campaign: Campaign): Promise<{ plan: Plan } | { asks: string }> {
  const now = ctx.clock.now();
  const { quote, ceilingPeople, ceilingPrice } = campaign;
  if (!quote || ceilingPeople === null || ceilingPrice === null) return { asks: 'words' };
  let looked: Awaited<ReturnType<typeof lookAt>>;
  try {
    looked = await lookAt(ctx, campaign, now);
  } catch (error) {
    if (error instanceof AppError) return { asks: `check:${error.code}` };
    throw error;
  }
  const { words, audience } = looked;
  if (words.hash !== quote.words) return { asks: 'words' };
  const split = splitOf(ctx, campaign, audience);
  const figures = await figuresOf(ctx, words, split.text);
  const { texting } = ctx.settings();
  const price = (figures.segments * texting.pricePerSegment) as Micros;
  if (texting.priceCurrency !== quote.currency) return { asks: 'price' };
  const over = overCeiling({ people: split.text.length, price }, { people: ceilingPeople, price: ceilingPrice });
  if (over) return { asks: `${over.what}:${over.now}/${over.approved}` };
  const stop = stopOf(ctx, campaign, {
    people: split.text.length,
    audience,
    longest: figures.longest.text,
    price,
    at: now,
    viaCarrier: false,
  });
  if (stop) return { asks: `check:${stop.params['check'] ?? stop.code}` };
  const { token: _old, ...approved } = quote;
  return {
    plan: {
      campaign,
      quote: makeQuote({
        ...approved,
        at: now,
        text: packIds(split.text.map((p) => p.id)),
        control: packIds(split.control.map((p) => p.id)),
        holdoutPercent: split.percent,
        people: split.text.length,
        heldOut: split.control.length,
        segments: figures.segments,
        price,
        perSegment: texting.pricePerSegment,
      }),
      audience,
      words,
      text: split.text,
      control: split.control,
      gone: [],
      at: now,
      service: null,
    },
  };
}

function refusal(code: string, money: { limit: number | null; spent: number }): AppError {
  switch (code) {
    case 'over-limit':
      return new AppError('campaign.limit-reached', { limit: money.limit ?? 0, spent: money.spent });
    case 'no-people':
    case 'no-group':
      return new AppError('campaign.no-people');
    case 'not-connected':
    case 'no-sender':
      return new AppError('sms.not-connected');
    default:
      return new AppError('campaign.not-ready', { check: code });
  }
}
