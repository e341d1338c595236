import { countSegments } from '@domain/campaigns/sms-text';
import { practiceAccount } from './account';
import type { CreateParams } from './create-rules';
import { Journal } from './journal';
import { lineOf, type SimLine } from './lines';
import { makeOutbound, makeTest, ScriptedRefusal } from './outbound';
import { planInbound } from './plan';
import { LOOKUP_PRICE_MICROS } from './render-lookup';
import { chance, simSid } from './seeded';
import { SimClock } from './sim-clock';
import { SimState } from './state';
import { type SimRecord, StateFile } from './state-file';
import { viewAt } from './store';
import { QUIET_DAY, type SimSwitches } from './switches';
import type { Mark } from './tallies';
import { type ListOptions, type RecipientTally, type SimAccount, type SimMessage, SimRefusal, type SimScript, type SimView } from './types';
import { dayOf, type UsageRow, usageRows } from './usage';

export interface SimOptions {
  /** Same seed, same SIDs, same people. Left out: a new one (kept in the state file). */
  seed?: string | number | undefined;
  account?: Partial<SimAccount> | undefined;
  clock?: SimClock | undefined;
  /** Append-only file the whole state is rebuilt from. */
  stateFile?: string | undefined;
  /** `practice`: phones fail and people answer now and then. `none` (default): every text is delivered, nobody answers. */
  people?: 'practice' | 'none' | undefined;
  /** What is not as on a quiet day. */
  switches?: Partial<SimSwitches> | undefined;
  /** Shorthands of `switches`. */
  listLag?: { ms: number; share?: number } | undefined;
  listStaleMs?: number | undefined;
  priceDelayMs?: number | undefined;
  serviceStop?: 'reject' | 'fail' | undefined;
}

/** Without the keys that are undefined. */
const given = <T extends object>(o: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** The log goes back so far (facts/twilio.md §1.4). */
const LOG_MS = 400 * 86_400_000;
const STRANGER = '+1917555';
const UNDER_WAY = new Set(['accepted', 'queued', 'sending', 'scheduled']);

/**
 * Twilio in a drawer: the messages part of its REST API as plain method calls, deterministic from a seed and driven by a clock.
 * Every change goes through a record, which is also how the state file is replayed.
 */
export class TwilioSim {
  readonly clock: SimClock;
  /** Requests by kind, and those Twilio would not know. */
  readonly journal = new Journal();
  /** Where this carrier can be reached, for files it points to. */
  url = 'http://127.0.0.1';
  private readonly state: SimState;
  private readonly file: StateFile | null;
  private readonly practice: boolean;

  constructor(options: SimOptions = {}) {
    const { listLag, listStaleMs, priceDelayMs, serviceStop } = options;
    this.clock = options.clock ?? new SimClock();
    this.practice = options.people === 'practice';
    this.state = new SimState(
      String(options.seed ?? Math.random().toString(36).slice(2)),
      structuredClone(practiceAccount(options.account)), // the control page changes it
      { ...QUIET_DAY, ...given({ listLag, listStaleMs, priceDelayMs, serviceStop }), ...options.switches },
      this.clock,
    );
    let known = false;
    this.file = options.stateFile
      ? StateFile.open(options.stateFile, (r) => {
          if (r.t === 'shop') known = true;
          this.state.apply(r);
        })
      : null;
    // Time is what the file says, however this process was started; it may only be told to begin later.
    if (known) {
      if (this.clock.asked !== null && this.clock.asked > this.now()) this.changeClock({ set: this.clock.asked });
      return;
    }
    this.file?.append({ t: 'shop', seed: this.seed });
    this.file?.append({ t: 'clock', clock: this.clock.snapshot() });
  }

  get account(): SimAccount {
    return this.state.account;
  }

  get seed(): string {
    return this.state.seed;
  }

  get switches(): Readonly<SimSwitches> {
    return this.state.switches;
  }

  /** Shorthands for tests. */
  get listLag(): SimSwitches['listLag'] {
    return this.switches.listLag;
  }
  set listLag(listLag: SimSwitches['listLag']) {
    this.change({ listLag });
  }
  get listStaleMs(): number {
    return this.switches.listStaleMs;
  }
  set listStaleMs(listStaleMs: number) {
    this.change({ listStaleMs });
  }

  now(): number {
    return this.clock.now();
  }

  /** Lets everything happen that is due: people's answers. Called before every request. */
  settle(): void {
    const now = this.now();
    const { due, answered } = this.state;
    while (due[0] && due[0].at <= now) {
      const { at, cause } = due.shift() as (typeof due)[0];
      const end = cause.steps[cause.steps.length - 1]?.status;
      if (!cause.reply || answered.has(cause.sid) || end === 'failed' || end === 'canceled') continue;
      this.receive({ from: cause.to, to: cause.from, body: cause.reply.body, at, cause: cause.sid });
    }
  }

  /** POST Messages. Throws SimRefusal as Twilio would. */
  create(params: CreateParams): SimView {
    const now = this.now();
    if (this.account.test) return viewAt(makeTest(this.state, params, now), now);
    return this.createAs(params, false);
  }

  /** A text made by somebody else with the same account: in lists and on the bill, not in the assertions. */
  foreign(params: CreateParams): SimView {
    const { MessagingServiceSid, From } = params;
    const From_ = From ?? (MessagingServiceSid === undefined ? this.account.numbers[0]?.number : undefined);
    return this.createAs({ ...params, From: From_ }, true);
  }

  private createAs(params: CreateParams, foreign: boolean): SimView {
    const now = this.now();
    try {
      const { m, afterStop } = makeOutbound(this.state, this.practice, params, now, foreign);
      this.record({ t: 'out', m, ...(afterStop ? { afterStop: true } : {}) });
      return viewAt(m, now);
    } catch (error) {
      if (error instanceof ScriptedRefusal) this.record({ t: 'used', script: error.script });
      else if (error instanceof SimRefusal && error.code === 21610 && !foreign) this.record({ t: 'refused', to: params.To ?? '', at: now });
      throw error;
    }
  }

  /** One page of GET Messages. */
  list(options: ListOptions): { rows: SimView[]; next: string | null } {
    const now = this.now();
    const { listLag: lag, listStaleMs, statusStaleMs, hideScheduled, pagesShift: shift } = this.switches;
    if (shift && options.after !== undefined) {
      for (let i = 0; i < shift.arrive; i++) {
        const from = `${STRANGER}${String(1000 + (this.state.n % 9000))}`;
        const mine = this.account.numbers.find((n) => n.number === options.to) ?? this.account.numbers[0];
        if (mine) this.receive({ from, to: mine.number, body: 'Are you open today?', at: now });
      }
    }
    const hidden = (m: SimMessage) =>
      m.createdAt < now - LOG_MS ||
      (lag !== null && now - m.createdAt < lag.ms && chance(this.seed, 'lag', m.sid) < (lag.share ?? 1)) ||
      (hideScheduled && viewAt(m, now).status === 'scheduled');
    return this.state.store.page(options, now - listStaleMs, hidden, { overlap: shift?.overlap ?? 0, staleMs: statusStaleMs });
  }

  fetch(sid: string): SimView | null {
    const m = this.state.store.bySid.get(sid);
    const now = this.now();
    return m && !m.deleted && m.createdAt <= now && m.createdAt >= now - LOG_MS ? viewAt(m, now) : null;
  }

  /** POST Messages/{Sid}: empties the body, or cancels while scheduled. */
  update(sid: string, params: { Body?: string | undefined; Status?: string | undefined }): SimView {
    const view = this.existing(sid);
    if (params.Status !== undefined) {
      if (params.Status !== 'canceled') throw new SimRefusal(400, 20001, 'Status can only be set to canceled.');
      if (view.status !== 'scheduled') throw new SimRefusal(400, 30409, 'Message cannot be canceled.');
      this.record({ t: 'cancel', sid, at: this.now() });
    }
    if (params.Body !== undefined) {
      if (params.Body !== '') throw new SimRefusal(400, 20001, 'Body can only be emptied.');
      this.record({ t: 'redact', sid, at: this.now() });
    }
    return this.existing(sid);
  }

  delete(sid: string): void {
    if (UNDER_WAY.has(this.existing(sid).status)) throw new SimRefusal(400, 20009, 'Message is still in flight.');
    this.record({ t: 'delete', sid, at: this.now() });
  }

  private existing(sid: string): SimView {
    const view = this.fetch(sid);
    if (!view) throw new SimRefusal(404, 20404, 'The requested resource was not found');
    return view;
  }

  /** A text from somebody's phone. Answers the SID, or null when the number's service does not log replies. */
  inbound(text: { from: string; to?: string; body: string }): string | null {
    this.settle();
    const last = [...this.state.store.to(text.from)].reverse().find((m) => m.direction === 'outbound-api');
    const to = text.to ?? last?.from ?? this.account.numbers[0]?.number;
    if (!to || !this.account.numbers.some((n) => n.number === to)) throw new RangeError('not a number of this account');
    return this.receive({ from: text.from, to, body: text.body, at: this.now() });
  }

  /** Changes the account: keys, numbers, registrations. Kept in the state file. */
  changeAccount(patch: Partial<SimAccount>): void {
    this.record({ t: 'account', patch, at: this.now() });
  }

  /** Makes the day less quiet, or quiet again. Kept in the state file. */
  change(patch: Partial<SimSwitches>): void {
    this.record({ t: 'switches', patch });
  }

  /** What the account says about somebody's consent to one sender (Consents API). Kept in the state file. */
  consent(o: { sender: string; contact: string; stop: boolean }): void {
    this.record({ t: 'consent', ...o, at: this.now() });
  }

  /** The line behind a number, paid for. */
  lookUp(number: string): SimLine {
    this.record({ t: 'lookup', at: this.now(), micros: LOOKUP_PRICE_MICROS });
    return lineOf(this.seed, this.practice, this.account, number);
  }

  usage(o: { from: string; to: string; step: 'all' | 'day' | 'month'; category?: string | undefined }): UsageRow[] {
    return usageRows(this.state.store, this.state.lookups, this.now(), o);
  }

  /** Numbers given up on a day: those whose line is gone and that were texted before. */
  deactivated(day: string): string[] {
    const texts = this.state.store.messages();
    const texted = new Set(texts.flatMap((m) => (m.direction !== 'inbound' && dayOf(m.createdAt) <= day ? [m.to] : [])));
    return [...texted].filter((to) => lineOf(this.seed, this.practice, this.account, to).gone).sort();
  }

  deactivationsUrl(day: string): string {
    return `${this.url}/deactivations/${day}.txt`;
  }

  deferToNumber(serviceSid: string, on: boolean): void {
    this.record({ t: 'service', sid: serviceSid, useInboundWebhookOnNumber: on });
  }

  /** Decides what happens to coming texts; the first that fits wins. */
  script(script: SimScript): void {
    this.record({ t: 'script', script });
  }

  /** The owner paused, resumed or cancelled: from here on creations are counted (`assertionLog`). */
  mark(kind: Mark['kind'], o: { body?: string | undefined; windowMs?: number | undefined } = {}): void {
    const { body, windowMs } = o;
    this.record({
      t: 'mark',
      kind,
      at: this.now(),
      ...(body === undefined ? {} : { body }),
      ...(windowMs === undefined ? {} : { windowMs }),
    });
  }

  changeClock(to: { advance?: number; set?: number; rate?: number }): void {
    this.clock.change(to);
    this.file?.append({ t: 'clock', clock: this.clock.snapshot() });
    this.settle();
  }

  /** Every message with its present state, oldest first (also deleted ones). */
  messages(): SimView[] {
    this.settle();
    const now = this.now();
    return this.state.store.messages().map((m) => viewAt(m, now));
  }

  /** What was done to each person. */
  assertions(): Record<string, RecipientTally> {
    return this.state.tallies.recipientTallies();
  }

  /** What a shop must never have done, in one answer: texts made twice, after a STOP, after a Pause, too fast, at night. */
  assertionLog() {
    const { requests, unknownRoutes } = this.journal;
    return { ...this.state.tallies.report(this.state.store), requests, unknownRoutes };
  }

  stats() {
    this.settle();
    const statuses: Record<string, number> = {};
    for (const v of this.messages()) statuses[v.status] = (statuses[v.status] ?? 0) + 1;
    const { optOuts, autoReplies, unlogged } = this.state;
    return { now: this.now(), statuses, stopped: optOuts.size, autoReplies, unlogged };
  }

  /** Opening balance less what was priced so far, in dollars. */
  balance(): string {
    const now = this.now();
    let micros = Math.round(Number(this.account.balance) * 1e6);
    for (const m of this.state.store.messages()) if (m.price !== null && m.priceAt <= now) micros += Math.round(Number(m.price) * 1e6);
    for (const l of this.state.lookups) micros -= l.micros;
    return (micros / 1e6).toFixed(4);
  }

  close(): void {
    this.file?.close();
  }

  private receive(text: { from: string; to: string; body: string; at: number; cause?: string }): string | null {
    const service = this.state.serviceOf(text.to);
    const logged = !service || service.useInboundWebhookOnNumber || service.inboundRequestUrl !== null;
    const segments = Math.max(1, countSegments(text.body).segments);
    const n = this.state.n + 1;
    const m: SimMessage = {
      sid: simSid('SM', this.seed, n),
      n,
      direction: 'inbound',
      from: text.from,
      to: text.to,
      serviceSid: service?.sid ?? null,
      body: text.body,
      segments,
      createdAt: text.at,
      senderKnownAt: text.at,
      freeAt: 0,
      ...planInbound(text.at, segments, this.switches.receivingMs),
      ...(text.cause === undefined ? {} : { cause: text.cause }),
    };
    this.record({ t: 'in', m, logged });
    return logged ? m.sid : null;
  }

  private record(r: SimRecord): void {
    this.file?.append(r);
    this.state.apply(r);
  }
}
