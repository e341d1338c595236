import { heldMails } from '@db/queries/campaign-mail';
import { campaignById, moveCampaign } from '@db/queries/campaigns';
import { endMails, releaseMails } from '@db/queries/mail';
import { outboxById } from '@db/queries/outbox';
import { move } from '@db/queries/outbox-sender';
import {
  closeRestore,
  type HeldCampaign,
  heldCampaigns,
  heldPersonal,
  lastRestore,
  notLeft,
  type Restore,
  releaseSchedule,
  unsureTexts,
} from '@db/queries/restore';
import { audit } from '@db/queries/staff';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, OutboxId, TaskId } from '@domain/kernel';
import { advance as advanceText } from '@domain/outbox/state';
import { writeInChunks } from '../chunks';
import type { Ctx, Progress, Session } from '../ctx';
import { wakeMail } from '../mail/wake';
import { senderState, wakeSender } from '../outbox/sender-state';
import { lookBackNow, neverTexted } from './look-back';

export interface OnHold {
  restore: Restore;
  /** `first`: nothing is known yet; `second`: the list was read once, and what was not in it is looked for once more; `proven`. */
  look: 'first' | 'second' | 'proven';
  /** How much of the way back a look under way has come, 0–1; null = none is under way. */
  share: number | null;
  /** Texting is not connected: the look cannot begin. */
  connected: boolean;
  campaigns: HeldCampaign[];
  personal: { messageClass: string; n: number }[];
  /** Texts nobody can tell of. */
  unsure: number;
}

/** What the last restore brought, how far the carrier's list was read, and what waits for the owner; null = there was none, or it is done. */
export function onHold(ctx: Ctx): OnHold | null {
  const restore = lastRestore(ctx.db);
  if (!restore) return null;
  const { cursor } = restore;
  const way = cursor === null ? 0 : Math.max(1, cursor.startedAt - restore.knowsUntil);
  return {
    restore,
    look: restore.looks === 0 ? 'first' : restore.lookAt === null ? 'proven' : 'second',
    share: cursor === null ? null : Math.min(1, Math.max(0, (cursor.startedAt - cursor.reached) / way)),
    connected: ctx.settings().texting.mode !== 'none' || neverTexted(ctx, restore),
    campaigns: restore.doneAt === null ? heldCampaigns(ctx.db).map((c) => withMails(ctx, c)) : [],
    personal: restore.doneAt === null ? heldPersonal(ctx.db) : [],
    unsure: restore.doneAt === null ? unsureTexts(ctx.db) : 0,
  };
}

/** The same figures for who was to hear of it by e-mail. */
function withMails(ctx: Ctx, c: HeldCampaign): HeldCampaign {
  const m = heldMails(ctx.db, c.id as CampaignId);
  return { ...c, left: c.left + m.left, notLeft: c.notLeft + m.notLeft, unsure: c.unsure + m.unsure };
}

/** What left since the copy stands in a journal that was there, whole and of this shop: only then is the rest known not to have left. */
const journalKnows = ({ journal: j }: Restore): boolean => j.read > 0 && !j.foreign && j.unreadable === 0 && j.gap === 0;

type Which = CampaignId | 'personal';
const ofWhich = (which: Which) => (which === 'personal' ? which : { campaignId: which });

function openRestore(ctx: Ctx): Restore {
  const restore = lastRestore(ctx.db);
  if (!restore || restore.doneAt !== null) throw new AppError('restore.nothing');
  return restore;
}

/**
 * The owner lets the rest leave: only what did not leave, as a look an hour after the restore has shown. `early`: on their word before
 * that hour; the carrier's list is then read once more at this very moment. Everything is judged again before it leaves.
 */
export function goOn(ctx: Ctx, session: Session, which: Which, early: boolean): TaskId {
  const restore = openRestore(ctx);
  if (restore.looks === 0 || (restore.lookAt !== null && !early)) throw new AppError('restore.not-checked');
  return ctx.tasks.start(
    'restore.go-on',
    'Checking once more, then sending the rest',
    (report, signal) => carryOn(ctx, session, which, report, signal),
    {
      exclusive: true,
    },
  );
}

async function carryOn(
  ctx: Ctx,
  session: Session,
  which: Which,
  report: (p: Progress) => void,
  signal: AbortSignal,
): Promise<{ queued: number }> {
  const restore = openRestore(ctx);
  if (restore.lookAt !== null) await lookBackNow(ctx, signal);
  const ids = notLeft(ctx.db, ofWhich(which), 1_000_000);
  let queued = 0;
  await writeInChunks(
    ctx.db,
    ids,
    (trx, id: OutboxId) => {
      const row = outboxById(trx, id);
      if (row?.state !== 'uncertain' || row.reason !== 'restored') return;
      const now = ctx.clock.now();
      // its POST had begun in the copy: an empty list is no proof, and sending it again is a decision of its own
      if (row.reconcileStep > 0) {
        move(trx, id, 'uncertain', 'uncertain', { reason: 'not-confirmed', reconcileAt: null }, now);
        return;
      }
      const to = advanceText(row.state, { do: 'resend' });
      const change = { reason: 'resend', retryAt: null, reconcileAt: null, reconcileStep: 0, leftAt: null };
      if (to !== null && move(trx, id, row.state, to, change, now)) queued++;
    },
    { signal, onChunk: (done) => report({ done, total: ids.length }) },
  );
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (which !== 'personal') {
      const c = campaignById(trx, which);
      if (c?.state === 'paused') moveCampaign(trx, which, 'paused', advance('paused', 'resume'), now, null);
      else if (c?.state === 'scheduled') releaseSchedule(trx, which, now);
      // no post office has a list to look in
      if (journalKnows(restore)) queued += releaseMails(trx, which, now);
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'restore.go-on', subject: String(which), detail: { queued } });
  });
  if (which !== 'personal') senderState(ctx).brakes.delete(which);
  wakeSender(ctx);
  wakeMail(ctx, true);
  ctx.changed('backups', 'campaigns', 'outbox');
  return { queued };
}

/** The owner ends it: what did not leave never will. Returns how many texts stay. */
export function endHeld(ctx: Ctx, session: Session, which: Which): number {
  const restore = openRestore(ctx);
  if (restore.looks === 0) throw new AppError('restore.not-checked');
  const now = ctx.clock.now();
  const n = ctx.db.tx((trx) => {
    let stayed = 0;
    for (const id of notLeft(trx, ofWhich(which), 1_000_000)) {
      const waiting = advanceText('uncertain', { do: 'resend' });
      const cancelled = waiting && advanceText(waiting, { do: 'cancel' });
      const change = { reason: 'restored', reconcileAt: null, leftAt: null, finalAt: now };
      if (cancelled && move(trx, id, 'uncertain', cancelled, change, now)) stayed++;
    }
    if (which !== 'personal') {
      stayed += endMails(trx, which, now);
      const c = campaignById(trx, which);
      if (c && (c.state === 'paused' || c.state === 'scheduled'))
        moveCampaign(trx, which, c.state, advance(c.state, 'cancel'), now, 'restored');
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'restore.end', subject: String(which), detail: { stayed } });
    return stayed;
  });
  ctx.changed('backups', 'campaigns', 'outbox');
  return n;
}

/** The owner has seen it. Refused while anything is on hold or still to be looked for. */
export function closeOnHold(ctx: Ctx): void {
  const restore = openRestore(ctx);
  const h = onHold(ctx);
  if (restore.lookAt !== null || !h || h.campaigns.length > 0 || h.personal.length > 0) throw new AppError('restore.not-checked');
  ctx.db.tx((trx) => closeRestore(trx, restore.id, ctx.clock.now()));
  ctx.changed('backups');
}
