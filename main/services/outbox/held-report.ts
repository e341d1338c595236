import type { Trx } from '@db/open';
import type { OutboxRow } from '@db/queries/outbox';
import { keepAllOurselves } from '@db/queries/outbox-at-carrier';
import { campaignState } from '@db/queries/outbox-results';
import { type Change, move } from '@db/queries/outbox-sender';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { advance, type CarrierState, carrierState } from '@domain/outbox/state';
import type { CarrierMessage } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { pauseCampaign } from './brake';

/** Why a campaign is paused whose times the carrier did not keep. */
const NOT_KEPT = 'schedule-not-kept';
/** Why a campaign is paused whose times the carrier refused. */
const REFUSED = 'schedule-refused';
/** Why a campaign is paused that is on hold since a copy was brought back, and the reason of its texts of which nobody knows yet. */
const RESTORED = 'restored';
/** Called back only for a while: it waits again and is handed over anew, for the same or a better hour. */
const FOR_A_WHILE = new Set(['paused', 'quiet-hours', 'replies-lost']);

/** The carrier will never send what it held: the text waits again, or is called off with the reason it was called back for. */
export function settleRecalled(ctx: Ctx, trx: Trx, row: OutboxRow, now: UtcMs): boolean {
  const why = row.recall ?? 'cancelled-at-carrier';
  const campaign = row.causeKind === 'campaign' ? campaignState(ctx.db, Number(row.causeId) as CampaignId) : null;
  const again = FOR_A_WHILE.has(why) && campaign?.state !== 'cancelled';
  const to = advance('scheduled', { do: 'recalled', again });
  if (to === null) return false;
  if (again && campaign?.pauseReason === RESTORED) return unsureAgain(trx, row, now);
  // its message stays in the attempt: a later look in the lists must not take it for another text's
  const change: Change = again
    ? {
        recall: null,
        reason: null,
        sid: null,
        sender: null,
        retryAt: null,
        reconcileAt: null,
        // a carrier that forgets times gets no more of them: this computer sends it at its hour
        ...(campaign?.pauseReason === NOT_KEPT || campaign?.pauseReason === REFUSED ? { sendAt: null } : {}),
      }
    : { recall: null, reason: campaign?.state === 'cancelled' && FOR_A_WHILE.has(why) ? 'cancelled' : why, finalAt: now, retryAt: null };
  return move(trx, row.id, 'scheduled', to, change, now);
}

/**
 * Called back because a copy was brought back: in the life the copy knows nothing of it may have been handed over once more under another
 * id, and have left. Looked for like everything else of that copy (services/backups/look-back.ts) before the owner may let it go on.
 */
function unsureAgain(trx: Trx, row: OutboxRow, now: UtcMs): boolean {
  const waiting = advance('scheduled', { do: 'recalled', again: true });
  const sending = waiting && advance(waiting, { do: 'claim' });
  const to = sending && advance(sending, { do: 'lose-sight' });
  const change: Change = {
    recall: null,
    reason: RESTORED,
    sid: null,
    sender: null,
    retryAt: null,
    leftAt: null,
    reconcileStep: 0,
    reconcileAt: null,
  };
  return to !== null && move(trx, row.id, 'scheduled', to, change, now);
}

/**
 * The carrier knows nothing of it any more: its log was tidied. Never posted again. Whether it left before that nobody can tell: from its
 * time on it counts as having left, before it as called off.
 */
export function settleGone(ctx: Ctx, trx: Trx, row: OutboxRow, now: UtcMs): boolean {
  const past = row.sendAt !== null && now >= row.sendAt;
  const to = advance('scheduled', past ? { do: 'report', as: 'accepted', newer: true } : { do: 'recalled', again: false });
  if (to === null) return false;
  ctx.log.warn('no longer known to the carrier', { outbox: row.id });
  const change: Change = past
    ? { recall: null, reason: 'gone', leftAt: row.sendAt, retryAt: null, reconcileAt: null }
    : { recall: null, reason: row.recall ?? 'gone', finalAt: now, retryAt: null };
  return move(trx, row.id, 'scheduled', to, change, now);
}

/** A carrier may put any text off by itself; "scheduled" is a state of ours only where we asked for a time. */
export function takenAs(row: Pick<OutboxRow, 'sendAt'>, m: Pick<CarrierMessage, 'status'>): CarrierState {
  const as = carrierState(m.status) ?? 'accepted';
  return as === 'scheduled' && row.sendAt === null ? 'accepted' : as;
}

/** When a held text left: as the carrier dates it, else when it was to. The caps' clock starts there; calling back has come too late. */
export const leftWhenHeld = (row: OutboxRow, m: Pick<CarrierMessage, 'sentAt'>): Change =>
  row.state === 'scheduled' && row.leftAt === null
    ? { leftAt: m.sentAt ?? row.sendAt, ...(row.recall === null ? {} : { recall: null, reason: 'recall-too-late' }) }
    : {};

/**
 * The carrier took a text with a time and did not hold it: it is leaving now, at an hour nobody chose. Nothing more is handed over, what
 * is held is called back, and the owner is told; the rest, if they go on, leaves from this computer at its hour (facts/twilio.md §1.5).
 */
export function notHeld(
  ctx: Ctx,
  row: Pick<OutboxRow, 'id' | 'causeKind' | 'causeId' | 'sendAt'>,
  m: Pick<CarrierMessage, 'status'>,
): void {
  if (row.sendAt === null || m.status === 'scheduled' || m.status === 'canceled' || ctx.clock.now() >= row.sendAt) return;
  ctx.log.warn('not held by the carrier', { outbox: row.id, status: m.status });
  if (row.causeKind !== 'campaign') return;
  pauseCampaign(ctx, Number(row.causeId) as CampaignId, NOT_KEPT);
  ctx.db.tx((trx) => keepAllOurselves(trx, row.causeId));
}

/**
 * The carrier does not take the times of a campaign: nothing was created. The campaign pauses, for the owner counts on texts leaving while
 * this computer is off; once they go on, all of it leaves from here at its hour.
 */
export function timeRefused(ctx: Ctx, row: Pick<OutboxRow, 'causeKind' | 'causeId'>): void {
  if (row.causeKind !== 'campaign') return;
  pauseCampaign(ctx, Number(row.causeId) as CampaignId, REFUSED);
  ctx.db.tx((trx) => keepAllOurselves(trx, row.causeId));
}
