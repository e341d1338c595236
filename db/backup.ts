import { existsSync, renameSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { versionOf } from './migrate';
import { LATEST_VERSION } from './migrations/index';
import type { Db } from './open';

export type FileState = { ok: true; version: number } | { ok: false; why: 'missing' | 'damaged' | 'newer' };

/** Copies a live file with SQLite's own backup (a file copy would miss what is still in the WAL), a few pages at a time. */
export async function copyDatabase(db: Db, file: string): Promise<void> {
  const partial = `${file}.part`;
  rmSync(partial, { force: true });
  await db.raw.backup(partial, { progress: () => 200 });
  renameSync(partial, file);
}

/** Opens a file read-only and reads every page: is it a whole Regulars shop? */
export function checkDatabase(file: string): FileState {
  if (!existsSync(file)) return { ok: false, why: 'missing' };
  let raw: BetterSqlite3.Database | undefined;
  try {
    raw = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    if (raw.pragma('quick_check', { simple: true }) !== 'ok') return { ok: false, why: 'damaged' };
    const version = versionOf(raw);
    if (version > LATEST_VERSION) return { ok: false, why: 'newer' };
    if (version === 0) return { ok: false, why: 'damaged' };
    return { ok: true, version };
  } catch {
    return { ok: false, why: 'damaged' };
  } finally {
    raw?.close();
  }
}

/** A quick look at start: the header and schema can be read. Every page is read only for backups. */
export function looksDamaged(file: string): boolean {
  if (!existsSync(file)) return false;
  let raw: BetterSqlite3.Database | undefined;
  try {
    raw = new BetterSqlite3(file, { fileMustExist: true });
    raw.prepare('SELECT count(*) FROM sqlite_schema').get();
    raw.pragma('user_version', { simple: true });
    return false;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
  } finally {
    raw?.close();
  }
}
