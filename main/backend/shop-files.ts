import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { copyDatabase } from '@db/backup';
import { migrate, versionOf } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { readMeta, writeMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import type { Ctx, JournalEntry } from '@services/ctx';

const SYNCED = /^(dropbox|onedrive|google drive|googledrive|icloud drive|mobile documents|box sync|nextcloud|pclouddrive)\b/i;

/** The live file does not belong in a folder that is synced behind SQLite's back; backups may go there. */
export function refuseSyncedFolder(dir: string): void {
  const part = dir.split(sep).find((p) => SYNCED.test(p));
  if (part) throw new AppError('shop.synced-folder', { folder: part });
}

/** Before a newer Regulars changes the file, a copy of it as it was stays behind. */
export async function keepCopyBeforeMigrating(db: Db, dir: string, now: UtcMs): Promise<void> {
  const folder = join(dir, 'backups');
  mkdirSync(folder, { recursive: true });
  await copyDatabase(db, join(folder, `before-update-v${versionOf(db.raw)}-${now}.sqlite`));
}

/**
 * Swaps a verified copy in for the live file. The present file is kept beside it. The epoch goes up and everything that was
 * sending is paused until reconciled, so an old copy can never text anyone again by itself; then the journal brings back the
 * stops, sign-ups and redemptions made since that copy.
 */
export async function replaceShopFile(
  ctx: Ctx,
  copy: string,
  journal: readonly JournalEntry[],
): Promise<{ replayed: number; pausedCampaigns: number }> {
  const file = join(ctx.dir, 'shop.sqlite');
  const next = `${file}.restoring`;
  copyFileSync(copy, next);
  const epoch = Number(readMeta(ctx.db, 'epoch') ?? '1');
  const kept = openDb(next);
  let result: { replayed: number; pausedCampaigns: number };
  try {
    migrate(kept.raw);
    result = kept.tx((trx) => {
      writeMeta(kept, 'epoch', String(Math.max(epoch, Number(readMeta(kept, 'epoch') ?? '1')) + 1));
      writeMeta(kept, 'restored_at', String(ctx.clock.now()));
      return replayJournal(trx, ctx.hmacKey, journal, ctx.clock.now());
    });
    kept.raw.pragma('wal_checkpoint(TRUNCATE)');
    kept.raw.pragma('journal_mode = DELETE');
  } finally {
    kept.close();
  }
  ctx.db.raw.pragma('wal_checkpoint(TRUNCATE)');
  ctx.db.close();
  renameSync(file, join(ctx.dir, `shop-before-restore-${ctx.clock.now()}.sqlite`));
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  renameSync(next, file);
  return result;
}
