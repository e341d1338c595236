import type { Trx } from '@db/open';
import { BulkWriter } from '@db/queries/bulk';
import { refreshOne, yearBack } from '@db/queries/customer-stats';
import {
  deletePerson,
  identitiesOfImport,
  importOfSale,
  removeSales,
  salesOfImport,
  type TiedIdentity,
  undoneUnder,
  untie,
  usedSales,
  usedSince,
  wholePerson,
} from '@db/queries/import-undo';
import {
  type ChangeImage,
  changedLater,
  changesOf,
  dropChange,
  findImport,
  type ImportChange,
  type KeptWhy,
  lastChangeSeq,
  personRow,
  setSaid,
  unfinishedImport,
  updatePerson,
} from '@db/queries/imports';
import { importUndoneUnder, survivorOf } from '@db/queries/merges';
import { deleteLines, insertLines, saleColumns, updateSale } from '@db/queries/sales';
import { AppError } from '@domain/errors';
import type { FileLine } from '@domain/imports/model';
import type { CustomerId, ImportId, SaleId } from '@domain/kernel';
import { writeInChunks, writeRanges } from '../chunks';
import { forgetSaid } from '../consent/said';
import type { Ctx } from '../ctx';
import { unsettleReceipts } from '../links/settle';
import { giveBackToTill, redeemAgain } from '../offers/till-file';

export type Kept = { what: 'person' | 'sale'; id: number; why: KeptWhy };

/**
 * Puts the shop back to before an import, newest change first, in small transactions that each forget what they put back: cut off
 * anywhere, it goes on where it stopped. Rows used since (texted, redeemed, edited, changed by a later import) stay and are listed.
 */
export async function takeBack(ctx: Ctx, importId: ImportId): Promise<Kept[]> {
  const back = new TakeBack(ctx, importId);
  await back.run();
  return back.kept;
}

/**
 * One import writes at a time. A plan carried out while another is taken back would count receipts as known that are gone a moment
 * later. Throws task.already-running.
 */
export function refuseBeside(ctx: Ctx, id: ImportId): void {
  const other = unfinishedImport(ctx.db, id);
  if (other) throw new AppError('task.already-running', { kind: `import.${other}` });
}

/** Like the import itself: the counter comes first. */
const SMALL = { budgetMs: 6 };

class TakeBack {
  readonly kept: Kept[] = [];
  private readonly touched = new Set<CustomerId>();
  private readonly undoneUnder: ReadonlySet<ImportId>;

  constructor(
    private readonly ctx: Ctx,
    private readonly id: ImportId,
  ) {
    this.undoneUnder = undoneUnder(ctx.db, id);
  }

  async run(): Promise<void> {
    const { db } = this.ctx;
    const redeemed = await giveBackToTill(this.ctx, this.id);
    await unsettleReceipts(this.ctx, this.id);
    await forgetSaid(this.ctx, this.id);
    await writeInChunks(db, this.changes('changed'), (trx, c) => this.restore(trx, c), SMALL);
    await this.removeSales();
    await writeInChunks(db, this.changes('made'), (trx, c) => this.removePerson(trx, c), SMALL);
    await writeInChunks(db, this.identities(), (trx, i) => {
      untie(trx, i);
      this.touched.add(i.customerId);
    });
    const since = yearBack(this.ctx.clock.now(), this.ctx.settings().shop.zone);
    await writeInChunks(db, this.touched, (trx, id) => refreshOne(trx, id, since));
    await redeemAgain(this.ctx, redeemed);
  }

  private *changes(which: 'made' | 'changed'): Generator<ImportChange> {
    for (let below = lastChangeSeq(this.ctx.db, this.id) + 1; ; ) {
      const page = changesOf(this.ctx.db, this.id, below, 200, which);
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      below = last.seq;
    }
  }

  /** Ranges of receipts at a time, as they were brought. */
  private async removeSales(): Promise<void> {
    const { db } = this.ctx;
    const ids = salesOfImport(db, this.id);
    if (!ids) return;
    const first = ids.from - 1;
    const remove = (trx: Trx, from: number, to: number) => {
      const used = usedSales(trx, this.id, first + from, first + to);
      for (const { id, why } of used) this.keep('sale', id, why);
      const people = removeSales(
        trx,
        this.id,
        first + from,
        first + to,
        used.map((u) => u.id),
      );
      for (const who of people) this.touched.add(who);
    };
    const bulk = new BulkWriter(db, this.ctx.importRunner.logKeeper());
    try {
      await writeRanges(bulk, ids.to - first, remove, SMALL);
    } finally {
      await bulk.end();
    }
  }

  private *identities(): Generator<TiedIdentity> {
    for (let after: TiedIdentity | null = null; ; ) {
      const page: TiedIdentity[] = identitiesOfImport(this.ctx.db, this.id, after, 200);
      yield* page;
      after = page.at(-1) ?? null;
      if (!after) return;
    }
  }

  private keep(what: Kept['what'], id: number, why: KeptWhy): void {
    this.kept.push({ what, id, why });
  }

  private restore(trx: Trx, c: ImportChange): void {
    dropChange(trx, this.id, c.seq);
    const id = Number(c.key);
    if (c.table === 'customer_identity') {
      setSaid(trx, findImport(trx, this.id)?.source ?? '', c.key, (c.image.was?.['said'] as string | null | undefined) ?? null);
      return;
    }
    if (c.table === 'customer') {
      this.restorePerson(trx, id as CustomerId, c.image);
      return;
    }
    const now = saleColumns(trx, id as SaleId);
    if (!now) return;
    // lines and amounts belong together: what a later import changed of either keeps both
    if (changedLater(trx, this.id, 'sale', c.key) || changedLater(trx, this.id, 'sale_lines', c.key)) {
      if (c.table === 'sale') this.keep('sale', id, 'later-import');
      return;
    }
    if (c.table === 'sale_lines') {
      deleteLines(trx, id as SaleId);
      insertLines(trx, id as SaleId, (c.image.was?.['lines'] ?? []) as FileLine[]);
      return;
    }
    // whoever it belonged to may have been merged into somebody since
    const was = { ...c.image.was };
    if (typeof was['customer_id'] === 'number') was['customer_id'] = survivorOf(trx, was['customer_id'] as CustomerId);
    // and whoever was given it since by a receipt number or by staff keeps it
    const given = c.image.set?.['customer_id'];
    if ('customer_id' in was && now['customer_id'] !== given && now['customer_id'] !== survivorOf(trx, given as CustomerId)) {
      delete was['customer_id'];
      if (now['customer_id'] !== null) this.keep('sale', id, 'linked');
    }
    updateSale(trx, id as SaleId, was);
    for (const who of [now['customer_id'], was['customer_id']]) if (typeof who === 'number') this.touched.add(who as CustomerId);
    this.removeLeft(trx, id as SaleId);
  }

  /** A receipt an undone import had to leave because of this one goes with it. */
  private removeLeft(trx: Trx, id: SaleId): void {
    const brought = this.undoneUnder.size ? importOfSale(trx, id) : null;
    if (brought === null || !this.undoneUnder.has(brought) || usedSales(trx, brought, id, id).length) return;
    for (const who of removeSales(trx, brought, id, id, [])) this.touched.add(who);
  }

  /** Column by column: what somebody changed since is theirs. */
  private restorePerson(trx: Trx, id: CustomerId, image: ChangeImage): void {
    importUndoneUnder(trx, id, image.was ?? {}, image.set ?? {});
    const now = personRow(trx, id) as Record<string, unknown> | null;
    if (!now) return;
    const set: Record<string, unknown> = {};
    let edited = false;
    for (const [column, value] of Object.entries(image.was ?? {})) {
      if (now[column] === image.set?.[column]) set[column] = value;
      else if (column !== 'updated_at') edited = true;
    }
    if (Object.keys(set).length) updatePerson(trx, id, set);
    if (edited) this.keep('person', id, changedLater(trx, this.id, 'customer', String(id)) ? 'later-import' : 'edited');
  }

  private removePerson(trx: Trx, c: ImportChange): void {
    const id = Number(c.key) as CustomerId;
    const now = wholePerson(trx, id);
    const survivor = now ? null : survivorOf(trx, id);
    if (survivor !== null) {
      importUndoneUnder(trx, id, null, {});
      this.keep('person', survivor, 'merged');
      this.touched.add(survivor);
    }
    if (now) {
      const why = usedSince(trx, this.id, now, c.image.made ?? {});
      if (why) {
        this.keep('person', id, why);
        this.touched.add(id);
      } else {
        deletePerson(trx, id);
        this.touched.delete(id);
      }
    }
    dropChange(trx, this.id, c.seq);
  }
}
