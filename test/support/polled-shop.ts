import type { PhoneE164, UtcMs } from '@domain/kernel';
import { senderTurn } from '@services/outbox/sender';
import { SENDER } from './carrier';
import { aListGateway, type ListedMessage, type ListGateway } from './list-gateway';
import { aNewYorker } from './sending-shop';
import { aCtx, NOON, type TestCtx } from './test-ctx';

export const DELIVERED: ListedMessage['plan'] = [
  { afterMs: 0, status: 'queued' },
  { afterMs: 2000, status: 'sent' },
  { afterMs: 5000, status: 'delivered' },
];

export interface PolledShop {
  ctx: TestCtx;
  carrier: ListGateway;
  /** A text of ours that has just left, in the file and in the carrier's list. Returns its SID. */
  left(o?: { to?: PhoneE164; plan?: ListedMessage['plan']; pricedAfterMs?: number; body?: string; listed?: boolean }): string;
  stateOf(sid: string): string;
  /** Looks of the sender, moving time to each next one. */
  live(ms: number, each?: () => void): Promise<void>;
}

/** A shop whose carrier is only a list (test/support/list-gateway.ts): what asking costs, and what it finds. */
export function aPolledShop(now: UtcMs = NOON): PolledShop {
  let ctx: TestCtx;
  const carrier = aListGateway(() => ctx.clock.now());
  ctx = aCtx({
    now,
    gateway: carrier,
    settings: {
      texting: {
        mode: 'twilio',
        accountSid: carrier.accountSid,
        sender: { kind: 'number', number: SENDER },
        numbers: [SENDER],
        senderApproved: true,
      },
    },
  });
  ctx.db.run(
    ctx.db.q.insertInto('campaign').values({ id: 1, name: 'Boots', state: 'finished', created_at: now, updated_at: now, started_at: now }),
  );
  let n = 0;
  return {
    ctx,
    carrier,
    left(o = {}) {
      n++;
      const at = ctx.clock.now();
      const to = o.to ?? aNewYorker(n);
      const body = o.body ?? `Corner Shoes: hello ${n}`;
      const sid = `SM${String(n).padStart(32, '0')}`;
      ctx.db
        .prepare(
          `INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, quoted_price, not_before,
             attempts, reconcile_at, sid, sender, left_at, created_at, updated_at)
           VALUES ('campaign', ?, 'sms', ?, 'marketing', 5, 'accepted', ?, 1, 11300, ?, 1, ?, ?, ?, ?, ?, ?)`,
        )
        .run(o.to === undefined ? '1' : String(1000 + n), to, body, at, at + 30 * 60_000, sid, SENDER, at, at, at);
      if (o.listed !== false) {
        carrier.messages.push({
          sid,
          direction: 'outbound',
          from: SENDER,
          to,
          body,
          createdAt: Math.floor(at / 1000) * 1000 - carrier.skewMs,
          plan: o.plan ?? DELIVERED,
          ...(o.pricedAfterMs === undefined ? {} : { pricedAfterMs: o.pricedAfterMs }),
        });
      }
      return sid;
    },
    stateOf: (sid) => ctx.db.prepare('SELECT state FROM outbox WHERE sid = ?').pluck().get(sid) as string,
    async live(ms, each) {
      const end = ctx.clock.now() + ms;
      while (ctx.clock.now() < end) {
        const again = await senderTurn(ctx);
        ctx.clock.advance(Math.max(50, Math.min(again, end) - ctx.clock.now()));
        each?.();
      }
    },
  };
}
