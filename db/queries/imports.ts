import type { Mapping } from '@domain/imports/fields';
import type { PlanCounts, PlanSummary } from '@domain/imports/plan';
import type { ImportId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { ImportTable } from '../schema/sales';

export type ImportState = ImportTable['state'];

/** What really happened, beside what was planned. */
export interface ImportCounts extends PlanCounts {
  /** Receipts of earlier files that got their person through this one. */
  linked: number;
  /** At undo: rows kept because they were used since. */
  kept: { what: 'person' | 'sale'; id: number; why: KeptWhy }[];
}
export type KeptWhy = 'edited' | 'texted' | 'redeemed' | 'visited' | 'signed-up' | 'linked' | 'later-import' | 'replied';

export interface ImportRow {
  id: ImportId;
  fileName: string;
  fileHash: string;
  fileSize: number;
  profile: string;
  source: string;
  /** Null while the preview is still being worked out. */
  plan: PlanSummary | null;
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
  const plan = JSON.parse(r.plan) as PlanSummary | Record<string, never>;
  const counts = JSON.parse(r.counts) as ImportCounts | Record<string, never>;
  return {
    id: r.id as ImportId,
    fileName: r.file_name,
    fileHash: r.file_hash,
    fileSize: r.file_size,
    profile: r.profile,
    source: r.source,
    plan: 'reading' in plan ? (plan as PlanSummary) : null,
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

export function savePlan(db: Db, id: ImportId, plan: PlanSummary): void {
  const counts: ImportCounts = { ...plan.counts, linked: 0, kept: [] };
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

/** Grows with every import or undo: a preview made before the last one no longer tells the truth. */
export function importEpoch(db: Db): number {
  const r = db
    .prepare(
      "SELECT coalesce(max(finished_at), 0) AS f, coalesce(max(undone_at), 0) AS u, count(*) AS n FROM import WHERE state IN ('done', 'undone')",
    )
    .get() as { f: number; u: number; n: number };
  const undone = db.prepare("SELECT count(*) AS n FROM import WHERE state = 'undone'").get() as { n: number };
  return r.n * 2 + undone.n;
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

/** Newest first, below `belowSeq`. */
export function changesOf(db: Db, importId: ImportId, belowSeq: number, limit: number): ImportChange[] {
  const rows = db
    .prepare('SELECT seq, table_name, row_key, before FROM import_change WHERE import_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?')
    .all(importId, belowSeq, limit) as { seq: number; table_name: ImportChange['table']; row_key: string; before: string }[];
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

export function saveMapping(db: Db, fingerprint: string, name: string, mapping: Mapping, at: UtcMs): void {
  const json = JSON.stringify(mapping);
  db.run(
    db.q
      .insertInto('column_mapping')
      .values({ fingerprint, name, mapping: json, updated_at: at })
      .onConflict((c) => c.column('fingerprint').doUpdateSet({ name, mapping: json, updated_at: at })),
  );
}
