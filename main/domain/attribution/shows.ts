import { type HoldoutChoice, holdoutPercent } from './holdout';
import { peoplePerGroup, smallestVisibleRise } from './power';
import { MIN_GROUP } from './verdict';

/** What is taken for the usual share while the shop has none of its own. */
export const USUAL_SHARE = 0.05;

/**
 * The smallest difference in a hundred people that groups of this size usually show (80 % of the time at 95 %), rounded up to a half;
 * null = they cannot show any. Said before sending.
 */
export function showsPerHundred(usual: number, a: number, b: number): number | null {
  if (Math.min(a, b) < MIN_GROUP) return null;
  const rise = smallestVisibleRise(usual, a, b);
  return rise === null ? null : Math.ceil(rise * 200 - 1e-9) / 2;
}

export type ShowsCode =
  /** Nobody is held out by choice: afterwards nobody can say who would have come anyway. */
  | 'off'
  /** Nobody is held out since the list is too short for a split to teach anything. */
  | 'short-list'
  /** A group of fewer than fifty: counts only. */
  | 'small-group'
  | 'shows';

export interface WhatItShows {
  readonly code: ShowsCode;
  readonly people: number;
  readonly texted: number;
  readonly heldOut: number;
  /** Share that comes anyway, 0…1, and whether it is the shop's own. */
  readonly usual: number;
  readonly own: boolean;
  /** More people in a hundred than usual; only with `shows`. */
  readonly perHundred: number | null;
  /** People a list needs, split half and half, to show three in a hundred more than usual; told where this list is too short. */
  readonly listNeeded: number;
}

/** What the shortest useful test should tell apart: three more in a hundred. */
const WORTH_KNOWING = 0.03;

/**
 * What can this list show? Asked before sending, from the people who could be texted, the holdout the owner chose and the share that
 * usually comes (facts E3, E5): so that nobody expects a verdict from 200 people.
 */
export function whatItShows(people: number, choice: HoldoutChoice, usual: { readonly share: number; readonly own: boolean }): WhatItShows {
  const percent = holdoutPercent(choice, people);
  const heldOut = Math.round((people * percent) / 100);
  const texted = people - heldOut;
  const perHundred = showsPerHundred(usual.share, texted, heldOut);
  const code = percent === 0 ? (choice === 'off' ? 'off' : 'short-list') : perHundred === null ? 'small-group' : 'shows';
  const listNeeded = 2 * Math.ceil(peoplePerGroup(usual.share, usual.share + WORTH_KNOWING));
  return {
    code,
    people,
    texted,
    heldOut,
    usual: usual.share,
    own: usual.own,
    perHundred: code === 'shows' ? perHundred : null,
    listNeeded,
  };
}
