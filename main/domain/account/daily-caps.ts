import { addDays, shopDay, startOfDay } from '../calendar';
import type { UtcMs, Zone } from '../kernel';
import { campaignOf } from './rates';
import { type AccountSender, type AccountView, numbersOf, type SeenBrand } from './view';

/** The carriers' day: T-Mobile's daily limit starts anew at midnight Pacific time, whatever the shop's zone (facts/twilio.md 3). */
export const CAP_ZONE = 'America/Los_Angeles' as Zone;

/** The carriers' day around an instant. A day of 23 or 25 hours is one. */
export function capDay(now: UtcMs): { from: UtcMs; to: UtcMs } {
  const day = shopDay(now, CAP_ZONE);
  return { from: startOfDay(day, CAP_ZONE), to: startOfDay(addDays(day, 1), CAP_ZONE) };
}

export type CapTier = 'sole-proprietor' | 'low' | 'low-mid' | 'high-mid' | 'top';

/** T-Mobile's segments a day by tier, all numbers and providers of the brand together (facts/twilio.md 3, Twilio's support pages). */
export const CAPS: Readonly<Record<CapTier, number>> = {
  'sole-proprietor': 1000,
  low: 2000,
  'low-mid': 10_000,
  'high-mid': 40_000,
  top: 200_000,
};

const BY_WORD: Record<string, CapTier> = { TOP: 'top', HIGH_MID: 'high-mid', LOW_MID: 'low-mid', LOW: 'low' };

function tierOfBrand(brand: SeenBrand): CapTier {
  if (/SOLE/i.test(brand.type)) return 'sole-proprietor';
  const score = brand.score ?? 0;
  return score >= 75 ? 'top' : score >= 50 ? 'high-mid' : score >= 25 ? 'low-mid' : 'low';
}

/**
 * Segments a day the carriers take from this sender; null for senders without such a limit (toll-free, short codes) and while nothing is
 * known. A sole proprietor's brand counts before what the campaign says; otherwise the campaign's tier, then the brand's score.
 */
export function dailyCap(view: AccountView, sender: AccountSender): { segments: number; tier: CapTier } | null {
  if (!numbersOf(view, sender).some((n) => n.kind === 'long-code')) return null;
  const campaign = campaignOf(view, sender);
  if (!campaign) return null;
  const brand = view.brands.find((b) => b.sid === campaign.brandSid) ?? null;
  const own = brand === null ? null : tierOfBrand(brand);
  const tier = own === 'sole-proprietor' ? own : (BY_WORD[(campaign.tmobileTier ?? '').toUpperCase().replaceAll(/[\s-]+/g, '_')] ?? own);
  return tier === null ? null : { segments: CAPS[tier], tier };
}
