import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/**
 * The writer's lock on a shop folder: an exclusive transaction held open on a tiny file of its own. It is an operating-system
 * lock, so it is gone the moment the process is, however it ended. Null when somebody else has it.
 */
export function lockShop(dir: string): { release(): void } | null {
  const raw = new BetterSqlite3(join(dir, 'writer.lock'), { timeout: 0 });
  try {
    raw.pragma('journal_mode = DELETE');
    raw.exec('BEGIN EXCLUSIVE');
  } catch {
    raw.close();
    return null;
  }
  return {
    release() {
      raw.exec('ROLLBACK');
      raw.close();
    },
  };
}
