import BetterSqlite3 from 'better-sqlite3';
import { type Compilable, DummyDriver, Kysely, type KyselyConfig, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Tables } from './schema/index';

const dialect: KyselyConfig['dialect'] = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};

type Param = string | number | bigint | Buffer | null;

/**
 * One open shop file. Kysely builds and types the SQL; better-sqlite3 runs it synchronously, so a transaction can never be
 * interleaved and never holds a network call (docs/DECISIONS.md 2).
 */
export class Db {
  /** Query builder only: pass what it builds to `all`, `one` or `run`. */
  readonly q = new Kysely<Tables>({ dialect });
  private readonly statements = new Map<string, BetterSqlite3.Statement>();

  private held: (() => void) | null = null;

  constructor(readonly raw: BetterSqlite3.Database) {}

  /** A bulk leaves its transaction open between two steps (queries/bulk.ts); `end` ends it before anybody else writes. */
  hold(end: (() => void) | null): void {
    this.held = end;
  }

  /** Ends what a bulk has left open: what follows is a transaction of its own. */
  settle(): void {
    const end = this.held;
    this.held = null;
    end?.();
  }

  /** A cached prepared statement, for hand-written SQL in db/queries and hot loops. */
  prepare(sql: string): BetterSqlite3.Statement {
    let s = this.statements.get(sql);
    if (!s) {
      s = this.raw.prepare(sql);
      if (this.statements.size > 500) this.statements.clear();
      this.statements.set(sql, s);
    }
    if (this.held !== null && !s.readonly) this.settle();
    return s;
  }

  all<O>(query: Compilable<O>): O[] {
    const c = query.compile();
    return this.prepare(c.sql).all(...(c.parameters as Param[])) as O[];
  }

  one<O>(query: Compilable<O>): O | undefined {
    const c = query.compile();
    return this.prepare(c.sql).get(...(c.parameters as Param[])) as O | undefined;
  }

  run(query: Compilable<unknown>): { changes: number; lastInsertRowid: number } {
    const c = query.compile();
    const r = this.prepare(c.sql).run(...(c.parameters as Param[]));
    return { changes: r.changes, lastInsertRowid: Number(r.lastInsertRowid) };
  }

  /** All or nothing. `fn` is synchronous by type: awaiting inside a transaction does not compile. Nested calls join the outer one. */
  tx<T>(fn: (trx: Trx) => T extends Promise<unknown> ? never : T): T {
    this.settle();
    if (this.raw.inTransaction) return fn(this as unknown as Trx) as T;
    return this.raw.transaction(() => fn(this as unknown as Trx) as T).immediate();
  }

  close(): void {
    this.settle();
    this.statements.clear();
    this.raw.close();
  }
}

declare const inTransaction: unique symbol;
/** A Db inside a transaction: functions that need atomicity ask for this. */
export type Trx = Db & { readonly [inTransaction]: true };

/**
 * Pages of write-ahead log before a commit copies them into the file itself. High: a thread beside does it long before
 * (backend/tidy-log.ts), and where there is none the log still ends.
 */
export const OWN_COPIES = 'wal_autocheckpoint = 8000';
/** A log that was copied is cut back to this many bytes. */
export const LOG_KEPT = 'journal_size_limit = 4000000';

/** Opens (or makes) a shop file, or a copy of its bytes in memory, with the pragmas every connection needs. Does not migrate. */
export function openDb(file: string | Buffer, options: { readonly?: boolean } = {}): Db {
  const raw = new BetterSqlite3(file, { readonly: options.readonly ?? false });
  if (!options.readonly) for (const p of ['journal_mode = WAL', OWN_COPIES, LOG_KEPT]) raw.pragma(p);
  raw.pragma('synchronous = FULL'); // a stop or a redemption must survive a power cut
  raw.pragma('foreign_keys = ON');
  raw.pragma('busy_timeout = 5000');
  raw.pragma('cache_size = -16000');
  raw.pragma('temp_store = MEMORY');
  if (!options.readonly) raw.pragma('secure_delete = FAST'); // what is deleted is overwritten where that costs no extra write
  return new Db(raw);
}
