import { permittedCount } from '@db/queries/automation-facts';
import type { Automation } from '@db/queries/automations';
import type { Campaign } from '@db/queries/campaigns';
import { holdoutPercent } from '@domain/attribution/holdout';
import { QUARTER_PERCENT, quarterHeld } from '@domain/attribution/rolling';
import { KINDS } from '@domain/automations/kinds';
import { shopDay } from '@domain/calendar';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { quarterGroup } from '../attribution/rolling';
import type { Ctx } from '../ctx';

/** What a comparison goes by. */
export interface HeldBy {
  holdout: Campaign['holdout'];
  /** Of a hundred, how many get none. */
  percent: number;
}

/** How many of a hundred get none, as a month opened now would be drawn; promised things leave nobody out (rules.md §7). */
export function heldNow(ctx: Ctx, a: Pick<Automation, 'kind'>, holdout: Campaign['holdout']): HeldBy {
  if (KINDS[a.kind].promised) return { holdout: 'off', percent: 0 };
  const own = holdoutPercent(holdout, permittedCount(ctx.db));
  // whoever is kept out of everything for the quarter is kept out of this, whatever was chosen for it
  return { holdout, percent: ctx.settings().money.quarterHoldout ? Math.max(QUARTER_PERCENT, holdout === 'half' ? own : 0) : own };
}

/**
 * Newcomers by threshold (rules.md §7): people come one by one, so nobody can be drawn among others. The lot is of the automation and the
 * shop's month, whichever month's campaign is opened for it: so what is read before it is switched on is what is drawn then. One person's
 * answer at an instant.
 */
export function heldOut(ctx: Ctx, a: Pick<Automation, 'id' | 'kind' | 'createdAt'>, by: HeldBy): (id: CustomerId, at: UtcMs) => boolean {
  if (KINDS[a.kind].promised) return () => false;
  const { zone } = ctx.settings().shop;
  const months = new Map<string, (id: CustomerId) => boolean>();
  const inMonth = (at: UtcMs): ((id: CustomerId) => boolean) => {
    const quarter = quarterGroup(ctx, at);
    if (quarter !== null && by.holdout !== 'half') return quarter;
    // "half" draws the rest of its half from the others, as every campaign does
    const drawn = quarter === null ? by.percent : ((by.percent - QUARTER_PERCENT) / (100 - QUARTER_PERCENT)) * 100;
    const name = `automation:${a.createdAt}:${a.id}:${shopDay(at, zone).slice(0, 7)}`;
    const own = drawn <= 0 ? () => false : quarterHeld(ctx.hmacKey, name, drawn);
    return (id) => own(id) || (quarter?.(id) ?? false);
  };
  return (id, at) => {
    const month = shopDay(at, zone).slice(0, 7);
    let of = months.get(month);
    if (of === undefined) {
      of = inMonth(at);
      months.set(month, of);
    }
    return of(id);
  };
}
