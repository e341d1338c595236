import type { CampaignId, CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { recordStop, withConsent } from '@services/consent/index';
import { issueCodes } from '@services/offers/codes';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { expect, it } from 'vitest';
import { aPerson } from '../support/links';
import { refusal } from '../support/refusal';
import { givePermission } from '../support/sending-shop';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

const PHONE = '+12125550123' as PhoneE164;

/*
 * Story: "15 % for members" went to Ana by text. She answered STOP, came in the next day with the code in her hand, and was told that it
 * was for members. A stop ends texts; what was promised in one stands. Nobody may learn that saying stop costs them something.
 */
it('a code for members that was sent to somebody is good, though they said stop since', () => {
  const ctx = aCtx();
  const [ana, ben] = [aPerson(ctx, 'Ana', PHONE), aPerson(ctx, 'Ben', '+12125550124')] as CustomerId[];
  givePermission(ctx, [PHONE]);
  const offer = {
    id: null,
    name: '15 %',
    kind: 'percent' as const,
    percent: 15,
    codeMode: 'personal' as const,
    validDays: 5,
    membersOnly: true,
  };
  const { id } = saveOffer(ctx, owner, offer);
  const give = (customerId: CustomerId | undefined, campaignId: CampaignId | null) => {
    const order = { offerId: id, campaignId, customerIds: [customerId as CustomerId], expiresAt: (NOON + 5 * DAY) as UtcMs };
    return [...ctx.db.tx((trx) => issueCodes(ctx, trx, order)).values()][0] as string;
  };
  const sent = give(ana, 7 as CampaignId);
  withConsent(ctx, (trx) => recordStop(ctx, trx, { phone: PHONE, method: 'reply', reason: 'STOP', carrierStop: false, occurredAt: NOON }));
  expect(redeem(ctx, clerk, { code: sent, how: 'code' }).redemption.customerId).toBe(ana);
  // given to nobody by a text: who is no member is told so, as before
  expect(refusal(() => redeem(ctx, clerk, { code: give(ben, null), how: 'code' }))).toBe('offer.members-only');
});
