import type { Trx } from '@db/open';
import { campaignById, moveCampaign } from '@db/queries/campaigns';
import { cancelMailsOf } from '@db/queries/mail';
import { cancelCause } from '@db/queries/outbox';
import { lastRestore } from '@db/queries/restore';
import { audit } from '@db/queries/staff';
import { advance, type CampaignAction } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId } from '@domain/kernel';
import { endHeld, goOn } from '../backups/on-hold';
import type { Ctx, Session } from '../ctx';
import { wakeMail } from '../mail/wake';
import { decideCallingOff } from '../offers/end';
import { noteMended } from '../outbox/mended';
import { senderState, wakeSender } from '../outbox/sender-state';
import { pathCodes } from './ladder';

/** Nothing new leaves; what is in the air (at most eight texts) does. */
export function pauseCampaign(ctx: Ctx, id: CampaignId, session: Session): void {
  act(ctx, id, 'pause', session, 'owner');
}

/** Goes on, also after the brake pulled: the owner has looked. */
export function resumeCampaign(ctx: Ctx, id: CampaignId, session: Session): void {
  if (heldSinceRestore(ctx, id)) {
    goOn(ctx, session, id, false);
    return;
  }
  act(ctx, id, 'resume', session, null);
  senderState(ctx).brakes.delete(id);
  noteMended(ctx);
  wakeSender(ctx);
  wakeMail(ctx);
}

/**
 * What has not left yet will not; what has, stays. Returns how many texts were kept back. `codes`: those people have in their hands, from
 * it and from what follows it, are good until their day, or are decided to be called off (`callOffPath` does it).
 */
export function cancelCampaign(ctx: Ctx, id: CampaignId, session: Session, codes: 'honour' | 'void' = 'honour'): number {
  const decide = (trx: Trx) => {
    if (codes === 'void') decideCallingOff(ctx, trx, session, pathCodes(trx, id));
  };
  if (heldSinceRestore(ctx, id)) {
    const kept = endHeld(ctx, session, id);
    ctx.db.tx(decide);
    return kept;
  }
  return act(ctx, id, 'cancel', session, null, (trx) => {
    decide(trx);
    const cause = { kind: 'campaign' as const, id: String(id) };
    const now = ctx.clock.now();
    return cancelCause(trx, cause, 'cancelled', now) + cancelMailsOf(trx, cause, now);
  });
}

/** On hold since a copy was brought back: what left has to be known before anything goes on (services/backups/on-hold.ts). */
const heldSinceRestore = (ctx: Ctx, id: CampaignId): boolean =>
  campaignById(ctx.db, id)?.pauseReason === 'restored' && lastRestore(ctx.db)?.doneAt === null;

function act(
  ctx: Ctx,
  id: CampaignId,
  action: CampaignAction,
  session: Session,
  pauseReason: string | null,
  also: (trx: Trx) => number = () => 0,
): number {
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const campaign = campaignById(trx, id);
    if (!campaign) throw new AppError('campaign.not-found');
    if (!moveCampaign(trx, id, campaign.state, advance(campaign.state, action), now, pauseReason)) {
      throw new AppError('campaign.bad-state', { state: campaign.state, action });
    }
    audit(trx, { at: now, staffId: session.staffId, action: `campaign.${action}`, subject: String(id), detail: {} });
    return also(trx);
  });
}
