import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { type OpenOptions, type OpenShop, openShop } from '@backend/open-shop';
import { enqueue } from '@db/queries/outbox';
import { readSettings, saveSettings, writeMeta } from '@db/queries/settings';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '@services/ctx';
import { drainStep } from '@services/outbox/drain';
import { senderTurn } from '@services/outbox/sender';
import { senderState } from '@services/outbox/sender-state';
import { newRecoveryCode } from '@services/settings/settings';
import { ACCOUNT, aCarrier, KEY, SECRET, SENDER, type TestCarrier } from './carrier';
import { givePermission } from './sending-shop';
import { NOON } from './test-ctx';

export const nobody: Session = { windowId: 1, staffId: null, role: 'owner' };

export interface RestoreLab {
  carrier: TestCarrier;
  clock: FixedClock;
  dir: string;
  shop: OpenShop;
  readonly ctx: Ctx;
  /** Opens the folder again, as after a restart. */
  reopen(options?: Partial<OpenOptions>): Promise<OpenShop>;
  /** Full looks of the sender, moving both clocks to each next one, until `until` holds or the time is over. */
  run(until: () => boolean, maxMs?: number): Promise<void>;
  advance(ms: number): void;
  /** Texts made at the carrier per number. */
  created(): Record<string, number>;
  close(): Promise<void>;
}

/** A shop on disk, opened as the backend does, connected to the practice carrier over real HTTP; both on one clock that stands still. */
export async function aRestoreLab(options: Partial<OpenOptions> = {}): Promise<RestoreLab> {
  const clock = new FixedClock(NOON);
  const carrier = await aCarrier({ clock: new SimClock({ now: NOON, rate: 1 }, () => clock.now()) });
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'regulars-restore-'));
  const open = (o: Partial<OpenOptions> = {}) =>
    openShop({
      dir,
      kind: 'real',
      secrets: new PassphraseVault(join(dir, 'vault.json'), 'test'),
      clock,
      twilioUrl: carrier.url,
      machine: 'here',
      ...options,
      ...o,
    });
  const lab: RestoreLab = {
    carrier,
    clock,
    dir,
    shop: await open(),
    get ctx() {
      return this.shop.ctx;
    },
    async reopen(o = {}) {
      this.shop = await open(o);
      return this.shop;
    },
    advance: (ms) => clock.advance(ms),
    async run(until, maxMs = 6 * 60 * 60_000) {
      const end = clock.now() + maxMs;
      while (!until() && clock.now() < end) {
        const again = await senderTurn(this.ctx);
        if (!until()) clock.advance(Math.min(60_000, Math.max(50, again - clock.now())));
      }
    },
    created() {
      const out: Record<string, number> = {};
      for (const { m } of carrier.sim.messages()) if (m.direction !== 'inbound') out[m.to] = (out[m.to] ?? 0) + 1;
      return out;
    },
    async close() {
      await this.shop.close();
      await carrier.close();
    },
  };
  return lab;
}

/** Connected and past its first steps, with an owner and a printed recovery code (returned). */
export async function setUp(lab: RestoreLab, texting: Partial<ReturnType<typeof readSettings>['texting']> = {}): Promise<string> {
  const { ctx } = lab;
  await ctx.secrets.set('twilio-key-secret', SECRET);
  writeMeta(ctx.db, 'account_sid', ACCOUNT);
  const s = readSettings(ctx.db);
  const now = ctx.clock.now();
  saveSettings(ctx.db, 'shop', { ...s.shop, name: 'Corner Shoes' }, now);
  saveSettings(ctx.db, 'onboarding', { step: 'done', finishedAt: now }, now);
  saveSettings(
    ctx.db,
    'texting',
    {
      ...s.texting,
      mode: 'twilio',
      accountSid: ACCOUNT,
      keySid: KEY,
      sender: { kind: 'number', number: SENDER },
      numbers: [SENDER],
      segmentsPerSecond: 1000,
      senderApproved: true,
      ...texting,
    },
    now,
  );
  if (!ctx.db.prepare('SELECT 1 FROM staff').get()) {
    ctx.db.run(ctx.db.q.insertInto('staff').values({ id: 1, name: 'Olga', role: 'owner', pin_hash: 'x', created_at: 0 }));
  }
  return (await newRecoveryCode(ctx, nobody)).code;
}

/** A campaign that is being sent to people who may be texted; texts of those from `later` on may only leave an hour later. */
export function aCampaign(
  ctx: Ctx,
  o: { id: number; phones: readonly PhoneE164[]; later?: number; body?: (i: number) => string; state?: string },
): void {
  const now = ctx.clock.now();
  givePermission(ctx, o.phones);
  ctx.journal.append([{ kind: 'campaign-started', at: now, row: { id: o.id } }]);
  ctx.db.tx((trx) => {
    trx
      .prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (?, 'Boots', ?, ?, ?, ?)")
      .run(o.id, o.state ?? 'sending', now, now, now);
    o.phones.forEach((phone, i) => {
      const known = trx.prepare('SELECT id FROM customer WHERE phone = ?').pluck().get(phone) as number | undefined;
      const id =
        known ??
        Number(
          trx
            .prepare("INSERT INTO customer (first_name, phone, phone_kind, created_at, updated_at) VALUES (?, ?, 'mobile', ?, ?)")
            .run(`P${i}`, phone, now, now).lastInsertRowid,
        );
      enqueue(trx, {
        cause: { kind: 'campaign', id: String(o.id) },
        address: phone,
        customerId: id as never,
        messageClass: 'marketing',
        body: o.body?.(i) ?? `Corner Shoes: boots are in, ${i}. STOP to end`,
        segments: 1,
        quotedPrice: 11_300 as never,
        notBefore: (o.later !== undefined && i >= o.later ? now + 3_600_000 : now) as UtcMs,
        expiresAt: null,
        now,
      });
    });
  });
}

/** What may leave now, and its answers. */
export async function drain(ctx: Ctx): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const step = await drainStep(ctx);
    await Promise.allSettled(senderState(ctx).inFlight);
    if (step.started === 0 && (step.again === null || step.again > ctx.clock.now())) break;
  }
  await senderTurn(ctx);
}
