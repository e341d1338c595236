import type { Mapping } from '@domain/imports/fields';
import type { ImportId, UtcMs } from '@domain/kernel';
import type { WaitReason, WatchDetail } from '@domain/sources/watch';
import type { Selectable } from 'kysely';
import type { Db } from '../open';
import type { WatchFileTable, WatchKindTable } from '../schema/sources';

export interface WatchFolder {
  path: string;
  paused: boolean;
  /** What lay in it when it was chosen: file name → "size mtime". */
  present: Record<string, string>;
  chosenAt: UtcMs;
}

export function watchFolder(db: Db): WatchFolder | null {
  const r = db.one(db.q.selectFrom('watch_folder').selectAll().where('id', '=', 1));
  if (!r) return null;
  return {
    path: r.path,
    paused: r.paused === 1,
    present: JSON.parse(r.present) as Record<string, string>,
    chosenAt: r.chosen_at as UtcMs,
  };
}

/** Another folder: what waited in the old one waits no longer; what was ever taken stays known. */
export function setWatchFolder(db: Db, folder: { path: string; present: Record<string, string>; at: UtcMs } | null): void {
  db.tx((trx) => {
    trx.run(trx.q.deleteFrom('watch_folder'));
    trx.run(trx.q.deleteFrom('watch_file').where('state', '=', 'waits'));
    if (!folder) return;
    const row = { id: 1, path: folder.path, paused: 0, present: JSON.stringify(folder.present), chosen_at: folder.at };
    trx.run(trx.q.insertInto('watch_folder').values(row));
  });
}

export const pauseWatch = (db: Db, paused: boolean): void => void db.run(db.q.updateTable('watch_folder').set({ paused: paused ? 1 : 0 }));

export interface WatchFile {
  hash: string;
  fileName: string;
  path: string;
  size: number;
  modifiedAt: number;
  state: WatchFileTable['state'];
  why: WaitReason | null;
  detail: WatchDetail;
  profile: string;
  approved: boolean;
  importId: ImportId | null;
  seenAt: UtcMs;
  settledAt: UtcMs | null;
}

const fileOf = (r: Selectable<WatchFileTable>): WatchFile => ({
  hash: r.hash,
  fileName: r.file_name,
  path: r.path,
  size: r.size,
  modifiedAt: r.modified_at,
  state: r.state,
  why: r.why as WaitReason | null,
  detail: JSON.parse(r.detail) as WatchDetail,
  profile: r.profile,
  approved: r.approved === 1,
  importId: r.import_id as ImportId | null,
  seenAt: r.seen_at as UtcMs,
  settledAt: r.settled_at as UtcMs | null,
});

/** A content that was seen before, under whatever name. */
export function watchFile(db: Db, hash: string): WatchFile | null {
  const r = db.one(db.q.selectFrom('watch_file').selectAll().where('hash', '=', hash));
  return r ? fileOf(r) : null;
}

/** The file as it lay at this path when it was last read; the same size and time mean the same bytes. */
export function watchFileAt(db: Db, path: string, size: number, modifiedAt: number): WatchFile | null {
  const r = db.one(
    db.q.selectFrom('watch_file').selectAll().where('path', '=', path).where('size', '=', size).where('modified_at', '=', modifiedAt),
  );
  return r ? fileOf(r) : null;
}

/** Writes all that is known of a content; one row per content. */
export function saveWatchFile(db: Db, f: WatchFile): void {
  const row = {
    file_name: f.fileName,
    path: f.path,
    size: f.size,
    modified_at: f.modifiedAt,
    state: f.state,
    why: f.why,
    detail: JSON.stringify(f.detail),
    profile: f.profile,
    approved: f.approved ? 1 : 0,
    import_id: f.importId,
    settled_at: f.settledAt,
  };
  db.run(
    db.q
      .insertInto('watch_file')
      .values({ hash: f.hash, seen_at: f.seenAt, ...row })
      .onConflict((c) => c.column('hash').doUpdateSet(row)),
  );
}

export const forgetWatchFile = (db: Db, hash: string): void => void db.run(db.q.deleteFrom('watch_file').where('hash', '=', hash));

/** The file at this path has other content now: what waited of the older one is no longer there to be looked at. */
export const forgetOlderAt = (db: Db, path: string, hash: string): void =>
  void db.run(db.q.deleteFrom('watch_file').where('path', '=', path).where('hash', '!=', hash).where('state', '=', 'waits'));

/** The same bytes lie at another place now. */
export const moveWatchFile = (db: Db, hash: string, at: { path: string; fileName: string; size: number; modifiedAt: number }): void =>
  void db.run(
    db.q
      .updateTable('watch_file')
      .set({ path: at.path, file_name: at.fileName, size: at.size, modified_at: at.modifiedAt })
      .where('hash', '=', hash),
  );

/** Oldest first. */
export function watchFilesIn(db: Db, state: WatchFileTable['state']): WatchFile[] {
  return db.all(db.q.selectFrom('watch_file').selectAll().where('state', '=', state).orderBy('seen_at').orderBy('file_name')).map(fileOf);
}

/** Contents that wait though they were imported (by hand) meanwhile. */
export const waitingButImported = (db: Db): ReadonlySet<string> =>
  new Set(
    db
      .prepare("SELECT hash FROM watch_file WHERE state = 'waits' AND hash IN (SELECT file_hash FROM import WHERE state = 'done')")
      .pluck()
      .all() as string[],
  );

/** What came of files lately, newest first. */
export function settledWatchFiles(db: Db, limit: number): WatchFile[] {
  return db
    .all(
      db.q
        .selectFrom('watch_file')
        .selectAll()
        .where('state', '=', 'imported')
        .where('settled_at', 'is not', null)
        .orderBy('settled_at', 'desc')
        .limit(limit),
    )
    .map(fileOf);
}

/** The import that these very bytes made, by hand or not, that still stands or was undone; the newest. */
export function importOfBytes(db: Db, hash: string): { id: ImportId; state: 'done' | 'undone' } | null {
  const r = db.one(
    db.q
      .selectFrom('import')
      .select(['id', 'state'])
      .where('file_hash', '=', hash)
      .where('state', 'in', ['done', 'undone'])
      .orderBy('id', 'desc')
      .limit(1),
  );
  return r ? { id: r.id as ImportId, state: r.state as 'done' | 'undone' } : null;
}

/** Where files of this kind came from so far; empty = none was ever imported (or all were undone). */
export const sourcesOfKind = (db: Db, profile: string): string[] =>
  db
    .all(db.q.selectFrom('import').select('source').distinct().where('profile', '=', profile).where('state', '=', 'done'))
    .map((r) => r.source);

export function answerFor(db: Db, profile: string): WatchKindTable['answer'] | null {
  return db.one(db.q.selectFrom('watch_kind').select('answer').where('profile', '=', profile))?.answer ?? null;
}

export function setAnswerFor(db: Db, profile: string, answer: WatchKindTable['answer'], at: UtcMs): void {
  db.run(
    db.q
      .insertInto('watch_kind')
      .values({ profile, answer, at })
      .onConflict((c) => c.column('profile').doUpdateSet({ answer, at })),
  );
}

/** A preview somebody may be looking at right now. */
export function openPreviewSince(db: Db, since: UtcMs): boolean {
  return (
    db.one(
      db.q
        .selectFrom('import')
        .select('id')
        .where('state', 'in', ['previewing', 'previewed'])
        .where('staff_id', 'is not', null)
        .where('created_at', '>=', since)
        .limit(1),
    ) !== undefined
  );
}

/** How many files and lists wait for the owner. */
export function sourcesWaiting(db: Db): number {
  return db
    .prepare(
      `SELECT (SELECT count(*) FROM watch_file f WHERE f.state = 'waits' AND f.approved = 0 AND EXISTS (SELECT 1 FROM watch_folder WHERE paused = 0)
          AND f.hash NOT IN (SELECT file_hash FROM import WHERE state = 'done'))
        + (SELECT count(*) FROM web_sheet s WHERE s.next_hash IS NOT NULL
          AND s.next_hash NOT IN (SELECT file_hash FROM import WHERE state = 'done'))`,
    )
    .pluck()
    .get() as number;
}

export interface WebSheetRow {
  id: number;
  name: string;
  url: string;
  hosts: string[];
  daily: boolean;
  hash: string | null;
  etag: string | null;
  modified: string | null;
  nextHash: string | null;
  nextEtag: string | null;
  nextModified: string | null;
  importId: ImportId | null;
  outcome: string | null;
  outcomeHost: string | null;
  checkedAt: UtcMs | null;
  addedAt: UtcMs;
}

export function webSheets(db: Db): WebSheetRow[] {
  return db.all(db.q.selectFrom('web_sheet').selectAll().orderBy('id')).map((r) => ({
    id: r.id,
    name: r.name,
    url: r.url,
    hosts: JSON.parse(r.hosts) as string[],
    daily: r.daily === 1,
    hash: r.hash,
    etag: r.etag,
    modified: r.modified,
    nextHash: r.next_hash,
    nextEtag: r.next_etag,
    nextModified: r.next_modified,
    importId: r.import_id as ImportId | null,
    outcome: r.outcome,
    outcomeHost: r.outcome_host,
    checkedAt: r.checked_at as UtcMs | null,
    addedAt: r.added_at as UtcMs,
  }));
}

export const webSheet = (db: Db, id: number): WebSheetRow | null => webSheets(db).find((s) => s.id === id) ?? null;

export function insertWebSheet(db: Db, s: { name: string; url: string; hosts: readonly string[]; at: UtcMs }): number {
  return Number(
    db.run(db.q.insertInto('web_sheet').values({ name: s.name, url: s.url, hosts: JSON.stringify(s.hosts), added_at: s.at }))
      .lastInsertRowid,
  );
}

export function updateWebSheet(db: Db, id: number, set: Partial<Omit<WebSheetRow, 'id' | 'url' | 'addedAt'>>): void {
  const row = {
    ...(set.name !== undefined && { name: set.name }),
    ...(set.hosts !== undefined && { hosts: JSON.stringify(set.hosts) }),
    ...(set.daily !== undefined && { daily: set.daily ? 1 : 0 }),
    ...(set.hash !== undefined && { hash: set.hash }),
    ...(set.etag !== undefined && { etag: set.etag }),
    ...(set.modified !== undefined && { modified: set.modified }),
    ...(set.nextHash !== undefined && { next_hash: set.nextHash }),
    ...(set.nextEtag !== undefined && { next_etag: set.nextEtag }),
    ...(set.nextModified !== undefined && { next_modified: set.nextModified }),
    ...(set.importId !== undefined && { import_id: set.importId }),
    ...(set.outcome !== undefined && { outcome: set.outcome }),
    ...(set.outcomeHost !== undefined && { outcome_host: set.outcomeHost }),
    ...(set.checkedAt !== undefined && { checked_at: set.checkedAt }),
  };
  db.run(db.q.updateTable('web_sheet').set(row).where('id', '=', id));
}

export const deleteWebSheet = (db: Db, id: number): void => void db.run(db.q.deleteFrom('web_sheet').where('id', '=', id));

export interface StoredMapping {
  fingerprint: string;
  name: string;
  mapping: Mapping;
  savedAt: UtcMs;
  /** When a file with these columns was last looked at or imported, and what it was called. */
  usedAt: UtcMs | null;
  lastFile: string | null;
  /** Column names of that file; empty when none is known any more. */
  columnNames: string[];
  imports: number;
}

/** What the owner said columns mean, newest used first. */
export function storedMappings(db: Db): StoredMapping[] {
  const rows = db
    .prepare(
      `SELECT m.fingerprint, m.name, m.mapping, m.updated_at AS savedAt, i.created_at AS usedAt, i.file_name AS lastFile,
         json_extract(i.plan, '$.columnNames') AS columnNames,
         (SELECT count(*) FROM import d WHERE d.profile = 'manual:' || m.fingerprint AND d.state = 'done') AS imports
       FROM column_mapping m LEFT JOIN import i ON i.id =
         (SELECT max(id) FROM import l WHERE l.profile = 'manual:' || m.fingerprint AND json_extract(l.plan, '$.columnNames') IS NOT NULL)
       ORDER BY coalesce(i.created_at, m.updated_at) DESC, m.fingerprint`,
    )
    .all() as {
    fingerprint: string;
    name: string;
    mapping: string;
    savedAt: number;
    usedAt: number | null;
    lastFile: string | null;
    columnNames: string | null;
    imports: number;
  }[];
  return rows.map((r) => ({
    fingerprint: r.fingerprint,
    name: r.name,
    mapping: JSON.parse(r.mapping) as Mapping,
    savedAt: r.savedAt as UtcMs,
    usedAt: r.usedAt as UtcMs | null,
    lastFile: r.lastFile,
    columnNames: r.columnNames === null ? [] : (JSON.parse(r.columnNames) as string[]),
    imports: r.imports,
  }));
}

export function changeMapping(db: Db, fingerprint: string, set: { name: string; mapping: Mapping }, at: UtcMs): void {
  db.run(
    db.q
      .updateTable('column_mapping')
      .set({ name: set.name, mapping: JSON.stringify(set.mapping), updated_at: at })
      .where('fingerprint', '=', fingerprint),
  );
}

export const forgetMapping = (db: Db, fingerprint: string): void =>
  void db.run(db.q.deleteFrom('column_mapping').where('fingerprint', '=', fingerprint));
