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
  // one file without a log beside it: it can be read from a stick that may not be written, by several at once
  const copy = new BetterSqlite3(partial);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
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

/** Which shop a whole file belongs to; null where an old file does not say. */
export function shopOf(file: string): { id: string | null; kind: string | null } {
  const raw = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
  try {
    const meta = (key: string) => (raw.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined) ?? null;
    return { id: meta('shop_id'), kind: meta('kind') };
  } finally {
    raw.close();
  }
}

/** A quick look before opening, read-only so that a file we may not touch is not touched. Every page is read only for backups. */
export function lookAtFile(file: string): 'missing' | 'ok' | 'damaged' | 'newer' {
  if (!existsSync(file)) return 'missing';
  let raw: BetterSqlite3.Database | undefined;
  try {
    raw = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    raw.prepare('SELECT count(*) FROM sqlite_schema').get();
    return versionOf(raw) > LATEST_VERSION ? 'newer' : 'ok';
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    // Anything else (a WAL left by a crash that read-only may not replay) is for the real opening to say.
    return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'ok';
  } finally {
    raw?.close();
  }
}
