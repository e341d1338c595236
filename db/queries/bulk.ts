import type { Db, Trx } from '../open';

/** The thread that sees to the write-ahead log (ports/import-runner.ts). */
export interface LogKeeper {
  /** Takes what was written to the disk. */
  sync(): Promise<void>;
  /** Copies the log into the shop file as far as nobody reads it; resolves with the pages it held. */
  copy(): Promise<number>;
  end(): Promise<void>;
}

/** Pages of 4 KB: about 160 MB. Above it the bulk waits until the log can start anew; the counter goes on. */
const LOG_LIMIT = 40_000;
/** Copying often writes the same pages of the indexes again and again. */
const COPY_EVERY = 48;
const OWN_COPIES = 'wal_autocheckpoint = 1000';
const CACHE = 'cache_size = -40000';
const LOG_KEPT = 'journal_size_limit = 16000000';

/**
 * Many small transactions in a row, written so that the counter between them stays quick:
 * - they do not wait for the disk each (`synchronous = NORMAL`); every other transaction does and takes all before it to the disk with
 *   it, so a stop or a redemption survives a power cut as ever, and a bulk that was cut off is taken back by what the log tells
 * - a thread beside takes them to the disk and copies the log into the shop file, so that no other commit has to
 * Call `end` whatever happens.
 */
export class BulkWriter {
  private log = 0;
  private turn = 0;
  private syncing: Promise<void> | null = null;
  private copying: Promise<void> | null = null;

  constructor(
    private readonly db: Db,
    private keeper: LogKeeper | null,
  ) {
    if (!keeper) return;
    db.raw.pragma('wal_autocheckpoint = 0');
    db.raw.pragma(CACHE);
  }

  /** One transaction of the bulk. */
  tx(fn: (trx: Trx) => void): void {
    if (!this.keeper) {
      this.db.tx(fn);
      return;
    }
    this.db.raw.pragma('synchronous = NORMAL');
    try {
      this.db.tx(fn);
    } finally {
      this.db.raw.pragma('synchronous = FULL');
    }
  }

  /** Between two transactions: waits only when the log has grown too long. */
  async breathe(): Promise<void> {
    if (!this.keeper) return;
    if (this.log >= LOG_LIMIT) {
      await this.copying;
      await this.copy(); // nothing is written meanwhile: the log is copied to its end, and the next write begins it anew
      this.log = 0;
    } else if (++this.turn % COPY_EVERY === 0) {
      this.copying ??= this.copy().finally(() => {
        this.copying = null;
      });
    } else if (!this.copying) {
      this.syncing ??= this.sync();
    }
  }

  private async sync(): Promise<void> {
    await this.keeper?.sync().catch(() => this.alone());
    this.syncing = null;
  }

  private async copy(): Promise<void> {
    this.log = (await this.keeper?.copy().catch(() => this.alone())) ?? 0;
  }

  /** Without its thread the bulk goes on as every other writer does: commits see to the log themselves. */
  private alone(): undefined {
    if (this.keeper) this.usual();
    this.keeper = null;
    return undefined;
  }

  private usual(): void {
    for (const p of [OWN_COPIES, 'cache_size = -16000', LOG_KEPT, 'shrink_memory']) this.db.raw.pragma(p);
  }

  async end(): Promise<void> {
    await this.syncing;
    await this.copying;
    if (!this.keeper) return;
    await this.copy();
    const { keeper } = this;
    if (!keeper) return;
    this.usual();
    await keeper.end();
  }
}

/** On the log keeper's own connection: how many pages the log held, after copying those that no reader needs. */
export function copyLog(db: Db): number {
  const [r] = db.raw.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
  return r?.log ?? 0;
}
