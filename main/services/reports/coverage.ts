import { salesImports } from '@db/queries/reports';
import { salesCoveredThrough } from '@domain/attribution/window';
import { addDays, shopDay } from '@domain/calendar';
import type { ShopDay } from '@domain/kernel';
import type { ShopSettings } from '@domain/settings/settings';
import type { Ctx } from '../ctx';

/** Does the shop open on this calendar day? */
export function isOpenDay(shop: ShopSettings, day: ShopDay): boolean {
  if (shop.closedDays.includes(day)) return false;
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const mondayFirst = (new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7;
  return shop.hours[mondayFirst] != null;
}

/** The last shop day whose sales are all imported; null before the first import. */
export function coveredThrough(ctx: Ctx): ShopDay | null {
  const { shop } = ctx.settings();
  return salesCoveredThrough(salesImports(ctx.db), shop.zone, (day) => isOpenDay(shop, day));
}

/** Open days since then whose sales are still missing, today left out. */
export function openDaysMissing(ctx: Ctx, covered: ShopDay): number {
  const { shop } = ctx.settings();
  const today = shopDay(ctx.clock.now(), shop.zone);
  let missing = 0;
  for (let day = addDays(covered, 1); day < today && missing < 400; day = addDays(day, 1)) if (isOpenDay(shop, day)) missing++;
  return missing;
}
