import { scheduledCampaigns } from '@db/queries/outbox-leaving';
import type { Ctx } from '../ctx';
import { pausedSince } from '../outbox/pause-all';
import { awayNotes } from './away';
import { clockState } from './clock';

/** What the owner is told above every screen: what happened meanwhile, a clock that is off, a pause of everything. */
export function awayState(ctx: Ctx) {
  const { campaigns, next } = scheduledCampaigns(ctx.db);
  return { notes: awayNotes(ctx), clock: clockState(ctx), pausedSince: pausedSince(ctx), scheduled: { campaigns, next } };
}
