import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECOND } from '@domain/kernel';
import { recoverSending } from '@services/outbox/reconcile';
import { sendingStatus } from '@services/outbox/status';
import { afterEach, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aSendingCampaign, aSendingShop, countStates, PRICE, type SendingShop, stateOf } from '../support/sending-shop';
import { createDb } from '../support/test-db';

/* A restart in the middle of a very large campaign: what was cut off is found, the next leave, nobody twice, nobody lost. */
const ALL = 100_000;
const KNOWN = 340;

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

it('100,000 waiting: what was cut off is found first, the next leave in order, and the sum stays', async () => {
  const db = createDb(join(mkdtempSync(join(tmpdir(), 'regulars-large-')), 'shop.sqlite'));
  const s = await aSendingShop({ db });
  shop = s;
  const { ctx, carrier } = s;
  const { id, outbox, phones } = aSendingCampaign(ctx, { people: KNOWN });
  const now = ctx.clock.now();
  const bodyOf = (i: number) => `Corner Shoes: boots are in, ${i}. STOP to end`;
  // The first twenty arrived long ago; eight were under way when the power went, three of them had reached the carrier.
  const first = ctx.db.prepare("UPDATE outbox SET state = 'delivered', brake_rank = ?, left_at = ?, final_at = ?, sid = ? WHERE id = ?");
  for (let i = 0; i < 20; i++) first.run(i, now - 60 * SECOND, now - 50 * SECOND, `SM${String(i).padStart(32, '0')}`, outbox[i]);
  const cut = outbox.slice(20, 28);
  const taken = cut.slice(0, 3);
  for (const one of cut) {
    ctx.db.prepare("UPDATE outbox SET state = 'sending', attempts = 1, sender = ?, updated_at = ? WHERE id = ?").run(SENDER, now, one);
    ctx.db.prepare('INSERT INTO outbox_attempt (outbox_id, epoch, started_at) VALUES (?, 1, ?)').run(one, now);
  }
  for (let i = 20; i < 23; i++)
    await carrier.gateway.send({
      to: phones[i] as never,
      sender: { kind: 'number', number: SENDER },
      body: bodyOf(i),
      validitySeconds: 600,
    });
  ctx.db.raw
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT ${KNOWN} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${ALL})
       INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, quoted_price, not_before,
         created_at, updated_at)
       SELECT 'campaign', ?, 'sms', '+1347' || (5000000 + i), 'marketing', 10, 'waiting', 'Corner Shoes: boots are in, ' || i, 1, ?, ?, ?, ? FROM n`,
    )
    .run(String(id), PRICE, now, now, now);

  s.advance(20 * SECOND);
  expect(recoverSending(ctx)).toBe(8);
  const left = () => Object.values(carrier.sim.assertions()).reduce((n, t) => n + t.created, 0);
  await s.run(() => left() >= 300);

  for (const one of taken) expect(stateOf(ctx, one).sid, 'found in the carrier’s list').not.toBeNull();
  for (const one of cut.slice(3))
    expect(stateOf(ctx, one), 'not there: looked for again, never sent by itself').toMatchObject({ state: 'uncertain', sid: null });
  for (const tally of Object.values(carrier.sim.assertions())) expect(tally.created).toBe(1);
  expect(Object.values(countStates(ctx)).reduce((a, b) => a + b, 0)).toBe(ALL);
  const status = sendingStatus(ctx, id);
  expect(status.total).toBe(ALL);
  expect(status.uncertain.looking + status.uncertain.needsDecision).toBe(5);
  // In order: whoever waits longest goes first.
  const lastGone = outbox.findLastIndex((one) => stateOf(ctx, one).state !== 'waiting');
  expect(outbox.slice(28, lastGone + 1).filter((one) => stateOf(ctx, one).state === 'waiting')).toEqual([]);
});
