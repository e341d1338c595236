import { type Interval, wilson } from '../attribution/intervals';
import { READY_TEXTS } from '../campaigns/templates';
import { type Compared, pooledBuyers } from './pooled';

/** What a text or an offer did over its measured campaigns. */
export interface KeepEvidence {
  readonly kind: 'text' | 'offer';
  readonly campaigns: number;
  readonly delivered: number;
  readonly stops: number;
  /** Codes used; of an offer, or of texts that carried one. */
  readonly redeemed: number;
  readonly withCode: boolean;
  /** Campaigns with a fresh split of their own that came out as drawn. */
  readonly compared: readonly Compared[];
  /** Campaigns whose whole range of profit lies on one side of nothing. */
  readonly madeMoney: number;
  readonly lostMoney: number;
}

export const KEEP_VERDICTS = ['keep', 'change', 'off', 'too-early'] as const;
export type KeepVerdict = (typeof KEEP_VERDICTS)[number];
export const KEEP_REASONS = [
  'made-money',
  'brings',
  'leaving',
  'lost-money',
  'keeps-away',
  'leaving-some',
  'nothing',
  'unused',
  'unknown',
] as const;
export type KeepReason = (typeof KEEP_REASONS)[number];

export interface Kept {
  readonly verdict: KeepVerdict;
  readonly reason: KeepReason;
  /** Extra people per person texted; null where too few to say. */
  readonly pooled: Interval | null;
}

/** Opt-outs surely above: bad, and worth a look (facts F). Under so many texts nothing is said of them. */
const BAD_LEAVING = 0.04;
const SOME_LEAVING = 0.02;
const LEAST_DELIVERED = 20;
/** Surely less than one more in a hundred. */
const NOTHING = 0.01;
/** Surely fewer than two in a hundred use the code. */
const UNUSED = 0.02;
const LEAST_FOR_UNUSED = 200;

/**
 * Keep, change or switch off, once a quarter, and only from what is shown: harm first, then what works, then what does nothing. A verdict
 * rests on the whole range, never on a best guess; everything else is too early to tell, and stays as it is.
 */
export function keepOrChange(e: KeepEvidence): Kept {
  const pooled = pooledBuyers(e.compared);
  const say = (verdict: KeepVerdict, reason: KeepReason): Kept => ({ verdict, reason, pooled });
  const leaving = e.delivered >= LEAST_DELIVERED ? wilson({ x: Math.min(e.stops, e.delivered), n: e.delivered }).low : 0;
  if (leaving > BAD_LEAVING) return say('off', 'leaving');
  if (e.lostMoney > 0 && e.madeMoney === 0) return say('off', 'lost-money');
  if (pooled !== null && pooled.high < 0) return say('off', 'keeps-away');
  if (leaving > SOME_LEAVING) return say('change', 'leaving-some');
  if (e.madeMoney > 0 && e.lostMoney === 0) return say('keep', 'made-money');
  if (pooled !== null && pooled.low > 0 && e.lostMoney === 0) return say('keep', 'brings');
  if (pooled !== null && pooled.high < NOTHING) return say('change', 'nothing');
  const unused =
    e.withCode && e.delivered >= LEAST_FOR_UNUSED && wilson({ x: Math.min(e.redeemed, e.delivered), n: e.delivered }).high < UNUSED;
  return unused ? say('change', 'unused') : say('too-early', 'unknown');
}

const ORDER: readonly KeepVerdict[] = ['off', 'change', 'keep', 'too-early'];
/** What asks for something first; then by how many people it reached. */
export const inOrder = <T extends { readonly verdict: KeepVerdict; readonly delivered: number }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || b.delivered - a.delivered);

const escaped = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const READY = READY_TEXTS.map((t) => ({
  text: t,
  // its blanks were filled in
  is: new RegExp(`^${escaped(t.en).replace(/\\\{[xy]\\\}/g, '.{1,100}')}$`, 'su'),
}));

/** Which ready-made text a campaign said; null when it said something else. */
export const readyTextOf = (body: string): string | null => READY.find((r) => r.is.test(body.trim()))?.text.key ?? null;
