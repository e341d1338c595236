import { campaignLeftSince, dailyShareOf } from '@db/queries/outbox-spend';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { type CampaignId, MINUTE, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import type { SenderState } from './sender-state';

const READ_AGAIN_MS = MINUTE;

/** What left of one campaign that is spread over days. */
export interface ShareToday {
  /** Frozen when it was started; null = it is not spread. */
  share: number | null;
  since: UtcMs;
  until: UtcMs;
  left: number;
  readAt: UtcMs;
}

/**
 * Until when a campaign waits because its share of this shop day has left; null = it may go on. Texts of a day on which this computer was
 * off come on top of the days after: never more in one of them than was agreed.
 */
export function shareUsedUp(ctx: Ctx, s: SenderState, id: CampaignId, now: UtcMs): UtcMs | null {
  let today = s.shares.get(id);
  if (today?.share === null) return null;
  if (!today || now < today.since || now >= today.until || now < today.readAt || now - today.readAt > READ_AGAIN_MS) {
    const share = today ? today.share : dailyShareOf(ctx.db, id);
    const { zone } = ctx.settings().shop;
    const day = shopDay(now, zone);
    const since = startOfDay(day, zone);
    today = {
      share,
      since,
      until: startOfDay(addDays(day, 1), zone),
      left: share === null ? 0 : campaignLeftSince(ctx.db, id, since),
      readAt: now,
    };
    s.shares.set(id, today);
  }
  return today.share !== null && today.left >= today.share ? today.until : null;
}

/** One more leaves; between two readings of the table this keeps count. */
export function countShare(s: SenderState, id: CampaignId): void {
  const today = s.shares.get(id);
  if (today) today.left++;
}
