import { existsSync, renameSync, rmSync } from 'node:fs';
import type { SaleRow } from '@domain/imports/merge';
import type { FileLine } from '@domain/imports/model';
import type { PersonValues } from '@domain/imports/people';
import type { Note, Reject } from '@domain/imports/plan';
import type { CustomerId, SaleId } from '@domain/kernel';
import BetterSqlite3 from 'better-sqlite3';
import { Db } from '../open';
import { countNewSales, newSales, SALE_TABLES, SalesWriter } from './import-plan-sales';

/** How an existing person was recognised. */
export type MatchHow = 'import' | 'email' | 'phone';

/** What will be done with one person. Keys of later receipts refer to `n`. */
export type PlannedPerson =
  | { n: number; action: 'new'; sourceId: string | null; values: PersonValues; row: number }
  | {
      n: number;
      action: 'changed';
      customerId: CustomerId;
      how: MatchHow;
      sourceId: string | null;
      /** Ours when the plan was made, for the columns in `set`: a value changed since is left alone. */
      was: Partial<PersonValues>;
      set: Partial<PersonValues>;
      /** What the file tells, to be remembered with the till's id. */
      says: PersonValues;
      row: number;
    };

export interface PlannedSale {
  n: number;
  sourceSaleId: string;
  /** Null = new. */
  saleId: SaleId | null;
  /** As it will be; `was` = as it was when the plan was made, so that it can be told whether the plan still holds. */
  row: SaleRow;
  was: SaleRow | null;
  /** Null = leave the lines as they are. */
  lines: FileLine[] | null;
  customerId: CustomerId | null;
  /** A person of this plan. */
  person: number | null;
}

const TABLES = `
  CREATE TABLE cell (row_no INTEGER NOT NULL, key TEXT NOT NULL, cells TEXT NOT NULL);
  CREATE TABLE loose (hash TEXT NOT NULL, sale TEXT NOT NULL);
  CREATE TABLE person (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE changed_sale (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE sample (n INTEGER PRIMARY KEY, cells TEXT NOT NULL);
  CREATE TABLE problem (row_no INTEGER NOT NULL, kind TEXT NOT NULL, column_name TEXT NOT NULL, reason TEXT NOT NULL, cells TEXT);
${SALE_TABLES}`;

/**
 * The plan of one import in a file of its own (`<shop>/imports/<id>.sqlite`): a million rows never wait in memory nor touch the
 * shop file before the owner says so, and what is executed is exactly what was shown. Temporary: its speed matters more than its
 * survival, a plan that was lost is made again.
 */
export class Staging {
  private constructor(readonly db: Db) {}

  /** A new, empty plan; whatever stood there is thrown away. */
  static create(file: string): Staging {
    Staging.remove(file);
    const raw = new BetterSqlite3(file);
    raw.pragma('journal_mode = OFF');
    raw.pragma('synchronous = OFF');
    raw.pragma('cache_size = -4000');
    raw.exec(TABLES);
    return new Staging(new Db(raw));
  }

  /** Null when there is no such plan (any more). */
  static open(file: string): Staging | null {
    if (!existsSync(file)) return null;
    const raw = new BetterSqlite3(file);
    raw.pragma('journal_mode = MEMORY');
    raw.pragma('synchronous = OFF');
    return new Staging(new Db(raw));
  }

  static remove(file: string): void {
    for (const f of [file, `${file}-journal`, `${file}-wal`, `${file}-shm`]) rmSync(f, { force: true });
  }

  close(): void {
    this.db.close();
  }

  /** Rows that could not be taken and that name somebody who was erased: emptied and overwritten. */
  forgetProblems(names: (cells: readonly string[]) => boolean): number {
    const rows = this.db.prepare('SELECT rowid AS id, cells FROM problem WHERE cells IS NOT NULL').all() as { id: number; cells: string }[];
    const theirs = rows.filter((r) => names(JSON.parse(r.cells) as string[]));
    if (theirs.length === 0) return 0;
    this.db.raw.pragma('secure_delete = ON');
    const empty = this.db.prepare('UPDATE problem SET cells = NULL WHERE rowid = ?');
    for (const r of theirs) empty.run(r.id);
    this.db.raw.exec('VACUUM');
    return theirs.length;
  }

  /** One transaction around all that is read of a file; there is no journal, it only saves the turns. */
  begin(): void {
    this.db.raw.exec('BEGIN');
  }

  commit(): void {
    this.db.raw.exec('COMMIT');
  }

  /** A row of the file, mapped columns only. `key` groups the rows of one receipt or person. */
  addCells(row: number, key: string, cells: readonly string[]): void {
    this.db.prepare('INSERT INTO cell (row_no, key, cells) VALUES (?, ?, ?)').run(row, key, JSON.stringify(cells));
  }

  /** Rows in the order of their keys, then as in the file. */
  *cellsByKey(): Generator<{ row: number; key: string; cells: string[] }> {
    this.db.raw.exec('CREATE INDEX IF NOT EXISTS cell_by_key ON cell (key, row_no)');
    const page = this.db.prepare('SELECT row_no AS row, key, cells FROM cell WHERE (key, row_no) > (?, ?) ORDER BY key, row_no LIMIT 2000');
    let [key, row] = ['', -1];
    for (;;) {
      const rows = page.all(key, row) as { row: number; key: string; cells: string }[];
      for (const r of rows) yield { row: r.row, key: r.key, cells: JSON.parse(r.cells) as string[] };
      const last = rows.at(-1);
      if (!last || rows.length < 2000) return;
      key = last.key;
      row = last.row;
    }
  }

  /** Receipts without a number, to be read back in the order of their content. */
  addLoose(hash: string, sale: unknown): void {
    this.db.prepare('INSERT INTO loose (hash, sale) VALUES (?, ?)').run(hash, JSON.stringify(sale));
  }

  *looseByHash<T>(): Generator<{ hash: string; sale: T }> {
    this.db.raw.exec('CREATE INDEX IF NOT EXISTS loose_by_hash ON loose (hash)');
    const page = this.db.prepare('SELECT rowid AS id, hash, sale FROM loose WHERE (hash, rowid) > (?, ?) ORDER BY hash, rowid LIMIT 2000');
    let [hash, id] = ['', 0];
    for (;;) {
      const rows = page.all(hash, id) as { id: number; hash: string; sale: string }[];
      for (const r of rows) yield { hash: r.hash, sale: JSON.parse(r.sale) as T };
      const last = rows.at(-1);
      if (!last || rows.length < 2000) return;
      hash = last.hash;
      id = last.id;
    }
  }

  /** Stores receipts the shop does not have yet. */
  salesWriter(): SalesWriter {
    return new SalesWriter(this.db);
  }

  addChanged(s: PlannedSale): void {
    this.db.prepare('INSERT INTO changed_sale (n, body) VALUES (?, ?)').run(s.n, JSON.stringify(s));
  }

  addPeople(people: readonly PlannedPerson[]): void {
    const insert = this.db.prepare('INSERT INTO person (n, body) VALUES (?, ?)');
    this.db.raw.exec('BEGIN');
    for (const p of people) insert.run(p.n, JSON.stringify(p));
    this.db.raw.exec('COMMIT');
  }

  *people(): Generator<PlannedPerson> {
    yield* this.pages<PlannedPerson>('person');
  }

  *changedSales(): Generator<PlannedSale> {
    yield* this.pages<PlannedSale>('changed_sale');
  }

  private *pages<T>(table: 'person' | 'changed_sale'): Generator<T> {
    const page = this.db.prepare(`SELECT n, body FROM ${table} WHERE n > ? ORDER BY n LIMIT 200`);
    for (let n = 0; ; ) {
      const rows = page.all(n) as { n: number; body: string }[];
      for (const r of rows) yield JSON.parse(r.body) as T;
      const last = rows.at(-1);
      if (!last || rows.length < 200) return;
      n = last.n;
    }
  }

  countOf(what: 'person' | 'changed' | 'new'): number {
    if (what === 'new') return countNewSales(this.db);
    return this.db
      .prepare(`SELECT count(*) FROM ${what === 'person' ? 'person' : 'changed_sale'}`)
      .pluck()
      .get() as number;
  }

  /** The first rows of the file, mapped columns only, for the owner to look at beside what they mean. */
  addSample(rows: readonly (readonly string[])[]): void {
    const insert = this.db.prepare('INSERT INTO sample (cells) VALUES (?)');
    for (const cells of rows) insert.run(JSON.stringify(cells));
  }

  sample(): string[][] {
    const rows = this.db.prepare('SELECT cells FROM sample ORDER BY n').pluck().all() as string[];
    return rows.map((cells) => JSON.parse(cells) as string[]);
  }

  /** What is planned, a page of it, as it will be carried out. */
  examples(what: 'sale', outcome: 'new' | 'changed', offset: number, limit: number): PlannedSale[];
  examples(what: 'person', outcome: 'new' | 'changed', offset: number, limit: number): PlannedPerson[];
  examples(what: 'sale' | 'person', outcome: 'new' | 'changed', offset: number, limit: number): (PlannedSale | PlannedPerson)[] {
    if (what === 'sale' && outcome === 'new') return newSales(this.db, offset, limit).map((s) => ({ ...s, saleId: null, was: null }));
    const sql =
      what === 'sale'
        ? 'SELECT body FROM changed_sale ORDER BY n LIMIT @limit OFFSET @offset'
        : "SELECT body FROM person WHERE json_extract(body, '$.action') = @outcome ORDER BY n LIMIT @limit OFFSET @offset";
    const rows = this.db
      .prepare(sql)
      .pluck()
      .all({ limit, offset, ...(what === 'person' ? { outcome } : {}) }) as string[];
    return rows.map((body) => JSON.parse(body) as PlannedSale | PlannedPerson);
  }

  /** One person of the plan, by the number receipts refer to. */
  person(n: number): PlannedPerson | null {
    const body = this.db.prepare('SELECT body FROM person WHERE n = ?').pluck().get(n) as string | undefined;
    return body === undefined ? null : (JSON.parse(body) as PlannedPerson);
  }

  addProblems(kind: 'rejected' | 'note', problems: readonly (Reject | Note)[], cells: readonly string[] | null): void {
    const insert = this.db.prepare('INSERT INTO problem (row_no, kind, column_name, reason, cells) VALUES (?, ?, ?, ?, ?)');
    const body = cells === null ? null : JSON.stringify(cells);
    for (const p of problems) insert.run(p.row, kind, p.column, p.reason, body);
  }

  /** In row order. */
  problems(
    kind: 'rejected' | 'note',
    offset: number,
    limit: number,
  ): { row: number; column: string; reason: string; cells: string[] | null }[] {
    const rows = this.db
      .prepare(
        'SELECT row_no AS row, column_name AS column, reason, cells FROM problem WHERE kind = ? ORDER BY row_no, rowid LIMIT ? OFFSET ?',
      )
      .all(kind, limit, offset) as { row: number; column: string; reason: string; cells: string | null }[];
    return rows.map((r) => ({ ...r, cells: r.cells === null ? null : (JSON.parse(r.cells) as string[]) }));
  }

  /**
   * After the import only the problems are of use: they move to a small file in this one's place, and everything else leaves the
   * disk at once (deleting a million rows would hold up the counter). Closes the plan.
   */
  static keepProblemsOnly(staging: Staging, file: string): void {
    const some = staging.db.prepare('SELECT 1 FROM problem LIMIT 1').get() !== undefined;
    if (some) {
      const small = Staging.create(`${file}.small`);
      small.close();
      staging.db.raw.exec(
        `ATTACH '${`${file}.small`.replaceAll("'", "''")}' AS small; INSERT INTO small.problem SELECT * FROM main.problem;`,
      );
      staging.db.raw.exec('DETACH small');
    }
    staging.close();
    Staging.remove(file);
    if (some) renameSync(`${file}.small`, file);
  }
}
