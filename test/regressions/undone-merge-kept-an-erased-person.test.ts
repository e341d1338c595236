import type { CustomerId } from '@domain/kernel';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { aShopOf } from '../support/merging';
import { aShopFolder } from '../support/shop-folder';
import { owner } from '../support/test-ctx';

it('somebody who once was part of a record that was merged and taken apart again leaves nothing there when erased', async () => {
  const shop = await aShopFolder();
  const { ctx } = shop;
  const nothing = { sales: 1, notes: 1, codes: 1, texts: 1, replies: 1, campaigns: [], links: 0 };
  const someone = { ...nothing, lastName: 'Person', email: null, birthday: null, note: 'Zqanaxw once', tags: [] };
  const [ana, bo, cy] = aShopOf(ctx.db, [
    { ...someone, firstName: 'Zqanaxw', phone: '+12125557000' },
    { ...someone, note: '', firstName: 'Bo', phone: '+12125557001' },
    { ...someone, note: '', firstName: 'Cy', phone: '+12125557002' },
  ]) as [CustomerId, CustomerId, CustomerId];
  const nobody = { ...owner, staffId: null };
  const first = mergePeople(ctx, nobody, { a: bo, b: ana, take: {} });
  const second = mergePeople(ctx, nobody, { a: cy, b: first.id, take: {} });
  unmergePeople(ctx, nobody, second.mergeId);
  unmergePeople(ctx, nobody, first.mergeId);
  await ctx.tasks.finished(erasePerson(ctx, nobody, { id: ana }).task);
  const kept = ctx.db.raw.prepare('SELECT image FROM customer_merge').pluck().all() as string[];
  expect(kept.filter((image) => /Zqanaxw|2125557000/.test(image))).toEqual([]);
  await shop.close();
});
