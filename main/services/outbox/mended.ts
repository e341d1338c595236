import { readPoll, savePoll } from '@db/queries/outbox-results';
import type { UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

const MEMORY = 'account-mended';

/** The owner goes on: what the account could not do before is in order, as far as they know. */
export const noteMended = (ctx: Ctx): void => savePoll(ctx.db, MEMORY, { at: ctx.clock.now() }, ctx.clock.now());

/** True for a text that left before the owner mended the account: that it failed is no news about the account. */
export function leftBeforeMending(ctx: Ctx, leftAt: UtcMs | null): boolean {
  const { at } = readPoll(ctx.db, MEMORY).cursor as { at?: number };
  return leftAt !== null && at !== undefined && leftAt <= at;
}
