import { adoptLatecomers } from '@db/queries/link-write';
import { findLink, linkedLater, linksOfImport, waitingLinks } from '@db/queries/links';
import type { ImportId } from '@domain/kernel';
import { tiesByItself } from '@domain/links/receipt';
import { writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';
import { refresh, salesOfNumber, tie, untie } from './links';

const PAGE = 200;

/**
 * After an import: numbers that waited for it are tied where there is nothing to ask (rules.md §8); the others show up for the owner.
 * Works in small transactions so that the counter goes first. Returns how many were tied.
 */
export async function settleReceipts(ctx: Ctx, importId: ImportId, signal?: AbortSignal): Promise<number> {
  const { zone } = ctx.settings().shop;
  let tied = 0;
  const waiting = function* () {
    for (let after = 0; ; ) {
      const page = waitingLinks(ctx.db, after, PAGE);
      yield* page.filter((l) => l.auto && l.receiptNo !== null);
      const last = page.at(-1);
      if (!last) return;
      after = last.id;
    }
  };
  await writeInChunks(
    ctx.db,
    waiting(),
    (trx, note) => {
      const link = findLink(trx, note.id);
      if (link?.state !== 'waiting' || link.receiptNo === null) return;
      const hit = tiesByItself(link, salesOfNumber(trx, link.receiptNo), zone);
      if (!hit) return;
      tie(ctx, trx, link, hit.saleId, { staffId: link.staffId, importId, mayTakeOver: false });
      tied++;
    },
    { budgetMs: 6, ...(signal ? { signal } : {}) },
  );
  if (tied > 0) ctx.changed('customers', 'offers', 'reports');
  return tied;
}

/** The same for the end of an import: whatever happens here, the import itself stands. */
export async function settleAfterImport(ctx: Ctx, importId: ImportId): Promise<void> {
  try {
    ctx.db.tx((trx) => refresh(ctx, trx, adoptLatecomers(trx, importId)));
    await settleReceipts(ctx, importId);
  } catch (error) {
    ctx.log.error('receipts after an import', error);
  }
}

/**
 * Before an import is taken back: what it tied by itself is untied, and the numbers wait again, as they did before it. What was moved
 * on to somebody else since was decided by a person and stays.
 */
export async function unsettleReceipts(ctx: Ctx, importId: ImportId): Promise<void> {
  await writeInChunks(ctx.db, linksOfImport(ctx.db, importId), (trx, l) => {
    const link = findLink(trx, l.id);
    if (link?.state === 'linked' && link.importId === importId && !linkedLater(trx, link)) untie(ctx, trx, link, null);
  });
}
