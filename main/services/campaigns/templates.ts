import { deleteTemplate, insertTemplate, type OwnTemplate, ownTemplates } from '@db/queries/campaign-templates';
import { replyWords } from '@db/queries/replies';
import { shopDay } from '@domain/calendar';
import { type RetailDay, upcoming } from '@domain/campaigns/retail-calendar';
import { parseTemplate } from '@domain/campaigns/template';
import type { TaskKind } from '@domain/counter/task';
import { AppError } from '@domain/errors';
import type { CampaignId } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** As many as an owner can look through. */
const MOST = 100;

export const listTemplates = (ctx: Ctx): OwnTemplate[] => ownTemplates(ctx.db);

/** Keeps a text for another time, with the reply words of the campaign it stands in. Throws `campaign.unknown-field`. */
export function keepTemplate(ctx: Ctx, t: { name: string; body: string; bodyEs: string; campaignId: CampaignId | null }): number {
  parseTemplate(t.body);
  parseTemplate(t.bodyEs);
  return ctx.db.tx((trx) => {
    if (ownTemplates(trx).length >= MOST) throw new AppError('input.invalid', { field: 'templates' });
    const words =
      t.campaignId === null
        ? []
        : replyWords(trx, t.campaignId).map(({ campaignId: _of, means, ...word }) => ({ ...word, means: means as TaskKind }));
    return insertTemplate(trx, { name: t.name, body: t.body, bodyEs: t.bodyEs, words, createdAt: ctx.clock.now() });
  });
}

export const removeTemplate = (ctx: Ctx, id: number): void => ctx.db.tx((trx) => void deleteTemplate(trx, id));

/** The days shops sell by that are at most `ahead` days away on the shop's calendar, soonest first. */
export const daysAhead = (ctx: Ctx, ahead: number): (RetailDay & { inDays: number })[] =>
  upcoming(shopDay(ctx.clock.now(), ctx.settings().shop.zone), ahead);
