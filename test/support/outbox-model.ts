import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { type CarrierServer, startCarrierServer } from '@adapters/practice-carrier/server';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { type OpenShop, openShop } from '@backend/open-shop';
import { DAY, HOUR, MINUTE, type PhoneE164, SECOND, type UtcMs } from '@domain/kernel';
import type { SecretStore } from '@ports/secrets';
import { runSchedules } from '@services/campaigns/schedule-run';
import { recoverSending } from '@services/outbox/reconcile';
import { senderTurn } from '@services/outbox/sender';
import { ACCOUNT, KEY, SECRET, SENDER } from './carrier';
import { Oracle } from './outbox-oracle';
import { OwnerAtWork } from './outbox-owner';
import { type Act, BAD_LINES, MID_ACTS, memorySecrets, PHONES, PRICE, type Step, type Template, WORDS } from './outbox-template';
import { NOON } from './test-ctx';

/** A shop on disk, the practice carrier over real HTTP and one clock for both, to do anything to in any order. */
export class OutboxWorld {
  readonly oracle = new Oracle();
  readonly carrier: CarrierServer;
  private shop: OpenShop | null = null;
  private readonly dir = mkdtempSync(join(tmpdir(), 'regulars-model-'));
  private readonly secrets: SecretStore;
  /** The shop's time: the carrier's (`truth`) plus what this computer's clock is off. */
  private readonly clock = new FixedClock(NOON);
  private readonly copies: string[] = [];
  private armed: Step[] = [];
  private exchanges = 0;
  /** The power is gone: what the file was at that moment; nothing gets through any more. */
  private cutAt: string | null = null;
  private breach: unknown = null;
  readonly desk: OwnerAtWork;

  private constructor(
    template: Template,
    carrier: CarrierServer,
    private readonly truth: FixedClock,
  ) {
    this.carrier = carrier;
    this.desk = new OwnerAtWork(() => this.ctx, this.oracle);
    this.secrets = memorySecrets(template.secrets);
  }

  static async open(template: Template, seed: number): Promise<OutboxWorld> {
    const truth = new FixedClock(NOON);
    const at: { world: OutboxWorld | null } = { world: null };
    const carrier = await startCarrierServer({
      seed,
      accountSid: ACCOUNT,
      keySid: KEY,
      keySecret: SECRET,
      clock: new SimClock({ now: NOON, rate: 1 }, () => truth.now()),
      observe: (request, answer) => at.world?.heard(request, answer),
    });
    const world = new OutboxWorld(template, carrier, truth);
    at.world = world;
    for (const f of ['shop.sqlite', 'journal.log']) {
      if (existsSync(join(template.dir, f))) copyFileSync(join(template.dir, f), join(world.dir, f));
    }
    await world.up();
    return world;
  }

  private get ctx() {
    if (!this.shop) throw new Error('closed');
    return this.shop.ctx;
  }
  private get file(): string {
    return join(this.dir, 'shop.sqlite');
  }

  private async up(): Promise<void> {
    this.shop = await openShop({ dir: this.dir, kind: 'real', secrets: this.secrets, clock: this.clock, twilioUrl: this.carrier.url });
    this.oracle.watch(this.file);
    recoverSending(this.ctx); // as startSender does first
  }

  private async down(): Promise<void> {
    this.oracle.close();
    await this.shop?.close();
    this.shop = null;
  }

  private tick(ms: number): void {
    this.truth.advance(ms);
    this.clock.advance(ms);
  }

  /** Each exchange takes a moment, so that what was read before a claim and what after it have different times. */
  private heard(request: { method: string; path: string; form: URLSearchParams }, answer: { status: number }): void {
    this.tick(1);
    if (this.cutAt !== null || this.breach !== null) return;
    try {
      const body = request.form.get('Body') ?? '';
      const text = request.method === 'POST' && request.path.endsWith('/Messages.json');
      if (text && answer.status === 201)
        this.oracle.taken(request.form.get('To') ?? '', body, this.clock.now(), PRICE * Math.ceil(body.length / 160));
      this.exchanges++;
      const now = this.armed.filter((s) => (s.mid ?? 0) <= this.exchanges);
      this.armed = this.armed.filter((s) => (s.mid ?? 0) > this.exchanges);
      for (const s of now) {
        this.tick(1);
        void this.act(s.act, s.n);
      }
    } catch (error) {
      this.breach ??= error;
    }
  }

  /** Does one thing, then lets the sender look until nothing more happens at this moment. */
  async step(s: Step): Promise<void> {
    this.tick(SECOND);
    if (s.mid !== null && MID_ACTS.includes(s.act)) this.armed.push({ ...s, mid: this.exchanges + s.mid });
    else await this.act(s.act, s.n);
    await this.look();
  }

  private async look(): Promise<void> {
    if (this.cutAt !== null) await this.powerIsBack();
    for (let turn = 0; turn < 3; turn++) {
      await runSchedules(this.ctx);
      await senderTurn(this.ctx);
      if (this.breach !== null) throw this.breach;
      if (this.cutAt !== null) await this.powerIsBack();
      this.tick(SECOND);
    }
    const open = await this.desk.call<{ rows: { outboxId: number }[] }>('outbox/uncertain', {
      campaignId: null,
      page: { offset: 0, limit: 200 },
    });
    this.oracle.looked({ uncertain: new Set(open?.rows.map((r) => r.outboxId)) });
  }

  /** Time passes with the sender at work. */
  private async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end && this.breach === null) {
      await runSchedules(this.ctx);
      const again = await senderTurn(this.ctx);
      if (this.cutAt !== null) return;
      this.tick(Math.max(50, Math.min(again, end) - this.clock.now()));
    }
  }

  private who = (n: number) => n % PHONES.length;
  private campaign = (n: number): number | null => this.desk.campaigns[n % Math.max(1, this.desk.campaigns.length)] ?? null;

  private async act(act: Act, n: number): Promise<void> {
    this.desk.did[act] = (this.desk.did[act] ?? 0) + 1;
    const { known } = this.oracle;
    const { carrier } = this;
    const phone = PHONES[this.who(n)] as PhoneE164;
    const person = this.who(n) + 1;
    const id = this.campaign(n);
    switch (act) {
      case 'campaign':
      case 'campaign twice':
      case 'campaign after a change':
      case 'planned campaign':
        return this.desk.launch(act, n);
      case 'two campaigns':
        // both wait for the same people
        await this.desk.call('outbox/pause-all', {});
        await this.desk.launch(act, n);
        await this.desk.launch(act, n);
        await this.desk.call('outbox/resume-all', {});
        return;
      case 'pause': {
        if (id === null) return;
        const since = this.clock.now();
        const done = this.desk.call('campaigns/pause', { id });
        if ((await done) !== null) known.paused.set(id, since);
        return;
      }
      case 'resume':
        await this.desk.call('outbox/resume-all', {});
        for (const each of this.desk.campaigns) {
          known.paused.delete(each);
          await this.desk.call('campaigns/resume', { id: each });
        }
        return;
      case 'cancel': {
        if (id === null) return;
        const since = this.clock.now();
        if ((await this.desk.call('campaigns/cancel', { id })) !== null) known.cancelled.set(id, since);
        return;
      }
      case 'pause all':
        await this.desk.call('outbox/pause-all', {});
        return;
      case 'STOP':
      case 'stop in words':
      case 'perhaps a stop':
      case 'just a word':
        carrier.sim.inbound({
          from: phone,
          to: SENDER,
          body: {
            STOP: 'STOP',
            'stop in words': 'please stop texting me',
            'perhaps a stop': 'enough already',
            'just a word': 'love them!',
          }[act],
        });
        return;
      case 'stop by staff': {
        const since = this.clock.now();
        await this.desk.call('consent/stop', { customerId: null, phone, reason: 'asked' });
        known.silent.set(phone, { at: since, why: 'staff wrote their stop' });
        return;
      }
      case 'another number': {
        const since = this.clock.now();
        const fields = { phone: `+1917555${String(2000 + n)}` };
        const saved = await this.desk.call('customers/save', { id: person, fields, sharedNumber: true });
        if (saved !== null && PHONES.filter((p) => p === phone).length === 1) known.former.set(phone, since);
        return;
      }
      case 'erased': {
        const since = this.clock.now();
        const done = await this.desk.call('privacy/erase', { id: person });
        if (done !== null && PHONES.filter((p) => p === phone).length === 1) known.silent.set(phone, { at: since, why: 'was erased' });
        return;
      }
      case 'send again':
      case 'leave it':
        return this.desk.decide(act);
      case 'copy': {
        await this.desk.call('backups/make', {});
        const list = await this.desk.call<{ files: { path: string }[] }>('backups/list', {});
        for (const f of list?.files ?? []) if (!this.copies.includes(f.path)) this.copies.push(f.path);
        return;
      }
      case 'restore': {
        const path = this.copies[n % Math.max(1, this.copies.length)];
        if (!path || !existsSync(path)) return;
        known.restoredAt = this.clock.now();
        known.paused.clear();
        await this.desk.call('backups/restore', { path });
        await this.down();
        await this.up();
        return;
      }
      case 'restart':
        await this.down();
        await this.up();
        return;
      case 'power cut':
        return this.powerCut();
      case 'bad line':
        for (const f of BAD_LINES[n % BAD_LINES.length] ?? []) carrier.faults.add(f);
        return;
      case 'lists late':
        if (n % 2) carrier.sim.listLag = { ms: (1 + (n % 7)) * 20 * SECOND };
        else carrier.sim.listStaleMs = (1 + (n % 4)) * 15 * SECOND;
        return;
      case 'key revoked':
        carrier.sim.account.keySecret = 'another';
        return;
      case 'well again':
        return this.wellAgain();
      case 'minutes':
        return this.pass((1 + (n % 20)) * MINUTE);
      case 'hours':
        this.tick((1 + (n % 12)) * HOUR);
        return this.pass(2 * MINUTE);
      case 'days':
        this.tick((1 + (n % 9)) * DAY);
        return this.pass(2 * MINUTE);
      case 'clock wrong': {
        const off = ((n % 7) - 3) * HOUR;
        known.worstSkew = Math.max(known.worstSkew, Math.abs(off));
        this.clock.set((this.truth.now() + off) as UtcMs);
        return;
      }
      case 'limit':
      case 'no limit': {
        this.desk.cents = act === 'limit' ? (n % 12) * 2 : null;
        // what is under way at that moment still arrives
        const air = this.oracle.all("SELECT 1 FROM outbox WHERE state = 'sending'").length * PRICE;
        known.limit = this.desk.cents === null ? null : Math.max(this.desk.cents * 10_000, this.oracle.spent(this.clock.now()) + air);
        await this.desk.prices(PRICE, this.desk.cents);
      }
    }
  }

  private wellAgain(): void {
    this.carrier.faults.clear();
    this.carrier.sim.listLag = null;
    this.carrier.sim.listStaleMs = 0;
    this.carrier.sim.account.keySecret = SECRET;
    this.clock.set(this.truth.now());
  }

  /** Exactly what a power cut leaves: the file and its journal as they are at this instant, and no line any more. */
  private powerCut(): void {
    if (this.cutAt !== null) return;
    const to = mkdtempSync(join(tmpdir(), 'regulars-cut-'));
    for (const f of ['shop.sqlite', 'shop.sqlite-wal', 'journal.log']) {
      if (existsSync(join(this.dir, f))) copyFileSync(join(this.dir, f), join(to, f));
    }
    this.carrier.faults.clear();
    this.carrier.faults.add({ when: 'before', effect: { kind: 'reset' } });
    this.cutAt = to;
  }

  private async powerIsBack(): Promise<void> {
    const from = this.cutAt as string;
    await this.down();
    for (const f of ['shop.sqlite', 'shop.sqlite-wal', 'shop.sqlite-shm', 'journal.log']) rmSync(join(this.dir, f), { force: true });
    for (const f of ['shop.sqlite', 'shop.sqlite-wal', 'journal.log']) {
      if (existsSync(join(from, f))) copyFileSync(join(from, f), join(this.dir, f));
    }
    rmSync(from, { recursive: true, force: true });
    this.carrier.faults.clear();
    this.cutAt = null;
    this.tick(20 * SECOND);
    await this.up();
  }

  /** The owner mends and resumes everything, time passes, and whatever can settle has settled. */
  async toTheEnd(): Promise<void> {
    this.armed = [];
    if (this.cutAt !== null) await this.powerIsBack();
    this.wellAgain();
    await this.act('no limit', 0);
    await this.act('resume', 0);
    for (let i = 0; i < 8; i++) {
      this.tick(9 * HOUR);
      await this.pass(3 * MINUTE);
      await this.act('resume', 0);
      await this.look();
    }
    const messages = this.carrier.sim.messages().filter((v) => v.m.direction !== 'inbound');
    this.oracle.quiet(
      messages.map((v) => v.m),
      WORDS,
    );
  }

  async close(): Promise<void> {
    await this.down().catch(() => undefined);
    await this.carrier.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
