import type { Db } from '@db/open';
import { stepById, stepsOf } from '@db/queries/ladders';
import { type CodeRow, countOpenGifts, liveCodesOf, type PersonalCode } from '@db/queries/offer-codes';
import { otherUseOf } from '@db/queries/redemptions';
import { sameGift } from '@domain/campaigns/ladder';
import type { CampaignId, CustomerId, PhoneE164, UtcMs } from '@domain/kernel';

/** The campaigns whose codes are one gift with this one's; alone where nothing follows it. */
function giftOf(db: Db, campaignId: CampaignId): CampaignId[] {
  const rootId = stepById(db, campaignId)?.rootId ?? campaignId;
  return sameGift(rootId, stepsOf(db, rootId), campaignId);
}

/** When the person of a code used another one of the same gift; null = they did not. */
export function giftUsedAt(db: Db, code: Pick<CodeRow, 'code' | 'campaignId' | 'customerId' | 'uses'>): UtcMs | null {
  const { campaignId, customerId } = code;
  if (campaignId === null || customerId === null || code.uses > 1) return null;
  const campaigns = giftOf(db, campaignId);
  return campaigns.length < 2 ? null : otherUseOf(db, { customerId, campaigns, code: code.code });
}

/** Codes a person may use now, as `liveCodesOf`, without those whose gift they have had. */
export const usableCodesOf = (db: Db, person: { id: CustomerId; phone: PhoneE164 | null }, now: UtcMs): PersonalCode[] =>
  liveCodesOf(db, person, now).filter((c) => giftUsedAt(db, c) === null);

/** How many codes of a campaign, and of what follows it, people may still come with. */
export function openGiftCount(db: Db, rootId: CampaignId, now: UtcMs): number {
  const steps = stepsOf(db, rootId);
  return [rootId, ...steps.map((s) => s.id)].reduce(
    (n, campaignId) => n + countOpenGifts(db, { campaignId, gift: sameGift(rootId, steps, campaignId) }, now),
    0,
  );
}
