import type { Micros, ShopDay } from '../kernel';
import type { OpenPath } from './path';
import type { Span } from './workdays';

/**
 * What a registration costs. No interface of Twilio tells these figures, so they are ours: "about", with the day they were last looked
 * at and the page that counts. Message prices are not here: they come from the account's own price list (SmsGateway.price).
 */
export type FeeKind = 'brand' | 'vetting' | 'campaign-month' | 'number-month' | 'verification';

export interface Fee {
  readonly kind: FeeKind;
  readonly per: 'once' | 'month' | 'free';
  /** Millionths of a US dollar, from and to. */
  readonly low: Micros;
  readonly high: Micros;
  readonly source: string;
}

/** When somebody last looked at the pages; shown beside every figure. */
export const FEES_CHECKED = '2026-11-21' as ShopDay;

const A2P = 'https://help.twilio.com/articles/1260803965530';
const SMS = 'https://www.twilio.com/en-us/sms/pricing/us';
const TOLL_FREE = 'https://www.twilio.com/docs/messaging/compliance/toll-free/console-onboarding';
const usd = (dollars: number): Micros => Math.round(dollars * 1_000_000) as Micros;
const fee = (kind: FeeKind, per: Fee['per'], low: number, high: number, source: string): Fee => ({
  kind,
  per,
  low: usd(low),
  high: usd(high),
  source,
});

export const FEES: Readonly<Record<OpenPath, readonly Fee[]>> = {
  'low-volume': [
    fee('brand', 'once', 4, 4.5, A2P),
    fee('vetting', 'once', 15, 15, A2P),
    fee('campaign-month', 'month', 1.5, 10, A2P),
    fee('number-month', 'month', 1.15, 1.15, SMS),
  ],
  'sole-proprietor': [
    fee('brand', 'once', 4, 4.5, A2P),
    fee('vetting', 'once', 15, 15, A2P),
    fee('campaign-month', 'month', 2, 2, A2P),
    fee('number-month', 'month', 1.15, 1.15, SMS),
  ],
  'toll-free': [fee('verification', 'free', 0, 0, TOLL_FREE), fee('number-month', 'month', 2.15, 2.15, SMS)],
};

export interface Total {
  readonly once: { readonly low: Micros; readonly high: Micros };
  readonly month: { readonly low: Micros; readonly high: Micros };
}

/** All of it together: what is paid once, and every month. */
export function totalOf(fees: readonly Fee[]): Total {
  const sum = (per: Fee['per'], end: 'low' | 'high') => fees.filter((f) => f.per === per).reduce((n, f) => n + f[end], 0) as Micros;
  return { once: { low: sum('once', 'low'), high: sum('once', 'high') }, month: { low: sum('month', 'low'), high: sum('month', 'high') } };
}

export interface Limits {
  /** Message parts a day that T-Mobile takes from one registered shop; null = no daily limit. All its numbers together, midnight Pacific. */
  readonly partsPerDay: number | null;
  /** Parts a second over all carriers. */
  readonly partsPerSecond: number;
  readonly numbers: 'one' | 'several';
}

/** facts/twilio.md 3, facts/compliance.md C. */
export const LIMITS: Readonly<Record<OpenPath, Limits>> = {
  'low-volume': { partsPerDay: 2000, partsPerSecond: 3.75, numbers: 'several' },
  'sole-proprietor': { partsPerDay: 1000, partsPerSecond: 1, numbers: 'one' },
  'toll-free': { partsPerDay: null, partsPerSecond: 3, numbers: 'one' },
};

export type Stage = 'brand' | 'campaign' | 'toll-free';

/** What has to be approved, one after the other. */
export const STAGES: Readonly<Record<OpenPath, readonly Stage[]>> = {
  'low-volume': ['brand', 'campaign'],
  'sole-proprietor': ['brand', 'campaign'],
  'toll-free': ['toll-free'],
};

/** How long a review usually takes, in business days: campaigns 5 to 15 by Twilio's own pages, toll-free as long, brands a few. */
export const REVIEW: Readonly<Record<Stage, Span>> = {
  brand: { from: 1, to: 3 },
  campaign: { from: 5, to: 15 },
  'toll-free': { from: 5, to: 15 },
};
