/**
 * What an opt-out puts at stake: people who told the shop to stop and used to come regularly, and what they left in a year at their own
 * rhythm. Not a loss: whoever stops texts may come all the same, and that is counted beside it. Money in minor units.
 */
import type { Interval } from '../attribution/intervals';
import { Z95 } from '../attribution/normal';
import type { CampaignId, CustomerId, UtcMs } from '../kernel';
import { DAY } from '../kernel';

/** Somebody who stopped, as the till knew them until then. */
export interface Stopper {
  readonly customerId: CustomerId;
  readonly at: UtcMs;
  /** The campaign whose text came before the stop. */
  readonly campaignId: CampaignId | null;
  /** First visit ever; null = the till never knew them. */
  readonly firstVisitAt: UtcMs | null;
  /** Days with a purchase in the year before the stop. */
  readonly visits: number;
  /** Earned in that year (margin less discounts), or taken in before tax where no margin is known. */
  readonly year: number;
  /** Days with a purchase since. */
  readonly visitsSince: number;
}

/** A year of looking back; fewer days say too little of a year. */
const YEAR = 365 * DAY;
const KNOWN_FOR = 60 * DAY;
/** Three days are two gaps: the least a rhythm can be told from. */
const REGULAR_VISITS = 3;
/** Visits of all of them together under which no sum is said. */
const ENOUGH_VISITS = 10;
/** Back since? Asked only of those who have had this long. */
const TIME_TO_COME = 30 * DAY;

export interface LostRegulars {
  readonly stopped: number;
  readonly regulars: number;
  /** Not known well enough at the till to say either. */
  readonly unknown: number;
  /** What the regulars left in a year; null while too few visits stand behind it. */
  readonly yearly: Interval | null;
  /** Of the regulars who have had a month to come: how many did. */
  readonly cameSince: { readonly x: number; readonly n: number };
}

/** Did they come often enough before, and long enough, for a rhythm? */
export const isRegular = (s: Stopper): boolean =>
  s.firstVisitAt !== null && s.visits >= REGULAR_VISITS && s.at - s.firstVisitAt >= KNOWN_FOR && s.year > 0;

/** Under this the till does not know somebody: no sale at all, or a first one shortly before. */
const isUnknown = (s: Stopper): boolean => s.firstVisitAt === null || s.at - s.firstVisitAt < KNOWN_FOR;

/**
 * Each regular's year as they had it (of those known for less, in proportion). The range is how far the sum of such years strays by chance
 * alone when everybody keeps their rhythm: visits come as they come, so a sum y over v visits strays by y/√v; 95 %.
 */
export function lostRegulars(stoppers: readonly Stopper[], now: UtcMs): LostRegulars {
  const regulars = stoppers.filter(isRegular);
  let sum = 0;
  let spread = 0;
  let visits = 0;
  for (const s of regulars) {
    const known = Math.min(YEAR, s.at - (s.firstVisitAt ?? s.at));
    const year = (s.year * YEAR) / known;
    sum += year;
    spread += (year * year) / s.visits;
    visits += s.visits;
  }
  const half = Z95 * Math.sqrt(spread);
  const asked = regulars.filter((s) => now - s.at >= TIME_TO_COME);
  return {
    stopped: stoppers.length,
    regulars: regulars.length,
    unknown: stoppers.filter(isUnknown).length,
    yearly: visits < ENOUGH_VISITS ? null : { estimate: sum, low: Math.max(0, sum - half), high: sum + half },
    cameSince: { x: asked.filter((s) => s.visitsSince > 0).length, n: asked.length },
  };
}
