import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { type CarrierServer, startCarrierServer } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { type OpenShop, openShop } from '@backend/open-shop';
import { connectPracticePost } from '@backend/post-office';
import { fillSampleShop } from '@backend/sample-shop';
import { readSettings, saveSettings, writeMeta } from '@db/queries/settings';
import { mulberry32 } from '@domain/attribution/means';
import { instantOf } from '@domain/calendar';
import { DAY, HOUR, MINUTE, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { creditsUpToDate } from '@services/attribution/recompute';
import { runAutomations } from '@services/automations/run';
import { flushSent } from '@services/backups/sent-journal';
import { runLadders } from '@services/campaigns/ladder-run';
import { runSchedules } from '@services/campaigns/schedule-run';
import { sweepConsent, sweepSilent } from '@services/consent/index';
import type { Ctx } from '@services/ctx';
import { refreshDailyStats } from '@services/customers/stats';
import { keepLoyalty } from '@services/loyalty/keep';
import { sendDue } from '@services/mail/sender';
import { remindUncollected } from '@services/orders/texts';
import { senderTurn } from '@services/outbox/sender';
import { keepHistory } from '@services/segments/history';
import { mendTelling } from '@services/wishes/tell';
import { ACCOUNT, KEY, SECRET, SENDER } from '../carrier';

export const ZONE = 'America/New_York' as Zone;

export const at = (day: ShopDay, hour: number, minute = 0): UtcMs => {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return instantOf(ZONE, y, m, d, hour, minute);
};

/** The demo shop in a folder, and the simulated carrier over real HTTP with its books in a file: both can be copied and opened again. */
/** Nobody pulls the plug in this story: waiting for the disk would be most of its time. What asks for it again is not heard. */
function hurried(ctx: Ctx): void {
  const { raw } = ctx.db;
  const pragma = raw.pragma.bind(raw);
  pragma('synchronous = OFF');
  Object.assign(raw, { pragma: (...a: Parameters<typeof pragma>) => (a[0].startsWith('synchronous') ? undefined : pragma(...a)) });
}

const NEVER = new AbortController().signal;

export class YearShop {
  readonly clock: FixedClock;
  private shop: OpenShop | null = null;
  private server: CarrierServer | null = null;
  private inner: Ctx | null = null;
  private random = mulberry32(1);
  private statsAt = 0;
  /** Looks at the shop so far, for the record. */
  looks = 0;

  private constructor(
    readonly dir: string,
    now: UtcMs,
    private readonly seed: number,
  ) {
    this.clock = new FixedClock(now);
  }

  /** A new one with so many people, on a day. */
  static async fresh(o: { seed: number; people: number; now: UtcMs }): Promise<YearShop> {
    const y = new YearShop(mkdtempSync(join(tmpdir(), 'regulars-year-')), o.now, o.seed);
    await y.open();
    const { ctx } = y;
    await ctx.secrets.set('twilio-key-secret', SECRET);
    writeMeta(ctx.db, 'account_sid', ACCOUNT);
    await fillSampleShop(ctx, { seed: o.seed, people: o.people, lines: o.people * 20 });
    const { texting, money } = readSettings(ctx.db);
    const sender = { kind: 'number', number: SENDER } as const;
    saveSettings(
      ctx.db,
      'texting',
      {
        ...texting,
        mode: 'twilio',
        accountSid: ACCOUNT,
        keySid: KEY,
        sender,
        numbers: [SENDER],
        segmentsPerSecond: 1000,
        senderApproved: true,
      },
      o.now,
    );
    saveSettings(ctx.db, 'money', { ...money, quarterHoldout: false }, o.now);
    connectPracticePost(ctx.db, o.now);
    return y;
  }

  get ctx(): Ctx {
    if (this.inner === null) throw new Error('closed');
    return this.inner;
  }

  get carrier(): CarrierServer {
    if (this.server === null) throw new Error('closed');
    return this.server;
  }

  async open(): Promise<void> {
    this.server ??= await startCarrierServer({
      seed: 5,
      stateFile: join(this.dir, 'carrier.jsonl'),
      accountSid: ACCOUNT,
      keySid: KEY,
      keySecret: SECRET,
      clock: new SimClock({ now: this.clock.now(), rate: 1 }, () => this.clock.now()),
    });
    this.shop = await openShop({
      dir: join(this.dir, 'shop'),
      kind: 'real',
      secrets: new PassphraseVault(join(this.dir, 'vault.json'), 'test'),
      clock: this.clock,
      twilioUrl: this.server.url,
      machine: 'here',
    });
    hurried(this.shop.ctx);
    this.inner = {
      ...this.shop.ctx,
      // the same chance on the same day, whatever happened before it: two ways through the year stay comparable
      randomBytes: (n) => Uint8Array.from({ length: n }, () => Math.floor(this.random() * 256)),
    };
  }

  /** The app is closed; `carrier`: and so is the world outside. */
  async close(carrier = true): Promise<void> {
    if (this.inner !== null) flushSent(this.inner);
    await this.shop?.close();
    this.shop = null;
    this.inner = null;
    if (!carrier) return;
    await this.server?.close();
    this.server = null;
  }

  /** Another world that was the same until now. */
  async twin(): Promise<YearShop> {
    await this.close();
    const dir = mkdtempSync(join(tmpdir(), 'regulars-year-'));
    cpSync(this.dir, dir, { recursive: true });
    const other = new YearShop(dir, this.clock.now(), this.seed);
    await this.open();
    await other.open();
    return other;
  }

  async gone(): Promise<void> {
    await this.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** To an instant; nothing runs on the way, as if the computer slept. */
  to(t: UtcMs): void {
    if (t > this.clock.now()) this.clock.advance(t - this.clock.now());
    this.random = mulberry32((this.seed * 7_919 + Math.floor(this.clock.now() / MINUTE)) >>> 0);
  }

  /** Everything the app does by itself, once, as `standing` does by the clock; then texts leave and are reported on. */
  async look(): Promise<void> {
    const { ctx } = this;
    this.looks++;
    sweepConsent(ctx);
    await sweepSilent(ctx, NEVER);
    // figures of the last 365 days, which nothing here goes by: weekly is enough
    if (this.clock.now() >= this.statsAt) {
      await refreshDailyStats(ctx, NEVER);
      this.statsAt = this.clock.now() + 7 * DAY;
    }
    await keepHistory(ctx);
    await keepLoyalty(ctx);
    remindUncollected(ctx);
    await mendTelling(ctx);
    await runSchedules(ctx);
    // replies first, as the sender has read them long before anything is due
    await senderTurn(ctx);
    await runLadders(ctx);
    await runAutomations(ctx);
    await this.send();
    await sendDue(ctx);
    await creditsUpToDate(ctx);
  }

  /** Until nothing is under way: at most half an hour of the shop's time. */
  private async send(): Promise<void> {
    const { ctx, clock } = this;
    const end = clock.now() + 30 * MINUTE;
    const open = ctx.db.prepare(
      `SELECT count(*) FROM outbox WHERE state IN ('sending', 'accepted', 'queued', 'sent') AND left_at > ?
         OR state = 'waiting' AND coalesce(retry_at, not_before) <= ? AND not_before <= ?`,
    );
    while (clock.now() < end) {
      const again = await senderTurn(ctx);
      const now = clock.now();
      if ((open.pluck().get(now - 2 * HOUR, now, now) as number) === 0) return;
      clock.advance(Math.max(50, again - now));
    }
  }

  /** Whether anything waits to leave within the day. */
  waiting(): boolean {
    return (
      (this.ctx.db
        .prepare("SELECT count(*) FROM outbox WHERE state = 'waiting' AND coalesce(retry_at, not_before) < ?")
        .pluck()
        .get(this.clock.now() + DAY) as number) > 0
    );
  }
}
