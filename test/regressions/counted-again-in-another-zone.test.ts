import { saveShop } from '@services/settings/settings';
import { expect, it } from 'vitest';
import { aFile, importFile } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

/** A list without receipt numbers came in a second time, as new sales, after the shop had corrected its time zone. */
it('sales without a number are known again after the time zone was corrected', async () => {
  const ctx = aCtx();
  const file = aFile('Day,Item,Paid\n2026-07-04 10:15:00,Tea,3.50\n2026-07-04 10:15:00,Tea,3.50\n2026-11-02 09:00:00,Cup,12.00\n');
  const mapping = { kind: 'sales' as const, till: 'Book', columns: { date: [0], item: [1], total: [2] } };
  await importFile(ctx, file, { mapping });
  saveShop(ctx, owner, { ...ctx.settings().shop, zone: 'America/Chicago' as never });
  const again = await importFile(ctx, file, { mapping });
  expect(again.counts?.sales.new).toBe(0);
  expect(ctx.db.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(3);
  expect(ctx.db.prepare('SELECT min(occurred_at) FROM sale').pluck().get()).toBe(Date.UTC(2026, 6, 4, 15, 15));
});
