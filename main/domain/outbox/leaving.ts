import type { UtcMs } from '../kernel';

/** What has not left yet, and what becomes of it. Counts of texts; instants epoch ms. */
export interface Leaving {
  /** Being handed to the carrier this second. */
  underWay: number;
  /** May leave now, one after the other. */
  now: number;
  /** The hours of whoever is next end at; null when nothing is due or no hours apply. */
  closesAt: UtcMs | null;
  /** Until then, ms. */
  beforeClose: number | null;
  /** How long `now` takes at the pace of the number, ms; null when nothing is due. */
  lasts: number | null;
  /** Wait for hours, spacing or another try by itself. */
  later: { count: number; next: UtcMs | null };
  /** Wait for the owner: paused campaigns, approval of the number, the month's limit. */
  waitsForOwner: number;
  /** Campaigns whose people are being written down: they leave right after. */
  preparing: number;
  /** Campaigns with a time of their own that has not come. */
  scheduled: { campaigns: number; people: number; next: UtcMs | null };
  /** Handed to the carrier for later: leave whether or not this computer is on. */
  atCarrier: { count: number; next: UtcMs | null };
  /** May have left: looked for at the carrier, or waiting for the owner's word. */
  uncertain: { looking: number; undecided: number };
  /** The owner stopped everything, since when. */
  pausedSince: UtcMs | null;
}

const soonest = (a: UtcMs | null, b: UtcMs | null): UtcMs | null => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs));

/** Texts leave this minute. */
export const leavesNow = (l: Leaving): boolean => l.underWay + l.preparing > 0 || (l.pausedSince === null && l.now > 0);

/** Texts that this computer has to be on for: they stay behind when Regulars closes. Paused ones would stay behind anyway. */
export const needsThisComputer = (l: Leaving): boolean =>
  leavesNow(l) || (l.pausedSince === null && (l.later.count > 0 || l.scheduled.campaigns > 0));

/** Texts that have not left and need this computer; people of campaigns with a date count too. */
export const staysBehind = (l: Leaving): number =>
  l.pausedSince === null ? l.underWay + l.now + l.later.count + l.scheduled.people : l.underWay;

/** When the next text leaves that does not leave already; null when none is known. */
export const nextLeaving = (l: Leaving): UtcMs | null => soonest(l.later.next, l.scheduled.next);
