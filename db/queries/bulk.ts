import { statSync } from 'node:fs';
import { type Db, LOG_KEPT, OWN_COPIES, type Trx } from '../open';

/**
 * A transaction of what can be counted anew at any time: it does not wait for the disk. The next one that does takes it along; after a
 * power cut before that, rows and the notes of who is behind are both as they were.
 */
export function derivedTx<T>(db: Db, fn: (trx: Trx) => T extends Promise<unknown> ? never : T): T {
  db.settle();
  if (db.raw.inTransaction) return db.tx(fn);
  db.raw.pragma('synchronous = NORMAL');
  try {
    return db.tx(fn);
  } finally {
    db.raw.pragma('synchronous = FULL');
  }
}

/** The thread that sees to the write-ahead log (ports/import-runner.ts). */
export interface LogKeeper {
  /** Takes what was written to the disk. */
  sync(): Promise<void>;
  /** Copies the log into the shop file as far as nobody reads it; resolves with the pages it held. */
  copy(): Promise<number>;
  end(): Promise<void>;
}

/**
 * Bytes of log (a million receipt lines make about twice as many). Above it the bulk waits until the log was copied and can start anew;
 * the counter goes on. Rarely, because a redemption that falls into the copying waits for the disk with it (p99 measured: about half of
 * that with a copy every few steps), and because each copy writes the same pages of the indexes again.
 */
const LOG_LIMIT = 400_000_000;
/** Steps between two looks at how long the log is. */
const LOOK_EVERY = 16;

/** How long writing a transaction into the log may hold up the thread: it is as long as its pages are many. */
const COMMIT_MS = 3;

/**
 * Writes much in steps of a few milliseconds, so that the counter between them stays quick:
 * - several steps share a transaction, for every transaction writes all pages it touched, and indexes over random ids are touched
 *   everywhere. Whoever reads between two steps is answered at once; before anybody else writes, the transaction is ended (Db.settle)
 * - it does not wait for the disk (`synchronous = NORMAL`); every other transaction does and takes all before it to the disk with it,
 *   so a stop or a redemption survives a power cut as ever, and a bulk that was cut off is taken back by what the log tells
 * - a thread beside takes it to the disk and copies the log into the shop file, so that no other commit has to
 * Call `end` whatever happens.
 */
export class BulkWriter {
  private turn = 0;
  /** Items in the open transaction, and how many it may have. */
  private items = 0;
  private most = 500;
  /** Why a transaction could not be ended; the bulk is told at its next step, not whoever ended it. */
  private failed: { error: unknown } | null = null;
  private syncing: Promise<void> | null = null;

  constructor(
    private readonly db: Db,
    private keeper: LogKeeper | null,
  ) {
    if (!keeper) return;
    db.raw.pragma('wal_autocheckpoint = 0');
  }

  /** One step of the bulk, with `items` rows of whatever it writes. */
  step(items: number, fn: (trx: Trx) => void): void {
    const { raw } = this.db;
    this.mayGoOn();
    if (!this.items) this.db.settle();
    try {
      if (!this.items) {
        if (this.keeper) raw.pragma('synchronous = NORMAL');
        raw.exec('BEGIN IMMEDIATE');
      }
      this.db.hold(null);
      this.items += items;
      fn(this.db as Trx);
    } catch (error) {
      this.takeBack();
      throw error;
    }
    this.db.hold(() => this.commit());
  }

  /** Whoever writes next ends it: that its pages found no room is not their trouble, but the bulk's. */
  private commit(): void {
    try {
      this.db.raw.exec('COMMIT');
      this.over();
    } catch (error) {
      this.failed = { error };
      this.takeBack();
    }
  }

  private takeBack(): void {
    if (this.db.raw.inTransaction) this.db.raw.exec('ROLLBACK');
    this.over();
  }

  private mayGoOn(): void {
    if (this.failed) throw this.failed.error;
  }

  private over(): void {
    this.items = 0;
    if (this.keeper) this.db.raw.pragma('synchronous = FULL');
  }

  /** Between two steps: ends the transaction when it is large enough, and waits when the log has grown too long. */
  async breathe(): Promise<void> {
    const { items } = this;
    if (items < this.most) return;
    const t = performance.now();
    this.db.settle();
    this.mayGoOn();
    const took = performance.now() - t;
    this.most = Math.max(200, Math.round(items * Math.min(1.5, Math.max(0.4, COMMIT_MS / Math.max(took, 0.1)))));
    if (!this.keeper) return;
    if (++this.turn % LOOK_EVERY === 0 && logLength(this.db) >= LOG_LIMIT) {
      await this.syncing;
      await this.copy(); // nothing is written meanwhile: the log is copied to its end, and the next write begins it anew
    } else this.syncing ??= this.sync();
  }

  private async sync(): Promise<void> {
    await this.keeper?.sync().catch(() => this.alone());
    this.syncing = null;
  }

  private async copy(): Promise<void> {
    await this.keeper?.copy().catch(() => this.alone());
  }

  /** Without its thread the bulk goes on as every other writer does: commits see to the log themselves. */
  private alone(): undefined {
    if (this.keeper) this.usual();
    this.keeper = null;
    return undefined;
  }

  private usual(): void {
    for (const p of [OWN_COPIES, LOG_KEPT, 'shrink_memory']) this.db.raw.pragma(p);
  }

  /** Ends what is open and lets the thread go. Throws when a transaction of the bulk could not be ended. */
  async end(): Promise<void> {
    this.db.settle();
    await this.syncing;
    for (let n = 0; n < 2 && this.keeper; n++) await this.copy(); // twice: what the counter wrote during the first is few pages
    const { keeper } = this;
    if (keeper) {
      this.usual();
      await keeper.end();
    }
    this.mayGoOn();
  }
}

const logLength = (db: Db): number => statSync(`${db.raw.name}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** On the log keeper's own connection: how many pages the log held, after copying those that no reader needs. */
export function copyLog(db: Db): number {
  const [r] = db.raw.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
  return r?.log ?? 0;
}

/** How many megabytes of the shop file a thread beside the counter's may keep in memory. */
export function limitCache(db: Db, megabytes: number): void {
  db.raw.pragma(`cache_size = -${megabytes * 1000}`);
}
