import { addDays, shopDay } from '../calendar';
import type { ShopDay, UtcMs, Zone } from '../kernel';

/** One finished till import: when it ran and the last sale it held. */
export interface SalesImport {
  readonly finishedAt: UtcMs;
  readonly lastSaleAt: UtcMs;
}

/**
 * The last shop day whose sales are certainly all here; null before the first import. A file fetched on the day of its last
 * sale may lack the evening, so that day counts only if the import ran on a later day. Closed days after it hold no sales
 * and are covered too, up to the day before the import ran.
 */
export function salesCoveredThrough(imports: readonly SalesImport[], zone: Zone, isOpen: (day: ShopDay) => boolean): ShopDay | null {
  let covered: ShopDay | null = null;
  for (const i of imports) {
    const last = shopDay(i.lastSaleAt, zone);
    const ran = shopDay(i.finishedAt, zone);
    let day = ran > last ? last : addDays(last, -1);
    for (let next = addDays(day, 1); next < ran && !isOpen(next); next = addDays(next, 1)) day = next;
    if (covered === null || day > covered) covered = day;
  }
  return covered;
}

export type WindowState =
  | { readonly state: 'running'; readonly endsOn: ShopDay }
  /** Over, but the till file does not reach its last day yet. */
  | { readonly state: 'waiting-for-till'; readonly endsOn: ShopDay; readonly coveredThrough: ShopDay | null }
  | { readonly state: 'closed'; readonly endsOn: ShopDay };

/** A window closes only when imported sales cover its last day (rules.md §7): no verdict before. */
export function windowState(endsAt: UtcMs, now: UtcMs, coveredThrough: ShopDay | null, zone: Zone): WindowState {
  const endsOn = shopDay(endsAt, zone);
  if (coveredThrough !== null && coveredThrough >= endsOn && now > endsAt) return { state: 'closed', endsOn };
  return now <= endsAt ? { state: 'running', endsOn } : { state: 'waiting-for-till', endsOn, coveredThrough };
}
