import type { CustomerId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { readCode, showCode } from '@domain/offers/code';
import { findAtCounter } from '@services/counter/find';
import { issueCodes } from '@services/offers/codes';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

/*
 * Story: the shop bought a scanner that was set up for a warehouse. It said which kind of barcode it had read before the code, the one at
 * the other till sent the stars of Code 39 along, and the old one its control characters: every printed card "was no code".
 */
it('what scanners put around a code is not part of it', () => {
  const ctx = aCtx();
  ctx.db.prepare("INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (1, 'Ana', 0, 0)").run();
  const { id } = saveOffer(ctx, owner, { id: null, name: '15 %', kind: 'percent', percent: 15, codeMode: 'personal', validDays: 5 });
  const order = { offerId: id, campaignId: null, customerIds: [1 as CustomerId], expiresAt: (NOON + DAY) as UtcMs };
  const code = ctx.db.tx((trx) => issueCodes(ctx, trx, order)).get(1 as CustomerId) as string;
  const asScanned = [
    `]C1${code}`,
    `]A0${code}`,
    `]Q3${showCode(code)}`,
    `*${code}*`,
    `\u0002${code}\u0003`,
    `\u001d${code}\r\n`,
    ` ]c0${code.toLowerCase()}\t`,
  ];
  for (const text of asScanned) expect(readCode(text), JSON.stringify(text)).toEqual({ kind: 'ok', code });
  // what is no such mark stays what it was: another letter in front is a mistake, never left out
  for (const text of [`C1${code}`, `]C1${code.slice(1)}`, `A${code}`]) expect(readCode(text).kind, text).not.toBe('ok');
  expect(redeem(ctx, clerk, { code: `]C1${code}\r`, how: 'code' }).redemption.code).toBe(code);
});

it('nor of a word on a poster, found and redeemed alike', () => {
  const ctx = aCtx();
  saveOffer(ctx, owner, { id: null, name: 'All', kind: 'percent', percent: 10, codeMode: 'shared', sharedCode: 'BOOTS-10', validDays: 5 });
  for (const text of [']C1BOOTS10', '*boots-10*', '\u0002BOOTS 10\u0003']) {
    expect(findAtCounter(ctx, clerk, text, true).code, text).toMatchObject({ state: 'ok', shared: true });
    expect(redeem(ctx, clerk, { code: text, how: 'code' }).offer.name).toBe('All');
  }
});
