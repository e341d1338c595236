import { AppError } from '@domain/errors';
import type BetterSqlite3 from 'better-sqlite3';
import { LATEST_VERSION, MIGRATIONS } from './migrations/index';

export const versionOf = (raw: BetterSqlite3.Database): number => raw.pragma('user_version', { simple: true }) as number;

/** True when opening this file would change it: the caller makes a backup first. */
export const needsMigration = (raw: BetterSqlite3.Database): boolean => versionOf(raw) < LATEST_VERSION;

/**
 * Brings a file to `target` in one transaction (DDL and user_version roll back together).
 * A file from a newer Regulars is a named error, never a guess.
 */
export function migrate(raw: BetterSqlite3.Database, target: number = LATEST_VERSION): void {
  const from = versionOf(raw);
  if (from > LATEST_VERSION) throw new AppError('shop.newer-database', { file: from, app: LATEST_VERSION });
  const steps = MIGRATIONS.filter((m) => m.version > from && m.version <= target);
  if (!steps.length) return;
  const rebuilds = steps.some((m) => m.rebuilds);
  const held = rebuilds && raw.pragma('foreign_keys', { simple: true }) === 1;
  if (held) raw.pragma('foreign_keys = OFF'); // has no effect inside a transaction
  try {
    raw.transaction(() => {
      for (const m of steps) {
        m.up(raw);
        raw.pragma(`user_version = ${m.version}`);
      }
      if (rebuilds && (raw.pragma('foreign_key_check') as unknown[]).length > 0)
        throw new Error('a migration left rows pointing at nothing');
    })();
  } finally {
    if (held) raw.pragma('foreign_keys = ON');
  }
}
