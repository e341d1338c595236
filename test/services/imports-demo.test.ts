import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshCustomerStats } from '@db/queries/customer-stats';
import { seedShop, writeSquareExport } from '@db/seed/index';
import { addDays, shopDay } from '@domain/calendar';
import { expect, it } from 'vitest';
import { dump, importFile, preview, undo } from '../support/imports';
import { aCtx, NOON } from '../support/test-ctx';

it('the demo shop takes next week’s three exports: figures agree, the parts merge, and all of it can be taken back', async () => {
  const ctx = aCtx();
  seedShop(ctx.db, { now: NOON, people: 300, hmacKey: ctx.hmacKey });
  const zone = ctx.settings().shop.zone;
  const today = shopDay(NOON, zone);
  refreshCustomerStats(ctx.db, 'all', zone, NOON);
  const before = dump(ctx.db);
  const dir = mkdtempSync(join(tmpdir(), 'regulars-export-'));
  const file = writeSquareExport(ctx.db, dir, { from: addDays(today, -1), to: addDays(today, 5), newPeople: 5 });
  const items = await importFile(ctx, file.items);
  expect(items.counts).toMatchObject({ rejected: 0, sales: { new: file.figures.sales + file.figures.refunds, same: 0 } });
  expect(items.plan?.months.reduce((n, m) => n + m.net, 0)).toBe(file.figures.net);
  expect(items.plan?.months.reduce((n, m) => n + m.tax, 0)).toBe(file.figures.tax);
  const transactions = await importFile(ctx, file.transactions);
  expect(transactions.counts?.sales.new).toBe(0);
  const people = await importFile(ctx, file.customers);
  expect(people.counts).toMatchObject({ rejected: 0, people: { new: 5 } });
  for (const path of [file.items, file.transactions, file.customers]) {
    const again = await preview(ctx, path);
    expect([again.counts?.sales.new, again.counts?.sales.changed, again.counts?.people.new, again.counts?.people.changed]).toEqual([
      0, 0, 0, 0,
    ]);
  }
  const sums = 'SELECT id, visits, spend, visits_365, median_gap_days, last_visit_at, last_item FROM customer ORDER BY id';
  const kept = ctx.db.raw.prepare(sums).all();
  refreshCustomerStats(ctx.db, 'all', zone, ctx.clock.now());
  expect(ctx.db.raw.prepare(sums).all()).toEqual(kept);
  for (const r of [people, transactions, items]) expect((await undo(ctx, r.id)).counts?.keptTotal).toBe(0);
  expect(dump(ctx.db)).toBe(before);
});
