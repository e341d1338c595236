import type { Db, Trx } from '@db/open';

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
