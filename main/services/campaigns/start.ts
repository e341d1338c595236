import type { Trx } from '@db/open';
import { dropPeople, writePerson } from '@db/queries/campaign-people';
import { type AudiencePerson, type Campaign, campaignById, freezeCampaign, moveCampaign, queuedPrice } from '@db/queries/campaigns';
import { dropStaged, enqueue, showStaged } from '@db/queries/outbox';
import { audit } from '@db/queries/staff';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { PersonReason } from '@domain/campaigns/audience';
import { driftFrom, type Quote, unpackIds } from '@domain/campaigns/quote';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, Micros, TaskId, UtcMs } from '@domain/kernel';
import { nextTurn, writeInChunks } from '../chunks';
import type { Ctx, Progress, Session } from '../ctx';
import { issueCodes } from '../offers/codes';
import { wakeSender } from '../outbox/sender-state';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import { type Audience, gather, ruleOf, stratumAt } from './audience';
import { checksOf, figuresOf, windowDaysOf } from './review';
import { expiryOf, sayWith, type Words, wordsOf } from './words';

/** Everything a start writes, decided before the first row. */
interface Plan {
  campaign: Campaign;
  quote: Quote;
  audience: Audience;
  words: Words;
  text: AudiencePerson[];
  control: AudiencePerson[];
  /** Quoted, but no longer in the group at all. */
  gone: CustomerId[];
}

/**
 * Sends a campaign: holds what would happen now against what the owner agreed to, then freezes everybody into unseen rows and shows
 * them to the sender in one small step. Refuses with `campaign.quote-outdated` {why: token | words | people | price}; people who
 * dropped out since the quote never refuse it (rules.md §4). After a crash in between, the campaign is still 'staging' and starting
 * again with the same quote finishes it without doubles.
 */
export async function startCampaign(ctx: Ctx, input: { id: CampaignId; quoteToken: string }, session: Session): Promise<TaskId> {
  const plan = await planStart(ctx, input);
  return ctx.tasks.start(
    'campaign-start',
    plan.campaign.name,
    async (report, signal) => {
      freeze(ctx, plan, session);
      ctx.changed('campaigns');
      let texts: number;
      try {
        await stage(ctx, plan, report, signal);
        texts = show(ctx, input.id); // refused when the campaign was cancelled meanwhile: then nothing may stay behind unseen
      } catch (error) {
        await takeBack(ctx, input.id);
        throw error;
      }
      wakeSender(ctx);
      ctx.changed('campaigns', 'outbox', 'offers');
      return { campaignId: input.id, texts };
    },
    { exclusive: true },
  );
}

async function planStart(ctx: Ctx, input: { id: CampaignId; quoteToken: string }): Promise<Plan> {
  const campaign = campaignById(ctx.db, input.id);
  if (!campaign) throw new AppError('campaign.not-found');
  advance(campaign.state, 'start');
  const { quote } = campaign;
  if (!quote || quote.token !== input.quoteToken) throw new AppError('campaign.quote-outdated', { why: 'token' });
  const rule = ruleOf(ctx, campaign);
  if (!rule) throw new AppError('campaign.no-people');
  if (campaign.body.trim() === '') throw new AppError('campaign.empty-text');
  const now = ctx.clock.now();
  const words = wordsOf(ctx, campaign, now);
  const audience = await gather(ctx, rule, campaign);
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
  const money = {
    spent: spentThisMonth(ctx),
    queued: queuedPrice(ctx.db, campaign.id) as Micros,
    limit: limitMicros(ctx) as Micros | null,
  };
  const stops = checksOf(ctx, campaign, { people: text.length, rule, longest: figures.longest.text, price, money, now });
  const worst = stops.find((c) => c.level === 'stop');
  if (worst) throw refusal(worst.code, money);
  const known = new Set<number>([...reachable.keys(), ...audience.excluded.map((e) => e.person.id)]);
  const gone = [...unpackIds(quote.text), ...unpackIds(quote.control)].filter((id) => !known.has(id)) as CustomerId[];
  return { campaign, quote, audience, words, text, control: still(quote.control), gone };
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

/** The owner's word: from here on the campaign is no draft, and what it says and to whom no longer changes. */
function freeze(ctx: Ctx, plan: Plan, session: Session): void {
  const { campaign, quote, audience, words } = plan;
  const now = ctx.clock.now();
  const { shop, texting } = ctx.settings();
  const windowDays = windowDaysOf(campaign, words);
  const { sender } = texting;
  ctx.db.tx((trx) => {
    if (!moveCampaign(trx, campaign.id, campaign.state, advance(campaign.state, 'start'), now)) {
      throw new AppError('campaign.bad-state', { state: campaign.state, action: 'start' });
    }
    freezeCampaign(trx, campaign.id, {
      rule: audience.rule,
      holdoutPercent: quote.holdoutPercent,
      windowDays,
      windowEndsAt: (startOfDay(addDays(shopDay(now, shop.zone), windowDays + 1), shop.zone) - 1) as UtcMs,
      sender: sender === null ? null : sender.kind === 'number' ? sender.number : sender.sid,
      now,
    });
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'campaign.start',
      subject: String(campaign.id),
      detail: { people: plan.text.length, heldOut: plan.control.length, price: quote.price },
    });
  });
}

/** Rows nobody sees yet, in chunks the counter does not notice. Whatever an earlier, interrupted start wrote goes first. */
async function stage(ctx: Ctx, plan: Plan, report: (p: Progress) => void, signal: AbortSignal): Promise<void> {
  const { campaign, audience, words } = plan;
  const drawnAt = ctx.clock.now();
  await unstage(ctx, campaign.id);
  const { shop, texting } = ctx.settings();
  const cause = { kind: 'campaign' as const, id: String(campaign.id) };
  const stratum = stratumAt(ctx, audience.at);
  const person = (trx: Trx, p: AudiencePerson, arm: 'text' | 'control' | 'excluded', reason: PersonReason | null) =>
    writePerson(trx, {
      campaignId: campaign.id,
      customerId: p.id,
      phone: p.phone,
      arm,
      reason,
      stratum: arm === 'excluded' ? '' : stratum(p),
      tillFixed: p.tillFixed,
      drawnAt,
    });
  const codes =
    words.offer?.codeMode === 'personal' && words.offerEndsAt !== null ? { offer: words.offer, expiresAt: words.offerEndsAt } : null;
  const expiresAt = expiryOf(words);
  const write = {
    text(trx: Trx, p: AudiencePerson) {
      if (p.phone === null) return;
      const code = codes
        ? (issueCodes(ctx, trx, { offerId: codes.offer.id, campaignId: campaign.id, customerIds: [p.id], expiresAt: codes.expiresAt }).get(
            p.id,
          ) ?? null)
        : null;
      const said = sayWith(shop, words, p, code);
      person(trx, p, 'text', null);
      enqueue(trx, {
        cause,
        address: p.phone,
        customerId: p.id,
        messageClass: 'marketing',
        body: said.text,
        segments: said.count.segments,
        quotedPrice: (said.count.segments * texting.pricePerSegment) as Micros,
        code,
        notBefore: drawnAt,
        expiresAt,
        staged: true,
        now: drawnAt,
      });
    },
    control: (trx: Trx, p: AudiencePerson) => person(trx, p, 'control', null),
    excluded: (trx: Trx, e: Audience['excluded'][number]) => person(trx, e.person, 'excluded', e.reason),
    gone: (trx: Trx, id: CustomerId) =>
      writePerson(trx, {
        campaignId: campaign.id,
        customerId: id,
        phone: null,
        arm: 'excluded',
        reason: 'left-since-quote' satisfies PersonReason,
        stratum: '',
        tillFixed: false,
        drawnAt,
      }),
  };
  const jobs: ((trx: Trx) => void)[] = [
    ...plan.control.map((p) => (trx: Trx) => write.control(trx, p)),
    ...audience.excluded.map((e) => (trx: Trx) => write.excluded(trx, e)),
    ...plan.gone.map((id) => (trx: Trx) => write.gone(trx, id)),
    ...plan.text.map((p) => (trx: Trx) => write.text(trx, p)),
  ];
  await writeInChunks(ctx.db, jobs, (trx, job) => job(trx), { signal, onChunk: (done) => report({ done, total: jobs.length }) });
}

/** The one small step that makes the texts visible to the sender. */
function show(ctx: Ctx, id: CampaignId): number {
  const now = ctx.clock.now();
  // Before the first text can leave: a copy from before this moment must know that the draft it holds is no draft any more.
  ctx.journal.append([{ kind: 'campaign-started', at: now, row: { id } }]);
  return ctx.db.tx((trx) => {
    if (!moveCampaign(trx, id, 'staging', advance('staging', 'staged'), now)) {
      throw new AppError('campaign.bad-state', { state: campaignById(trx, id)?.state ?? 'draft', action: 'staged' });
    }
    return showStaged(trx, { kind: 'campaign', id: String(id) }, now);
  });
}

/** After a failure or the owner's "stop": a draft again, as if nothing had been pressed. */
async function takeBack(ctx: Ctx, id: CampaignId): Promise<void> {
  await unstage(ctx, id);
  ctx.db.tx((trx) => moveCampaign(trx, id, 'staging', advance('staging', 'start-failed'), ctx.clock.now()));
  ctx.changed('campaigns');
}

/** Forgets rows that were never shown. Codes already drawn stay with their people and are used again. */
async function unstage(ctx: Ctx, id: CampaignId): Promise<void> {
  const cause = { kind: 'campaign' as const, id: String(id) };
  while (ctx.db.tx((trx) => dropStaged(trx, cause) + dropPeople(trx, id)) > 0) await nextTurn();
}
