import { busyAndSlow } from '@services/reports/over-time';
import { saveShop } from '@services/settings/settings';
import { expect, it } from 'vitest';
import { aFile, importFile, squareItems } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

/** The shop corrected its time zone, and the map of busy hours went on showing those of the old one. */
it('busy hours are of the shop’s clock, also of a clock that was corrected', async () => {
  const ctx = aCtx();
  await importFile(ctx, aFile(squareItems([{ Date: '2026-11-10', Time: '12:30:00', 'Transaction ID': 'T1' }])));
  const hours = async () => (await busyAndSlow(ctx, 4)).cells.filter((c) => c.sales > 0).map((c) => [c.hour, c.net]);
  expect(await hours()).toEqual([[12, 1000]]);
  saveShop(ctx, owner, { ...ctx.settings().shop, zone: 'America/Los_Angeles' as never });
  expect(await hours()).toEqual([[9, 1000]]);
});
