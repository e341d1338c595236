import { moveCampaign } from '@db/queries/campaigns';
import { campaignsAtCarrier, campaignsPausedFor } from '@db/queries/outbox-leaving';
import { readMeta, removeMeta, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { advance } from '@domain/campaigns/state';
import type { StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { pauseCampaign } from './brake';
import { announce, wakeSender } from './sender-state';

const KEY = 'sending-paused';
/** Why a campaign is paused whose texts the carrier holds (words: renderer/strings/outbox.ts). */
const REASON = 'paused-all';

/** Since when everything is paused; null = it is not. */
export function pausedSince(ctx: Ctx): UtcMs | null {
  const at = readMeta(ctx.db, KEY);
  return at === null ? null : (Number(at) as UtcMs);
}

/**
 * Stops everything that leaves from this shop until somebody resumes it, whichever campaign it belongs to. Only the answers owed to
 * whoever writes STOP or HELP still leave (halt.ts); what the carrier holds for later is called back. Kept in the file: a restart does not lift it. Anybody may stop; `staffId` null: from
 * the tray, with nobody signed in.
 */
export function pauseAll(ctx: Ctx, staffId: StaffId | null): void {
  if (pausedSince(ctx) !== null) return;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    writeMeta(ctx.db, KEY, String(now));
    audit(trx, { at: now, staffId, action: 'outbox.pause-all', detail: {} });
  });
  holdAtCarrier(ctx);
  wakeSender(ctx);
  announce(ctx);
}

/**
 * What the carrier holds for later would leave without us: called back as for any paused campaign (at-carrier.ts). Looked after while the
 * pause lasts, because a single campaign may be let go on meanwhile.
 */
export function holdAtCarrier(ctx: Ctx): void {
  if (pausedSince(ctx) === null) return;
  for (const id of campaignsAtCarrier(ctx.db)) pauseCampaign(ctx, id, REASON);
}

/** Lets texts leave again; each is judged anew as it leaves. */
export function resumeAll(ctx: Ctx, staffId: StaffId | null): void {
  const since = pausedSince(ctx);
  if (since === null) return;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    removeMeta(trx, KEY);
    for (const id of campaignsPausedFor(trx, REASON)) moveCampaign(trx, id, 'paused', advance('paused', 'resume'), now, null);
    audit(trx, { at: now, staffId, action: 'outbox.resume-all', detail: { minutes: Math.round((now - since) / 60_000) } });
  });
  wakeSender(ctx);
  announce(ctx);
}
