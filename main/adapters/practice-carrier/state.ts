import { OptOuts } from './opt-outs';
import type { SimClock } from './sim-clock';
import type { SimRecord } from './state-file';
import { MessageStore, viewAt } from './store';
import type { SimSwitches } from './switches';
import { Tallies } from './tallies';
import type { SimAccount, SimMessage, SimScript } from './types';
import type { SimLookup } from './usage';

const TEN_MINUTES = 600_000;

/** Everything the carrier remembers. It changes by `apply` only, which is also how a state file is replayed. */
export class SimState {
  readonly store = new MessageStore();
  readonly tallies = new Tallies();
  readonly optOuts: OptOuts;
  readonly lookups: SimLookup[] = [];
  readonly scripts: (SimScript & { left: number })[] = [];
  /** Texts that were answered, by SID. */
  readonly answered = new Set<string>();
  /** Texts somebody will answer, soonest first. */
  readonly due: { at: number; cause: SimMessage }[] = [];
  /** Segments used of a brand's day. */
  readonly caps = new Map<string, number>();
  private readonly freeAt = new Map<string, number>();
  n = 0;
  someoneStopped = false;
  autoReplies = 0;
  unlogged = 0;

  constructor(
    public seed: string,
    readonly account: SimAccount,
    readonly switches: SimSwitches,
    private readonly clock: SimClock,
  ) {
    this.optOuts = new OptOuts(account);
  }

  serviceOf(number: string) {
    return this.account.services.find((s) => s.numbers.includes(number)) ?? null;
  }

  /** When a sender can take the next text: what waits for its own time does not stand in the way of what is sent now. */
  senderFreeAt(sender: string, sendAt: number | null): number {
    return this.freeAt.get(lane(sender, sendAt)) ?? 0;
  }

  apply(r: SimRecord): void {
    switch (r.t) {
      case 'shop':
        this.seed = r.seed;
        return;
      case 'clock':
        this.clock.restore(r.clock);
        return;
      case 'out':
        this.outbound(r.m, r.afterStop ?? false);
        return;
      case 'in':
        this.inbound(r.m, r.logged);
        return;
      case 'refused':
        this.tallies.refused(r.to, r.at);
        return;
      case 'account':
        this.changeAccount(r.patch, r.at ?? 0);
        return;
      case 'switches':
        Object.assign(this.switches, structuredClone(r.patch));
        return;
      case 'script':
        this.scripts.push({ ...r.script, left: r.script.times ?? Number.POSITIVE_INFINITY });
        return;
      case 'used':
        this.spendScript(r.script);
        return;
      case 'mark':
        this.tallies.mark(r.kind, r.at, r);
        return;
      case 'lookup':
        this.lookups.push({ at: r.at, micros: r.micros });
        return;
      case 'consent':
        this.optOuts.tell(this.optOuts.scopeOf(r.sender, r.contact), r.stop);
        this.settle(r.contact, this.optOuts.scopeOf(r.sender, r.contact), r.stop, r.at);
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
          delete m.kept;
        }
      }
    }
  }

  private spendScript(index: number): void {
    const script = this.scripts[index];
    if (script) script.left -= 1;
  }

  private outbound(m: SimMessage, afterStop: boolean): void {
    this.n = Math.max(this.n, m.n);
    this.store.add(m);
    const sendAt = leavesBySchedule(m);
    this.freeAt.set(lane(m.from, sendAt), Math.max(m.freeAt, this.senderFreeAt(m.from, sendAt)));
    if (m.cap !== undefined) this.caps.set(m.cap, (this.caps.get(m.cap) ?? 0) + m.segments);
    if (m.script !== undefined) this.spendScript(m.script);
    this.tallies.created(m, afterStop);
    if (!m.reply) return;
    if (m.reply.body.toUpperCase() === 'STOP') this.someoneStopped = true;
    const { at } = m.reply;
    let i = this.due.length;
    while (i > 0 && (this.due[i - 1]?.at ?? 0) > at) i--;
    this.due.splice(i, 0, { at, cause: m });
  }

  private inbound(m: SimMessage, logged: boolean): void {
    this.n = Math.max(this.n, m.n);
    if (m.cause) this.answered.add(m.cause);
    if (logged) this.store.add(m);
    else this.unlogged += 1;
    const what = this.optOuts.hear(m.to, m.from, m.body);
    const scope = this.optOuts.scope(m.to, m.from);
    if (what === 'stop' || what === 'start') {
      this.tallies.stopped(m.from, what === 'stop' ? m.createdAt : null);
      this.settle(m.from, scope, what === 'stop', m.createdAt);
    }
    // The carrier answers keywords itself; those answers are not ours and are not in the log.
    if (what !== null) this.autoReplies += 1;
  }

  /** A text scheduled before the STOP is not cancelled by it; it fails when its time comes. */
  private settle(theirs: string, scope: string, stop: boolean, at: number): void {
    for (const s of this.store.to(theirs)) {
      if (s.direction === 'inbound' || this.optOuts.scope(s.from, s.to) !== scope) continue;
      if (stop) hold(s, at, 21610);
      else release(s, at);
    }
  }

  private changeAccount(patch: Partial<SimAccount>, at: number): void {
    const was = this.account.active;
    Object.assign(this.account, structuredClone(patch));
    if (was === this.account.active) return;
    for (const m of this.store.messages()) {
      if (m.direction === 'inbound') continue;
      if (this.account.active) {
        release(m, at);
        continue;
      }
      hold(m, at, 30002);
      // What waits in the queue fails; what has left is on its way.
      if (!['accepted', 'queued'].includes(viewAt(m, at).status) || m.steps[m.steps.length - 1]?.status === 'failed') continue;
      m.steps = [...m.steps.filter((s) => s.at <= at), { at: at + 500, status: 'failed', errorCode: 30002 }];
      m.price = null;
      delete m.reply;
    }
  }
}

/** Sender and, for what waits for its own time, which ten minutes. */
const lane = (sender: string, sendAt: number | null): string =>
  sendAt === null ? sender : `${sender} ${Math.floor(sendAt / TEN_MINUTES)}`;

const scheduledStep = (m: SimMessage): number => m.steps.findIndex((s) => s.status === 'scheduled');

/** The time a scheduled text leaves for the queue; null when it was not scheduled. */
export function leavesBySchedule(m: SimMessage): number | null {
  const i = scheduledStep(m);
  return i < 0 ? null : (m.steps[i + 1]?.at ?? null);
}

/** A text that is still scheduled at `at` will fail when its time comes. */
function hold(m: SimMessage, at: number, errorCode: number): void {
  const leaves = leavesBySchedule(m);
  if (leaves === null || leaves <= at) return;
  m.kept ??= { steps: m.steps, price: m.price };
  m.steps = [...m.steps.slice(0, scheduledStep(m) + 1), { at: leaves, status: 'failed', errorCode }];
  m.price = null;
}

/** The reason is gone before its time came. */
function release(m: SimMessage, at: number): void {
  const leaves = leavesBySchedule(m);
  if (!m.kept || leaves === null || leaves <= at) return;
  m.steps = m.kept.steps;
  m.price = m.kept.price;
  delete m.kept;
}
