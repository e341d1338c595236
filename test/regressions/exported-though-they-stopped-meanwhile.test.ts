import type { PhoneE164, SegmentId } from '@domain/kernel';
import { recordStop, withConsent } from '@services/consent/index';
import { exportReach, reachLists, reviewReach } from '@services/outreach/outreach';
import { erasePerson } from '@services/privacy/erase';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * Story: a list of 40,000 took some seconds to write. In one of them somebody at the counter said "no more post, please", and in another
 * somebody was erased; both stood in the file all the same, for it was made of who had been on the list when it was begun.
 */
it.each(['stopped', 'erased'])('a list is refused when somebody on it was %s while it was being written', async (how) => {
  const ctx = aCtx();
  for (let i = 1; i <= 60; i++)
    ctx.db
      .prepare(
        `INSERT INTO customer (id, first_name, last_name, phone, phone_kind, street, city, region, postal_code, created_at, updated_at)
         VALUES (?, 'Ana', ?, ?, 'mobile', ?, 'New York', 'NY', '10001', 0, 0)`,
      )
      .run(i, `Ruiz ${i}`, `+16465550${100 + i}`, `${i} Main St`);
  const order = {
    channel: 'post' as const,
    source: { segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId },
  };
  const { token } = await reviewReach(ctx, order);
  const list = exportReach(ctx, owner, { ...order, token });
  setImmediate(() => {
    expect(ctx.db.prepare('SELECT count(*) FROM contact').pluck().get(), 'in the middle of it').toBeLessThan(60);
    if (how === 'erased') erasePerson(ctx, owner, { id: 7 as never });
    else {
      const phone = '+16465550107' as PhoneE164;
      withConsent(ctx, (trx) => recordStop(ctx, trx, { phone, method: 'counter', reason: 'said', carrierStop: false, occurredAt: NOON }));
    }
  });
  await expect(list).rejects.toMatchObject({ code: 'outreach.changed', params: { people: 59 } });
  expect(reachLists(ctx, { offset: 0, limit: 5 }).total, 'nothing left, so nothing counts').toBe(0);
  expect(ctx.journalled.filter((j) => j.kind === 'reached')).toEqual([]);
  expect((await exportReach(ctx, owner, { ...order, token: (await reviewReach(ctx, order)).token })).people).toBe(59);
});
