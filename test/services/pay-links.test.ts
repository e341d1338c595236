import { outboxById } from '@db/queries/outbox';
import { campaignPayLinks, payLinkPeople } from '@db/queries/pay-links';
import { readPayLink } from '@domain/counter/pay-link';
import { type CampaignId, type CustomerId, DAY, HOUR, MINUTE, type OutboxId, type UtcMs } from '@domain/kernel';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { closeTask, makeTask } from '@services/counter-tasks';
import { markPaid, payLinksAtCounter, sendPayLink } from '@services/counter-tasks/pay-links';
import { afterEach, describe, expect, it } from 'vitest';
import { refusal } from '../support/refusal';
import { aNewYorker, aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';
import { clerk, owner, type TestCtx } from '../support/test-ctx';

const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
const URL = 'https://pay.cornershoes.com/i/7Q2';

/** Somebody answered a campaign with HOLD, and it stands among the things to do. */
async function held(language: 'en' | 'es' = 'en') {
  const s = await aSendingShop({ carrier: { people: 'none' } });
  open.push(s);
  const { id, phones } = aSendingCampaign(s.ctx, { people: 1 });
  const phone = phones[0] ?? aNewYorker(0);
  const now = s.ctx.clock.now();
  s.ctx.db.prepare('UPDATE customer SET language = ?').run(language);
  const customerId = s.ctx.db.prepare('SELECT id FROM customer').pluck().get() as CustomerId;
  s.ctx.db
    .prepare(
      `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id, campaign_id, handled)
       VALUES ('SM1', ?, '+12125550100', 'HOLD', ?, ?, 'message', ?, ?, 1)`,
    )
    .run(phone, now, now, customerId, id);
  const { id: taskId } = makeTask(s.ctx, owner, { sid: 'SM1', phone, customerId, kind: 'hold', words: 'Hold the blue runner' });
  return { s, ctx: s.ctx, id, phone, customerId, taskId };
}
const sentText = (ctx: TestCtx, taskId: number) =>
  outboxById(ctx.db, ctx.db.prepare('SELECT outbox_id FROM pay_link WHERE task_id = ?').pluck().get(taskId) as OutboxId);
const left = (ctx: TestCtx, taskId: number, at: number) =>
  ctx.db
    .prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE id = (SELECT outbox_id FROM pay_link WHERE task_id = ?)")
    .run(at, taskId);

describe('links to pay', () => {
  it('go into the conversation in words of ours, and are seen as a step of the campaign once they left and once they were paid', async () => {
    const { ctx, id, taskId } = await held();
    expect(sendPayLink(ctx, clerk, { taskId, url: ` ${URL} ` }).leavesAt).toBe(ctx.clock.now());
    expect(sentText(ctx, taskId)).toMatchObject({ messageClass: 'reply', state: 'waiting' });
    expect(sentText(ctx, taskId)?.body).toBe(`Corner Shoes: We are holding it for you. You can pay here: ${URL} Or pay when you come by.`);
    // what they wrote is not read with it
    expect(ctx.db.prepare('SELECT unread, our_at FROM reply_thread').get()).toEqual({ unread: 1, our_at: null });
    expect(payLinksAtCounter(ctx, [taskId])).toEqual([{ taskId, state: 'waits', at: null, by: null }]);
    expect(campaignPayLinks(ctx.db, id)).toEqual({ sent: 0, paid: 0 });
    const at = ctx.clock.now() as number;
    left(ctx, taskId, at);
    expect(payLinksAtCounter(ctx, [taskId])).toMatchObject([{ state: 'left', at }]);
    expect(campaignPayLinks(ctx.db, id)).toEqual({ sent: 1, paid: 0 });
    markPaid(ctx, clerk, { taskId, paid: true });
    expect(payLinksAtCounter(ctx, [taskId])).toMatchObject([{ state: 'paid', by: 'Clara' }]);
    expect(campaignPayLinks(ctx.db, id)).toEqual({ sent: 1, paid: 1 });
    markPaid(ctx, clerk, { taskId, paid: false });
    expect(campaignPayLinks(ctx.db, id)).toEqual({ sent: 1, paid: 0 });
    expect(refusal(() => markPaid(ctx, clerk, { taskId, paid: false }))).toBe('pay.not-sendable');
  });

  it('count as paid when the till file shows a purchase after them, not one from before; their people are known by name', async () => {
    const { ctx, id, customerId, taskId } = await held('es');
    sendPayLink(ctx, owner, { taskId, url: URL });
    expect(sentText(ctx, taskId)?.body).toBe(`Corner Shoes: Lo tenemos apartado para ti. Puedes pagar aqui: ${URL} O paga cuando vengas.`);
    const at = ctx.clock.now() as number;
    left(ctx, taskId, at);
    const sale = (n: number, when: number) => {
      ctx.db.raw.exec(
        "INSERT OR IGNORE INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (1, 'f', 'h', 1, 'p', 's', '{}', 'done', 0)",
      );
      ctx.db
        .prepare(
          `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, tax, refunded, is_gift, import_id)
           VALUES ('t', ?, 'sale', 'completed', ?, '2026-11-17', ?, 'USD', 100, 100, 0, 0, 0, 1)`,
        )
        .run(String(n), when, customerId);
    };
    sale(1, at - HOUR);
    sale(2, at + 31 * DAY);
    expect(campaignPayLinks(ctx.db, id)).toEqual({ sent: 1, paid: 0 });
    sale(3, at + 5 * MINUTE);
    expect(campaignPayLinks(ctx.db, id)).toEqual({ sent: 1, paid: 1 });
    // from the numbers to who they are
    const who = (paid: boolean) => ctx.db.prepare(payLinkPeople(paid)).pluck().all({ id });
    expect([who(false), who(true)]).toEqual([[customerId], [customerId]]);
    expect(payLinksAtCounter(ctx, [taskId])).toEqual([{ taskId, state: 'bought', at: at + 5 * MINUTE, by: null }]);
  });

  it('are refused for shorteners, for what is done, and for whoever said stop', async () => {
    const { ctx, phone, taskId } = await held();
    for (const bad of [
      'http://pay.cornershoes.com/1',
      'https://bit.ly/x',
      'pay.cornershoes.com',
      'https://x',
      'javascript:alert(1)',
      `https://a.example/${'x'.repeat(300)}`,
    ])
      expect(
        refusal(() => readPayLink(bad)),
        bad,
      ).toBe('pay.bad-link');
    closeTask(ctx, clerk, { id: taskId, outcome: 'picked-up', note: '' });
    expect(refusal(() => sendPayLink(ctx, clerk, { taskId, url: URL }))).toBe('pay.not-sendable');
    ctx.db.prepare("UPDATE counter_task SET state = 'open', done_at = NULL, outcome = NULL").run();
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone, method: 'reply', reason: '', carrierStop: false, occurredAt: ctx.clock.now() as UtcMs }),
    );
    expect(refusal(() => sendPayLink(ctx, clerk, { taskId, url: URL }))).toBe('consent.opted-out');
    expect(campaignPayLinks(ctx.db, 1 as CampaignId)).toEqual({ sent: 0, paid: 0 });
  });
});
