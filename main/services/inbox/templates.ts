import {
  deleteReplyTemplate,
  knownTemplateKeys,
  type ReplyTemplate,
  replyTemplates,
  saveReplyTemplate,
  seedReplyTemplates,
  undeleteReplyTemplate,
} from '@db/queries/reply-templates';
import { AppError } from '@domain/errors';
import { REPLY_DEFAULTS, unknownFields } from '@domain/inbox/reply-template';
import type { Ctx } from '../ctx';

/** Answers kept for next time, in the shop's order; on first use those that come with the app are put in. */
export function listReplyTemplates(ctx: Ctx): ReplyTemplate[] {
  const known = knownTemplateKeys(ctx.db);
  const missing = REPLY_DEFAULTS.filter((t) => !known.has(t.key));
  if (missing.length > 0) ctx.db.tx((trx) => seedReplyTemplates(trx, missing, ctx.clock.now()));
  return replyTemplates(ctx.db);
}

/**
 * Keeps an answer, new or changed.
 * @throws AppError input.invalid (a name in braces that stands for nothing) | inbox.not-found
 */
export function keepReplyTemplate(ctx: Ctx, t: { id: number | null; name: string; en: string; es: string }): { id: number } {
  const unknown = [...unknownFields(t.en), ...unknownFields(t.es)][0];
  if (unknown !== undefined) throw new AppError('campaign.unknown-field', { field: unknown.slice(0, 40) });
  const id = ctx.db.tx((trx) => saveReplyTemplate(trx, t, ctx.clock.now()));
  if (id === null) throw new AppError('inbox.not-found');
  return { id };
}

/** Takes one away; `restoreReplyTemplate` puts it back. */
export function dropReplyTemplate(ctx: Ctx, id: number): void {
  if (!ctx.db.tx((trx) => deleteReplyTemplate(trx, id, ctx.clock.now()))) throw new AppError('inbox.not-found');
}

export function restoreReplyTemplate(ctx: Ctx, id: number): void {
  if (!ctx.db.tx((trx) => undeleteReplyTemplate(trx, id))) throw new AppError('inbox.not-found');
}
