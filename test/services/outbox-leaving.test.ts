import { enqueue } from '@db/queries/outbox';
import { HOUR, type OutboxId, type PhoneE164, type UtcMs } from '@domain/kernel';
import { leavesNow, needsThisComputer } from '@domain/outbox/leaving';
import { whatIsLeaving } from '@services/outbox/leaving';
import { afterEach, describe, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';
import { NOON } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(() => shop?.close());

const set = (ids: readonly OutboxId[], sql: string) => {
  for (const id of ids) shop?.ctx.db.prepare(`UPDATE outbox SET ${sql} WHERE id = ?`).run(id);
};

describe('what has not left yet', () => {
  it('is nothing in a quiet shop', async () => {
    shop = await aSendingShop();
    expect(whatIsLeaving(shop.ctx)).toMatchObject({ underWay: 0, now: 0, later: { count: 0, next: null }, lasts: null, closesAt: null });
  });

  it('tells the texts next in line from those whose hour comes, those that wait for the owner and those nobody is sure of', async () => {
    shop = await aSendingShop({ settings: { texting: { segmentsPerSecond: 1 } } });
    const { ctx } = shop;
    const { outbox } = aSendingCampaign(ctx, { people: 10 });
    const tomorrow = (NOON + 23 * HOUR) as UtcMs;
    set(outbox.slice(0, 2), `retry_at = ${tomorrow}, reason = 'quiet-hours'`);
    set(outbox.slice(2, 3), "state = 'skipped'");
    set(outbox.slice(3, 4), "state = 'sending'");
    set(outbox.slice(4, 5), `state = 'uncertain', reconcile_at = ${NOON}`);
    set(outbox.slice(5, 6), "state = 'uncertain', reconcile_at = NULL, reason = 'not-confirmed'");
    set(outbox.slice(6, 7), "state = 'delivered'");
    const l = whatIsLeaving(ctx);
    expect(l).toMatchObject({
      underWay: 1,
      now: 3,
      later: { count: 2, next: tomorrow },
      waitsForOwner: 0,
      uncertain: { looking: 1, undecided: 1 },
    });
    // three texts at 0.8 segments a second; New York's day ends at 19:00, five minutes early
    expect(l.lasts).toBe(3750);
    expect(l.closesAt).toBe(NOON + 7 * HOUR + 55 * 60_000);
  });

  it('counts texts as waiting for the morning when it is night where their people are, also before anybody judged them', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    aSendingCampaign(ctx, { people: 4 });
    shop.advance(10 * HOUR);
    expect(whatIsLeaving(ctx)).toMatchObject({ now: 0, later: { count: 4, next: NOON + 23 * HOUR } });
  });

  it('leaves a paused campaign to the owner and forgets a cancelled one', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    aSendingCampaign(ctx, { id: 1, people: 3 });
    aSendingCampaign(ctx, { id: 2, people: 5, from: 50 });
    ctx.db.prepare("UPDATE campaign SET state = 'paused' WHERE id = 1").run();
    ctx.db.prepare("UPDATE campaign SET state = 'cancelled' WHERE id = 2").run();
    expect(whatIsLeaving(ctx)).toMatchObject({ now: 0, waitsForOwner: 3, later: { count: 0 } });
  });

  it('leaves everything to the owner while the number is not approved', async () => {
    shop = await aSendingShop({ settings: { texting: { senderApproved: false } } });
    aSendingCampaign(shop.ctx, { people: 6 });
    expect(whatIsLeaving(shop.ctx)).toMatchObject({ now: 0, later: { count: 0 }, waitsForOwner: 6 });
  });

  it('at a glance tells the same, without counting', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    const { outbox } = aSendingCampaign(ctx, { people: 5 });
    const tomorrow = (NOON + 23 * HOUR) as UtcMs;
    set(outbox.slice(0, 3), `retry_at = ${tomorrow}, reason = 'quiet-hours'`);
    const [whole, glance] = [whatIsLeaving(ctx), whatIsLeaving(ctx, true)];
    expect(whole).toMatchObject({ now: 2, later: { count: 3, next: tomorrow } });
    expect(glance).toMatchObject({ now: 1, later: { count: 1, next: tomorrow } });
    expect(leavesNow(glance)).toBe(leavesNow(whole));
    expect(needsThisComputer(glance)).toBe(needsThisComputer(whole));
  });

  it('counts an answer to one person at any hour', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    shop.advance(12 * HOUR);
    ctx.db.tx((trx) =>
      enqueue(trx, {
        cause: { kind: 'reply', id: 'x' },
        address: '+16465550123' as PhoneE164,
        customerId: null,
        messageClass: 'reply',
        body: 'Yes, until six.',
        segments: 1,
        quotedPrice: null,
        notBefore: ctx.clock.now(),
        expiresAt: null,
        now: ctx.clock.now(),
      }),
    );
    expect(whatIsLeaving(ctx)).toMatchObject({ now: 1, closesAt: null });
  });
});
