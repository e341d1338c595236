import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { type ConsentTrx, withConsent } from './ledger';

/**
 * Many consent events (an import) in transactions of about `budgetMs`, each journalled after its commit, with a turn for other work
 * between them: `writeInChunks` for the ledger. Returns how many items were written.
 */
export async function consentInChunks<T>(
  ctx: Ctx,
  items: Iterable<T>,
  write: (trx: ConsentTrx, item: T) => void,
  options: { budgetMs?: number; signal?: AbortSignal; onChunk?: (written: number) => void } = {},
): Promise<number> {
  const budget = options.budgetMs ?? 8;
  let written = 0;
  const rest = items[Symbol.iterator]();
  for (let done = false; !done; ) {
    options.signal?.throwIfAborted();
    withConsent(ctx, (trx) => {
      const until = performance.now() + budget;
      while (performance.now() < until) {
        const next = rest.next();
        if (next.done) {
          done = true;
          return;
        }
        write(trx, next.value);
        written++;
      }
    });
    options.onChunk?.(written);
    await nextTurn();
  }
  return written;
}
