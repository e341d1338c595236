import type { Db, Trx } from '@db/open';
import { type Campaign, campaignById, deleteDraft, insertCampaign, moveCampaign, updateDraft } from '@db/queries/campaigns';
import {
  deleteLadder,
  dropQuote,
  dropSteps,
  endLadder,
  holdLadder,
  type Ladder,
  type LadderStep,
  ladderById,
  raiseCeiling,
  saveLadder,
  saveStep,
  sealLadder,
  stepsOf,
} from '@db/queries/ladders';
import { cancelMailsOf } from '@db/queries/mail';
import { offerById } from '@db/queries/offers';
import { cancelCause } from '@db/queries/outbox';
import { replyWords, saveReplyWords } from '@db/queries/replies';
import { audit } from '@db/queries/staff';
import { checkLadder, type DrawnStep, type StopRules } from '@domain/campaigns/ladder';
import { wordsKey } from '@domain/campaigns/parts';
import { advance } from '@domain/campaigns/state';
import type { TaskKind } from '@domain/counter/task';
import { AppError } from '@domain/errors';
import type { CampaignId, OfferId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { keepCampaignWords } from '../inbox/reply-words';
import { callOffCodes } from '../offers/end';
import { noteMended } from '../outbox/mended';
import { wakeSender } from '../outbox/sender-state';
import { worstCase } from './ladder-cost';
import { pathSeal } from './ladder-seal';

/** What a step says. */
export interface StepWording {
  name: string;
  body: string;
  /** For people who read Spanish; '' or left out: they read `body`. */
  bodyEs?: string | undefined;
  offerId: OfferId | null;
  addStopLine: boolean;
  words: readonly { word: string; means: TaskKind; answerEn: string; answerEs: string; holdDays: number }[];
}

/** A step as the owner edits it: `key` is its campaign's id, or a name of the screen's own for a new one. */
export type EditedStep = DrawnStep & StepWording;

export interface LadderInput {
  campaignId: CampaignId;
  stops: StopRules;
  /** 1–7 days. */
  patienceDays: number;
  steps: readonly EditedStep[];
}

function draftOf(db: Db, id: CampaignId): Campaign {
  const c = campaignById(db, id);
  if (!c) throw new AppError('campaign.not-found');
  if (c.state !== 'draft') throw new AppError('campaign.bad-state', { state: c.state, action: 'edit' });
  return c;
}

/**
 * Puts these steps in the place of what followed a draft; no steps, and nothing follows it. What was reviewed no longer stands.
 * @throws AppError ladder.bad {why, step} | campaign.bad-state | offer.not-found | input.invalid (a reply word that cannot be one)
 */
export function keepLadder(ctx: Ctx, session: Session, input: LadderInput): void {
  const { campaignId: rootId, steps } = input;
  const now = ctx.clock.now();
  checkLadder(steps, ctx.settings().courtesy.spacingDays);
  ctx.db.tx((trx) => {
    const root = draftOf(trx, rootId);
    const before = new Set<number>(stepsOf(trx, rootId).map((s) => s.id));
    dropQuote(trx, rootId, now);
    dropSteps(trx, rootId);
    if (steps.length === 0) {
      for (const id of before) deleteDraft(trx, id as CampaignId);
      deleteLadder(trx, rootId);
      return;
    }
    saveLadder(trx, rootId, input, now);
    const ids = new Map(steps.map((s) => [s.key, stepCampaign(ctx, trx, root, s, before)]));
    for (const s of steps) {
      const id = ids.get(s.key) as CampaignId;
      const parentId = s.parent === null ? rootId : (ids.get(s.parent) as CampaignId);
      saveStep(trx, { id, rootId, parentId, reaction: s.reaction, afterDays: s.afterDays, atMinute: s.atMinute });
      const had = replyWords(trx, id).map(({ campaignId: _, ...w }) => w);
      if (JSON.stringify(had) !== JSON.stringify(s.words)) keepCampaignWords(ctx, session, id, s.words);
    }
    const kept = new Set<number>(ids.values());
    for (const id of before) if (!kept.has(id)) deleteDraft(trx, id as CampaignId);
  });
}

/** A step's second wording, beside its own: a campaign's, of its only part. */
const SPANISH = { part: 1, language: 'es', arm: 'a', links: 'any' } as const;

const spanishOf = (c: Pick<Campaign, 'words'>): string => c.words.find((w) => wordsKey(w) === wordsKey(SPANISH))?.body ?? '';

/** The campaign row behind a step. */
function stepCampaign(ctx: Ctx, trx: Trx, root: Campaign, s: EditedStep, before: ReadonlySet<number>): CampaignId {
  if (s.offerId !== null && !offerById(trx, s.offerId)) throw new AppError('offer.not-found');
  const fields = {
    name: s.name,
    segmentId: null,
    body: s.body,
    offerId: s.offerId,
    addStopLine: s.addStopLine,
    holdout: 'off' as const,
    goal: { kind: 'none' as const, target: null },
    windowDays: root.windowDays,
    topic: root.topic,
    dayReason: root.dayReason,
    words: s.bodyEs?.trim() ? [{ ...SPANISH, body: s.bodyEs }] : [],
  };
  const now = ctx.clock.now();
  const known = Number(s.key);
  if (before.has(known)) {
    updateDraft(trx, known as CampaignId, fields, now);
    return known as CampaignId;
  }
  return insertCampaign(trx, fields, now);
}

export interface ShownLadder {
  ladder: Ladder;
  root: Campaign;
  steps: (LadderStep &
    StepWording & { bodyEs: string } & { state: Campaign['state']; pauseReason: string | null; offerName: string | null })[];
}

/** What follows a campaign; null = nothing does. */
export function ladderOf(ctx: Ctx, rootId: CampaignId): ShownLadder | null {
  const ladder = ladderById(ctx.db, rootId);
  const root = campaignById(ctx.db, rootId);
  if (!ladder || !root) return null;
  const steps = stepsOf(ctx.db, rootId).flatMap((s) => {
    const c = campaignById(ctx.db, s.id);
    if (!c) return [];
    const { name, body, offerId, addStopLine, state, pauseReason } = c;
    const offerName = offerId === null ? null : (offerById(ctx.db, offerId)?.name ?? null);
    const words = replyWords(ctx.db, s.id).map(({ campaignId: _, ...w }) => ({ ...w, means: w.means as TaskKind }));
    return [{ ...s, name, body, bodyEs: spanishOf(c), offerId, addStopLine, words, state, pauseReason, offerName }];
  });
  return { ladder, root, steps };
}

/** The same path after a copy of its campaign; an end that has passed would end the copy before it begins. */
export function copyLadder(ctx: Ctx, trx: Trx, from: CampaignId, to: Campaign): void {
  const ladder = ladderById(trx, from);
  const steps = stepsOf(trx, from);
  if (!ladder || steps.length === 0) return;
  saveLadder(trx, to.id, { stops: { ...ladder.stops, endsOn: null }, patienceDays: ladder.patienceDays }, ctx.clock.now());
  const ids = new Map<CampaignId, CampaignId>([[from, to.id]]);
  for (const s of steps) {
    const c = campaignById(trx, s.id);
    if (!c) continue;
    const { name, body, offerId, addStopLine } = c;
    const wording = { name, body, bodyEs: spanishOf(c), offerId, addStopLine, words: [] };
    ids.set(s.id, stepCampaign(ctx, trx, to, { ...s, key: '', parent: null, ...wording }, new Set()));
  }
  for (const s of steps) {
    const id = ids.get(s.id);
    const parentId = ids.get(s.parentId);
    if (id === undefined || parentId === undefined) continue;
    saveStep(trx, { ...s, id, rootId: to.id, parentId });
    saveReplyWords(trx, id, replyWords(trx, s.id));
  }
}

/** Calls off the codes of a campaign and of every step after it; returns how many. */
export async function callOffPath(ctx: Ctx, session: Session, rootId: CampaignId): Promise<number> {
  let n = 0;
  for (const of of pathCodes(ctx.db, rootId)) n += await callOffCodes(ctx, session, of);
  return n;
}

/** Whose codes these are: the campaign's, and those of every step after it. */
export const pathCodes = (db: Db, rootId: CampaignId): { campaignId: CampaignId }[] =>
  [rootId, ...stepsOf(db, rootId).map((s) => s.id)].map((campaignId) => ({ campaignId }));

function live(ctx: Ctx, rootId: CampaignId): Ladder {
  const ladder = ladderById(ctx.db, rootId);
  if (!ladder) throw new AppError('campaign.not-found');
  if (ladder.state === 'ended' || (ladder.state === 'draft' && ladder.held === null))
    throw new AppError('ladder.bad-state', { state: ladder.state });
  return ladder;
}

/** No step is taken and none of their texts leaves until the owner goes on. */
export function pauseLadder(ctx: Ctx, session: Session, rootId: CampaignId): void {
  live(ctx, rootId);
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    holdLadder(trx, rootId, 'owner', now);
    for (const s of stepsOf(trx, rootId)) moveCampaign(trx, s.id, 'sending', advance('sending', 'pause'), now, 'path');
    audit(trx, { at: now, staffId: session.staffId, action: 'ladder.pause', subject: String(rootId), detail: {} });
  });
  ctx.changed('campaigns', 'outbox');
}

/**
 * Goes on: after a pause, after a step's texts were stopped by themselves, and after the owner looked at what waited for them: words
 * that were changed since the review are agreed to as they are now, and a ceiling that was reached is lifted to what the steps can
 * cost today.
 */
export async function resumeLadder(ctx: Ctx, session: Session, rootId: CampaignId): Promise<void> {
  const ladder = live(ctx, rootId);
  const cost = ladder.held?.startsWith('ceiling:') ? await worstCase(ctx, rootId, ctx.settings().texting.pricePerSegment) : null;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (ladder.held === 'words') sealLadder(trx, rootId, pathSeal(ctx, rootId) ?? '');
    if (cost) {
      raiseCeiling(trx, rootId, {
        texts: Math.max(cost.texts, ladder.ceilingTexts ?? 0),
        price: Math.max(cost.price, ladder.ceilingPrice ?? 0) as typeof cost.price,
      });
    }
    holdLadder(trx, rootId, null, now);
    const root = campaignById(trx, rootId);
    if (root?.state !== 'paused') {
      for (const s of stepsOf(trx, rootId)) {
        // what a restored copy has to ask is answered where it asks (services/backups/on-hold.ts)
        if (campaignById(trx, s.id)?.pauseReason !== 'restored') moveCampaign(trx, s.id, 'paused', advance('paused', 'resume'), now);
      }
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'ladder.resume', subject: String(rootId), detail: {} });
  });
  noteMended(ctx);
  ctx.changed('campaigns', 'outbox');
  wakeSender(ctx);
}

/** The owner ends it: nobody takes another step, and what has not left will not. Returns how many texts were kept back. */
export function stopLadder(ctx: Ctx, session: Session, rootId: CampaignId): number {
  live(ctx, rootId);
  const now = ctx.clock.now();
  const kept = ctx.db.tx((trx) => {
    let n = 0;
    endLadder(trx, rootId, 'owner', now);
    for (const s of stepsOf(trx, rootId)) {
      const c = campaignById(trx, s.id);
      if (!c) continue;
      const cause = { kind: 'campaign' as const, id: String(s.id) };
      n += cancelCause(trx, cause, 'cancelled', now) + cancelMailsOf(trx, cause, now);
      if (c.state === 'sending' || c.state === 'paused') moveCampaign(trx, s.id, c.state, advance(c.state, 'cancel'), now);
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'ladder.end', subject: String(rootId), detail: { keptBack: n } });
    return n;
  });
  ctx.changed('campaigns', 'outbox');
  return kept;
}
