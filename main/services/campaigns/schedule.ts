import {
  clearSchedule,
  missedCampaigns,
  moveSchedule,
  planViaCarrier,
  putOff,
  saveScheduledQuote,
  scheduleDraft,
} from '@db/queries/campaign-schedule';
import { type Campaign, campaignById, moveCampaign } from '@db/queries/campaigns';
import { heldByCarrier } from '@db/queries/outbox-at-carrier';
import { audit } from '@db/queries/staff';
import { makeQuote } from '@domain/campaigns/quote';
import { ceilingPrice, type LatePolicy, overCeiling, timeProblem } from '@domain/campaigns/schedule';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import { type CampaignId, DAY, MINUTE, type Micros, type TaskId, type UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { holdingService, type NoService } from '../outbox/holding-service';
import { gather, rulesOf } from './audience';
import { cancelCampaign } from './control';
import { copyCampaign } from './drafts';
import { figuresOf, NO_FIGURES } from './figures';
import { leavesOf, leavingOf } from './leaves';
import { planScheduled, planStart } from './plan';
import { review, sayingsIfReadable } from './review';
import { beginsAt, splitOf, timesOf } from './split';
import { carryOut } from './start';
import { sayingsOf } from './words';

export interface ScheduleInput {
  id: CampaignId;
  quoteToken: string;
  at: UtcMs;
  latePolicy: LatePolicy;
  /** Most people the owner approves for that hour. */
  ceilingPeople: number;
  /** The carrier holds the texts: they leave also while this computer is off. */
  viaCarrier: boolean;
}

function known(ctx: Ctx, id: CampaignId): Campaign {
  const c = campaignById(ctx.db, id);
  if (!c) throw new AppError('campaign.not-found');
  return c;
}

function checkTime(ctx: Ctx, at: UtcMs, viaCarrier: boolean): void {
  const why = timeProblem(at, ctx.clock.now(), viaCarrier);
  if (why) throw new AppError('campaign.bad-time', { why });
}

/** Nobody's hours are open then, or at the hour chosen for them: refused, with the first moment somebody's are. */
function checkHours(leaving: { now: number; firstAt: UtcMs | null }, leaves: { asPlanned: number }): void {
  if (leaving.now > 0 || leaves.asPlanned > 0) return;
  throw new AppError('campaign.bad-time', { why: 'closed', ...(leaving.firstAt === null ? {} : { opensAt: leaving.firstAt }) });
}

/**
 * Plans a checked draft for a time. By this computer: its people are found anew at that hour and may be up to the ceiling. By the
 * carrier: its people are frozen now and each text is handed over with its time. Refuses with `campaign.bad-time`, `campaign.no-service`,
 * or as a start does when the words, the people or the price are not those of the quote.
 */
export async function scheduleCampaign(ctx: Ctx, input: ScheduleInput, session: Session): Promise<TaskId | null> {
  const { id, at, viaCarrier } = input;
  const before = known(ctx, id);
  advance(before.state, 'schedule');
  if (!before.quote || before.quote.token !== input.quoteToken || (before.quote.for ?? null) !== at) {
    throw new AppError('campaign.quote-outdated', { why: 'token' });
  }
  checkTime(ctx, at, viaCarrier);
  const r = await review(ctx, id, { at, viaCarrier });
  const { quote } = known(ctx, id);
  if (!quote || r.quoteToken === null)
    throw new AppError('campaign.not-ready', { check: r.checks.find((c) => c.level === 'stop')?.code ?? '' });
  if (quote.words !== before.quote.words) throw new AppError('campaign.quote-outdated', { why: 'words' });
  const approved = {
    people: input.ceilingPeople,
    price: ceilingPrice(before.quote.price, before.quote.people, input.ceilingPeople) as Micros,
  };
  const over = overCeiling({ people: r.people, price: r.price }, approved);
  if (over) throw new AppError('campaign.quote-outdated', { why: over.what });
  checkHours(r.leaving, r.leaves);
  const now = ctx.clock.now();
  const note = (action: string) => (trx: Parameters<typeof audit>[0]) =>
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action,
      subject: String(id),
      detail: { at, people: r.people, viaCarrier: viaCarrier ? 1 : 0 },
    });
  if (!viaCarrier) {
    const done = ctx.db.tx((trx) => {
      note('campaign.schedule')(trx);
      return scheduleDraft(trx, id, {
        at: r.begins,
        latePolicy: input.latePolicy,
        ceilingPeople: approved.people,
        ceilingPrice: approved.price,
        now,
      });
    });
    if (!done) throw new AppError('campaign.bad-state', { state: known(ctx, id).state, action: 'schedule' });
    ctx.changed('campaigns');
    return null;
  }
  if (!ctx.db.tx((trx) => planViaCarrier(trx, id, at))) {
    throw new AppError('campaign.bad-state', { state: known(ctx, id).state, action: 'schedule' });
  }
  try {
    const plan = await planStart(ctx, { id, quoteToken: quote.token });
    ctx.db.tx(note('campaign.schedule'));
    return carryOut(ctx, plan, session.staffId);
  } catch (error) {
    ctx.db.tx((trx) => {
      if (campaignById(trx, id)?.state === 'draft') clearSchedule(trx, id);
    });
    throw error;
  }
}

/**
 * Takes a planned campaign back to be changed: returns the draft. One the carrier holds is called back text by text and goes on as a
 * copy, so that nobody can get both: whoever has a text that is not called back yet counts as texted.
 */
export function unschedule(ctx: Ctx, id: CampaignId, session: Session): CampaignId {
  const c = known(ctx, id);
  if (c.viaCarrier && c.scheduledAt !== null && (c.state === 'sending' || c.state === 'paused')) {
    cancelCampaign(ctx, id, session);
    return copyCampaign(ctx, id, c.name);
  }
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!moveCampaign(trx, id, c.state, advance(c.state, 'unschedule'), now)) {
      throw new AppError('campaign.bad-state', { state: c.state, action: 'unschedule' });
    }
    clearSchedule(trx, id);
    audit(trx, { at: now, staffId: session.staffId, action: 'campaign.unschedule', subject: String(id), detail: {} });
  });
  return id;
}

/** Another time for a campaign this computer is to send; words, ceiling and everything else stay as approved. */
export async function reschedule(ctx: Ctx, input: { id: CampaignId; at: UtcMs; latePolicy: LatePolicy }, session: Session): Promise<void> {
  const { id, at } = input;
  const c = known(ctx, id);
  const wrong = () => new AppError('campaign.bad-state', { state: known(ctx, id).state, action: 'schedule' });
  if (c.state !== 'scheduled' || c.scheduledAt === null || !c.quote) throw wrong();
  checkTime(ctx, at, false);
  // "Until Friday" is another day next week: what was approved must be what stood there before, and becomes what stands there then.
  if (sayingsOf(ctx, c, c.scheduledAt).hash !== c.quote.words) throw new AppError('campaign.quote-outdated', { why: 'words' });
  const quote = makeQuote({ ...c.quote, words: sayingsOf(ctx, c, at).hash, for: at });
  const rules = rulesOf(ctx, c);
  let begins = at;
  if (rules.length > 0) {
    const audience = await gather(ctx, rules, c, undefined, at);
    const { text } = await splitOf(ctx, c, audience);
    begins = await beginsAt(ctx, c, audience.reachable, at, MINUTE);
    const times = await timesOf(ctx, c, text, begins, true);
    if (text.length > 0) checkHours(await leavingOf(ctx, text, times, c.dayReason !== ''), await leavesOf(ctx, c, text, times));
  }
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!moveSchedule(trx, id, { at: begins, latePolicy: input.latePolicy, now })) throw wrong();
    saveScheduledQuote(trx, id, quote);
    audit(trx, { at: now, staffId: session.staffId, action: 'campaign.schedule', subject: String(id), detail: { at } });
  });
}

/** The owner does not wait for the hour, or answers a missed one. The approved ceiling still holds. */
export async function sendScheduledNow(ctx: Ctx, id: CampaignId, session: Session): Promise<TaskId> {
  const c = known(ctx, id);
  // a restored copy is first held against what the carrier has
  if (c.state !== 'scheduled' || c.pauseReason === 'restored')
    throw new AppError('campaign.bad-state', { state: c.state, action: 'start' });
  const outcome = await planScheduled(ctx, c);
  if ('plan' in outcome) return carryOut(ctx, outcome.plan, session.staffId);
  const { asks } = outcome;
  ctx.db.tx((trx) => putOff(trx, id, asks, ctx.clock.now()));
  ctx.changed('campaigns');
  const why = asks.split(':')[0] ?? '';
  if (why === 'check') throw new AppError('campaign.not-ready', { check: asks.slice('check:'.length) });
  throw new AppError('campaign.quote-outdated', { why });
}

export interface Outlook {
  /** Who would get it if its hour were now, and what that costs (micros). */
  people: number;
  heldOut: number;
  price: Micros;
  currency: string;
  ceiling: { people: number; price: Micros } | null;
  within: boolean;
  leaving: Awaited<ReturnType<typeof leavingOf>>;
  /** Of one the carrier holds: texts held, still to be handed over, being called back, and those that could not be any more. */
  held: { held: number; toHandOver: number; callingBack: number; tooLate: number; nextAt: UtcMs | null } | null;
}

/** A planned campaign as it stands today: its audience is alive until its hour. */
export async function outlook(ctx: Ctx, id: CampaignId): Promise<Outlook> {
  const c = known(ctx, id);
  const { texting } = ctx.settings();
  // one that did not leave at its time could only leave from now on
  const at = Math.max(c.scheduledAt ?? 0, ctx.clock.now()) as UtcMs;
  const none = { now: 0, later: 0, firstAt: null, needReason: 0 };
  if (c.viaCarrier) {
    const ceiling = c.quote ? { people: c.quote.people, price: c.quote.price } : null;
    const { people, heldOut, price, currency } = c.quote ?? { people: 0, heldOut: 0, price: 0 as Micros, currency: texting.priceCurrency };
    return { people, heldOut, price, currency, ceiling, within: true, leaving: none, held: heldByCarrier(ctx.db, id) };
  }
  const rules = rulesOf(ctx, c);
  const split =
    rules.length > 0 ? await splitOf(ctx, c, await gather(ctx, rules, c, undefined, at)) : { text: [], control: [], reads: new Map() };
  const sayings = sayingsIfReadable(ctx, c, at);
  const times = await timesOf(ctx, c, split.text, at, true);
  const figures = sayings ? await figuresOf(ctx, sayings, split.text, split.reads, times.at) : NO_FIGURES;
  const price = (figures.segments * texting.pricePerSegment) as Micros;
  const ceiling = c.ceilingPeople === null || c.ceilingPrice === null ? null : { people: c.ceilingPeople, price: c.ceilingPrice };
  return {
    people: split.text.length,
    heldOut: split.control.length,
    price,
    currency: texting.priceCurrency,
    ceiling,
    within: ceiling === null || overCeiling({ people: split.text.length, price }, ceiling) === null,
    leaving: await leavingOf(ctx, split.text, times, c.dayReason !== ''),
    held: null,
  };
}

/** Campaigns that did not leave at their time: those waiting for the owner, and those left out by their own rule this week. */
export const missed = (ctx: Ctx): ReturnType<typeof missedCampaigns> => missedCampaigns(ctx.db, (ctx.clock.now() - 7 * DAY) as UtcMs);

/** Whether the carrier can hold texts for this shop, and why not. */
export async function carrierCanHold(ctx: Ctx): Promise<{ possible: boolean; why: NoService | null }> {
  const found = await holdingService(ctx);
  return found.sid === null ? { possible: false, why: found.why } : { possible: true, why: null };
}
