import { usualBuyers } from '@db/queries/attribution';
import type { HoldoutChoice } from '@domain/attribution/holdout';
import { USUAL_SHARE, type WhatItShows, whatItShows } from '@domain/attribution/shows';
import type { Ctx } from '../ctx';

/** People left out in past campaigns before their share is taken for the shop's own. */
const ENOUGH_HELD_OUT = 200;

/**
 * What a list of so many people can show, told before sending. The usual share is that of people left out of past campaigns, whom the till
 * knew before. Null while a group stays untexted for the whole quarter: then the verdict is the quarter's, not one text's.
 */
export function whatListShows(ctx: Ctx, people: number, holdout: HoldoutChoice): WhatItShows | null {
  if (ctx.settings().money.quarterHoldout) return null;
  const { people: heldOut, buyers } = usualBuyers(ctx.db);
  const own = heldOut >= ENOUGH_HELD_OUT;
  const share = own ? Math.min(0.5, Math.max(0.005, buyers / heldOut)) : USUAL_SHARE;
  return whatItShows(people, holdout, { share, own });
}
