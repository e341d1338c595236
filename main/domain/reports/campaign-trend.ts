import { type Interval, newcombe, type Share } from '../attribution/intervals';
import type { CampaignId, UtcMs } from '../kernel';

/** One campaign as a point on the time line. */
export interface TrendCampaign {
  readonly id: CampaignId;
  readonly name: string;
  readonly startedAt: UtcMs;
  /** Its window is over and covered by the till file. */
  readonly closed: boolean;
  /** Had a code that could be used. */
  readonly offer: boolean;
  readonly delivered: number;
  readonly redeemed: number;
  /** Of those whose text arrived (Wilson 95 %); null where none did. */
  readonly used: Interval | null;
  /** Only where it drew people of its own to leave out, once its window is over. */
  readonly measured: TrendMeasured | null;
}

export interface TrendMeasured {
  readonly texted: number;
  readonly heldOut: number;
  /** Extra people who came, of one texted (Newcombe 95 %). */
  readonly people: Interval;
  /** Extra profit in cents after the cost of its texts (MOVER 95 %), small campaigns included; null without a margin. */
  readonly profit: Interval | null;
  /** Its texts, in cents of the shop; null when the carrier bills in another currency. */
  readonly cost: number | null;
}

/**
 * Estimates of different campaigns added up: their squared half-widths add (MOVER, Zou & Donner 2008). Only for campaigns that each drew
 * people of their own to leave out; takings that merely followed a text are never added up as its doing.
 */
export function sumOfIndependent(parts: readonly Interval[]): Interval | null {
  if (parts.length === 0) return null;
  const estimate = parts.reduce((n, p) => n + p.estimate, 0);
  const width = (of: (p: Interval) => number) => Math.hypot(...parts.map(of));
  return { estimate, low: estimate - width((p) => p.estimate - p.low), high: estimate + width((p) => p.high - p.estimate) };
}

export type ReturnsFinding =
  /** Nothing has been measured: `sent` campaigns left. */
  | { readonly code: 'none'; readonly sent: number }
  | {
      readonly code: 'paid' | 'lost' | 'unclear';
      readonly campaigns: number;
      /** Cents of profit after the cost of the texts. */
      readonly profit: Interval;
      readonly cost: number;
      /** Profit before the texts' cost for each unit spent on them; only with `paid`, and where they cost anything. */
      readonly perUnit: { readonly low: number; readonly high: number } | null;
    }
  /** No margin: people instead of money. `people` is extra people of one texted, pooled. */
  | { readonly code: 'people-more' | 'people-fewer' | 'people-unclear'; readonly campaigns: number; readonly people: Interval };

/** What texts brought in all, over every campaign that can say so. `pooled`: Mantel-Haenszel over the same campaigns; null under two. */
export function returnsFinding(campaigns: readonly TrendCampaign[], pooled: Interval | null): ReturnsFinding {
  const measured = campaigns.flatMap((c) => c.measured ?? []);
  const [only] = measured;
  if (!only) return { code: 'none', sent: campaigns.length };
  const profits = measured.flatMap((m) => m.profit ?? []);
  const costs = measured.flatMap((m) => m.cost ?? []);
  const profit = profits.length === measured.length && costs.length === measured.length ? sumOfIndependent(profits) : null;
  if (profit) {
    const cost = costs.reduce((a, b) => a + b, 0);
    const code = profit.low > 0 ? 'paid' : profit.high < 0 ? 'lost' : 'unclear';
    const perUnit = code === 'paid' && cost > 0 ? { low: (profit.low + cost) / cost, high: (profit.high + cost) / cost } : null;
    return { code, campaigns: measured.length, profit, cost, perUnit };
  }
  const people = measured.length === 1 ? only.people : (pooled ?? only.people);
  const code = people.low > 0 ? 'people-more' : people.high < 0 ? 'people-fewer' : 'people-unclear';
  return { code, campaigns: measured.length, people };
}

export type RedemptionFinding =
  | { readonly code: 'none' }
  | { readonly code: 'one'; readonly name: string; readonly share: Share }
  /** The newest one against all before it; another share only where the range of the difference (Newcombe 95 %) leaves zero out. */
  | { readonly code: 'more' | 'fewer' | 'usual'; readonly name: string; readonly share: Share; readonly before: Share };

/** Whether the newest code was used as codes usually are. Campaigns still running are shown, not judged. Any order. */
export function redemptionFinding(campaigns: readonly TrendCampaign[]): RedemptionFinding {
  const done = campaigns
    .filter((c) => c.offer && c.closed && c.delivered > 0 && c.redeemed <= c.delivered)
    .sort((a, b) => a.startedAt - b.startedAt);
  const newest = done.at(-1);
  if (!newest) return { code: 'none' };
  const share = { x: newest.redeemed, n: newest.delivered };
  if (done.length === 1) return { code: 'one', name: newest.name, share };
  const earlier = done.slice(0, -1);
  const before = { x: earlier.reduce((n, c) => n + c.redeemed, 0), n: earlier.reduce((n, c) => n + c.delivered, 0) };
  const apart = newcombe(share, before);
  return { code: apart.low > 0 ? 'more' : apart.high < 0 ? 'fewer' : 'usual', name: newest.name, share, before };
}
