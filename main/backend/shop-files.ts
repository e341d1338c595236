import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { checkDatabase, copyDatabase } from '@db/backup';
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
  const now = ctx.clock.now();
  const epoch = Number(readMeta(ctx.db, 'epoch') ?? '1');
  const file = ctx.db.raw.name;
  const result = prepareCopy(file, copy, { epoch, hmacKey: ctx.hmacKey, journal, now });
  ctx.db.raw.pragma('wal_checkpoint(TRUNCATE)');
  ctx.db.close();
  swapIn(file, `shop-before-restore-${now}.sqlite`);
  return result;
}

const restoring = (file: string) => `${file}.restoring`;

/** The copy, brought up to today beside the live file. */
function prepareCopy(
  file: string,
  copy: string,
  o: { epoch: number; hmacKey: Uint8Array; journal: readonly JournalEntry[]; now: UtcMs },
): { replayed: number; pausedCampaigns: number } {
  const next = restoring(file);
  copyFileSync(copy, next);
  const kept = openDb(next);
  try {
    migrate(kept.raw);
    const result = kept.tx((trx) => {
      writeMeta(kept, 'epoch', String(Math.max(o.epoch, Number(readMeta(kept, 'epoch') ?? '1')) + 1));
      writeMeta(kept, 'restored_at', String(o.now));
      return replayJournal(trx, o.hmacKey, o.journal, o.now);
    });
    kept.raw.pragma('wal_checkpoint(TRUNCATE)');
    kept.raw.pragma('journal_mode = DELETE');
    return result;
  } finally {
    kept.close();
  }
}

function swapIn(file: string, keepAs: string): void {
  renameSync(file, join(dirname(file), keepAs));
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  renameSync(restoring(file), file);
}

/** The newest whole copy beside the shop, for when the live file is damaged. */
export function newestGoodCopy(dir: string): { path: string; madeAt: number } | null {
  const folder = join(dir, 'backups');
  if (!existsSync(folder)) return null;
  const copies = readdirSync(folder)
    .filter((f) => f.endsWith('.sqlite'))
    .map((f) => ({ path: join(folder, f), madeAt: Math.round(statSync(join(folder, f)).mtimeMs) }))
    .sort((a, b) => b.madeAt - a.madeAt);
  return copies.find((c) => checkDatabase(c.path).ok) ?? null;
}

/** The damaged file is kept under another name; the newest whole copy takes its place and the journal tells it what happened since. */
export function mendFromNewestCopy(file: string, keys: { hmac: string; journal: string }, now: UtcMs): void {
  const dir = dirname(file);
  const copy = newestGoodCopy(dir);
  if (!copy) throw new AppError('shop.corrupt', { newest: 0 });
  const journal = new JournalFile<JournalEntry>(join(dir, 'journal.log'), Buffer.from(keys.journal, 'hex')).read();
  prepareCopy(file, copy.path, { epoch: 1, hmacKey: Buffer.from(keys.hmac, 'hex'), journal, now });
  swapIn(file, `shop-damaged-${now}.sqlite`);
}
