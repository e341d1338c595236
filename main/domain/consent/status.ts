import { addDays, shopDay, startOfDay } from '../calendar';
import { DAY, type ShopDay, type UtcMs, type Zone } from '../kernel';
import type { ConsentEvent, ConsentKind, ConsentMethod } from './event';
import { type Grant, type Hold, type Line, mark, overtaken, stopMark, strictest } from './line';
import { prefer } from './preference';

export { CARRIER_STOP } from './line';

export type ConsentState = 'in' | 'pending' | 'out' | 'never' | 'hold' | 'paused';

/** An unanswered double opt-in lapses 7 days after its text left (rules.md §1). */
export const PENDING_MS = 7 * DAY;
/** A parked reply without a decision becomes an opt-out (rules.md §2). */
const HOLD_BUSINESS_DAYS = 10;

export interface FoldedState {
  purpose: string;
  state: ConsentState;
  promiseMax: number | null;
  /** When the event that made this state happened. */
  since: UtcMs;
  /** Of `pending`: when it lapses (null until its text left). Of `hold`: when it turns into `out`. */
  expiresAt: UtcMs | null;
  eventId: number;
  /** The carrier blocks this number itself: only the customer's START, UNSTOP or YES lifts it. */
  carrierStop: boolean;
}

export interface FoldOptions {
  now: UtcMs;
  /** The shop's zone: business days are the shop's. */
  zone: Zone;
  /** When the text of an `asked` event left, by event id; unknown = still waiting to leave. */
  askedLeftAt?: ReadonlyMap<number, UtcMs>;
}

/** Stops after which nobody at this number has ever agreed: a START must not restore the former holder's permission. */
const OTHER_HOLDER = /(wrong-number|new-holder)/;

/** Why a stop was written down by the app itself: the owner had not decided on a parked reply in time. */
export const HOLD_EXPIRED = 'hold-expired';

/** Ways in which the customer acted in person; nothing else may turn a stop into a yes. */
const OWN_SIGN_UP: ReadonlySet<ConsentMethod> = new Set(['screen', 'join-text', 'paper']);
const OWN_REPLY: ReadonlySet<ConsentMethod> = new Set(['reply', 'join-text']);

/** True for events that are the customer's own act and therefore may end a stop or a hold. */
export function isOwnAct(e: { kind: ConsentKind; method: ConsentMethod }): boolean {
  if (e.kind === 'signed-up') return OWN_SIGN_UP.has(e.method);
  return (e.kind === 'restarted' || e.kind === 'agreed') && OWN_REPLY.has(e.method);
}

/** The nth Monday-to-Friday after a day. Holidays are not skipped: a hold must never last longer than the law allows. */
export function addBusinessDays(day: ShopDay, n: number): ShopDay {
  let d = day;
  for (let left = n; left > 0; ) {
    d = addDays(d, 1);
    const [y, m, dd] = d.split('-').map(Number) as [number, number, number];
    const weekday = new Date(Date.UTC(y, m - 1, dd)).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return d;
}

/** The end of the tenth business day after a reply was parked. */
export function holdUntil(heldAt: UtcMs, zone: Zone): UtcMs {
  return startOfDay(addDays(addBusinessDays(shopDay(heldAt, zone), HOLD_BUSINESS_DAYS), 1), zone);
}

/**
 * One number's ledger, oldest first, folded into a state per purpose. A stop always wins until the customer's own act; imports,
 * staff and the owner can only ever take permission away. Purposes that never appeared are not listed: they are `never`.
 */
export function foldConsent(events: readonly ConsentEvent[], options: FoldOptions): FoldedState[] {
  const lines = new Map<string, Line>();
  let base: Line['stop'] = null;
  let hold: Hold | null = null;
  let refusedAll = false;

  const line = (purpose: string, e: ConsentEvent): Line => {
    let l = lines.get(purpose);
    if (!l) {
      l = { grant: null, stop: base, form: null, left: null, refused: refusedAll, last: mark(e) };
      lines.set(purpose, l);
    }
    return l;
  };
  /** `all` and `marketing` cover everything that is or ever was permitted. */
  const covered = (e: ConsentEvent): string[] => {
    if (e.purpose !== 'all' && e.purpose !== 'marketing') return [e.purpose];
    return [...new Set(['marketing', 'service', ...lines.keys()])];
  };
  const granted = (e: ConsentEvent): string[] => {
    const first = e.purpose === 'all' ? 'marketing' : e.purpose;
    return [first, ...(first === 'marketing' ? e.topics.map((t) => `topic:${t}`) : [])];
  };
  /** An undecided hold that ran out is a stop, whatever is written later than that except the customer's own act. */
  const ripen = (at: UtcMs) => {
    if (!hold || at < hold.until) return;
    const stop = { at: hold.until, eventId: hold.eventId, carrier: false };
    base ??= stop;
    for (const l of lines.values()) l.stop ??= stop;
    hold = null;
  };

  for (const e of events) {
    // a hold that ran out and was written down ended when that says, whatever the shop's zone is by now
    if (e.kind !== 'stopped' || e.reason !== HOLD_EXPIRED) ripen(e.recordedAt);
    switch (e.kind) {
      case 'signed-up': {
        if (!OWN_SIGN_UP.has(e.method)) break; // "they said yes" by anyone else is not a yes
        if (hold && e.occurredAt >= hold.at) hold = null;
        refusedAll = false;
        for (const p of granted(e)) {
          const l = line(p, e);
          const active = l.grant?.state === 'in' && !l.stop ? l.grant : null;
          const grant: Grant = {
            state: 'in',
            promiseMax: active ? strictest(active.promiseMax, e.promiseMax) : e.promiseMax,
            since: active ? active.since : e.occurredAt,
            eventId: e.id,
            source: 'own',
            reason: null,
          };
          if (overtaken(l, e)) continue; // written down late: what they said since counts
          l.refused = false;
          l.left = null;
          if (l.stop?.carrier) l.form = grant;
          else {
            l.grant = grant;
            l.stop = null;
          }
        }
        break;
      }
      case 'asked':
        for (const p of granted(e)) {
          const l = line(p, e);
          if (l.stop || l.grant?.state === 'in') continue;
          l.grant = { state: 'pending', promiseMax: e.promiseMax, since: e.occurredAt, eventId: e.id, source: 'asked', reason: null };
        }
        break;
      case 'agreed':
        if (!OWN_REPLY.has(e.method)) break;
        for (const l of lines.values()) {
          if (l.stop || l.grant?.state !== 'pending' || lapsed(l.grant, e.occurredAt, options) || overtaken(l, e)) continue;
          l.grant = { ...l.grant, state: 'in', since: e.occurredAt, eventId: e.id, source: 'own' };
          l.refused = false;
          l.left = null;
          if (hold && e.occurredAt >= hold.at) hold = null;
        }
        break;
      case 'declined':
        for (const l of lines.values()) {
          if (l.grant?.state !== 'pending') continue;
          l.grant = null;
          l.last = mark(e);
          if (e.method !== 'system') l.refused = refusedAll = true;
        }
        break;
      case 'attested':
        for (const p of granted(e)) {
          const l = line(p, e);
          if (l.stop || l.refused || l.left || hold || l.grant) continue;
          l.grant = { state: 'in', promiseMax: e.promiseMax, since: e.occurredAt, eventId: e.id, source: 'attested', reason: e.reason };
        }
        break;
      case 'attest-undone':
        for (const p of granted(e)) {
          const l = lines.get(p);
          if (l?.grant?.source !== 'attested' || l.grant.reason !== e.reason) continue;
          l.grant = null;
          l.last = mark(e);
        }
        break;
      case 'stopped': {
        const whole = e.purpose === 'all' || e.purpose === 'marketing';
        for (const p of covered(e)) {
          const l = line(p, e);
          l.stop = stopMark(e, l.stop);
          l.form = null;
          if (l.grant?.state === 'pending') l.grant = null;
          // a finished order's permission, or a former holder's, is over and not restored by START
          if (OTHER_HOLDER.test(e.reason ?? '') || (!whole && e.method === 'system')) l.grant = null;
        }
        if (whole) {
          base = stopMark(e, base);
          hold = null;
        }
        break;
      }
      case 'restarted':
        if (!OWN_REPLY.has(e.method)) break;
        if (hold && e.occurredAt >= hold.at) hold = null;
        if (base && e.occurredAt >= base.at) base = null;
        for (const l of lines.values()) {
          if (l.stop && e.occurredAt < l.stop.at) continue; // read late: they stopped again since
          const grant = l.form ?? l.grant;
          const elsewhere = grant?.elsewhere === true && e.occurredAt < grant.since;
          const back = !elsewhere && (l.stop !== null || l.form !== null || grant?.state === 'paused');
          l.stop = null;
          l.form = null;
          l.grant = grant && back ? { ...grant, state: 'in', since: e.occurredAt, eventId: e.id, reason: null, elsewhere: false } : grant;
          if (back && !grant) l.last = mark(e);
        }
        break;
      case 'held': {
        const until = holdUntil(e.occurredAt, options.zone);
        for (const p of ['marketing', 'service']) line(p, e);
        hold ??= { ...mark(e), until };
        break;
      }
      case 'hold-released':
        hold = null;
        for (const l of lines.values()) if (!l.grant && !l.stop) l.last = mark(e);
        break;
      case 'paused':
        for (const [p, l] of lines) {
          if (p === 'service' || p.startsWith('order:') || l.grant?.state !== 'in') continue;
          l.grant = { ...l.grant, state: 'paused', since: e.occurredAt, eventId: e.id };
        }
        break;
      case 'preferred':
        prefer(e, lines, hold, (purpose) => line(purpose, e));
        break;
    }
  }
  ripen(options.now);
  return [...lines].map(([purpose, l]) => shown(purpose, l, hold, options));
}

function lapsed(g: Grant, at: UtcMs, o: FoldOptions): boolean {
  const left = o.askedLeftAt?.get(g.eventId);
  return left !== undefined && at > left + PENDING_MS;
}

function shown(purpose: string, l: Line, hold: Hold | null, o: FoldOptions): FoldedState {
  const nothing = { purpose, promiseMax: null, expiresAt: null, carrierStop: false };
  if (l.stop) {
    const carrierStop = l.stop.carrier;
    if (l.form)
      return { ...nothing, state: 'pending', promiseMax: l.form.promiseMax, since: l.form.since, eventId: l.form.eventId, carrierStop };
    return { ...nothing, state: 'out', since: l.stop.at, eventId: l.stop.eventId, carrierStop };
  }
  if (hold) return { ...nothing, state: 'hold', since: hold.at, eventId: hold.eventId, expiresAt: hold.until };
  if (l.left) return { ...nothing, state: 'out', since: l.left.at, eventId: l.left.eventId };
  const g = l.grant;
  if (!g || (g.state === 'pending' && lapsed(g, o.now, o)))
    return { ...nothing, state: 'never', since: l.last.at, eventId: l.last.eventId };
  const left = g.state === 'pending' ? o.askedLeftAt?.get(g.eventId) : undefined;
  return {
    ...nothing,
    state: g.state,
    promiseMax: g.promiseMax,
    since: g.since,
    eventId: g.eventId,
    expiresAt: left === undefined ? null : ((left + PENDING_MS) as UtcMs),
  };
}

/** The state of one purpose; a purpose without any event is `never`. */
export function stateOf(states: readonly FoldedState[], purpose: string): ConsentState {
  return states.find((s) => s.purpose === purpose)?.state ?? 'never';
}
