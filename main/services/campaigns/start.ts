import type { Trx } from '@db/open';
import { freezePart } from '@db/queries/campaign-parts';
import { dropPeople } from '@db/queries/campaign-people';
import { clearSchedule } from '@db/queries/campaign-schedule';
import { campaignById, freezeCampaign, moveCampaign, thawCampaign } from '@db/queries/campaigns';
import { dropStagedMails, showStagedMails } from '@db/queries/mail';
import { dropStaged, showStaged } from '@db/queries/outbox';
import { markRolling } from '@db/queries/quarter-tests';
import { startedFact } from '@db/queries/replay';
import { audit } from '@db/queries/staff';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { quarterOf } from '@domain/campaigns/caps';
import { BASE_WORDS } from '@domain/campaigns/parts';
import { staggered } from '@domain/campaigns/schedule';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, TaskId, UtcMs } from '@domain/kernel';
import { drawFirst, FIRST_TEXTS } from '@domain/outbox/brake';
import { pace } from '@domain/outbox/pacing';
import { eachInTurns, nextTurn, writeInChunks } from '../chunks';
import type { Ctx, Progress, Session } from '../ctx';
import { wakeMail } from '../mail/wake';
import { issueAhead } from '../offers/codes';
import { random, wakeSender } from '../outbox/sender-state';
import { type Plan, planStart } from './plan';
import { windowDaysOf } from './review';
import { lastOf } from './split';
import { writerFor } from './stage';
import { sayWith } from './words';

/**
 * Sends a campaign: holds what would happen now against what the owner agreed to, then freezes everybody into unseen rows and shows
 * them to the sender in one small step. Refuses with `campaign.quote-outdated` {why: token | words | people | price}; people who
 * dropped out since the quote never refuse it (rules.md §4). After a crash in between, the campaign is still 'staging' and starting
 * again with the same quote finishes it without doubles.
 */
export async function startCampaign(ctx: Ctx, input: { id: CampaignId; quoteToken: string }, session: Session): Promise<TaskId> {
  return carryOut(ctx, await planStart(ctx, input), session.staffId);
}

/** Freezes a plan and shows it to the sender. `staffId` null: its time came, nobody pressed anything. */
export function carryOut(ctx: Ctx, plan: Plan, staffId: Session['staffId']): TaskId {
  const { id } = plan.campaign;
  return ctx.tasks.start(
    'campaign-start',
    plan.campaign.name,
    async (report, signal) => {
      freeze(ctx, plan, staffId);
      ctx.changed('campaigns');
      let texts: number;
      try {
        await stage(ctx, plan, report, signal);
        texts = show(ctx, id); // refused when the campaign was cancelled meanwhile: then nothing may stay behind unseen
      } catch (error) {
        await takeBack(ctx, id);
        throw error;
      }
      wakeSender(ctx);
      wakeMail(ctx);
      ctx.changed('campaigns', 'outbox', 'offers');
      return { campaignId: id, texts };
    },
    { exclusive: true },
  );
}

/** The owner's word: from here on the campaign is no draft, and what it says and to whom no longer changes. */
function freeze(ctx: Ctx, plan: Plan, staffId: Session['staffId']): void {
  const { campaign, quote, audience, sayings, at, times } = plan;
  const now = ctx.clock.now();
  const { shop, texting } = ctx.settings();
  const windowDays = windowDaysOf(campaign, sayings);
  const ruleOf = new Map(audience.rules.map((r) => [r.position, r.rule]));
  // results are counted from when the last of them left
  const last = shopDay(lastOf(times, plan.text), shop.zone);
  const { sender } = texting;
  ctx.db.tx((trx) => {
    // Planned a moment ago: changed, moved to another hour or taken back meanwhile, it is another campaign.
    const still = campaignById(trx, campaign.id);
    if (still?.quote?.token !== campaign.quote?.token || still?.scheduledAt !== campaign.scheduledAt) {
      throw new AppError('campaign.bad-state', { state: still?.state ?? 'draft', action: 'start' });
    }
    if (!moveCampaign(trx, campaign.id, campaign.state, advance(campaign.state, 'start'), now)) {
      throw new AppError('campaign.bad-state', { state: campaign.state, action: 'start' });
    }
    freezeCampaign(trx, campaign.id, {
      rule: ruleOf.get(1) ?? { all: [] },
      holdoutPercent: quote.holdoutPercent,
      windowDays,
      windowEndsAt: (startOfDay(addDays(last, windowDays + 1), shop.zone) - 1) as UtcMs,
      sender: plan.service ?? (sender === null ? null : sender.kind === 'number' ? sender.number : sender.sid),
      startedAt: at,
      dailyShare: times.share,
      quote,
    });
    if (ctx.settings().money.quarterHoldout) markRolling(trx, campaign.id, quarterOf(audience.at, shop.zone));
    for (const [position, rule] of ruleOf) if (position > 1) freezePart(trx, campaign.id, position, rule);
    audit(trx, {
      at: now,
      staffId,
      action: 'campaign.start',
      subject: String(campaign.id),
      detail: { people: plan.text.length, heldOut: plan.control.length, price: quote.price },
    });
  });
}

/** Rows nobody sees yet, in chunks the counter does not notice. Whatever an earlier, interrupted start wrote goes first. */
async function stage(ctx: Ctx, plan: Plan, report: (p: Progress) => void, signal: AbortSignal): Promise<void> {
  const { campaign, audience, sayings, reads, times } = plan;
  const held = plan.service === null ? null : await heldTimes(ctx, plan);
  await unstage(ctx, campaign.id);
  for (const order of await personalCodes(plan)) await issueAhead(ctx, order, { signal });
  const writer = writerFor(ctx, {
    campaign,
    sayings,
    reads,
    audienceAt: audience.at,
    // who is held out is charged a virtual text when the others get theirs
    drawnAt: plan.at,
    time: (id) => held?.(id) ?? { at: times.at(id), held: false, first: false },
    staged: true,
  });
  const jobs: ((trx: Trx) => void)[] = [
    ...plan.control.map((p) => (trx: Trx) => writer.control(trx, p)),
    ...audience.excluded.map((e) => (trx: Trx) => writer.excluded(trx, e.person, e.reason, reads.get(e.person.id))),
    ...plan.gone.map((g) => (trx: Trx) => writer.gone(trx, g.id, g.part, g.words)),
    ...plan.text.map((p) => (trx: Trx) => void writer.text(trx, p)),
  ];
  await writeInChunks(ctx.db, jobs, (trx, job) => job(trx), { signal, onChunk: (done) => report({ done, total: jobs.length }) });
}

/** Who gets a code of their own, offer by offer. */
async function personalCodes({ campaign, sayings, reads, text }: Plan): Promise<Parameters<typeof issueAhead>[1][]> {
  const orders = new Map<string, Parameters<typeof issueAhead>[1] & { customerIds: CustomerId[] }>();
  await eachInTurns(text, (p) => {
    const { offer, offerEndsAt } = sayings.of(p.part, reads.get(p.id) ?? BASE_WORDS);
    if (offer?.codeMode !== 'personal' || offerEndsAt === null) return;
    const key = `${offer.id} ${offerEndsAt}`;
    const order = orders.get(key);
    if (order) order.customerIds.push(p.id);
    else orders.set(key, { offerId: offer.id, campaignId: campaign.id, customerIds: [p.id], expiresAt: offerEndsAt });
  });
  return [...orders.values()];
}

const SIZED_PER_TURN = 500;

/**
 * When each text of a campaign that the carrier holds leaves: a random draw first, the rest a quarter of an hour later at the sender's
 * pace, so that while this computer is on bad results of the first still stop the rest (rules.md §4, blast brake).
 */
async function heldTimes(ctx: Ctx, plan: Plan): Promise<(id: CustomerId) => { at: UtcMs; held: boolean; first: boolean }> {
  const { text, at, times } = plan;
  // the first of those that leave first: later days wait for their results anyway
  const begin = text.reduce<UtcMs | null>((a, p) => (a === null || times.at(p.id) < a ? times.at(p.id) : a), null);
  const soonest = text.filter((p) => times.at(p.id) === begin);
  const first = new Set(drawFirst(soonest, () => random(ctx), FIRST_TEXTS).map((p) => p.id));
  const rate = pace(ctx.settings().texting.segmentsPerSecond);
  const { shop } = ctx.settings();
  const byTime = new Map<UtcMs, { id: CustomerId; segments: number; first: boolean }[]>();
  let n = 0;
  for (const p of text) {
    const words = plan.sayings.of(p.part, plan.reads.get(p.id) ?? BASE_WORDS);
    const from = times.at(p.id);
    const one = { id: p.id, segments: sayWith(shop, words, p, null, from).count.segments, first: first.has(p.id) };
    const same = byTime.get(from);
    if (same) same.push(one);
    else byTime.set(from, [one]);
    if (++n % SIZED_PER_TURN === 0) await nextTurn();
  }
  // hour after hour; what one hour leaves over pushes the next back
  const byId = new Map<CustomerId, UtcMs>();
  let free = 0;
  for (const [from, texts] of [...byTime].sort(([a], [b]) => a - b)) {
    const start = Math.max(from, free);
    const offsets = staggered(texts, rate);
    for (const [i, t] of texts.entries()) byId.set(t.id, (start + (offsets[i] ?? 0)) as UtcMs);
    free = start + offsets.reduce((most, o) => Math.max(most, o), 0);
  }
  return (id) => ({ at: byId.get(id) ?? at, held: true, first: first.has(id) });
}

/** The one small step that makes the texts visible to the sender. */
function show(ctx: Ctx, id: CampaignId): number {
  const now = ctx.clock.now();
  // Before the first text can leave: a copy from before this moment must know that the draft it holds is no draft any more.
  const c = campaignById(ctx.db, id);
  if (c) ctx.journal.append([{ kind: 'campaign-started', at: now, row: { ...startedFact(c) } }]);
  return ctx.db.tx((trx) => {
    if (!moveCampaign(trx, id, 'staging', advance('staging', 'staged'), now)) {
      throw new AppError('campaign.bad-state', { state: campaignById(trx, id)?.state ?? 'draft', action: 'staged' });
    }
    const cause = { kind: 'campaign' as const, id: String(id) };
    return showStaged(trx, cause, now) + showStagedMails(trx, cause, now);
  });
}

/**
 * After a failure or the owner's "stop": as if nothing had been pressed. One that was to leave by itself stays scheduled and waits for
 * the owner (`asks`), or for its time again.
 */
export async function takeBack(ctx: Ctx, id: CampaignId, asks: string | null = 'failed'): Promise<void> {
  await unstage(ctx, id);
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const c = campaignById(trx, id);
    const planned = c?.scheduledAt != null && !c.viaCarrier;
    const to = advance('staging', planned ? 'start-put-off' : 'start-failed');
    if (!moveCampaign(trx, id, 'staging', to, now, planned ? asks : null)) return;
    if (!planned) clearSchedule(trx, id);
    thawCampaign(trx, id);
  });
  ctx.changed('campaigns');
}

/** Forgets rows that were never shown. Codes already drawn stay with their people and are used again. */
async function unstage(ctx: Ctx, id: CampaignId): Promise<void> {
  const cause = { kind: 'campaign' as const, id: String(id) };
  while (ctx.db.tx((trx) => dropStaged(trx, cause) + dropStagedMails(trx, cause) + dropPeople(trx, id)) > 0) await nextTurn();
}
