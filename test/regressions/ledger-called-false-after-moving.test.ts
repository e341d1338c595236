import { DAY, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { recordHold, verifyLedger, withConsent } from '@services/consent/index';
import { expireHolds } from '@services/consent/sweep';
import { saveShop } from '@services/settings/settings';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
const BO = '+12125550124' as PhoneE164;
const faults = async (ctx: TestCtx) =>
  (await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).faults;
const held = (ctx: TestCtx, phone: PhoneE164, at: UtcMs) =>
  withConsent(ctx, (trx) => recordHold(ctx, trx, { phone, occurredAt: at, rule: 'weak' }));

/*
 * Story: the shop moved (or its time zone was set right). Business days are the shop's, so every parked reply runs out at another hour:
 * the check of the permission records called the ledger tampered with.
 */
it.each(['America/Los_Angeles', 'Europe/Berlin'])(
  'a ledger with parked replies is still whole after the shop moved to %s',
  async (zone) => {
    const ctx = aCtx();
    held(ctx, BO, NOON);
    ctx.clock.advance(20 * DAY);
    expireHolds(ctx, ctx.clock.now());
    held(ctx, ANA, ctx.clock.now());
    expect(await faults(ctx)).toEqual([]);
    saveShop(ctx, owner, { ...ctx.settings().shop, zone: zone as Zone });
    expect(await faults(ctx)).toEqual([]);
  },
);
