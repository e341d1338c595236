import type { Trx } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { dropPeople, writePerson } from '@db/queries/campaign-people';
import { clearSchedule } from '@db/queries/campaign-schedule';
import { campaignById, freezeCampaign, moveCampaign } from '@db/queries/campaigns';
import { dropStaged, enqueue, showStaged } from '@db/queries/outbox';
import { markFirst } from '@db/queries/outbox-brake';
import { audit } from '@db/queries/staff';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { PersonReason } from '@domain/campaigns/audience';
import { staggered } from '@domain/campaigns/schedule';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, Micros, TaskId, UtcMs } from '@domain/kernel';
import { drawFirst, FIRST_TEXTS } from '@domain/outbox/brake';
import { pace } from '@domain/outbox/pacing';
import { nextTurn, writeInChunks } from '../chunks';
import type { Ctx, Progress, Session } from '../ctx';
import { issueCodes } from '../offers/codes';
import { random, wakeSender } from '../outbox/sender-state';
import { type Audience, stratumAt } from './audience';
import { type Plan, planStart } from './plan';
import { windowDaysOf } from './review';
import { expiryOf, sayWith } from './words';

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
      ctx.changed('campaigns', 'outbox', 'offers');
      return { campaignId: id, texts };
    },
    { exclusive: true },
  );
}

/** The owner's word: from here on the campaign is no draft, and what it says and to whom no longer changes. */
function freeze(ctx: Ctx, plan: Plan, staffId: Session['staffId']): void {
  const { campaign, quote, audience, words, at } = plan;
  const now = ctx.clock.now();
  const { shop, texting } = ctx.settings();
  const windowDays = windowDaysOf(campaign, words);
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
      rule: audience.rule,
      holdoutPercent: quote.holdoutPercent,
      windowDays,
      windowEndsAt: (startOfDay(addDays(shopDay(at, shop.zone), windowDays + 1), shop.zone) - 1) as UtcMs,
      sender: plan.service ?? (sender === null ? null : sender.kind === 'number' ? sender.number : sender.sid),
      startedAt: at,
      quote,
    });
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
  const { campaign, audience, words } = plan;
  const now = ctx.clock.now();
  // who is held out is charged a virtual text when the others get theirs
  const drawnAt = plan.at;
  const held = plan.service === null ? null : await heldTimes(ctx, plan);
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
      const time = held?.(p.id);
      const row = enqueue(trx, {
        cause,
        address: p.phone,
        customerId: p.id,
        messageClass: 'marketing',
        body: said.text,
        segments: said.count.segments,
        quotedPrice: (said.count.segments * texting.pricePerSegment) as Micros,
        code,
        notBefore: time?.at ?? now,
        ...(time ? { sendAt: time.at } : {}),
        expiresAt,
        staged: true,
        now,
      });
      if (time?.first && row !== null) markFirst(trx, campaign.id, [row]);
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

const SIZED_PER_TURN = 500;

/**
 * When each text of a campaign that the carrier holds leaves: a random draw first, the rest a quarter of an hour later at the sender's
 * pace, so that while this computer is on bad results of the first still stop the rest (rules.md §4, blast brake).
 */
async function heldTimes(ctx: Ctx, plan: Plan): Promise<(id: CustomerId) => { at: UtcMs; first: boolean }> {
  const { text, at } = plan;
  const first = new Set(drawFirst(text, () => random(ctx), FIRST_TEXTS).map((p) => p.id));
  const rate = pace(ctx.settings().texting.segmentsPerSecond);
  const { shop } = ctx.settings();
  const sized: { segments: number; first: boolean }[] = [];
  for (const p of text) {
    sized.push({ segments: sayWith(shop, plan.words, p, null).count.segments, first: first.has(p.id) });
    if (sized.length % SIZED_PER_TURN === 0) await nextTurn();
  }
  const times = staggered(sized, rate);
  const byId = new Map(text.map((p, i) => [p.id, (at + (times[i] ?? 0)) as UtcMs]));
  return (id) => ({ at: byId.get(id) ?? at, first: first.has(id) });
}

/** The one small step that makes the texts visible to the sender. */
function show(ctx: Ctx, id: CampaignId): number {
  const now = ctx.clock.now();
  // Before the first text can leave: a copy from before this moment must know that the draft it holds is no draft any more.
  const c = campaignById(ctx.db, id);
  const { name, body, offerId, topic, startedAt, windowEndsAt } = c ?? {};
  ctx.journal.append([{ kind: 'campaign-started', at: now, row: { id, name, body, offerId, topic, startedAt, windowEndsAt } }]);
  return ctx.db.tx((trx) => {
    if (!moveCampaign(trx, id, 'staging', advance('staging', 'staged'), now)) {
      throw new AppError('campaign.bad-state', { state: campaignById(trx, id)?.state ?? 'draft', action: 'staged' });
    }
    return showStaged(trx, { kind: 'campaign', id: String(id) }, now);
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
    if (c?.scheduledAt != null && !c.viaCarrier) moveCampaign(trx, id, 'staging', advance('staging', 'start-put-off'), now, asks);
    else if (moveCampaign(trx, id, 'staging', advance('staging', 'start-failed'), now)) clearSchedule(trx, id);
  });
  ctx.changed('campaigns');
}

/** Forgets rows that were never shown. Codes already drawn stay with their people and are used again. */
async function unstage(ctx: Ctx, id: CampaignId): Promise<void> {
  const cause = { kind: 'campaign' as const, id: String(id) };
  while (ctx.db.tx((trx) => dropStaged(trx, cause) + dropPeople(trx, id)) > 0) await nextTurn();
}
