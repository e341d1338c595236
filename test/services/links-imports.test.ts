import type { CustomerId, ImportId } from '@domain/kernel';
import { commitImport } from '@services/imports/commit';
import { confirmLink, undoLink } from '@services/links/links';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dump, importFile, preview, undo } from '../support/imports';
import { aPerson, file, history, note, type Row, saleId, stats, theirs } from '../support/links';
import { refusal } from '../support/refusal';
import { aCtx, clerk, owner, type TestCtx } from '../support/test-ctx';

describe('links and imports in any order', () => {
  const row = fc.record({
    no: fc.constantFrom('AAAA', 'BBBB', 'CCCC', 'DDDD'),
    till: fc.constantFrom('CUST1', 'CUST2', ''),
    day: fc.constantFrom('2026-11-10', '2026-11-16', '2026-11-17'),
  });
  const rows = fc.uniqueArray(row, { selector: (r) => r.no, minLength: 1, maxLength: 4 });
  const bare = (ctx: TestCtx) =>
    ctx.db.raw
      .prepare('SELECT s.source_sale_id AS no, c.first_name AS who FROM sale s LEFT JOIN customer c ON c.id = s.customer_id ORDER BY 1')
      .all();

  it('linking, then undoing, leaves the file as it was, whatever was imported between', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.nat(), async (first, second, pick) => {
        const later = second.filter((r) => !first.some((f) => f.no === r.no));
        const [ctx, never] = [aCtx(), aCtx()];
        for (const c of [ctx, never]) {
          await importFile(c, file(first));
          aPerson(c);
        }
        const ana = 1 as CustomerId;
        const no = (first[pick % first.length] as Row).no;
        const linkId = note(ctx, ana, no);
        confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, no) });
        if (later.length) for (const c of [ctx, never]) await importFile(c, file(later));
        undoLink(ctx, owner, linkId);
        expect(dump(ctx.db)).toBe(dump(never.db));
      }),
      { numRuns: 20 },
    );
  });

  it('the same sales are theirs whether the link came before a file, after it, or between its preview and its end', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (first, second) => {
        const later = second.filter((r) => !first.some((f) => f.no === r.no));
        if (!later.length) return;
        const no = (first[0] as Row).no;
        const link = (ctx: TestCtx) => confirmLink(ctx, clerk, { linkId: note(ctx, 1 as CustomerId, no), saleId: saleId(ctx, no) });
        const orders: ((ctx: TestCtx) => Promise<unknown>)[] = [
          async (ctx) => {
            link(ctx);
            await importFile(ctx, file(later));
          },
          async (ctx) => {
            await importFile(ctx, file(later));
            link(ctx);
          },
          async (ctx) => {
            const { id } = await preview(ctx, file(later));
            link(ctx);
            await ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
          },
        ];
        const results: unknown[] = [];
        for (const order of orders) {
          const ctx = aCtx();
          await importFile(ctx, file(first));
          aPerson(ctx);
          await order(ctx);
          results.push([bare(ctx), stats(ctx, 1 as CustomerId)]);
        }
        expect(results[1]).toEqual(results[0]);
        expect(results[2]).toEqual(results[0]);
      }),
      { numRuns: 12 },
    );
  });

  it('a plan made before a link was undone is made again', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    const { id } = await preview(ctx, file([{ no: 'FFFF', day: '2026-11-17', till: 'CUST1' }]));
    undoLink(ctx, owner, linkId);
    expect(refusal(() => commitImport(ctx, owner, { id }))).toBe('import.shop-changed');
  });

  it('undoing the import keeps what a receipt tied, and lists it', async () => {
    const ctx = aCtx();
    const { id } = await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    const undone = await undo(ctx, id as ImportId);
    expect(undone.counts?.keptTotal).toBe(3);
    expect(new Set(undone.counts?.kept.map((k) => k.why))).toEqual(new Set(['linked']));
    expect(theirs(ctx, ana)).toEqual(['T-AAAA', 'T-BBBB', 'T-CCCC']);
    expect(theirs(ctx, null)).toEqual([]);
  });
});
