import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BulkWriter } from '@db/queries/bulk';
import { commitImport } from '@services/imports/commit';
import { importReport } from '@services/imports/report';
import { expect, it } from 'vitest';
import { aFile, dump, preview, squareItems } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const onDisk = () => createDb(join(mkdtempSync(join(tmpdir(), 'regulars-bulk-')), 'shop.sqlite'));

/** The disk filled up while a sale at the counter ended the import's open transaction: the import was told nothing and called done. */
it('what a bulk could not write is its own failure: not that of the counter, and never counted as done', async () => {
  const db = onDisk();
  db.raw.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT');
  db.raw.exec('CREATE TABLE child (of INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED) STRICT');
  db.raw.exec('CREATE TABLE sold (n INTEGER) STRICT');
  const bulk = new BulkWriter(db, null);
  bulk.step(1, (trx) => void trx.prepare('INSERT INTO child VALUES (1)').run()); // COMMIT will refuse this
  db.tx((trx) => void trx.prepare('INSERT INTO sold VALUES (7)').run());
  expect(db.prepare('SELECT n FROM sold').pluck().all()).toEqual([7]);
  expect(() => bulk.step(1, () => undefined)).toThrow(/FOREIGN KEY/);
  await expect(bulk.end()).rejects.toThrow(/FOREIGN KEY/);
  expect(db.prepare('SELECT count(*) FROM child').pluck().get()).toBe(0);
  expect(db.raw.pragma('synchronous', { simple: true })).toBe(2);
});

it('an import whose rows found no room is taken back whole and can be made again', async () => {
  const ctx = aCtx({ db: onDisk() });
  const rows = Array.from({ length: 3000 }, (_, i) => ({
    'Transaction ID': `T${i}`,
    Item: `Hat ${i}`,
    'Net Sales': '$5.00',
    'Gross Sales': '$5.00',
  }));
  const file = aFile(squareItems(rows));
  const { id } = await preview(ctx, file);
  const before = dump(ctx.db);
  ctx.db.raw.pragma(`max_page_count = ${(ctx.db.raw.pragma('page_count', { simple: true }) as number) + 20}`);
  await expect(ctx.tasks.finished(commitImport(ctx, owner, { id }).task)).rejects.toThrow();
  ctx.db.raw.pragma('max_page_count = 1000000');
  expect(importReport(ctx, id).state).not.toBe('done');
  expect(dump(ctx.db)).toBe(before);
  const again = await preview(ctx, file);
  await ctx.tasks.finished(commitImport(ctx, owner, { id: again.id }).task);
  expect(ctx.db.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(3000);
});
