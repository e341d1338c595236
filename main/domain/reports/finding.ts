import type { Share } from '../attribution/intervals';
import type { Verdict } from '../attribution/verdict';
import type { WindowState } from '../attribution/window';
import type { ShopDay } from '../kernel';

/** "Of 100 texted, 9 came; usually 6 would": whole people, so that anybody can say it again. */
export interface FindingRatio {
  readonly of: 100 | 1000;
  readonly came: number;
  readonly usually: number;
}

/**
 * What one campaign showed, as figures a sentence can be made of (renderer/strings/results.ts). Ranges are whole people, or minor units
 * of profit, among the texted people that were compared.
 */
export type Finding =
  | { readonly code: 'running'; readonly endsOn: ShopDay }
  | { readonly code: 'waiting'; readonly endsOn: ShopDay; readonly coveredThrough: ShopDay | null }
  /** Nobody was held out: how many used the code, or came, and nothing about why. */
  | { readonly code: 'no-holdout'; readonly hasOffer: boolean; readonly people: number }
  | { readonly code: 'split-broken' }
  | { readonly code: 'counts-only'; readonly text: Share; readonly control: Share }
  | (Judged & { readonly ratio: FindingRatio });

/** What a verdict that could be reached says of one measure. */
export interface Judged {
  readonly code: 'made-money' | 'lost' | 'leaning-yes' | 'leaning-no' | 'too-early';
  readonly measure: 'buyers' | 'profit';
  readonly best: number;
  readonly low: number;
  readonly high: number;
  /** Some sales of those days carry no name: who came without being recognised is missing, so a gain is at least this. */
  readonly atLeast: boolean;
  /** Texts like this that would settle it; null = more than a year of them, or settled. */
  readonly more: number | null;
}

export interface FindingInput {
  readonly window: WindowState;
  /** Null before the window is over and covered. */
  readonly comparison: { readonly verdict: Verdict; readonly text: Counts; readonly control: Counts } | null;
  readonly hasOffer: boolean;
  readonly redeemed: number;
  readonly came: number;
  /** Sales of the window the till tied to a known person, of all its sales. */
  readonly recognised: { readonly sales: number; readonly of: number };
}
interface Counts {
  readonly n: number;
  readonly buyers: number;
}

/** The figures of the one sentence a campaign's verdict is told in (rules.md §7, facts E5). */
export function findingOf(f: FindingInput): Finding {
  const { endsOn } = f.window;
  if (f.window.state === 'running') return { code: 'running', endsOn };
  if (f.window.state === 'waiting-for-till') return { code: 'waiting', endsOn, coveredThrough: f.window.coveredThrough };
  const c = f.comparison;
  const used = { code: 'no-holdout', hasOffer: f.hasOffer, people: f.hasOffer ? f.redeemed : f.came } as const;
  if (!c) return used;
  const v = c.verdict;
  switch (v.code) {
    case 'no-holdout':
      return used;
    case 'split-broken':
      return { code: 'split-broken' };
    case 'counts-only':
      return { code: 'counts-only', text: share(c.text), control: share(c.control) };
  }
  const judged = judgedOf(v, f.recognised);
  return judged === null ? used : { ...judged, ratio: ratioOf(share(c.text), share(c.control)) };
}

/** A verdict as figures of a sentence; null where it gives no range. */
export function judgedOf(v: Verdict, recognised: FindingInput['recognised']): Judged | null {
  if (v.range === null || v.code === 'no-holdout' || v.code === 'split-broken' || v.code === 'counts-only') return null;
  const code = v.code === 'leaning' ? (v.toward === 'loss' ? 'leaning-no' : 'leaning-yes') : v.code;
  const whole = (n: number) => Math.round(n) + 0; // no "minus nobody"
  const gain = code === 'made-money' || code === 'leaning-yes';
  return {
    code,
    measure: v.measure,
    best: whole(v.range.estimate),
    low: whole(v.range.low),
    high: whole(v.range.high),
    atLeast: gain && recognised.sales < recognised.of,
    more: code === 'made-money' || code === 'lost' ? null : v.moreCampaigns,
  };
}

const share = (c: Counts): Share => ({ x: c.buyers, n: c.n });

/** Of a hundred; of a thousand where a hundred would hide the difference, or the people. */
export function ratioOf(text: Share, control: Share): FindingRatio {
  const per = (of: 100 | 1000): FindingRatio => ({ of, came: rounded(of, text), usually: rounded(of, control) });
  const hundred = per(100);
  const hidden = (came: number, s: Share) => came === 0 && s.x > 0;
  const same = hundred.came === hundred.usually && text.x * control.n !== control.x * text.n;
  return same || hidden(hundred.came, text) || hidden(hundred.usually, control) ? per(1000) : hundred;
}

const rounded = (of: number, s: Share): number => (s.n === 0 ? 0 : Math.round((of * s.x) / s.n));
