import type { Mapping } from '@domain/imports/fields';
import { PERSON_COLUMNS, type PersonValues } from '@domain/imports/people';
import type { PlanCounts, PlanSummary } from '@domain/imports/plan';
import type { ImportState } from '@domain/imports/state';
import type { CustomerId, ImportId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { ImportTable } from '../schema/sales';

/** What really happened, beside what was planned. */
export interface ImportCounts extends PlanCounts {
  /** Receipts of earlier files that got their person through this one. */
  linked: number;
  /** At undo: rows kept because they were used since. */
  kept: { what: 'person' | 'sale'; id: number; why: KeptWhy }[];
  /** How many were kept; `kept` names the first of them. */
  keptTotal: number;
}
export type KeptWhy = 'edited' | 'texted' | 'redeemed' | 'visited' | 'signed-up' | 'linked' | 'later-import' | 'replied' | 'merged';

/** `epoch` = importEpoch when the plan was made; `path` = where the file lay, so that it can be checked again with other answers. */
export type StoredPlan = PlanSummary & { epoch: number; path?: string };

export interface ImportRow {
  id: ImportId;
  fileName: string;
  fileHash: string;
  fileSize: number;
  profile: string;
  source: string;
  /** Null while the preview is still being worked out. */
  plan: StoredPlan | null;
  state: ImportState;
  counts: ImportCounts | null;
  firstSaleAt: UtcMs | null;
  lastSaleAt: UtcMs | null;
  staffId: StaffId | null;
  createdAt: UtcMs;
  finishedAt: UtcMs | null;
  undoneAt: UtcMs | null;
}

type Raw = { [K in keyof ImportTable]: K extends 'id' ? number : K extends 'counts' ? string : ImportTable[K] };

function importOf(r: Raw): ImportRow {
  const plan = JSON.parse(r.plan) as StoredPlan | Record<string, never>;
  const counts = JSON.parse(r.counts) as ImportCounts | Record<string, never>;
  return {
    id: r.id as ImportId,
    fileName: r.file_name,
    fileHash: r.file_hash,
    fileSize: r.file_size,
    profile: r.profile,
    source: r.source,
    plan: 'reading' in plan ? (plan as StoredPlan) : null,
    state: r.state,
    counts: 'rows' in counts ? (counts as ImportCounts) : null,
    firstSaleAt: r.first_sale_at as UtcMs | null,
    lastSaleAt: r.last_sale_at as UtcMs | null,
    staffId: r.staff_id as StaffId | null,
    createdAt: r.created_at as UtcMs,
    finishedAt: r.finished_at as UtcMs | null,
    undoneAt: r.undone_at as UtcMs | null,
  };
}

/** Many look-ups in one snapshot; `fn` only reads. */
export function inOneRead(db: Db, fn: () => void): void {
  if (db.raw.inTransaction) fn();
  else db.raw.transaction(fn).deferred();
}

/** The row exists before the file is read, so that a crash in the preview leaves a trace to clean up. */
export function insertImport(db: Db, i: { fileName: string; staffId: StaffId | null; at: UtcMs }): ImportId {
  return db.run(
    db.q.insertInto('import').values({
      file_name: i.fileName,
      file_hash: '',
      file_size: 0,
      profile: '',
      source: '',
      plan: '{}',
      state: 'previewing',
      staff_id: i.staffId,
      created_at: i.at,
      first_sale_at: null,
      last_sale_at: null,
      finished_at: null,
      undone_at: null,
    }),
  ).lastInsertRowid as ImportId;
}

export function savePlan(db: Db, id: ImportId, plan: StoredPlan): void {
  const counts: ImportCounts = { ...plan.counts, linked: 0, kept: [], keptTotal: 0 };
  db.run(
    db.q
      .updateTable('import')
      .set({
        file_name: plan.fileName,
        file_hash: plan.fileHash,
        file_size: plan.fileSize,
        profile: plan.profile,
        source: plan.source,
        plan: JSON.stringify(plan),
        counts: JSON.stringify(counts),
        first_sale_at: plan.firstSaleAt,
        last_sale_at: plan.lastSaleAt,
        state: 'previewed',
      })
      .where('id', '=', id),
  );
}

/** Moves an import on; the table of allowed moves is services/imports/state.ts. */
export function setImportState(
  db: Db,
  id: ImportId,
  state: ImportState,
  more: { finishedAt?: UtcMs; undoneAt?: UtcMs; counts?: ImportCounts } = {},
): void {
  db.run(
    db.q
      .updateTable('import')
      .set({
        state,
        ...(more.finishedAt === undefined ? {} : { finished_at: more.finishedAt }),
        ...(more.undoneAt === undefined ? {} : { undone_at: more.undoneAt }),
        ...(more.counts === undefined ? {} : { counts: JSON.stringify(more.counts) }),
      })
      .where('id', '=', id),
  );
}

export function findImport(db: Db, id: ImportId): ImportRow | null {
  const row = db.one(db.q.selectFrom('import').selectAll().where('id', '=', id));
  return row ? importOf(row as Raw) : null;
}

/** Newest first. Cancelled and failed previews are left out: nothing came of them. */
export function listImports(db: Db, page: { offset: number; limit: number }): { rows: ImportRow[]; total: number } {
  const states = ['previewed', 'committing', 'done', 'undone'] as const;
  const rows = db.all(
    db.q.selectFrom('import').selectAll().where('state', 'in', states).orderBy('id', 'desc').limit(page.limit).offset(page.offset),
  );
  const total = db.one(
    db.q
      .selectFrom('import')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('state', 'in', states),
  );
  return { rows: rows.map((r) => importOf(r as Raw)), total: total?.n ?? 0 };
}

export function importsIn(db: Db, states: readonly ImportState[]): ImportRow[] {
  return db.all(db.q.selectFrom('import').selectAll().where('state', 'in', states).orderBy('id')).map((r) => importOf(r as Raw));
}

/** An import of the same bytes that is still in the shop. */
export function sameFileImported(db: Db, fileHash: string, except: ImportId): ImportRow | null {
  const row = db.one(
    db.q.selectFrom('import').selectAll().where('file_hash', '=', fileHash).where('state', '=', 'done').where('id', '!=', except).limit(1),
  );
  return row ? importOf(row as Raw) : null;
}

/**
 * Later files of the same till, still in the shop, that told of days this one told of and found some of it known already: what this
 * import brought goes with it although they told it too. The newest first, at most five names.
 */
export function alsoToldBy(db: Db, of: ImportRow): string[] {
  if (of.firstSaleAt === null || of.lastSaleAt === null) return [];
  return db
    .prepare(
      `SELECT file_name FROM import WHERE id > ? AND source = ? AND state = 'done' AND first_sale_at <= ? AND last_sale_at >= ?
         AND (json_extract(counts, '$.sales.same') > 0 OR json_extract(counts, '$.sales.changed') > 0) ORDER BY id DESC LIMIT 5`,
    )
    .pluck()
    .all(of.id, of.source, of.lastSaleAt, of.firstSaleAt) as string[];
}

/**
 * Grows with every import, every undo and every import that was cut off and taken back: a preview made before the last one, or in the
 * middle of it, no longer tells the truth. So does every merge of two people and its undo, and every
 * receipt link that was undone.
 */
export function importEpoch(db: Db): number {
  const r = db
    .prepare(
      `SELECT count(CASE WHEN state IN ('done', 'undone') THEN 1 END) AS n, count(CASE WHEN state = 'undone' THEN 1 END) AS undone,
         count(CASE WHEN state = 'cancelled' AND finished_at IS NOT NULL THEN 1 END) AS takenBack,
         (SELECT count(*) + count(undone_at) FROM customer_merge) AS merges,
         (SELECT count(*) FROM audit WHERE action = 'link.undone') AS untied FROM import`,
    )
    .get() as { n: number; undone: number; takenBack: number; merges: number; untied: number };
  return r.n * 2 + r.undone + r.takenBack + r.merges + r.untied;
}

/** When the last import, or the undoing of one, ended; null = never. */
export const lastImportAt = (db: Db): number | null =>
  db.prepare('SELECT max(max(coalesce(finished_at, 0), coalesce(undone_at, 0))) FROM import').pluck().get() as number | null;

/** An import being written or taken back just now, or cut off in the middle: until it is at its end no other may write. */
export function unfinishedImport(db: Db, except: ImportId): 'commit' | 'undo' | null {
  const state = db
    .prepare("SELECT state FROM import WHERE id <> ? AND (state = 'committing' OR (state = 'done' AND undone_at IS NOT NULL)) LIMIT 1")
    .pluck()
    .get(except) as ImportState | undefined;
  return state === undefined ? null : state === 'committing' ? 'commit' : 'undo';
}

/** Undo was begun; until the state says 'undone' a start after a crash goes on with it. */
export function markUndoBegun(db: Db, id: ImportId, at: UtcMs): void {
  db.run(db.q.updateTable('import').set({ undone_at: at }).where('id', '=', id));
}

/** What an import changed of a row that was there before (`was` → `set`), or that it made (`made`: its content then). */
export interface ChangeImage {
  was?: Record<string, unknown>;
  set?: Record<string, unknown>;
  made?: Record<string, unknown>;
}
export interface ImportChange {
  seq: number;
  table: 'customer' | 'customer_identity' | 'sale' | 'sale_lines';
  key: string;
  image: ChangeImage;
}

export function addChange(trx: Trx, importId: ImportId, seq: number, table: ImportChange['table'], key: string, image: ChangeImage): void {
  trx
    .prepare('INSERT INTO import_change (import_id, seq, table_name, row_key, before) VALUES (?, ?, ?, ?, ?)')
    .run(importId, seq, table, key, JSON.stringify(image));
}

/** Newest first, below `belowSeq`: people the import made, or rows it changed. */
export function changesOf(db: Db, importId: ImportId, belowSeq: number, limit: number, which: 'made' | 'changed'): ImportChange[] {
  const rows = db
    .prepare(
      `SELECT seq, table_name, row_key, before FROM import_change
       WHERE import_id = ? AND seq < ? AND (json_extract(before, '$.made') IS NOT NULL) = ? ORDER BY seq DESC LIMIT ?`,
    )
    .all(importId, belowSeq, which === 'made' ? 1 : 0, limit) as {
    seq: number;
    table_name: ImportChange['table'];
    row_key: string;
    before: string;
  }[];
  return rows.map((r) => ({ seq: r.seq, table: r.table_name, key: r.row_key, image: JSON.parse(r.before) as ChangeImage }));
}

export function lastChangeSeq(db: Db, importId: ImportId): number {
  const r = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM import_change WHERE import_id = ?').get(importId) as { seq: number };
  return r.seq;
}

export function dropChange(trx: Trx, importId: ImportId, seq: number): void {
  trx.prepare('DELETE FROM import_change WHERE import_id = ? AND seq = ?').run(importId, seq);
}

/** True when a later import changed the row too: taking back the earlier one would tear it. */
export function changedLater(db: Db, importId: ImportId, table: ImportChange['table'], key: string): boolean {
  return (
    db.prepare('SELECT 1 FROM import_change WHERE table_name = ? AND row_key = ? AND import_id > ? LIMIT 1').get(table, key, importId) !==
    undefined
  );
}

export function findMapping(db: Db, fingerprint: string): Mapping | null {
  const row = db.one(db.q.selectFrom('column_mapping').select('mapping').where('fingerprint', '=', fingerprint));
  return row ? (JSON.parse(row.mapping) as Mapping) : null;
}

/** The name it got first stays: the owner may have given another since. */
export function saveMapping(db: Db, fingerprint: string, name: string, mapping: Mapping, at: UtcMs): void {
  const json = JSON.stringify(mapping);
  db.run(
    db.q
      .insertInto('column_mapping')
      .values({ fingerprint, name, mapping: json, updated_at: at })
      .onConflict((c) => c.column('fingerprint').doUpdateSet({ mapping: json, updated_at: at })),
  );
}

/** What is known of a person, in the columns an import may change; null = gone. */
export function personRow(db: Db, id: CustomerId): (PersonValues & { updated_at: number }) | null {
  const row = db.prepare(`SELECT ${PERSON_COLUMNS.join(', ')}, updated_at FROM customer WHERE id = ?`).get(id);
  return (row as (PersonValues & { updated_at: number }) | undefined) ?? null;
}

export function insertPerson(trx: Trx, values: PersonValues, importId: ImportId, now: UtcMs): CustomerId {
  const sql = `INSERT INTO customer (${PERSON_COLUMNS.join(', ')}, created_at, updated_at, import_id)
    VALUES (${PERSON_COLUMNS.map(() => '?').join(', ')}, ?, ?, ?)`;
  const params = PERSON_COLUMNS.map((c) => values[c]);
  return Number(trx.prepare(sql).run(...params, now, now, importId).lastInsertRowid) as CustomerId;
}

/** `set`: column → value; the caller's columns are PERSON_COLUMNS and updated_at. */
export function updatePerson(trx: Trx, id: CustomerId, set: Record<string, unknown>): void {
  const columns = Object.keys(set);
  trx.prepare(`UPDATE customer SET ${columns.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`).run(...(Object.values(set) as string[]), id);
}

export function findIdentity(db: Db, source: string, sourceId: string): { customerId: CustomerId; said: string | null } | null {
  const row = db
    .prepare('SELECT customer_id AS customerId, said FROM customer_identity WHERE source = ? AND source_customer_id = ?')
    .get(source, sourceId);
  return (row as { customerId: CustomerId; said: string | null } | undefined) ?? null;
}

export function insertIdentity(
  trx: Trx,
  i: {
    source: string;
    sourceId: string;
    customerId: CustomerId;
    how: 'import' | 'email' | 'phone';
    said: PersonValues;
    importId: ImportId;
    at: UtcMs;
  },
): void {
  trx
    .prepare(
      `INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how, import_id, said) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(i.source, i.sourceId, i.customerId, i.at, i.how, i.importId, JSON.stringify(i.said));
}

/** What the till's file told last about this person. */
export function setSaid(trx: Trx, source: string, sourceId: string, said: string | null): void {
  trx.prepare('UPDATE customer_identity SET said = ? WHERE source = ? AND source_customer_id = ?').run(said, source, sourceId);
}
