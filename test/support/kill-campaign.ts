import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { MINUTE, type UtcMs } from '@domain/kernel';
import { SENDER } from './carrier';
import { aDeath, oneOf, type Random, seeded } from './kill-dice';
import { DEATHS, POST, TROUBLES } from './kill-faults';
import { type Carrier, type Programs, type SenderRun, startCarrier, startSenderProcess } from './kill-lab';
import { NO_END_MS, Quiet, STEP_MS } from './kill-quiet';
import { copyOfShop, type KillShop, readingShop } from './kill-shop';
import { type KillTally, placesOf } from './kill-tally';
import { NOON } from './test-ctx';

/** The carrier's hours run this much faster while the backend is being killed, and while the last answers are awaited. */
const RATE = 60;
const LAST_RATE = 1500;

/** What happened on purpose in one campaign, with the shop's time of it: the judge holds the books against this. */
export interface Diary {
  seed: number;
  /** STOPs that came in by text, by number. */
  stopped: Map<string, UtcMs>;
  /** STOPs written by staff, answered by the shop. */
  stoppedByStaff: Map<string, UtcMs>;
  /** From the answer to "pause" until just before "resume", by the carrier's clock, and the newest POST begun at both moments. */
  pauses: { from: UtcMs; to: UtcMs; begun: number; begunAfter: number }[];
  /** By outbox id: how often the owner clicked "send again". */
  resent: Map<number, number>;
  restored: boolean;
  cancelled: boolean;
  /** How late lists may have been in the worst life. */
  listsLateMs: number;
  /** The last life's answers. */
  status: { total: number; counts: Record<string, number>; uncertain: { looking: number; needsDecision: number }; state: string } & {
    phase: string;
    phaseUntil: UtcMs | null;
  };
  openQuestions: number;
  peopleByView: { text: number; excluded: number; control: number };
}

/** Another bad line for each life. Answers take their time, so that many deaths fall between the carrier's yes and our hearing it. */
async function aBadLine(carrier: Carrier, diary: Diary, random: Random): Promise<void> {
  await carrier.clearFaults();
  const some = TROUBLES.filter(() => random() < 0.25).map(([fault, most]) => ({ ...fault, probability: random() * most }));
  const death = random() < 0.08 ? [oneOf(random, DEATHS)] : [];
  await carrier.faults([...death, ...some, { ...POST, when: 'after', probability: 0.4, effect: { kind: 'slow', ms: 60 } }]);
  const lag = random() < 0.3 ? { ms: Math.round(random() * 2 * MINUTE), share: random() } : null;
  const staleMs = random() < 0.2 ? Math.round(random() * MINUTE) : 0;
  await carrier.lists({ lag, staleMs });
  diary.listsLateMs = Math.max(diary.listsLateMs, (lag?.ms ?? 0) + staleMs);
}

class Campaign {
  readonly diary: Diary;
  readonly phones: readonly string[];
  /** Set while the owner keeps it paused. */
  private pausedAt: { from: UtcMs; begun: number } | null = null;
  private underWay = false;
  private lives = 0;

  constructor(
    readonly shop: KillShop,
    readonly carrier: Carrier,
    readonly random: Random,
    readonly tally: KillTally,
    readonly o: { seed: number; kills: number },
  ) {
    this.phones = shop.phones;
    this.diary = {
      seed: o.seed,
      stopped: new Map(),
      stoppedByStaff: new Map(),
      pauses: [],
      resent: new Map(),
      restored: false,
      cancelled: false,
      listsLateMs: 0,
      status: { total: 0, counts: {}, uncertain: { looking: 0, needsDecision: 0 }, state: '', phase: '', phaseUntil: null },
      openQuestions: 0,
      peopleByView: { text: 0, excluded: 0, control: 0 },
    };
  }

  private now = async () => (await this.carrier.clock({})).now;

  async mendCarrier(): Promise<void> {
    if (this.carrier.alive()) return;
    this.tally.carrierDeaths++;
    await this.carrier.restart();
  }

  /** Somebody who was not texted yet, as far as we know, does something; or the owner does. */
  async act(run: SenderRun, inTurn: 'copy' | 'restore' | null): Promise<void> {
    if (inTurn === 'restore') return this.restore(run);
    if (inTurn === 'copy') {
      await run.call('backups/make', {});
      return;
    }
    const { diary, random, tally } = this;
    const did = (what: string) => tally.add(tally.acts, what);
    const phone = oneOf(random, this.phones);
    const free = !diary.stopped.has(phone) && !diary.stoppedByStaff.has(phone);
    const dice = random();
    if (dice < 0.32 && free) {
      const words = oneOf(random, ['STOP', 'stop texting me', 'enough already']);
      const now = await this.now();
      await this.carrier.inbound(phone, SENDER, words);
      diary.stopped.set(phone, now);
      did(words);
    } else if (dice < 0.4 && free) {
      const told = await run.call('consent/stop', { customerId: null, phone, reason: 'asked at the counter' });
      if (told?.answer.ok) diary.stoppedByStaff.set(phone, told.at);
      did('stop by staff');
    } else if (dice < 0.55) await this.pauseOrResume(run);
    else if (dice < 0.62) {
      const id = this.phones.indexOf(phone) + 1;
      await run.call('customers/save', { id, fields: { phone: `+1917555${String(1000 + id)}` }, sharedNumber: true });
      did('another number');
    } else if (dice < 0.7) {
      await this.carrier.revoke(true);
      did('key revoked');
      await wait(random() * 150);
      if (this.carrier.alive()) await this.carrier.revoke(false);
    } else if (dice < 0.84) {
      await run.call('backups/make', {});
      did('copy made');
    } else if (dice < 0.94) await this.restore(run);
    else if (dice < 0.955) {
      await run.call('campaigns/cancel', { id: this.shop.campaignId });
      did('cancelled');
      diary.cancelled = true;
    }
  }

  private async pauseOrResume(run: SenderRun): Promise<void> {
    const { id } = { id: this.shop.campaignId };
    if (this.pausedAt === null) {
      const told = await run.call('campaigns/pause', { id });
      if (told?.answer.ok && told.lastBegun !== null) this.pausedAt = { from: await this.now(), begun: told.lastBegun };
      this.tally.add(this.tally.acts, 'paused');
    } else await this.resume(run);
  }

  private async resume(run: SenderRun): Promise<void> {
    const before = await run.call('left', {});
    if (!before) return;
    // From here on it may go on, answered or not.
    if (this.pausedAt !== null && before.lastBegun !== null) {
      this.diary.pauses.push({ ...this.pausedAt, to: await this.now(), begunAfter: before.lastBegun });
    }
    this.pausedAt = null;
    await run.call('campaigns/resume', { id: this.shop.campaignId });
  }

  /** An older copy takes the file's place; the process ends for its restart. */
  private async restore(run: SenderRun): Promise<void> {
    const listed = await run.call<{ files: { path: string; madeAt: number }[] }>('backups/list', {});
    if (!listed?.answer.ok) return;
    const copy = oneOf(this.random, listed.answer.value.files);
    if (!copy) return;
    this.diary.restored = true;
    this.tally.restores++;
    this.pausedAt = null; // a restored campaign is paused by the restore itself, and not by the owner's word
    const killAfter = this.random() < 0.5 ? this.random() * 80 : null;
    const restoring = run.call('backups/restore', { path: copy.path });
    if (killAfter !== null) {
      await wait(killAfter);
      run.kill();
    }
    await restoring;
  }

  /** Pressed once more in each life until it is under way: a death may have come before the flip. */
  private async press(run: SenderRun): Promise<void> {
    if (this.underWay) return;
    const told = await run.call<{ state: string }>('campaigns/get', { id: this.shop.campaignId });
    if (!told?.answer.ok) return;
    const { state } = told.answer.value;
    if (state === 'draft' || state === 'staging')
      await run.call('campaigns/start', { id: this.shop.campaignId, quoteToken: this.shop.quoteToken });
    else this.underWay = true;
    // The brake, the account or a restored copy paused it: the owner looks, and goes on.
    if (state === 'paused' && this.random() < (this.pausedAt === null ? 0.7 : 0.4)) await this.resume(run);
  }

  /** A third of the campaigns has a copy made near its middle and brought back near its end, whatever the dice say. */
  private inTurn(): 'copy' | 'restore' | null {
    const { seed, kills } = this.o;
    if (seed % 3 !== 0 || kills < 6) return null;
    if (this.lives === Math.ceil(kills / 2)) return 'copy';
    return this.lives === kills - 1 ? 'restore' : null;
  }

  /** One life, from its start to its end by force. False: it ended by itself. */
  async life(program: string): Promise<boolean> {
    const { random, tally } = this;
    await this.mendCarrier();
    await this.carrier.revoke(false);
    await aBadLine(this.carrier, this.diary, random);
    // The computer stays off for a while, long enough for results and looks that are due by then.
    if (random() < 0.5) await this.carrier.clock({ advance: Math.round(random() * 12 * MINUTE) });
    this.lives++;
    const inTurn = this.inTurn();
    const death = inTurn ? ({ by: 'us', after: 2500 } as const) : aDeath(random, !this.underWay && this.lives <= 3);
    const run = startSenderProcess(program, this.shop.dir, this.carrier.url, death.by === 'own hand' ? death : null);
    running.add(run);
    try {
      if (death.by === 'us, early') {
        await wait(death.after);
        run.kill();
      } else {
        await run.ready;
        const pressed = this.press(run).catch(() => undefined);
        const acts = inTurn !== null || random() < 0.6;
        const acted = acts ? pressed.then(() => wait(random() * 200)).then(() => this.act(run, inTurn).catch(() => undefined)) : undefined;
        await Promise.race([run.ended, wait(death.by === 'us' ? death.after : 900)]);
        run.kill();
        await Promise.all([pressed, acted]);
      }
      const how = await run.ended;
      if (how === 'left') return false;
    } finally {
      running.delete(run);
    }
    tally.kills++;
    if (this.carrier.alive()) await this.carrier.hits().catch(() => undefined); // a carrier that dies forgets them
    const scene = readingShop(this.shop.dir, (all) => ({
      sending: new Set(all<{ address: string }>("SELECT address FROM outbox WHERE state = 'sending'").map((r) => r.address)),
      campaign: all<{ state: string }>('SELECT state FROM campaign WHERE id = ?', this.shop.campaignId)[0]?.state ?? '',
    }));
    const ownHand = death.by === 'own hand' && run.steps().filter((x) => x.step === death.at).length === death.nth;
    for (const place of placesOf(run.steps(), scene, ownHand)) tally.add(tally.places, place);
    return true;
  }

  /** The last life: no trouble any more, the owner goes on after every pause and decides about some of what is not confirmed. */
  async toTheEnd(program: string): Promise<void> {
    const { carrier, diary, shop } = this;
    const id = shop.campaignId;
    await this.mendCarrier();
    await carrier.revoke(false);
    await carrier.clearFaults();
    await carrier.lists({ lag: null, staleMs: 0 });
    const run = startSenderProcess(program, shop.dir, carrier.url);
    running.add(run);
    await run.ready;
    this.underWay = false;
    const value = async <T>(channel: string, input: unknown): Promise<T> => {
      const told = await run.call<T>(channel, input);
      if (!told?.answer.ok) throw new Error(`seed ${diary.seed}: ${channel} ${JSON.stringify(told)}`);
      return told.answer.value;
    };
    const quiet = new Quiet();
    // Once, and not at every look: each change of its rate lets the backend's clock step back by the travel of the news.
    let fast = false;
    for (;;) {
      const { state } = await value<{ state: string }>('campaigns/get', { id });
      if (state === 'draft' || state === 'staging') await run.call('campaigns/start', { id, quoteToken: shop.quoteToken });
      if (state === 'paused') await this.resume(run);
      const status = await value<Diary['status']>('outbox/status', { campaignId: id });
      if (status.phase === 'results' && status.phaseUntil !== null) {
        await carrier.clock({ advance: Math.max(0, status.phaseUntil - (await this.now())) });
      }
      if (quiet.for(JSON.stringify([state, status.counts, status.uncertain])) > NO_END_MS)
        throw new Error(`seed ${diary.seed}: no end in sight: ${JSON.stringify(status)}`);
      if (!fast && quiet.stepDue()) await carrier.clock({ advance: STEP_MS });
      const open = ['staged', 'waiting', 'sending'].some((k) => (status.counts[k] ?? 0) > 0);
      if ((state === 'finished' || state === 'cancelled') && !open) {
        if (!fast) await carrier.clock({ rate: LAST_RATE });
        fast = true;
        if ((await value<{ n: number }>('left', {})).n > 0) {
          await wait(40);
          continue;
        }
        if (!this.decided) {
          await this.slower(run);
          fast = false;
          if (await this.decide(value)) continue;
        }
        break;
      }
      await wait(40);
    }
    diary.status = await value('outbox/status', { campaignId: id });
    diary.openQuestions = (await value<{ total: number }>('outbox/uncertain', { campaignId: id, page: { offset: 0, limit: 1 } })).total;
    for (const view of ['text', 'excluded', 'control'] as const) {
      const page = { id, view, reason: null, page: { offset: 0, limit: 1 } };
      diary.peopleByView[view] = (await value<{ total: number }>('campaigns/people', page)).total;
    }
    run.kill();
    await run.ended;
    running.delete(run);
    for (const [kind, n] of Object.entries(await carrier.hits())) this.tally.add(this.tally.faults, kind, n);
  }

  /** Until the backend has heard that time runs slower: its clock was ahead by then, and what is written next must not look earlier. */
  private async slower(run: SenderRun): Promise<void> {
    await this.carrier.clock({ rate: RATE });
    for (let heard = 0; heard < 3; ) {
      await wait(50);
      const told = await run.call('left', {});
      if (!told || told.at <= (await this.now())) heard++;
    }
  }

  private decided = false;
  /** Once: the owner sends half of what is not confirmed again and leaves the rest. True when something was sent again. */
  private async decide(value: <T>(channel: string, input: unknown) => Promise<T>): Promise<boolean> {
    if (this.decided || this.diary.cancelled) return false;
    this.decided = true;
    const page = { campaignId: this.shop.campaignId, page: { offset: 0, limit: 50 } };
    const { rows } = await value<{ rows: { outboxId: number; kind: string }[] }>('outbox/uncertain', page);
    const again = rows.filter((r) => (r.kind === 'not-confirmed' || r.kind === 'refused') && this.random() < 0.5).map((r) => r.outboxId);
    if (again.length === 0) return false;
    const { queued } = await value<{ queued: number }>('outbox/resend', { outboxIds: again });
    for (const outboxId of again) this.diary.resent.set(outboxId, (this.diary.resent.get(outboxId) ?? 0) + 1);
    this.tally.uncertain.sentAgain += queued;
    return queued > 0;
  }
}

const running = new Set<{ kill(): void }>();
/** After a failed test nothing may go on running. */
export function killEverything(): void {
  for (const r of running) r.kill();
  running.clear();
}

/** One campaign through `kills` deaths to its end. What there is to judge afterwards; the carrier still answers until `done`. */
export async function aCampaignKilled(
  programs: Programs,
  template: KillShop,
  o: { seed: number; kills: number; tally: KillTally },
): Promise<{ shop: KillShop; carrier: Carrier; diary: Diary; done(): void }> {
  const random = seeded(o.seed);
  const narrow = random() < 0.2;
  const shop = copyOfShop(template);
  const { dir } = shop;
  const carrier = await startCarrier(programs.carrier, {
    seed: o.seed,
    now: NOON,
    rate: RATE,
    dir,
    ...(narrow ? { maxConcurrent: 2 } : {}),
  });
  running.add(carrier);
  const campaign = new Campaign(shop, carrier, random, o.tally, o);
  for (let kills = 0; kills < o.kills; ) if (await campaign.life(programs.sender)) kills++;
  await campaign.toTheEnd(programs.sender);
  o.tally.campaigns++;
  return {
    shop,
    carrier,
    diary: campaign.diary,
    // Not called after a failure: the folder stays for whoever looks for the reason.
    done() {
      carrier.kill();
      running.delete(carrier);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
