import { FixedClock } from '@adapters/clock/fixed-clock';
import type { CarrierServerOptions } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import type { Db } from '@db/open';
import { enqueue, type OutboxState } from '@db/queries/outbox';
import { type CampaignId, type CustomerId, DAY, type Micros, type OutboxId, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { Settings } from '@domain/settings/settings';
import type { SmsGateway } from '@ports/sms-gateway';
import { withConsent } from '@services/consent/ledger';
import { attestImported } from '@services/consent/record';
import type { Ctx } from '@services/ctx';
import { drainOnce } from '@services/outbox/drain';
import { senderTurn } from '@services/outbox/sender';
import { aCarrier, SENDER, type TestCarrier } from './carrier';
import { aCtx, NOON, type TestCtx } from './test-ctx';

/** People in New York, where it is 11:00 at NOON. */
export const aNewYorker = (n: number): PhoneE164 => `+1646${String(5_550_000 + n)}` as PhoneE164;
export const PRICE = 11_300 as Micros;

/** One marketing text, as campaigns queue it. */
export const aMarketingDraft = (address: PhoneE164, now: UtcMs = NOON): Parameters<typeof enqueue>[1] => ({
  cause: { kind: 'campaign', id: '1' },
  address,
  customerId: null,
  messageClass: 'marketing',
  body: 'Corner Shoes: hello',
  segments: 1,
  quotedPrice: PRICE,
  notBefore: now,
  expiresAt: null,
  now,
});

/** Standing permissions for marketing that the owner vouched for: no confirmation is due. */
export function givePermission(ctx: Ctx, phones: readonly PhoneE164[]): void {
  withConsent(ctx, (trx) => {
    for (const phone of phones) {
      attestImported(ctx, trx, {
        phone,
        occurredAt: (ctx.clock.now() - 90 * DAY) as UtcMs,
        importId: 1,
        how: 'paper form',
        wordingText: 'Yes, text me offers.',
        staffId: null,
      });
    }
  });
}

/** Writes people with permission, a campaign that is being sent, and its texts. Returns the outbox ids, in order. */
export function aSendingCampaign(
  ctx: Ctx,
  o: { id?: number; people: number; from?: number; expiresAt?: UtcMs | null },
): { id: CampaignId; outbox: OutboxId[]; phones: PhoneE164[] } {
  const id = (o.id ?? 1) as CampaignId;
  const now = ctx.clock.now();
  const phones = Array.from({ length: o.people }, (_, i) => aNewYorker((o.from ?? 0) + i));
  givePermission(ctx, phones);
  const ids = ctx.db.tx((trx) => {
    trx
      .prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (?, 'Boots', 'sending', ?, ?, ?)")
      .run(id, now, now, now);
    return phones.map((phone, i) => {
      const person = trx
        .prepare('INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, ?, ?, ?)')
        .run(`P${i}`, phone, 'mobile', now, now);
      const customerId = Number(person.lastInsertRowid) as CustomerId;
      return enqueue(trx, {
        cause: { kind: 'campaign', id: String(id) },
        address: phone,
        customerId,
        messageClass: 'marketing',
        body: `Corner Shoes: boots are in, ${i}. STOP to end`,
        segments: 1,
        quotedPrice: PRICE,
        notBefore: now,
        expiresAt: o.expiresAt ?? null,
        now,
      }) as OutboxId;
    });
  });
  return { id, outbox: ids, phones };
}

export interface SendingShop {
  ctx: TestCtx;
  carrier: TestCarrier;
  /** Moves the shop's and the carrier's time together. */
  advance(ms: number): void;
  drain(): ReturnType<typeof drainOnce>;
  /** Full looks, moving time to each next one, until `until` holds or `maxMs` passed. */
  run(until: () => boolean, maxMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** A shop on real SQLite talking real HTTP to the practice carrier, both on one clock that stands still. */
export async function aSendingShop(
  o: {
    carrier?: CarrierServerOptions & { timeouts?: { postMs: number; getMs: number } };
    settings?: { [K in keyof Settings]?: Partial<Settings[K]> };
    wrap?: (gateway: SmsGateway) => SmsGateway;
    now?: UtcMs;
    db?: Db;
  } = {},
): Promise<SendingShop> {
  const clock = new FixedClock(o.now ?? NOON);
  const carrier = await aCarrier({ ...o.carrier, clock: new SimClock({ now: clock.now(), rate: 1 }, () => clock.now()) });
  const ctx = aCtx({
    ...(o.db ? { db: o.db } : {}),
    now: clock.now(),
    account: carrier.account,
    gateway: o.wrap ? o.wrap(carrier.gateway) : carrier.gateway,
    settings: {
      ...o.settings,
      texting: {
        mode: 'twilio',
        accountSid: carrier.gateway.accountSid,
        sender: { kind: 'number', number: SENDER },
        numbers: [SENDER],
        segmentsPerSecond: 1000,
        senderApproved: true,
        ...o.settings?.texting,
      },
    },
  });
  const advance = (ms: number) => {
    clock.advance(ms);
    ctx.clock.advance(ms);
  };
  return {
    ctx,
    carrier,
    advance,
    drain: () => drainOnce(ctx),
    async run(until, maxMs = 3 * 60 * 60_000) {
      const end = ctx.clock.now() + maxMs;
      while (!until() && ctx.clock.now() < end) {
        const again = await senderTurn(ctx);
        if (!until()) advance(Math.max(50, again - ctx.clock.now()));
      }
    },
    async close() {
      await carrier.close();
    },
  };
}

export const stateOf = (
  ctx: TestCtx,
  id: OutboxId,
): { state: OutboxState; reason: string | null; sid: string | null; error_code: number | null } =>
  ctx.db.prepare('SELECT state, reason, sid, error_code FROM outbox WHERE id = ?').get(id) as ReturnType<typeof stateOf>;

export const countStates = (ctx: TestCtx): Record<string, number> =>
  Object.fromEntries(
    (ctx.db.prepare('SELECT state, count(*) AS n FROM outbox GROUP BY state').all() as { state: string; n: number }[]).map((r) => [
      r.state,
      r.n,
    ]),
  );
