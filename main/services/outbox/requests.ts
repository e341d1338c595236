import { addRequests, forgetRequests, type Requests } from '@db/queries/carrier-requests';
import { addDays, shopDay } from '@domain/calendar';
import type { SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';

/** What of a gateway's counters is written down already. */
const noted = new WeakMap<SmsGateway, Requests>();
const KEPT_DAYS = 60;

/** Writes down how often the carrier was asked since the last time, under the shop's day. A few seconds' worth is lost in a crash. */
export function noteRequests(ctx: Ctx, gateway: SmsGateway): void {
  const all = gateway.traffic?.();
  if (!all) return;
  const before = noted.get(gateway) ?? { send: 0, list: 0, fetch: 0, other: 0 };
  const more = {
    send: all.send - before.send,
    list: all.list - before.list,
    fetch: all.fetch - before.fetch,
    other: all.other - before.other,
  };
  if (more.send + more.list + more.fetch + more.other <= 0) return;
  noted.set(gateway, { send: all.send, list: all.list, fetch: all.fetch, other: all.other });
  const day = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  ctx.db.tx((trx) => {
    addRequests(trx, day, more);
    forgetRequests(trx, addDays(day, -KEPT_DAYS));
  });
}

/** How far the carrier's clock is ahead of ours, ms, as its last answer said; 0 while nobody knows. */
export const carrierAhead = (gateway: SmsGateway): number => -(gateway.clockReading?.()?.skewMs ?? 0);
