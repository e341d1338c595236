import type { Db, Trx } from '@db/open';
import type { BulkWriter } from '@db/queries/bulk';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Bulk writes in transactions of about `budgetMs`, giving the event loop a turn between them, so that a counter command
 * waiting in the queue goes first. Returns how many items were written.
 */
export async function writeInChunks<T>(
  db: Db,
  items: Iterable<T> | AsyncIterable<T>,
  write: (trx: Trx, item: T) => void,
  options: { budgetMs?: number; signal?: AbortSignal; onChunk?: (written: number) => void } = {},
): Promise<number> {
  const budget = options.budgetMs ?? 8;
  let written = 0;
  let batch: T[] = [];
  let size = 16; // adapts to what fits the budget
  const flush = async () => {
    options.signal?.throwIfAborted();
    const now = batch;
    batch = [];
    const t = performance.now();
    db.tx((trx) => {
      for (const item of now) write(trx, item);
    });
    const took = performance.now() - t;
    written += now.length;
    size = Math.max(1, Math.min(2000, Math.round(size * Math.min(2, Math.max(0.25, budget / Math.max(took, 0.1))))));
    options.onChunk?.(written);
    await nextTurn();
  };
  for await (const item of items) {
    batch.push(item);
    if (batch.length >= size) await flush();
  }
  if (batch.length) await flush();
  return written;
}

/** Smaller pieces would write the same pages of the indexes again and again: on a busy machine everything would get slower still. */
const LEAST = 200;

/**
 * The same for work that is done by ranges: `write` takes `from`..`to` (both included) of `count` at once, as many as fit the budget.
 * With a bulk writer the disk is waited for by other transactions only (db/queries/bulk.ts).
 */
export async function writeRanges(
  db: Db,
  count: number,
  write: (trx: Trx, from: number, to: number) => void,
  options: { budgetMs?: number; signal?: AbortSignal; onChunk?: (written: number) => void; bulk?: BulkWriter | undefined } = {},
): Promise<void> {
  const budget = options.budgetMs ?? 8;
  const { bulk } = options;
  let size = LEAST;
  for (let from = 1; from <= count; ) {
    options.signal?.throwIfAborted();
    const to = Math.min(count, from + size - 1);
    const t = performance.now();
    const range = (trx: Trx) => write(trx, from, to);
    if (bulk) bulk.tx(range);
    else db.tx(range);
    const took = performance.now() - t;
    size = Math.max(LEAST, Math.round((to - from + 1) * Math.min(2, Math.max(0.25, budget / Math.max(took, 0.1)))));
    from = to + 1;
    options.onChunk?.(to);
    await bulk?.breathe();
    await nextTurn();
  }
}
