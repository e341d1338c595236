import { readMeta, removeMeta, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import type { StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { announce, wakeSender } from './sender-state';

const KEY = 'sending-paused';

/** Since when everything is paused; null = it is not. */
export function pausedSince(ctx: Ctx): UtcMs | null {
  const at = readMeta(ctx.db, KEY);
  return at === null ? null : (Number(at) as UtcMs);
}

/**
 * Stops everything that leaves from this shop until somebody resumes it, whichever campaign it belongs to. Only the answers owed to
 * whoever writes STOP or HELP still leave (halt.ts). Kept in the file: a restart does not lift it. Anybody may stop; `staffId` null: from
 * the tray, with nobody signed in.
 */
export function pauseAll(ctx: Ctx, staffId: StaffId | null): void {
  if (pausedSince(ctx) !== null) return;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    writeMeta(ctx.db, KEY, String(now));
    audit(trx, { at: now, staffId, action: 'outbox.pause-all', detail: {} });
  });
  announce(ctx);
}

/** Lets texts leave again; each is judged anew as it leaves. */
export function resumeAll(ctx: Ctx, staffId: StaffId | null): void {
  const since = pausedSince(ctx);
  if (since === null) return;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    removeMeta(trx, KEY);
    audit(trx, { at: now, staffId, action: 'outbox.resume-all', detail: { minutes: Math.round((now - since) / 60_000) } });
  });
  wakeSender(ctx);
  announce(ctx);
}
