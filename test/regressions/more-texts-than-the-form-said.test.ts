import { dispatch } from '@backend/dispatch';
import { shopDay } from '@domain/calendar';
import type { PhoneE164, Zone } from '@domain/kernel';
import { consentOf, currentWording } from '@services/consent';
import { expect, it } from 'vitest';
import { aCtx, clerk, NOON } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200)]).toString('base64');

/*
 * Story: the form said "Up to 4 msgs/month". Whoever typed it in could write 31: the words she signed promised her four, the ledger let
 * her be texted every day.
 */
it('a form permits no more texts than stand on it', async () => {
  const ctx = aCtx();
  const record = (promiseMax: number) =>
    dispatch(ctx, clerk, 'sign-up/paper', {
      phone: ANA,
      firstName: 'Ana',
      birthday: '',
      signedOn: shopDay(NOON, 'America/New_York' as Zone),
      wordingHash: currentWording(ctx, 'sign-up', 'en', 4).hash,
      language: 'en',
      promiseMax,
      topics: [],
      photo: PHOTO,
      device: 'paper',
      laterId: null,
    });
  ctx.db.raw
    .prepare(
      'INSERT OR IGNORE INTO wording (hash, kind, language, version, text, created_at) VALUES (@hash, @kind, @language, @version, @text, 0)',
    )
    .run(currentWording(ctx, 'sign-up', 'en', 4));
  await record(31);
  const promised = consentOf(ctx.db, ctx.hmacKey, ANA, NOON).find((s) => s.purpose === 'marketing')?.promiseMax ?? 0;
  expect(promised).toBeLessThanOrEqual(4);
});
