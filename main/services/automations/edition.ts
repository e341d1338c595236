import type { Trx } from '@db/open';
import { type Edition, editionsOf, insertEdition } from '@db/queries/automation-events';
import type { Automation } from '@db/queries/automations';
import { type Campaign, campaignById, insertCampaign, moveCampaign } from '@db/queries/campaigns';
import { openToSend } from '@db/queries/outbox-results';
import { markRolling } from '@db/queries/quarter-tests';
import { startedFact } from '@db/queries/replay';
import { replyWords, saveReplyWords } from '@db/queries/replies';
import { KINDS } from '@domain/automations/kinds';
import { termsOf } from '@domain/automations/terms';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { quarterOf } from '@domain/campaigns/caps';
import { hashWords } from '@domain/campaigns/quote';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, UtcMs } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { openRolling } from '../campaigns/append';
import { groupRule } from '../campaigns/audience';
import { fieldsOf } from '../campaigns/drafts';
import { windowDaysOf } from '../campaigns/review';
import { type Sayings, sayingsOf } from '../campaigns/words';
import type { Ctx } from '../ctx';
import { heldNow } from './held';
import { triggerOf } from './look';
import { patternOf } from './save';

/**
 * What an automation says and to whom, as one hash: the owner agreed to it when it was switched on. Asked as of the moment the pattern
 * was made, so that a day named in the text ("until {ends}") does not make other words of it every midnight.
 */
export function sealOf(ctx: Ctx, a: Automation): string {
  const pattern = patternOf(ctx, a);
  const groups = pattern.parts.map((p) => (p.segmentId === null ? null : groupRule(ctx, p.segmentId)));
  const { holdout, goal, windowDays, topic, dayReason } = pattern;
  return hashWords([
    sayingsOf(ctx, pattern, pattern.createdAt).hash,
    JSON.stringify([groups, holdout, goal, windowDays, topic, dayReason]),
    JSON.stringify(replyWords(ctx.db, pattern.id).map(({ campaignId: _, ...w }) => w)),
  ]);
}

/** A month's campaign, ready for people. */
export interface OpenEdition {
  campaign: Campaign;
  sayings: Sayings;
}

/**
 * The campaign into which people are put now: this month's with these words, opened when there is none yet. Null while one of its months
 * is paused: whatever stopped it (the brake, the owner, a restored copy) stops the automation.
 */
export function editionOf(ctx: Ctx, a: Automation, sealed: string): OpenEdition | null {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const month = shopDay(now, zone).slice(0, 7);
  const editions = editionsOf(ctx.db, a.id);
  if (editions.some((e) => e.state === 'paused')) return null;
  const open = editions.find((e) => e.month === month && e.sealed === sealed && e.state === 'sending');
  const id = open?.campaignId ?? openEdition(ctx, a, { month, sealed }, editions);
  const campaign = campaignById(ctx.db, id);
  return campaign === null ? null : { campaign, sayings: sayingsOf(ctx, campaign, now) };
}

function openEdition(ctx: Ctx, a: Automation, e: { month: string; sealed: string }, before: readonly Edition[]): CampaignId {
  const now = ctx.clock.now();
  const pattern = patternOf(ctx, a);
  const rule = triggerOf(a.kind)?.rule(termsOf(a.kind, a.terms));
  if (rule === undefined) throw new AppError('automation.not-ready', { why: 'kind' });
  const id = ctx.db.tx((trx) => {
    const { holdout, percent } = heldNow(ctx, a, pattern.holdout);
    const made = insertCampaign(trx, { ...fieldsOf(pattern), name: a.name, holdout }, now);
    insertEdition(trx, { campaignId: made, automationId: a.id, ...e });
    saveReplyWords(trx, made, replyWords(trx, pattern.id));
    const campaign = campaignById(trx, made);
    if (campaign) open(ctx, trx, campaign, { rule, quarter: ctx.settings().money.quarterHoldout && !KINDS[a.kind].promised, percent });
    for (const old of before) finishEdition(ctx, trx, old);
    return made;
  });
  // a copy from before this moment must know that this is no draft, and whose it is
  const c = campaignById(ctx.db, id);
  if (c) ctx.journal.append([{ kind: 'campaign-started', at: now, row: { ...startedFact(c), month: e.month } }]);
  ctx.changed('campaigns');
  return id;
}

function open(ctx: Ctx, trx: Trx, campaign: Campaign, o: { rule: Rule; quarter: boolean; percent: number }): void {
  const now = ctx.clock.now();
  const sayings = sayingsOf(ctx, campaign, now);
  const days = windowDaysOf(campaign, sayings);
  if (o.quarter) markRolling(trx, campaign.id, quarterOf(now, ctx.settings().shop.zone));
  openRolling(ctx, trx, campaign, {
    rules: new Map(campaign.parts.map((p) => [p.position, p.segmentId === null ? o.rule : { all: [o.rule, groupRule(ctx, p.segmentId)] }])),
    at: now,
    windowDays: days,
    windowEndsAt: windowEnd(ctx, now, days),
    holdoutPercent: o.percent,
  });
}

/** Results of a text are counted through the last of so many shop days after it. */
export function windowEnd(ctx: Ctx, at: UtcMs, days: number): UtcMs {
  const { zone } = ctx.settings().shop;
  return (startOfDay(addDays(shopDay(at, zone), days + 1), zone) - 1) as UtcMs;
}

/** A month nobody is put into any more ends with its last text. False while it has some. */
function finishEdition(ctx: Ctx, trx: Trx, e: Edition): boolean {
  const now = ctx.clock.now();
  if (e.state !== 'sending' || openToSend(trx, e.campaignId, now) > 0) return false;
  return moveCampaign(trx, e.campaignId, 'sending', advance('sending', 'finish'), now);
}

/** Months that are over and were still sending when the next began. */
export function finishOld(ctx: Ctx, a: Automation): void {
  const month = shopDay(ctx.clock.now(), ctx.settings().shop.zone).slice(0, 7);
  const [newest, ...older] = editionsOf(ctx.db, a.id);
  const over = [...older, ...(newest && (newest.month !== month || a.state === 'off') ? [newest] : [])];
  const open = over.filter((e) => e.state === 'sending');
  if (open.length === 0) return;
  const done = ctx.db.tx((trx) => open.map((e) => finishEdition(ctx, trx, e)).some(Boolean));
  if (done) ctx.changed('campaigns');
}
