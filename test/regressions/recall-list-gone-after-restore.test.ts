import { insertCustomer } from '@db/queries/customers';
import { type CustomerId, HOUR, type ShopDay } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { recordServicePermission, withConsent } from '@services/consent';
import { markReached, noticedPeople, previewNotice, saveNotice, sendNotice } from '@services/recalls/notices';
import { afterEach, expect, it } from 'vitest';
import { aBoughtShop } from '../support/bought';
import { aNewYorker, type SendingShop } from '../support/sending-shop';
import { owner, type TestCtx } from '../support/test-ctx';

/**
 * The harm: an older copy came back with the recall as a draft; pressed again, it texted everybody anew, and the list of whom to call,
 * with those who had been reached, was gone.
 */
let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/** What a copy made at this moment knows. */
function copyOf(ctx: TestCtx) {
  const tables = ['notice', 'notice_person'];
  const rows = tables.map((t) => [t, ctx.db.raw.prepare(`SELECT * FROM ${t}`).all() as Record<string, unknown>[]] as const);
  return () => {
    for (const t of ['outbox_step', 'outbox_attempt', 'outbox', 'notice_person', 'notice']) ctx.db.raw.exec(`DELETE FROM ${t}`);
    for (const [t, all] of rows)
      for (const r of all) {
        const names = Object.keys(r);
        ctx.db.raw.prepare(`INSERT INTO ${t} (${names.join(', ')}) VALUES (${names.map((k) => `@${k}`).join(', ')})`).run(r);
      }
  };
}
const replay = (ctx: TestCtx) => ctx.db.tx((trx) => replayJournal(trx, ctx.hmacKey, ctx.journalled, ctx.clock.now()));

it.each(['a draft', 'nothing'])('the copy knew %s of it: it stands as sent, with its list and who was reached', async (knew) => {
  const made = await aBoughtShop();
  shop = made.s;
  const { ctx } = made.s;
  const [abe, bea, cal] = ['Abe', 'Bea', 'Cal'].map((firstName, i) =>
    ctx.db.tx((trx) => insertCustomer(trx, { firstName, phone: aNewYorker(i) }, ctx.clock.now())),
  ) as [CustomerId, CustomerId, CustomerId];
  for (const to of [abe, bea, cal]) made.sold({ to, day: '2026-03-10', item: 'Comet heater' });
  withConsent(ctx, (trx) => recordServicePermission(ctx, trx, { phone: aNewYorker(0), occurredAt: ctx.clock.now(), method: 'screen' }));
  const before = copyOf(ctx);
  const { id } = saveNotice(ctx, owner, {
    id: null,
    kind: 'recall',
    name: '',
    goods: { what: 'item', names: ['Comet heater'], variant: '' },
    fromDay: '2026-03-01' as ShopDay,
    untilDay: '2026-03-31' as ShopDay,
    bodyEn: 'Corner Shoes: please stop using the Comet heater, it can overheat. Bring it back for a full refund.',
    bodyEs: '',
  });
  const restore = knew === 'nothing' ? before : copyOf(ctx);
  const { token } = await previewNotice(ctx, id);
  await sendNotice(ctx, owner, { id, token });
  shop.advance(HOUR);
  markReached(ctx, owner, { id, customerId: bea, reached: true });

  restore();
  const { brought } = replay(ctx);
  expect(brought.notices).toBeGreaterThan(0);
  expect(noticedPeople(ctx, id, { offset: 0, limit: 10 }).rows.map((p) => [p.name, p.reason !== null, p.toldAt !== null])).toEqual([
    ['Bea', true, true],
    ['Cal', true, false],
    ['Abe', false, false],
  ]);
  await expect(sendNotice(ctx, owner, { id, token })).rejects.toMatchObject({ code: 'notice.bad-state' });
});
