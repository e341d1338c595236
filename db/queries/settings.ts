import type { UtcMs } from '@domain/kernel';
import { DEFAULT_SETTINGS, type Settings } from '@domain/settings/settings';
import type { Db } from '../open';

/** All settings, stored sections over the defaults. */
export function readSettings(db: Db): Settings {
  const out: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  // Asked for every text that leaves: prepared once.
  for (const row of db.prepare('SELECT key, value FROM setting').all() as { key: string; value: string }[]) {
    const base = out[row.key];
    if (base && typeof base === 'object') out[row.key] = { ...base, ...(JSON.parse(row.value) as object) };
  }
  return out as unknown as Settings;
}

export function saveSettings<K extends keyof Settings>(db: Db, key: K, value: Settings[K], at: UtcMs): void {
  const json = JSON.stringify(value);
  if (key === 'shop') keepFormerName(db, (value as Settings['shop']).name);
  db.run(
    db.q
      .insertInto('setting')
      .values({ key, value: json, updated_at: at })
      .onConflict((c) => c.column('key').doUpdateSet({ value: json, updated_at: at })),
  );
}

export function readMeta(db: Db, key: string): string | null {
  return (db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined) ?? null;
}

export function writeMeta(db: Db, key: string, value: string): void {
  db.run(
    db.q
      .insertInto('meta')
      .values({ key, value })
      .onConflict((c) => c.column('key').doUpdateSet({ value })),
  );
}

export function removeMeta(db: Db, key: string): void {
  db.run(db.q.deleteFrom('meta').where('key', '=', key));
}

export function dropMeta(db: Db, key: string): void {
  db.run(db.q.deleteFrom('meta').where('key', '=', key));
}

const NAMES = 'shop-names';
const MOST_NAMES = 20;

/** Texts queued before the shop was renamed say its name of then: they still say who it is from. */
function keepFormerName(db: Db, next: string): void {
  const before = readSettings(db).shop.name;
  if (before === '' || before === next) return;
  writeMeta(db, NAMES, JSON.stringify([...new Set([...formerShopNames(db), before])].slice(-MOST_NAMES)));
}

/** Names the shop had before, oldest first. */
export const formerShopNames = (db: Db): string[] => JSON.parse(readMeta(db, NAMES) ?? '[]') as string[];
