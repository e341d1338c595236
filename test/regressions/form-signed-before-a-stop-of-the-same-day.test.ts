import { dispatch } from '@backend/dispatch';
import { shopDay } from '@domain/calendar';
import { DAY, HOUR, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { currentWording, marketingState, recordStop, withConsent } from '@services/consent';
import { expect, it } from 'vitest';
import { aCtx, clerk, NOON, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
const ZONE = 'America/New_York' as Zone;
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200)]).toString('base64');

const stopped = (ctx: TestCtx, at: number, carrierStop = false) =>
  withConsent(ctx, (trx) => recordStop(ctx, trx, { phone: ANA, occurredAt: at as UtcMs, method: 'reply', reason: 'exact', carrierStop }));
const form = (ctx: TestCtx, signedOn: string) =>
  dispatch(ctx, clerk, 'sign-up/paper', {
    phone: ANA,
    firstName: 'Ana',
    birthday: '',
    signedOn,
    wordingHash: currentWording(ctx, 'sign-up', 'en', 4).hash,
    language: 'en',
    promiseMax: 4,
    topics: [],
    photo: PHOTO,
    device: 'paper',
    laterId: null,
  });

/*
 * Story: Ana signed a form at nine and texted "please remove me" at ten. In the evening the pile of forms was typed in: a form has a day
 * and no hour, so it counted as signed this minute (or at noon, the day after), and her stop was gone.
 */
it('a form of today does not lift a stop said today', async () => {
  const ctx = aCtx();
  stopped(ctx, NOON - 3 * HOUR);
  ctx.clock.advance(6 * HOUR);
  expect(await form(ctx, shopDay(ctx.clock.now(), ZONE))).toMatchObject({ ok: true, value: { outcome: 'overtaken' } });
  expect(marketingState(ctx, ANA)).toBe('out');
});

it('nor one of yesterday a stop said yesterday morning', async () => {
  const ctx = aCtx();
  stopped(ctx, NOON - DAY - 2 * HOUR);
  expect(await form(ctx, shopDay((NOON - DAY) as UtcMs, ZONE))).toMatchObject({ ok: true, value: { outcome: 'overtaken' } });
  expect(marketingState(ctx, ANA)).toBe('out');
});

it('a form of the day after the stop does', async () => {
  const ctx = aCtx();
  stopped(ctx, NOON - DAY);
  expect(await form(ctx, shopDay(NOON, ZONE))).toMatchObject({ ok: true, value: { outcome: 'in' } });
  expect(marketingState(ctx, ANA)).toBe('in');
});
