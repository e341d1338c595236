import { countSegments } from '@domain/campaigns/sms-text';
import { isTollFree, practiceAccount } from './account';
import { type CreateParams, checkCreate } from './create-rules';
import { Journal } from './journal';
import { keyword } from './keywords';
import { lineOf, lineOutcome, type SimLine } from './lines';
import { seededOutcome, seededReply } from './people';
import { LONGEST_QUEUE_MS, planInbound, planOutbound } from './plan';
import { LOOKUP_PRICE_MICROS } from './render-lookup';
import { chance, simSid } from './seeded';
import { SimClock } from './sim-clock';
import { type SimRecord, StateFile } from './state-file';
import { MessageStore, viewAt } from './store';
import {
  type ListOptions,
  type RecipientTally,
  type SimAccount,
  type SimMessage,
  type SimOutcome,
  SimRefusal,
  type SimScript,
  type SimView,
} from './types';
import { dayOf, type SimLookup, type UsageRow, usageRows } from './usage';

export interface SimOptions {
  /** Same seed, same SIDs, same people. Left out: a new one (kept in the state file). */
  seed?: string | number | undefined;
  account?: Partial<SimAccount> | undefined;
  clock?: SimClock | undefined;
  /** Append-only file the whole state is rebuilt from. */
  stateFile?: string | undefined;
  /** `practice`: phones fail and people answer now and then. `none` (default): every text is delivered, nobody answers. */
  people?: 'practice' | 'none' | undefined;
  /** Messages younger than this are missing from lists (not from fetch); `share` of them, default all. */
  listLag?: { ms: number; share?: number } | undefined;
  /** Lists show everything as it was this long ago; fetch is fresh. */
  listStaleMs?: number | undefined;
  /** Fixed delay of prices; default seeded, a minute to a day. */
  priceDelayMs?: number | undefined;
  /** A stopped recipient reached through a service: refused at once (default) or accepted and failed later. */
  serviceStop?: 'reject' | 'fail' | undefined;
}

interface DueReply {
  at: number;
  cause: SimMessage;
}

/**
 * Twilio in a drawer: the messages part of its REST API as plain method calls, deterministic from a seed and driven by a clock.
 * Every change goes through `apply`, which is also how the state file is replayed.
 */
export class TwilioSim {
  readonly account: SimAccount;
  readonly clock: SimClock;
  /** May be changed at any time, by tests and the control page. */
  listLag: { ms: number; share?: number } | null;
  listStaleMs: number;
  seed: string;
  private readonly file: StateFile | null;
  private readonly store = new MessageStore();
  private readonly blocked = new Set<string>();
  private readonly senderFreeAt = new Map<string, number>();
  private readonly tallies = new Map<string, RecipientTally>();
  private readonly answered = new Set<string>();
  private due: DueReply[] = [];
  private scripts: (SimScript & { left: number })[] = [];
  private readonly lookups: SimLookup[] = [];
  readonly journal = new Journal();
  /** Where this carrier can be reached, for files it points to. */
  url = 'http://127.0.0.1';
  private n = 0;
  private outboundRecipients = 0;
  private someoneStopped = false;
  private autoReplyCount = 0;
  private unloggedCount = 0;

  constructor(private readonly options: SimOptions = {}) {
    this.account = structuredClone(practiceAccount(options.account)); // deferToNumber changes it
    this.clock = options.clock ?? new SimClock();
    this.listLag = options.listLag ?? null;
    this.listStaleMs = options.listStaleMs ?? 0;
    this.seed = String(options.seed ?? Math.random().toString(36).slice(2));
    let known = false;
    this.file = options.stateFile
      ? StateFile.open(options.stateFile, (r) => {
          if (r.t === 'shop') known = true;
          this.apply(r);
        })
      : null;
    if (!known) this.file?.append({ t: 'shop', seed: this.seed });
    this.due = this.due.filter((d) => !this.answered.has(d.cause.sid));
  }

  now(): number {
    return this.clock.now();
  }

  /** Lets everything happen that is due: people's answers. Called before every request. */
  settle(): void {
    const now = this.now();
    while (this.due[0] && this.due[0].at <= now) {
      const { at, cause } = this.due.shift() as DueReply;
      if (!cause.reply || this.answered.has(cause.sid)) continue;
      this.receive({ from: cause.to, to: cause.from, body: cause.reply.body, at, cause: cause.sid });
    }
  }

  /** POST Messages. Throws SimRefusal as Twilio would. */
  create(params: CreateParams): SimView {
    const now = this.now();
    const ok = checkCreate(params, this.account, now);
    const sid = simSid('SM', this.seed, this.n + 1);
    // A service keeps to one number per person.
    const sender = ok.pool[Math.floor(chance(this.seed, 'sender', ok.to) * ok.pool.length)];
    if (!sender) throw new SimRefusal(400, 21703, 'No suitable sender.');
    const stopped = this.isBlocked(sender.number, ok.to);
    if (stopped && ok.sendAt === null && (!ok.service || this.options.serviceStop !== 'fail')) {
      this.record({ t: 'refused', to: ok.to });
      throw new SimRefusal(400, 21610, 'Attempt to send to unsubscribed recipient');
    }
    const senderFreeAt = this.senderFreeAt.get(sender.number) ?? 0;
    if (!ok.service && senderFreeAt - now > LONGEST_QUEUE_MS)
      throw new SimRefusal(400, 21611, "This 'From' number has exceeded its queue.");
    const script = this.scriptFor(ok.to, ok.body);
    const practice = this.options.people === 'practice';
    const outcome: SimOutcome = stopped
      ? { status: 'failed', errorCode: 21610 }
      : (script?.outcome ??
        lineOutcome(this.account, ok.to, lineOf(this.seed, practice, this.account, ok.to)) ??
        (this.options.people === 'practice' ? seededOutcome(this.seed, ok.to, sid) : { status: 'delivered' }));
    const segments = Math.max(1, countSegments(ok.body).segments);
    const { deliveredAt, ...plan } = planOutbound({
      seed: this.seed,
      sid,
      now,
      viaService: ok.service !== null,
      segments,
      mps: sender.mps ?? 1,
      senderFreeAt,
      validityMs: ok.validityMs,
      sendAt: ok.sendAt,
      outcome,
      priceDelayMs: this.options.priceDelayMs ?? null,
    });
    const m: SimMessage = {
      sid,
      n: this.n + 1,
      direction: 'outbound-api',
      from: sender.number,
      to: ok.to,
      serviceSid: ok.service?.sid ?? null,
      body: ok.body,
      segments,
      createdAt: now,
      ...plan,
    };
    const reply = deliveredAt === null ? null : this.replyTo(m, script);
    if (reply && deliveredAt !== null) m.reply = { at: deliveredAt + reply.afterMs, body: reply.body };
    this.record({ t: 'out', m, ...(stopped ? { afterStop: true } : {}) });
    return viewAt(m, now);
  }

  /** One page of GET Messages. */
  list(options: ListOptions): { rows: SimView[]; next: string | null } {
    const now = this.now();
    const lag = this.listLag;
    const hidden = (m: SimMessage) => lag !== null && now - m.createdAt < lag.ms && chance(this.seed, 'lag', m.sid) < (lag.share ?? 1);
    return this.store.page(options, now - this.listStaleMs, hidden);
  }

  fetch(sid: string): SimView | null {
    const m = this.store.bySid.get(sid);
    return m && !m.deleted && m.createdAt <= this.now() ? viewAt(m, this.now()) : null;
  }

  /** POST Messages/{Sid}: empties the body, or cancels while scheduled. */
  update(sid: string, params: { Body?: string | undefined; Status?: string | undefined }): SimView {
    const view = this.fetch(sid);
    if (!view) throw new SimRefusal(404, 20404, 'The requested resource was not found');
    if (params.Status !== undefined) {
      if (params.Status !== 'canceled') throw new SimRefusal(400, 20001, 'Status can only be set to canceled.');
      if (view.status !== 'scheduled') throw new SimRefusal(400, 30409, 'Message cannot be canceled.');
      this.record({ t: 'cancel', sid, at: this.now() });
    }
    if (params.Body !== undefined) {
      if (params.Body !== '') throw new SimRefusal(400, 20001, 'Body can only be emptied.');
      this.record({ t: 'redact', sid, at: this.now() });
    }
    return this.fetch(sid) as SimView;
  }

  delete(sid: string): void {
    const view = this.fetch(sid);
    if (!view) throw new SimRefusal(404, 20404, 'The requested resource was not found');
    if (['accepted', 'queued', 'sending', 'scheduled'].includes(view.status))
      throw new SimRefusal(400, 20009, 'Message is still in flight.');
    this.record({ t: 'delete', sid, at: this.now() });
  }

  /** A text from somebody's phone. Answers the SID, or null when the number's service does not log replies. */
  inbound(text: { from: string; to?: string; body: string }): string | null {
    this.settle();
    const last = [...this.store.to(text.from)].reverse().find((m) => m.direction === 'outbound-api');
    const to = text.to ?? last?.from ?? this.account.numbers[0]?.number;
    if (!to || !this.account.numbers.some((n) => n.number === to)) throw new RangeError('not a number of this account');
    return this.receive({ from: text.from, to, body: text.body, at: this.now() });
  }

  /** Changes the account: keys, numbers, registrations, switches. Kept in the state file. */
  changeAccount(patch: Partial<SimAccount>): void {
    this.record({ t: 'account', patch });
  }

  /** The line behind a number, paid for. */
  lookUp(number: string): SimLine {
    this.record({ t: 'lookup', at: this.now(), micros: LOOKUP_PRICE_MICROS });
    return lineOf(this.seed, this.options.people === 'practice', this.account, number);
  }

  usage(o: { from: string; to: string; step: 'all' | 'day' | 'month'; category?: string | undefined }): UsageRow[] {
    return usageRows(this.store, this.lookups, this.now(), o);
  }

  /** Numbers given up on a day: those whose line is gone and that were texted before. */
  deactivated(day: string): string[] {
    const texted = new Set(this.store.messages().flatMap((m) => (m.direction !== 'inbound' && dayOf(m.createdAt) <= day ? [m.to] : [])));
    const practice = this.options.people === 'practice';
    return [...texted].filter((to) => lineOf(this.seed, practice, this.account, to).gone).sort();
  }

  deactivationsUrl(day: string): string {
    return `${this.url}/deactivations/${day}.txt`;
  }

  deferToNumber(serviceSid: string, on: boolean): void {
    this.record({ t: 'service', sid: serviceSid, useInboundWebhookOnNumber: on });
  }

  /** Decides what happens to coming texts; the first that fits wins. */
  script(script: SimScript): void {
    this.scripts.push({ ...script, left: script.times ?? Number.POSITIVE_INFINITY });
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
    return this.store.messages().map((m) => viewAt(m, now));
  }

  /** What was done to each person: the assertions of every end-to-end test. */
  assertions(): Record<string, RecipientTally> {
    return Object.fromEntries(this.tallies);
  }

  stats() {
    this.settle();
    const statuses: Record<string, number> = {};
    for (const v of this.messages()) statuses[v.status] = (statuses[v.status] ?? 0) + 1;
    return { now: this.now(), statuses, stopped: this.blocked.size, autoReplies: this.autoReplyCount, unlogged: this.unloggedCount };
  }

  /** Opening balance less what was priced so far, in dollars. */
  balance(): string {
    const now = this.now();
    let micros = Math.round(Number(this.account.balance) * 1e6);
    for (const m of this.store.messages()) if (m.price !== null && m.priceAt <= now) micros += Math.round(Number(m.price) * 1e6);
    for (const l of this.lookups) micros -= l.micros;
    return (micros / 1e6).toFixed(4);
  }

  close(): void {
    this.file?.close();
  }

  private receive(text: { from: string; to: string; body: string; at: number; cause?: string }): string | null {
    const service = this.serviceOf(text.to);
    const logged = !service || service.useInboundWebhookOnNumber || service.inboundRequestUrl !== null;
    const segments = Math.max(1, countSegments(text.body).segments);
    const m: SimMessage = {
      sid: simSid('SM', this.seed, this.n + 1),
      n: this.n + 1,
      direction: 'inbound',
      from: text.from,
      to: text.to,
      serviceSid: service?.sid ?? null,
      body: text.body,
      segments,
      createdAt: text.at,
      senderKnownAt: text.at,
      freeAt: 0,
      ...planInbound(text.at, segments),
      ...(text.cause === undefined ? {} : { cause: text.cause }),
    };
    this.record({ t: 'in', m, logged });
    return logged ? m.sid : null;
  }

  private replyTo(m: SimMessage, script: SimScript | null): { body: string; afterMs: number } | null {
    if (script?.reply) return script.reply;
    if (script || this.options.people !== 'practice') return null;
    const turn = 6 + Math.floor(8 * chance(this.seed, 'stop-turn'));
    const mustStop = !this.someoneStopped && !this.tallies.has(m.to) && this.outboundRecipients + 1 >= turn;
    return seededReply(this.seed, { to: m.to, body: m.body, sid: m.sid, mustStop });
  }

  private scriptFor(to: string, body: string): SimScript | null {
    const script = this.scripts.find(
      (s) => s.left > 0 && (!s.to || new RegExp(s.to).test(to)) && (!s.body || new RegExp(s.body).test(body)),
    );
    if (!script) return null;
    script.left -= 1;
    return script;
  }

  private serviceOf(number: string) {
    return this.account.services.find((s) => s.numbers.includes(number)) ?? null;
  }

  /** Stops hold per number, or per service for the numbers in one. */
  private scope(ours: string, theirs: string): string {
    return `${this.serviceOf(ours)?.sid ?? ours} ${theirs}`;
  }

  private isBlocked(ours: string, theirs: string): boolean {
    return this.blocked.has(this.scope(ours, theirs));
  }

  private record(r: SimRecord): void {
    this.file?.append(r);
    this.apply(r);
  }

  private tally(to: string): RecipientTally {
    let t = this.tallies.get(to);
    if (!t) {
      t = { created: 0, createdAfterStop: 0, refusedAfterStop: 0, bodies: {} };
      this.tallies.set(to, t);
    }
    return t;
  }

  private apply(r: SimRecord): void {
    switch (r.t) {
      case 'shop':
        this.seed = r.seed;
        return;
      case 'clock':
        this.clock.restore(r.clock);
        return;
      case 'out':
        this.applyOutbound(r.m, r.afterStop ?? false);
        return;
      case 'in':
        this.applyInbound(r.m, r.logged);
        return;
      case 'refused':
        this.tally(r.to).refusedAfterStop += 1;
        return;
      case 'account':
        Object.assign(this.account, structuredClone(r.patch));
        return;
      case 'lookup':
        this.lookups.push({ at: r.at, micros: r.micros });
        return;
      case 'service': {
        const service = this.account.services.find((s) => s.sid === r.sid);
        if (service) service.useInboundWebhookOnNumber = r.useInboundWebhookOnNumber;
        return;
      }
      default: {
        const m = this.store.bySid.get(r.sid);
        if (!m) return;
        if (r.t === 'redact') m.body = '';
        else if (r.t === 'delete') m.deleted = true;
        else {
          m.steps = [...m.steps.filter((s) => s.at <= r.at), { at: r.at, status: 'canceled' }];
          m.price = null;
          delete m.reply;
        }
      }
    }
  }

  private applyOutbound(m: SimMessage, afterStop: boolean): void {
    this.n = Math.max(this.n, m.n);
    if (!this.tallies.has(m.to)) this.outboundRecipients += 1;
    this.store.add(m);
    this.senderFreeAt.set(m.from, Math.max(m.freeAt, this.senderFreeAt.get(m.from) ?? 0));
    const tally = this.tally(m.to);
    tally.created += 1;
    tally.bodies[m.body] = (tally.bodies[m.body] ?? 0) + 1;
    if (afterStop) tally.createdAfterStop += 1;
    if (!m.reply) return;
    if (m.reply.body.toUpperCase() === 'STOP') this.someoneStopped = true;
    this.due.push({ at: m.reply.at, cause: m });
    this.due.sort((a, b) => a.at - b.at);
  }

  private applyInbound(m: SimMessage, logged: boolean): void {
    this.n = Math.max(this.n, m.n);
    if (m.cause) this.answered.add(m.cause);
    if (logged) this.store.add(m);
    else this.unloggedCount += 1;
    const what = keyword(m.body, isTollFree(m.to));
    const scope = this.scope(m.to, m.from);
    if (what === 'stop') {
      this.blocked.add(scope);
      this.failScheduled(scope, m);
    } else if (what === 'start') this.blocked.delete(scope);
    // The carrier answers keywords itself; those answers are not ours and are not in the log.
    if (what !== null) this.autoReplyCount += 1;
  }

  /** A text scheduled before the STOP is not cancelled by it; it fails when its time comes. */
  private failScheduled(scope: string, stop: SimMessage): void {
    for (const m of this.store.to(stop.from)) {
      const first = m.steps[0];
      const leaves = m.steps[1]?.at ?? 0;
      if (first?.status !== 'scheduled' || leaves <= stop.createdAt || this.scope(m.from, m.to) !== scope) continue;
      m.steps = [first, { at: leaves, status: 'failed', errorCode: 21610 }];
      m.price = null;
      delete m.reply;
    }
  }
}
