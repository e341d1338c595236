import type { Db, Trx } from '@db/open';
import { type BulkWriter, derivedTx } from '@db/queries/bulk';

/** A turn of the event loop: what waits at the counter goes first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Work that says where it may be cut (`yield`), in turns of about `budgetMs`: what waits at the counter goes first. What it reads must not
 * change between two turns.
 */
export async function inTurns<T>(
  work: Generator<void, T>,
  options: { budgetMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const budget = options.budgetMs ?? 8;
  for (;;) {
    options.signal?.throwIfAborted();
    const from = performance.now();
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() - from < budget);
    await nextTurn();
  }
}

/** The same for one thing after the other. */
export function eachInTurns<T>(
  items: Iterable<T>,
  each: (item: T) => void,
  options: { budgetMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  return inTurns(
    (function* () {
      for (const item of items) {
        each(item);
        yield;
      }
    })(),
    options,
  );
}

/**
 * Bulk writes in transactions of about `budgetMs` of work, giving the event loop a turn between them, so that a counter command
 * waiting in the queue goes first. Returns how many items were written.
 */
export async function writeInChunks<T>(
  db: Db,
  items: Iterable<T> | AsyncIterable<T>,
  write: (trx: Trx, item: T) => void,
  options: {
    budgetMs?: number;
    signal?: AbortSignal;
    onChunk?: (written: number) => void;
    /** What can be counted anew at any time does not wait for the disk. */
    derived?: true;
  } = {},
): Promise<number> {
  const budget = options.budgetMs ?? 8;
  let written = 0;
  let batch: T[] = [];
  let size = 16; // adapts to what fits the budget
  const flush = async () => {
    options.signal?.throwIfAborted();
    const t = performance.now();
    let worked = t;
    let done = 0;
    const chunk = (trx: Trx): void => {
      for (const item of batch) {
        write(trx, item);
        done++;
        worked = performance.now();
        if (worked - t > 2 * budget) break; // what follows is heavier than what came before: the rest is the next chunk
      }
    };
    if (options.derived) derivedTx(db, chunk);
    else db.tx(chunk);
    // Waiting for the disk takes what it takes, however little is written: on a slow one smaller chunks would only be more of them.
    const took = worked - t;
    written += done;
    batch = batch.slice(done);
    size = Math.max(1, Math.min(2000, Math.round(done * Math.min(2, Math.max(0.25, budget / Math.max(took, 0.1))))));
    options.onChunk?.(written);
    await nextTurn();
  };
  for await (const item of items) {
    batch.push(item);
    if (batch.length >= size) await flush();
  }
  while (batch.length > 0) await flush();
  return written;
}

/**
 * The same for work that is done by ranges: `write` takes `from`..`to` (both included) of `count` at once, as many as fit the budget.
 * The bulk writer decides which of them share a transaction (db/queries/bulk.ts).
 */
export async function writeRanges(
  bulk: BulkWriter,
  count: number,
  write: (trx: Trx, from: number, to: number) => void,
  options: { budgetMs?: number; signal?: AbortSignal; onChunk?: (written: number) => void } = {},
): Promise<void> {
  const budget = options.budgetMs ?? 8;
  let size = 64;
  for (let from = 1; from <= count; ) {
    options.signal?.throwIfAborted();
    const to = Math.min(count, from + size - 1);
    const t = performance.now();
    bulk.step(to - from + 1, (trx) => write(trx, from, to));
    const took = performance.now() - t;
    // grows slowly: the next range may touch pages that are not in memory yet
    size = Math.max(32, Math.round((to - from + 1) * Math.min(1.25, Math.max(0.25, budget / Math.max(took, 0.1)))));
    from = to + 1;
    await nextTurn();
    await bulk.breathe();
    options.onChunk?.(to);
    await nextTurn();
  }
}
