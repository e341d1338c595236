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
import { segmentById } from '@db/queries/segments';
import { AppError } from '@domain/errors';
import type { CampaignId } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** Makes a draft or changes one. What it says may still be nonsense; the review tells. What was quoted before no longer stands. */
export function saveDraft(ctx: Ctx, id: CampaignId | null, fields: DraftFields): CampaignId {
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    if (fields.segmentId !== null && !segmentById(trx, fields.segmentId)) throw new AppError('segment.not-found');
    if (fields.offerId !== null && !offerById(trx, fields.offerId)) throw new AppError('offer.not-found');
    if (id === null) return insertCampaign(trx, fields, now);
    const old = campaignById(trx, id);
    if (!old) throw new AppError('campaign.not-found');
    if (old.state !== 'draft') throw new AppError('campaign.bad-state', { state: old.state, action: 'edit' });
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
    ]);
  return pick(old) === pick(f);
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
    if (!deleteDraft(trx, id)) throw new AppError('campaign.bad-state', { state: old.state, action: 'delete' });
  });
}

/** The same campaign again as a new draft: a good text deserves a second outing. */
export function copyCampaign(ctx: Ctx, id: CampaignId, name: string): CampaignId {
  const old = campaignById(ctx.db, id);
  if (!old) throw new AppError('campaign.not-found');
  const { segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic } = old;
  return ctx.db.tx((trx) => {
    const made = insertCampaign(trx, { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic }, ctx.clock.now());
    saveReplyWords(trx, made, replyWords(trx, id));
    return made;
  });
}
