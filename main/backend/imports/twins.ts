import type { Db } from '@db/open';
import { otherSources } from '@db/queries/import-decisions';
import { findSale } from '@db/queries/sales';
import { AppError } from '@domain/errors';
import type { SaleRow } from '@domain/imports/merge';

/** Fewer may be chance. */
const MIN = 3;

/**
 * Receipts of sheets the owner explained are known by the name they gave the till. Given another name (or recognised by itself since)
 * the same receipts would be new: those that stand under another name with their number, moment and amount are counted here.
 */
export class Twins {
  private readonly others: ReturnType<typeof otherSources>;
  private readonly found = new Map<string, { sure: number; maybe: number }>();
  private fresh = 0;

  constructor(
    private readonly shop: Db,
    source: string,
  ) {
    this.others = otherSources(shop, source);
  }

  /** A receipt that is new under this name. */
  met(id: string, row: SaleRow): void {
    if (!this.others.length) return;
    this.fresh++;
    // without a number two tills of one shop sell the same thing in the same minute often enough
    const sure = row.time_known === 1 && !id.startsWith('row:');
    for (const { source } of this.others) {
      const other = findSale(this.shop, source, id)?.row;
      if (other?.occurred_at !== row.occurred_at || other.net + other.tax !== row.net + row.tax) continue;
      const n = this.found.get(source) ?? { sure: 0, maybe: 0 };
      n[sure ? 'sure' : 'maybe']++;
      this.found.set(source, n);
    }
  }

  /** Throws import.other-name {other, file}: taking the file would count sales twice. */
  refuse(): void {
    for (const { source, till, file } of this.others) {
      const n = this.found.get(source);
      if (n && (n.sure >= MIN || (n.maybe >= MIN && n.maybe * 2 > this.fresh)))
        throw new AppError('import.other-name', { other: till, file });
    }
  }
}
