import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isRemoteFileSystem, onNetworkShare, SYNC_MARKS, syncedPart } from '@domain/backups/synced';
import { AppError } from '@domain/errors';

/** Where a path leads once every link in it was followed; what does not exist yet keeps its name. */
function realPath(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  const parent = dirname(whole);
  return parent === whole ? whole : join(realPath(parent), basename(whole));
}

function markedAbove(path: string): string | null {
  for (let at = path; ; at = dirname(at)) {
    if (SYNC_MARKS.some((m) => existsSync(join(at, m)))) return basename(at) || at;
    if (dirname(at) === at) return null;
  }
}

/**
 * The live file does not belong where another program or another computer writes behind SQLite's back: not in a synced folder, nor by a
 * link into one, nor on a network drive, where locks do not hold. Backups may go there.
 */
export function refuseUnsafePlace(dir: string): void {
  if (onNetworkShare(dir)) throw new AppError('shop.network-folder', { folder: dir.slice(0, 60) });
  const real = realPath(dir);
  const synced = syncedPart(dir) ?? syncedPart(real) ?? markedAbove(real);
  if (synced !== null) throw new AppError('shop.synced-folder', { folder: synced });
  for (let at = real; ; at = dirname(at)) {
    if (!existsSync(at)) continue;
    if (isRemoteFileSystem(statfsSync(at).type)) throw new AppError('shop.network-folder', { folder: basename(real) });
    return;
  }
}

/** Tells this computer from another: the same after a restart, nothing to know it by. */
export function thisComputer(): string {
  const ids = ['/etc/machine-id', '/var/lib/dbus/machine-id'].filter((f) => existsSync(f));
  const own = ids[0] === undefined ? hostname() : readFileSync(ids[0], 'utf8').trim();
  return createHash('sha256').update(`${process.platform} ${own}`).digest('hex').slice(0, 16);
}
