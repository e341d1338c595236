import { readMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { expect, it } from 'vitest';
import { aShopFolder } from '../support/shop-folder';
import { owner } from '../support/test-ctx';

/*
 * Story: the owner picks a copy from the wrong folder: the practice shop's, or a second shop's. It took the shop's place. The numbers
 * in it are sealed with another key, so every stop looked like "never asked"; and a practice file stood in the real shop's folder.
 */
it('a backup of another shop is refused and nothing is touched', async () => {
  const nobody = { ...owner, staffId: null };
  const shop = await aShopFolder();
  const other = await aShopFolder();
  const { path } = await makeBackup(other.ctx);
  const refused = await restoreBackup(shop.ctx, nobody, path).then(
    () => null,
    (e: unknown) => e,
  );
  expect(refused).toBeInstanceOf(AppError);
  expect((refused as AppError).code).toBe('backup.other-shop');
  expect(readMeta(shop.ctx.db, 'epoch')).toBe('1');

  const own = await makeBackup(shop.ctx);
  await expect(restoreBackup(shop.ctx, nobody, own.path)).resolves.toMatchObject({ pausedCampaigns: 0 });
  await shop.close();
  await other.close();
});
