import { insertCustomer } from '@db/queries/customers';
import { type CustomerId, DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import { issueCodes } from '@services/offers/codes';
import { type OfferInput, saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { expect, test } from 'vitest';
import { refused } from '../support/refusal';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

test('an offer whose codes are out can be made better or put away, but not worse', () => {
  const ctx = aCtx();
  const ana = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone: '+12125550123' as PhoneE164 }, NOON)) as CustomerId;
  const usual: OfferInput = { id: null, name: 'Suits', kind: 'percent', percent: 20, codeMode: 'personal', validDays: 14 };
  const { id } = saveOffer(ctx, owner, usual);
  expect(saveOffer(ctx, owner, { ...usual, id, percent: 15 }).percent).toBe(15); // nobody holds it yet
  saveOffer(ctx, owner, { ...usual, id });
  const code = ctx.db
    .tx((trx) => issueCodes(ctx, trx, { offerId: id, campaignId: null, customerIds: [ana], expiresAt: (NOON + 14 * DAY) as UtcMs }))
    .get(ana) as string;
  expect(refused(() => saveOffer(ctx, owner, { ...usual, id, percent: 10 })).code).toBe('offer.promised');
  expect(saveOffer(ctx, owner, { ...usual, id, name: 'Suits and more', percent: 25 })).toMatchObject({ percent: 25 });
  expect(saveOffer(ctx, owner, { ...usual, id, percent: 25, archived: true }).archived).toBe(true);
  expect(redeem(ctx, clerk, { code, how: 'code' }).offer.percent).toBe(25);
  expect(saveOffer(ctx, owner, { ...usual, id, percent: 10 }).percent).toBe(10); // used: nobody waits for it
});
