import { requestsFrom } from '@db/queries/carrier-requests';
import { foreignTimes } from '@db/queries/foreign-texts';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { ShopDay } from '@domain/kernel';
import type { Ctx } from '../ctx';

const DAYS = 14;

/** How often the carrier was asked, and texts that left the account without us, by the shop's days, newest first. */
export function accountTraffic(ctx: Ctx) {
  const { zone } = ctx.settings().shop;
  const today = shopDay(ctx.clock.now(), zone);
  const first = addDays(today, 1 - DAYS);
  const asked = new Map(requestsFrom(ctx.db, first).map((d) => [d.day, d.asked]));
  const foreign = new Map<string, { total: number; ours: number; alike: number }>();
  const times = foreignTimes(ctx.db, startOfDay(first, zone));
  for (const f of times) {
    const day = shopDay(f.at, zone);
    const of = foreign.get(day) ?? { total: 0, ours: 0, alike: 0 };
    foreign.set(day, { total: of.total + 1, ours: of.ours + f.ours, alike: of.alike + f.alike });
  }
  const days = Array.from({ length: DAYS }, (_, i) => addDays(today, -i) as ShopDay).map((day) => {
    const a = asked.get(day) ?? { send: 0, list: 0, fetch: 0, other: 0 };
    return { day, asked: a.list + a.fetch + a.other, sent: a.send, foreign: foreign.get(day) ?? { total: 0, ours: 0, alike: 0 } };
  });
  return { days, lastAlikeAt: times.find((f) => f.alike === 1)?.at ?? null };
}
