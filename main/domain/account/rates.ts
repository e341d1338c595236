import type { Micros } from '../kernel';
import { type AccountSender, type AccountView, numbersOf, type SeenCampaign, serviceOf } from './view';

/** Where a rate comes from, in words the screen has. */
export type RateWhy = 'campaign' | 'toll-free' | 'short-code' | 'long-code' | 'several';

/** Segments a second one number takes, by its kind (facts/twilio.md 3: long code outside 10DLC 1, toll-free about 3, short code 10 and more). */
const BY_KIND = { 'long-code': 1, 'toll-free': 3, 'short-code': 10 } as const;
/** Nobody's phone network is faster than this for a shop; more would only be a slip of the carrier's answer. */
const MOST = 225;

/** The 10DLC campaign texts of this sender belong to: the approved one of its service, else the newest. */
export function campaignOf(view: AccountView, sender: AccountSender): SeenCampaign | null {
  const service = serviceOf(view, sender);
  if (!service) return null;
  const mine = view.campaigns.filter((c) => c.serviceSid === service.sid);
  const newest = [...mine].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return newest.find((c) => c.status === 'approved') ?? newest[0] ?? null;
}

/**
 * Segments a second the sender takes: of a registered campaign what AT&T allows it (the only figure the carrier tells; the others are
 * wider), else by the kind of number, numbers of a service together. Null when nothing is known about the sender.
 */
export function senderRate(view: AccountView, sender: AccountSender): { segmentsPerSecond: number; why: RateWhy } | null {
  const numbers = numbersOf(view, sender).filter((n) => n.sms);
  if (numbers.length === 0) return null;
  const longCodes = numbers.filter((n) => n.kind === 'long-code');
  const campaign = longCodes.length > 0 ? campaignOf(view, sender) : null;
  const registered =
    campaign?.status === 'approved' && campaign.attPerSecond !== null && campaign.attPerSecond > 0 ? campaign.attPerSecond : null;
  const others = numbers.filter((n) => n.kind !== 'long-code');
  // a campaign's rate is shared by all its numbers; without one each number has its own
  const sum = (registered ?? longCodes.length * BY_KIND['long-code']) + others.reduce((s, n) => s + BY_KIND[n.kind], 0);
  const kinds = new Set(numbers.map((n) => n.kind));
  const why: RateWhy = kinds.size > 1 ? 'several' : registered !== null ? 'campaign' : (numbers[0]?.kind ?? 'long-code');
  return { segmentsPerSecond: Math.min(MOST, sum), why };
}

/** Texts of one real price per segment. */
export interface PricedTexts {
  readonly perSegment: Micros;
  readonly texts: number;
  readonly segments: number;
}

/** What a segment really cost lately. */
export interface Learnt {
  /** The price half of all segments cost at most: one odd text moves nothing. */
  readonly perSegment: Micros;
  readonly texts: number;
  readonly segments: number;
  readonly low: Micros;
  readonly high: Micros;
}

/** Fewer priced texts than this say nothing yet. */
export const ENOUGH_PRICED = 50;
/** Prices of this many days count. */
export const PRICE_DAYS = 90;

/** The weighted median price of a segment; null until enough texts were priced. */
export function learnPrice(prices: readonly PricedTexts[]): Learnt | null {
  const real = prices.filter((p) => p.segments > 0 && p.perSegment > 0).sort((a, b) => a.perSegment - b.perSegment);
  const texts = real.reduce((n, p) => n + p.texts, 0);
  if (texts < ENOUGH_PRICED) return null;
  const segments = real.reduce((n, p) => n + p.segments, 0);
  let seen = 0;
  for (const p of real) {
    seen += p.segments;
    if (seen * 2 >= segments) {
      return {
        perSegment: p.perSegment,
        texts,
        segments,
        low: real[0]?.perSegment ?? p.perSegment,
        high: real.at(-1)?.perSegment ?? p.perSegment,
      };
    }
  }
  return null;
}

/** Whether two prices differ so much that an owner should know: more than a tenth. */
export const differs = (a: number, b: number): boolean => a > 0 && Math.abs(a - b) / a > 0.1;

/** Segments a balance pays for; 0 when it is used up. */
export const segmentsFor = (balance: Micros, perSegment: Micros): number =>
  balance <= 0 || perSegment <= 0 ? 0 : Math.floor(balance / perSegment);
