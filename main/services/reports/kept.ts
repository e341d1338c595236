import { newestPersonId } from '@db/queries/customers';
import { readMeta, writeMeta } from '@db/queries/settings';
import type { Ctx } from '../ctx';

/** With fewer people on record counting takes no time worth keeping anything. */
export const MANY = 10_000;

const running = new WeakMap<Ctx['db'], Map<string, Promise<unknown>>>();

/**
 * A figure over everybody that takes a while in a large shop: what was counted last is shown at once, and counted anew in the background
 * when `mark` says that something it rests on has changed; screens are told when it is there. `shape` names what was asked: another one is
 * waited for. In a small shop it is always counted.
 */
export async function kept<T>(ctx: Ctx, key: string, o: { shape: string; mark: string }, count: () => Promise<T>): Promise<T> {
  const { db } = ctx;
  if (newestPersonId(db) < MANY) return await count();
  const stored = JSON.parse(readMeta(db, `kept:${key}`) ?? 'null') as { shape: string; mark: string; value: T } | null;
  const anew = async () => {
    const value = await count();
    if (!db.raw.readonly) db.tx((trx) => writeMeta(trx, `kept:${key}`, JSON.stringify({ ...o, value })));
    return value;
  };
  if (stored === null || stored.shape !== o.shape) return await anew();
  const now = running.get(db) ?? new Map<string, Promise<unknown>>();
  running.set(db, now);
  if (stored.mark !== o.mark && !db.raw.readonly && !now.has(key)) {
    now.set(
      key,
      anew()
        .then(() => ctx.changed('reports'))
        .catch((error: unknown) => ctx.log.error(`reports ${key}`, error))
        .finally(() => now.delete(key)),
    );
  }
  return stored.value;
}

/** Was it ever counted in a shop where counting takes a while? In a small shop there is nothing to prepare. */
export const needsFirstCount = (ctx: Ctx, key: string): boolean =>
  newestPersonId(ctx.db) >= MANY && readMeta(ctx.db, `kept:${key}`) === null;
