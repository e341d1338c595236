import { AppError } from '@domain/errors';
import { type CustomerId, MINUTE, type UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';

/** A customer who was looked up is served within this time; afterwards they are looked up again. */
const SERVED_MS = 30 * MINUTE;
const MOST = 200;

/** Kept in memory, per shop file and person at the counter. */
const shown = new WeakMap<Ctx['db'], Map<string, Map<CustomerId, UtcMs>>>();

function shelf(ctx: Ctx, session: Session): Map<CustomerId, UtcMs> {
  const all = shown.get(ctx.db) ?? new Map<string, Map<CustomerId, UtcMs>>();
  shown.set(ctx.db, all);
  const key = session.staffId === null ? `window ${session.windowId}` : String(session.staffId);
  const mine = all.get(key) ?? new Map<CustomerId, UtcMs>();
  all.set(key, mine);
  return mine;
}

/** These people were just found, or signed up, by whoever is at the counter. */
export function nowInFront(ctx: Ctx, session: Session, ids: readonly CustomerId[]): void {
  const mine = shelf(ctx, session);
  for (const id of ids) {
    mine.delete(id);
    mine.set(id, ctx.clock.now());
  }
  for (const id of mine.keys()) {
    if (mine.size <= MOST) break;
    mine.delete(id);
  }
}

/**
 * Staff read and note things about the person they serve, never about one person id after the other.
 * @throws AppError counter.not-in-front
 */
export function refuseUnlessInFront(ctx: Ctx, session: Session, id: CustomerId): void {
  if (session.role === 'owner') return;
  const at = shelf(ctx, session).get(id);
  if (at === undefined || ctx.clock.now() - at > SERVED_MS) throw new AppError('counter.not-in-front');
}
