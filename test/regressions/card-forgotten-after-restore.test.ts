import type { Db } from '@db/open';
import { contactsLeft } from '@db/queries/outreach';
import type { PhoneE164, SegmentId, UtcMs } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { exportReach, reachLists, reviewReach, takeBackReach } from '@services/outreach/outreach';
import { erasePerson } from '@services/privacy/erase';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const PHONES = ['+16465550001', '+16465550002'] as PhoneE164[];
function people(db: Db): void {
  for (const [i, phone] of PHONES.entries())
    db.prepare(
      `INSERT INTO customer (id, first_name, last_name, phone, phone_kind, street, city, region, postal_code, created_at, updated_at)
       VALUES (?, 'Ana', ?, ?, 'mobile', ?, 'New York', 'NY', '10001', 0, 0)`,
    ).run(i + 1, `Ruiz ${i}`, phone, `${i} Main St`);
}
const send = async (ctx: TestCtx) => {
  const order = {
    channel: 'post' as const,
    source: { segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId },
  };
  return exportReach(ctx, owner, { ...order, token: (await reviewReach(ctx, order)).token });
};
const reached = (ctx: TestCtx) =>
  contactsLeft(ctx.db, PHONES, 0 as UtcMs, null)
    .map((c) => c.address)
    .sort();
const bring = (from: TestCtx, copy: TestCtx) =>
  copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, from.journalled, from.clock.now())).brought;

/*
 * Story: on Wednesday labels were printed and 4,000 cards went to the post. On Thursday Tuesday's copy came back, which knew of no card:
 * the text about the same boots left on Friday, and everybody had both within two days.
 */
it('a card that went out after the copy was made still stands in the way of a text', async () => {
  const [ctx, copy] = [aCtx(), aCtx()];
  for (const c of [ctx, copy]) people(c.db);
  await send(ctx);
  expect(bring(ctx, copy).reached).toBe(2);
  expect(reached(copy)).toEqual(PHONES);
  expect(reachLists(copy, { offset: 0, limit: 5 })).toEqual(reachLists(ctx, { offset: 0, limit: 5 }));
  expect(bring(ctx, copy).reached, 'known').toBe(0);
});

it('a list that was never used stays so, and whoever was erased is on none', async () => {
  const [ctx, copy] = [aCtx(), aCtx()];
  for (const c of [ctx, copy]) people(c.db);
  takeBackReach(ctx, owner, (await send(ctx)).id);
  bring(ctx, copy);
  expect([reached(copy), reachLists(copy, { offset: 0, limit: 5 }).total]).toEqual([[], 0]);
  ctx.clock.advance(60_000);
  await send(ctx); // under the number of the one before
  await ctx.tasks.finished(erasePerson(ctx, owner, { id: 1 as never }).task);
  expect(ctx.journalled.flatMap((j) => (j.kind === 'reached' ? j.row.who : []))).toEqual([2, 2]);
  bring(ctx, copy);
  expect(reached(copy)).toEqual([PHONES[1]]);
});
