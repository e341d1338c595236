import { attemptsOf, enqueue, ownedSids } from '@db/queries/outbox';
import { HOUR, MINUTE, type OutboxId, type PhoneE164 } from '@domain/kernel';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { textHistory } from '@services/outbox/texts';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import {
  aMarketingDraft,
  aNewYorker,
  aSendingCampaign,
  aSendingShop,
  givePermission,
  type SendingShop,
  stateOf,
} from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const open = async (o: Parameters<typeof aSendingShop>[0] = {}) => {
  shop = await aSendingShop(o);
  return shop;
};
const created = (s: SendingShop, phone: PhoneE164 | undefined) => s.carrier.sim.assertions()[phone ?? '']?.created ?? 0;
const failing = (s: SendingShop, errorCode: number, times: number) =>
  s.carrier.sim.script({ outcome: { status: 'failed', errorCode }, times });

describe('a text that failed without leaving', () => {
  it('leaves again by itself, in the same row; the message that failed stays in its history', async () => {
    const s = await open();
    failing(s, 30500, 1);
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 1 });
    const id = outbox[0] as OutboxId;
    await s.run(() => stateOf(s.ctx, id).reason === 'tried-again', HOUR);
    const waits = stateOf(s.ctx, id);
    expect(waits).toMatchObject({ state: 'waiting', sid: null, error_code: null });
    await s.run(() => ['delivered', 'sent'].includes(stateOf(s.ctx, id).state), 2 * HOUR);
    expect(created(s, phones[0])).toBe(2);
    const attempts = attemptsOf(s.ctx.db, id);
    expect(attempts.map((a) => a.outcome)).toEqual(['accepted', 'accepted']);
    expect(new Set(attempts.map((a) => a.sid)).size).toBe(2);
    // Both messages are known as ours: neither can be taken for another text's.
    expect(
      ownedSids(
        s.ctx.db,
        attempts.flatMap((a) => (a.sid ? [a.sid] : [])),
      ).size,
    ).toBe(2);
    expect(textHistory(s.ctx, id).attempts).toHaveLength(2);
  });

  it('is tried three times in all, then left alone', async () => {
    const s = await open();
    failing(s, 30001, 10);
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 1 });
    await s.run(() => false, 12 * HOUR);
    expect(stateOf(s.ctx, outbox[0] as OutboxId)).toMatchObject({ state: 'failed', error_code: 30001 });
    expect(created(s, phones[0])).toBe(3);
  });

  it('never when it was undelivered, nor for a code that says nothing about leaving', async () => {
    const s = await open();
    s.carrier.sim.script({ outcome: { status: 'undelivered', errorCode: 30500 }, times: 1 });
    s.carrier.sim.script({ outcome: { status: 'failed', errorCode: 30008 }, times: 1 });
    const { phones } = aSendingCampaign(s.ctx, { people: 2 });
    await s.run(() => false, 6 * HOUR);
    expect(phones.map((p) => created(s, p))).toEqual([1, 1]);
  });

  it('is judged again: whoever stopped meanwhile, or whose campaign was cancelled or is over, gets nothing', async () => {
    const s = await open();
    failing(s, 30500, 3);
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 1 });
    const second = aSendingCampaign(s.ctx, { id: 2, people: 1, from: 20 });
    const third = aSendingCampaign(s.ctx, { id: 3, people: 1, from: 40, expiresAt: null });
    await s.run(
      () => s.ctx.db.prepare("SELECT count(*) FROM outbox WHERE state = 'failed' OR reason = 'tried-again'").pluck().get() === 3,
      HOUR,
    );
    withConsent(s.ctx, (trx) =>
      recordStop(s.ctx, trx, {
        phone: phones[0] as PhoneE164,
        method: 'counter',
        reason: 'asked',
        carrierStop: false,
        occurredAt: s.ctx.clock.now(),
      }),
    );
    s.ctx.db.prepare("UPDATE campaign SET state = 'cancelled' WHERE id = 2").run();
    s.ctx.db.prepare('UPDATE outbox SET expires_at = ? WHERE id = ?').run(s.ctx.clock.now() + MINUTE, third.outbox[0]);
    await s.run(() => false, 6 * HOUR);
    expect([phones[0], second.phones[0], third.phones[0]].map((p) => created(s, p))).toEqual([1, 1, 1]);
    expect(stateOf(s.ctx, outbox[0] as OutboxId).state).not.toBe('waiting');
  });

  it('waits while the account is refused (30002), until the owner goes on', async () => {
    const s = await open();
    failing(s, 30002, 1);
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 1 });
    aSendingCampaign(s.ctx, { id: 2, people: 40, from: 100 });
    await s.run(() => stateOf(s.ctx, outbox[0] as OutboxId).state === 'failed', HOUR);
    s.ctx.db.prepare("UPDATE campaign SET state = 'paused', pause_reason = 'account:30002' WHERE id = 2").run();
    await s.run(() => false, 2 * HOUR);
    expect(created(s, phones[0])).toBe(1);
    s.ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL").run();
    await s.run(() => created(s, phones[0]) === 2, 2 * HOUR);
    expect(created(s, phones[0])).toBe(2);
  });

  it('of an answer to somebody is not brought back the next day', async () => {
    const s = await open();
    failing(s, 30500, 1);
    const phone = aNewYorker(1);
    givePermission(s.ctx, [phone]);
    s.carrier.sim.inbound({ from: phone, to: SENDER, body: 'HELP me find boots please, do you have size 9?' });
    await s.drain();
    const id = s.ctx.db.tx(
      (trx) =>
        enqueue(trx, {
          ...aMarketingDraft(phone, s.ctx.clock.now()),
          cause: { kind: 'reply', id: 'r1' },
          messageClass: 'reply',
          body: 'Yes, size 9 is here',
          expiresAt: (s.ctx.clock.now() + 3 * MINUTE) as never,
        }) as OutboxId,
    );
    await s.run(() => false, 6 * HOUR);
    expect(stateOf(s.ctx, id).state).toBe('failed');
    expect(created(s, phone)).toBe(1);
  });
});
