import {
  type Campaign,
  type CampaignListRow,
  campaignById,
  campaignFigures,
  type DraftFields,
  deleteDraft,
  insertCampaign,
  listCampaigns,
  USUAL_TOPIC,
  updateDraft,
} from '@db/queries/campaigns';
import { offerById } from '@db/queries/offers';
import { replyWords, saveReplyWords } from '@db/queries/replies';
import { isOnList, segmentById } from '@db/queries/segments';
import { wordsKey } from '@domain/campaigns/parts';
import { AppError } from '@domain/errors';
import type { CampaignId, SegmentId } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { copyLadder } from './ladder';

/** Makes a draft or changes one. What it says may still be nonsense; the review tells. What was quoted before no longer stands. */
export function saveDraft(ctx: Ctx, id: CampaignId | null, fields: DraftFields): CampaignId {
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    if (fields.segmentId !== null && !segmentById(trx, fields.segmentId)) throw new AppError('segment.not-found');
    if (fields.offerId !== null && !offerById(trx, fields.offerId)) throw new AppError('offer.not-found');
    for (const p of fields.more ?? []) {
      if (p.segmentId !== null && !segmentById(trx, p.segmentId)) throw new AppError('segment.not-found');
      if (p.offerId !== null && !offerById(trx, p.offerId)) throw new AppError('offer.not-found');
    }
    if (id === null) return insertCampaign(trx, fields, now);
    const old = campaignById(trx, id);
    if (!old) throw new AppError('campaign.not-found');
    // what runs by itself is changed with its automation
    if (old.state !== 'draft' || old.automationId !== null) throw new AppError('campaign.bad-state', { state: old.state, action: 'edit' });
    if (!sameDraft(old, fields)) updateDraft(trx, id, fields, now);
    return id;
  });
}

/** Opening and closing a draft must not outdate its quote. */
function sameDraft(old: Campaign, f: DraftFields): boolean {
  const pick = (d: DraftFields) =>
    JSON.stringify([
      d.name,
      d.segmentId,
      d.body,
      d.offerId,
      d.addStopLine,
      d.holdout,
      d.goal.kind,
      d.goal.target,
      d.windowDays,
      d.topic ?? USUAL_TOPIC,
      d.dayReason ?? '',
      d.partName ?? '',
      (d.more ?? []).map((p) => [p.name ?? '', p.segmentId, p.body, p.offerId]),
      (d.words ?? []).map((w) => [w.part, wordsKey(w), w.body]).sort(),
      d.spreadDays ?? 1,
      d.localHour ?? null,
      d.keepTyped ?? false,
      d.channels ?? 'sms',
      (d.mails ?? []).map((m) => [m.part, m.language, m.subject, m.body]).sort(),
    ]);
  return pick(fieldsOf(old)) === pick(f);
}

/** A campaign as an owner would write it down again. */
export function fieldsOf(c: Campaign): DraftFields {
  const {
    name,
    segmentId,
    body,
    offerId,
    addStopLine,
    holdout,
    goal,
    windowDays,
    topic,
    dayReason,
    words,
    spreadDays,
    localHour,
    keepTyped,
    channels,
    mails,
  } = c;
  const [first, ...further] = c.parts;
  const more = further.map((p) => ({ name: p.name, segmentId: p.segmentId, body: p.body, offerId: p.offerId }));
  const own = { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic, dayReason };
  return { ...own, partName: first?.name ?? '', more, words, spreadDays, localHour, keepTyped, channels, mails };
}

export function listOfCampaigns(ctx: Ctx, page: { offset: number; limit: number }): { rows: CampaignListRow[]; total: number } {
  return listCampaigns(ctx.db, page);
}

export function getCampaign(ctx: Ctx, id: CampaignId): CampaignListRow {
  const row = campaignFigures(ctx.db, id);
  if (!row) throw new AppError('campaign.not-found');
  return row;
}

/** Throws away a draft that was never sent. */
export function removeDraft(ctx: Ctx, id: CampaignId): void {
  ctx.db.tx((trx) => {
    const old = campaignById(trx, id);
    if (!old) throw new AppError('campaign.not-found');
    if (old.automationId !== null || !deleteDraft(trx, id))
      throw new AppError('campaign.bad-state', { state: old.state, action: 'delete' });
  });
}

/**
 * The same campaign again as a new draft, with all its parts and wordings: a good text deserves a second outing. A group that was taken off
 * the list since has to be chosen anew.
 */
export function copyCampaign(ctx: Ctx, id: CampaignId, name: string): CampaignId {
  const old = campaignById(ctx.db, id);
  if (!old) throw new AppError('campaign.not-found');
  return ctx.db.tx((trx) => {
    const seen = (group: SegmentId | null) => (group !== null && isOnList(trx, group) ? group : null);
    const fields = fieldsOf(old);
    const more = fields.more?.map((p) => ({ ...p, segmentId: seen(p.segmentId) }));
    // the reason for a banned day was given for that day
    const made = insertCampaign(trx, { ...fields, more, segmentId: seen(fields.segmentId), name, dayReason: '' }, ctx.clock.now());
    saveReplyWords(trx, made, replyWords(trx, id));
    const copy = campaignById(trx, made);
    if (copy) copyLadder(ctx, trx, id, copy);
    return made;
  });
}
