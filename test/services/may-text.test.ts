import { insertCustomer, updateCustomer } from '@db/queries/customers';
import { enqueue } from '@db/queries/outbox';
import { saveSettings } from '@db/queries/settings';
import type { MessageClass } from '@domain/consent/gate';
import { type CustomerId, DAY, MINUTE, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { recordSignUp, recordStop, withConsent } from '@services/consent';
import { whyNotNow } from '@services/consent/may-text';
import { readThread, replyTo } from '@services/inbox/threads';
import { mayLeave } from '@services/outbox/may-leave';
import { describe, expect, it } from 'vitest';
import { freshAt } from '../support/fresh';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const PHONE = '+12125550123' as PhoneE164;

function shopWith(o: { phone?: PhoneE164; promise?: number; approved?: boolean } = {}): { ctx: TestCtx; id: CustomerId } {
  const ctx = aCtx({ settings: { texting: { senderApproved: o.approved ?? true } } });
  const phone = o.phone ?? PHONE;
  const id = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone }, NOON));
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, { phone, occurredAt: (NOON - 90 * DAY) as UtcMs, method: 'screen', customerId: id, promiseMax: o.promise ?? 4 }),
  );
  ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON - 90 * DAY);
  return { ctx, id };
}

const text = (ctx: TestCtx, id: CustomerId, leftAt: number, n: number) =>
  ctx.db.raw
    .prepare(
      `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, body, segments, state, not_before, left_at, created_at, updated_at)
       VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, 'Corner Shoes: hi', 1, 'delivered', 0, ?, 0, 0)`,
    )
    .run(String(n), PHONE, id, leftAt);

describe('why not now, and when', () => {
  it('may be texted now, until the window shuts', () => {
    const { ctx, id } = shopWith();
    expect(whyNotNow(ctx, { customerId: id, phone: null }, 'marketing')).toMatchObject({
      kind: 'now',
      closesAt: Date.UTC(2026, 10, 17, 23, 55),
      zones: ['America/New_York'],
    });
  });

  it('counts what left to the number: the month first, then the morning', () => {
    const { ctx, id } = shopWith({ promise: 2 });
    text(ctx, id, NOON - 9 * DAY, 1);
    text(ctx, id, NOON - 2 * DAY, 2);
    const answer = whyNotNow(ctx, { customerId: id, phone: null }, 'marketing');
    expect(answer).toMatchObject({ kind: 'later', at: Date.UTC(2026, 11, 1, 15) });
    expect(answer.why.map((w) => w.reason)).toEqual(['month-used', 'quiet-hours']);
  });

  it('a zone typed by staff moves the hours', () => {
    const { ctx, id } = shopWith();
    ctx.db.tx((trx) => updateCustomer(trx, id, { zone: 'Pacific/Honolulu' as Zone }, NOON));
    expect(whyNotNow(ctx, { customerId: id, phone: null }, 'marketing')).toMatchObject({
      kind: 'later',
      at: Date.UTC(2026, 10, 17, 20),
      zones: ['Pacific/Honolulu'],
    });
  });

  it('says never for a stop, no number, a landline; somebody must act for an approval', () => {
    const { ctx, id } = shopWith({ approved: false });
    expect(whyNotNow(ctx, { customerId: id, phone: null }, 'marketing')).toMatchObject({
      kind: 'later',
      at: null,
      why: [{ reason: 'sender-not-approved' }],
    });
    const nobody = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Bea' }, NOON));
    expect(whyNotNow(ctx, { customerId: nobody, phone: null }, 'marketing').why).toEqual([{ reason: 'no-phone', until: null }]);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: PHONE, occurredAt: NOON, method: 'counter', reason: 'said so', carrierStop: false }),
    );
    expect(whyNotNow(ctx, { customerId: id, phone: null }, 'marketing')).toMatchObject({ kind: 'never', why: [{ reason: 'opted-out' }] });
  });

  it.each([
    ['a number of another country', '+442071838750', 'US'],
    ['a Canadian number', '+14165550123', 'US'],
    ['a shop of another country', '+12125550123', 'CA'],
  ])('for real nothing leaves with %s, in practice anything: the screen and the sender say the same', async (_, phone, country) => {
    const { ctx, id } = shopWith({ phone: phone as PhoneE164 });
    const as = (mode: 'practice' | 'twilio') => {
      const { shop, texting } = ctx.settings();
      saveSettings(ctx.db, 'texting', { ...texting, mode }, NOON);
      saveSettings(ctx.db, 'shop', { ...shop, country }, NOON);
    };
    const leave = async (messageClass: MessageClass) =>
      mayLeave(
        ctx,
        {
          id: 1,
          address: phone,
          customerId: id,
          messageClass,
          expiresAt: null,
          leftAt: null,
          causeKind: 'reply',
          causeId: '9',
          body: 'Corner Shoes: hi. STOP to end.',
        } as never,
        NOON,
        await freshAt(ctx, NOON),
      );
    as('twilio');
    expect(whyNotNow(ctx, { customerId: id, phone: null }, 'reply').why).toEqual([{ reason: 'country', until: null }]);
    ctx.db.raw
      .prepare(
        "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning) VALUES ('SM1', ?, '+1', 'In black?', ?, ?, 'message')",
      )
      .run(phone, NOON, NOON);
    expect(() => replyTo(ctx, owner, { phone: phone as PhoneE164, body: 'Yes, in black.', hours: 'wait' })).toThrow(
      expect.objectContaining({ code: 'customer.bad-phone', params: { why: 'country' } }),
    );
    expect(readThread(ctx, phone as PhoneE164).mayReply).toBe(false);
    for (const messageClass of ['reply', 'confirmation', 'double-opt-in', 'marketing', 'service'] as const) {
      expect(await leave(messageClass)).toEqual({ kind: 'skip', reason: 'country' });
    }
    // whoever asks or stops is owed the answer
    expect(await leave('help')).not.toMatchObject({ reason: 'country' });
    as('practice');
    expect(await leave('reply')).not.toMatchObject({ reason: 'country' });
  });

  it('says the same as the sender at that moment', async () => {
    const { ctx, id } = shopWith({ promise: 1 });
    text(ctx, id, NOON - 3 * DAY, 1);
    const answer = whyNotNow(ctx, { customerId: id, phone: null }, 'marketing');
    const at = answer.at as UtcMs;
    ctx.db.tx((trx) =>
      enqueue(trx, {
        cause: { kind: 'campaign', id: '9' },
        address: PHONE,
        customerId: id,
        messageClass: 'marketing',
        body: 'Corner Shoes: hi',
        segments: 1,
        quotedPrice: null,
        notBefore: NOON,
        expiresAt: null,
        now: NOON,
      }),
    );
    const row = ctx.db.raw.prepare("SELECT * FROM outbox WHERE cause_id = '9'").get() as { id: number };
    const leave = async (now: number) =>
      mayLeave(
        ctx,
        {
          id: row.id,
          address: PHONE,
          customerId: id,
          messageClass: 'marketing',
          expiresAt: null,
          leftAt: null,
          causeKind: 'campaign',
          causeId: '9',
          body: 'Corner Shoes: hi',
        } as never,
        now as UtcMs,
        await freshAt(ctx, now as UtcMs),
      ).kind;
    expect(await leave(at - MINUTE)).not.toBe('send');
    expect(await leave(at)).toBe('send');
  });
});
