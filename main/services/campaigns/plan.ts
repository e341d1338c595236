import { type AudiencePerson, queuedPrice } from '@db/queries/campaign-audience';
import { type Campaign, campaignById } from '@db/queries/campaigns';
import { shopDay } from '@domain/calendar';
import { usesTexts } from '@domain/campaigns/channels';
import type { WordsKey } from '@domain/campaigns/parts';
import { driftFrom, makeQuote, type Quote, quotedPeople } from '@domain/campaigns/quote';
import { CARRIER_LEAST_MS, overCeiling, timeProblem } from '@domain/campaigns/schedule';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, Micros, UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { holdingService } from '../outbox/holding-service';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import { type Audience, gather, rulesOf } from './audience';
import { type Counted, figuresOf, longestOf } from './figures';
import { checksOf } from './review-checks';
import { beginsAt, lastOf, packed, readerOf, splitOf, type Times, timesOf } from './split';
import { type Sayings, sayingsOf, soonestEnd } from './words';

/** Everything a start writes, decided before the first row. */
export interface Plan {
  campaign: Campaign;
  quote: Quote;
  audience: Audience;
  sayings: Sayings;
  text: AudiencePerson[];
  control: AudiencePerson[];
  /** The wording each person reads; of those quoted and left out since, what they would have read. */
  reads: ReadonlyMap<CustomerId, WordsKey>;
  /** Quoted, but no longer in any of the groups. */
  gone: { id: CustomerId; part: number; words: WordsKey | '' }[];
  /** When the texts begin to leave: now, or the hour until which the carrier holds them. */
  at: UtcMs;
  /** When each may leave at the earliest, and how many a day. */
  times: Times;
  /** The Messaging Service that holds them until then; null = this computer sends. */
  service: string | null;
}

/** A campaign as it stands: its words and people as of one moment, with what stops it. */
async function lookAt(ctx: Ctx, campaign: Campaign, at: UtcMs): Promise<{ sayings: Sayings; audience: Audience }> {
  const rules = rulesOf(ctx, campaign);
  if (rules.length < campaign.parts.length) throw new AppError('campaign.no-people');
  if (usesTexts(campaign.channels) && campaign.parts.some((p) => p.body.trim() === '')) throw new AppError('campaign.empty-text');
  const sayings = sayingsOf(ctx, campaign, at);
  return { sayings, audience: await gather(ctx, rules, campaign, undefined, at) };
}

/** What it would cost with these people, and what stops it. */
async function reckon(
  ctx: Ctx,
  campaign: Campaign,
  o: {
    sayings: Sayings;
    audience: Audience;
    text: AudiencePerson[];
    reads: ReadonlyMap<CustomerId, WordsKey>;
    at: UtcMs;
    viaCarrier: boolean;
    times: Times;
  },
): Promise<{ figures: Counted; price: Micros; stop: AppError | null }> {
  const figures = await figuresOf(ctx, o.sayings, o.text, o.reads, o.times.at);
  const price = (figures.segments * ctx.settings().texting.pricePerSegment) as Micros;
  const money = {
    spent: spentThisMonth(ctx, o.at),
    queued: queuedPrice(ctx.db, campaign.id) as Micros,
    limit: limitMicros(ctx) as Micros | null,
  };
  const checks = checksOf(ctx, campaign, {
    people: o.text.length,
    mails: figures.mails,
    rules: o.audience.rules,
    longest: longestOf(figures),
    price,
    money,
    at: o.at,
    viaCarrier: o.viaCarrier,
    lastAt: lastOf(o.times, o.text),
    offerEndsAt: soonestEnd(o.sayings),
  });
  const worst = checks.find((c) => c.level === 'stop');
  return { figures, price, stop: worst ? refusal(worst.code, money) : null };
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
  const { sayings, audience } = await lookAt(ctx, campaign, at);
  await nextTurn();
  const quoted = quotedPeople(quote);
  const text = audience.reachable.filter((p) => quoted.text.has(p.id));
  const control = audience.reachable.filter((p) => quoted.control.has(p.id));
  const reads = new Map([...quoted.text].map(([id, { words }]) => [id as CustomerId, words]));
  await nextTurn();
  const from = held === null ? at : await beginsAt(ctx, campaign, audience.reachable, at, CARRIER_LEAST_MS);
  const times = await timesOf(ctx, campaign, text, from, held !== null);
  // the carrier keeps no text longer than its days
  if (held !== null && timeProblem(lastOf(times, text), ctx.clock.now(), true) === 'too-far') {
    throw new AppError('campaign.bad-time', { why: 'too-far' });
  }
  const { price, stop } = await reckon(ctx, campaign, { sayings, audience, text, reads, at, viaCarrier: held !== null, times });
  await nextTurn();
  const { texting } = ctx.settings();
  const reader = readerOf(campaign);
  const drift = driftFrom(
    quote,
    {
      words: sayings.hash,
      reachable: audience.reachable.map((p) => ({ id: p.id, part: p.part, reads: reader(p) })),
      price,
      perSegment: texting.pricePerSegment,
      currency: texting.priceCurrency,
    },
    quoted,
  );
  if (drift) throw new AppError('campaign.quote-outdated', { why: drift });
  if (stop) throw stop;
  await nextTurn();
  const known = new Set<number>([...audience.reachable.map((p) => p.id), ...audience.excluded.map((e) => e.person.id)]);
  const gone: Plan['gone'] = [];
  for (const [id, { part, words }] of quoted.text) if (!known.has(id)) gone.push({ id: id as CustomerId, part, words });
  for (const [id, part] of quoted.control) if (!known.has(id)) gone.push({ id: id as CustomerId, part, words: '' });
  return { campaign, quote, audience, sayings, text, control, reads, gone, at, times, service };
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
  const { sayings, audience } = looked;
  if (sayings.hash !== quote.words) return { asks: 'words' };
  const split = await splitOf(ctx, campaign, audience);
  const times = await timesOf(ctx, campaign, split.text, dueFrom(ctx, campaign, now), true);
  const { figures, price, stop } = await reckon(ctx, campaign, { sayings, audience, ...split, at: now, viaCarrier: false, times });
  const { texting } = ctx.settings();
  if (texting.priceCurrency !== quote.currency) return { asks: 'price' };
  const over = overCeiling({ people: split.text.length, price }, { people: ceilingPeople, price: ceilingPrice });
  if (over) return { asks: `${over.what}:${over.now}/${over.approved}` };
  if (stop) return { asks: `check:${stop.params['check'] ?? stop.code}` };
  const { token: _old, reads: _reads, controlOf: _control, ...approved } = quote;
  return {
    plan: {
      campaign,
      quote: makeQuote({
        ...approved,
        at: now,
        ...packed(split),
        holdoutPercent: split.percent,
        people: split.text.length,
        heldOut: split.control.length,
        segments: figures.segments,
        price,
        perSegment: texting.pricePerSegment,
      }),
      audience,
      sayings,
      text: split.text,
      control: split.control,
      reads: split.reads,
      gone: [],
      at: now,
      times,
      service: null,
    },
  };
}

/** Days and hours are counted from its time, not from the moments it takes to begin; of one that is days late, from now. */
function dueFrom(ctx: Ctx, campaign: Campaign, now: UtcMs): UtcMs {
  const at = campaign.scheduledAt;
  const { zone } = ctx.settings().shop;
  return at !== null && at <= now && shopDay(at, zone) === shopDay(now, zone) ? at : now;
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
