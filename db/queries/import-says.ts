import type { FileSays } from '@domain/imports/model';
import type { Prefer } from '@domain/imports/people';
import type { ImportId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** What a file says about permission of one number or e-mail. */
export interface SaidRow extends FileSays {
  address: string;
  row: number;
}

const STAGED = `CREATE TABLE IF NOT EXISTS says (channel TEXT NOT NULL, address TEXT NOT NULL, says TEXT NOT NULL, flag INTEGER NOT NULL,
  raw TEXT NOT NULL, column_name TEXT NOT NULL, row_no INTEGER NOT NULL, PRIMARY KEY (channel, address)) WITHOUT ROWID`;

/** Keeps what a file says about permission with its plan. */
export function stageSays(staging: Db, says: readonly SaidRow[]): void {
  staging.raw.exec(STAGED);
  const insert = staging.prepare('INSERT OR REPLACE INTO says VALUES (?, ?, ?, ?, ?, ?, ?)');
  staging.raw.exec('BEGIN');
  for (const s of says) insert.run(s.channel, s.address, s.says, s.flag ? 1 : 0, s.raw, s.column, s.row);
  staging.raw.exec('COMMIT');
}

/** In an order of its own, a page at a time. */
export function* stagedSays(staging: Db): Generator<SaidRow> {
  staging.raw.exec(STAGED);
  const page = staging.prepare(
    `SELECT channel, address, says, flag, raw, column_name AS "column", row_no AS row FROM says
     WHERE (channel, address) > (?, ?) ORDER BY channel, address LIMIT 200`,
  );
  for (let [channel, address] = ['', '']; ; ) {
    const rows = page.all(channel, address) as (Omit<SaidRow, 'flag'> & { flag: number })[];
    for (const r of rows) yield { ...r, flag: r.flag === 1 };
    const last = rows.at(-1);
    if (!last || rows.length < 200) return;
    [channel, address] = [last.channel, last.address];
  }
}

/** What the files of a till said last about an address, of imports that stand. */
export function lastSaid(db: Db, source: string, channel: string, address: string): Pick<SaidRow, 'says' | 'raw' | 'column'> | null {
  const row = db
    .prepare(
      `SELECT says, raw, column_name AS "column" FROM consent_said WHERE address = ? AND channel = ? AND source = ?
       ORDER BY import_id DESC LIMIT 1`,
    )
    .get(address, channel, source);
  return (row as Pick<SaidRow, 'says' | 'raw' | 'column'> | undefined) ?? null;
}

export function keepSaid(trx: Trx, importId: ImportId, source: string, s: SaidRow, at: UtcMs): void {
  trx
    .prepare(
      `INSERT OR REPLACE INTO consent_said (import_id, channel, address, says, flag, raw, column_name, row_no, source, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(importId, s.channel, s.address, s.says, s.flag ? 1 : 0, s.raw, s.column, s.row, source, at);
}

/** Takes a piece of an import's evidence back; 0 = none is left. */
export function dropSaid(trx: Trx, importId: ImportId, limit: number): number {
  return trx
    .prepare(
      `DELETE FROM consent_said WHERE import_id = @importId AND (channel, address) IN
         (SELECT channel, address FROM consent_said WHERE import_id = @importId LIMIT @limit)`,
    )
    .run({ importId, limit }).changes;
}

/** Which fields of known people the files of a till may replace. */
export function findPrefer(db: Db, source: string): Prefer | null {
  const json = db.prepare('SELECT prefer FROM import_preference WHERE source = ?').pluck().get(source) as string | undefined;
  return json === undefined ? null : (JSON.parse(json) as Prefer);
}

export function savePrefer(db: Db, source: string, prefer: Prefer, at: UtcMs): void {
  db.prepare(
    `INSERT INTO import_preference (source, prefer, updated_at) VALUES (@source, @prefer, @at)
     ON CONFLICT (source) DO UPDATE SET prefer = @prefer, updated_at = @at`,
  ).run({ source, prefer: JSON.stringify(prefer), at });
}
