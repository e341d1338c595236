import { localTime } from '@domain/calendar';
import { placeOf } from '@domain/campaigns/quiet-hours';
import type { PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { MessageStore } from './store';
import type { RecipientTally, SimMessage } from './types';

/** What the owner did, told by the test, and what the app still created afterwards. */
export interface Mark {
  kind: 'paused' | 'resumed' | 'cancelled';
  at: number;
  /** Only texts with such a body count (regular expression as text). */
  body?: string;
  /** Texts already under way may still come in for this long. */
  windowMs: number;
  /** When a later `resumed` ended the watch. */
  until: number | null;
  /** Texts created after the mark, and those of them created after the window. */
  created: number;
  createdAfterWindow: number;
  lastAt: number | null;
}

/** What was asked of one sender, in virtual time. */
export interface SenderRate {
  texts: number;
  segments: number;
  from: number;
  to: number;
  /** Segments of the fullest second, and segments per second over the fullest ten seconds. */
  peakSecond: number;
  peakTenSeconds: number;
}

const TEN = 10_000;
const MINUTE = 60_000;
const SHOP_ZONE = 'America/New_York' as Zone;
/** Hours of the person within which a text may leave (47 CFR 64.1200(c)(1)). */
const HOURS = { from: 8, to: 21 };

/** The assertions of every end-to-end test: who was texted how often, how fast, and what came after a STOP or a Pause. */
export class Tallies {
  private readonly recipients = new Map<string, RecipientTally>();
  private readonly senders = new Map<
    string,
    SenderRate & { recent: { at: number; segments: number }[]; minute: number; inMinute: number }
  >();
  readonly marks: Mark[] = [];
  private day = { day: 0, count: 0 };

  /** People texted so far, by anybody. */
  get people(): number {
    return this.recipients.size;
  }

  has(to: string): boolean {
    return this.recipients.has(to);
  }

  of(to: string): RecipientTally {
    let t = this.recipients.get(to);
    if (!t) {
      t = { created: 0, createdAfterStop: 0, refusedAfterStop: 0, bodies: {} };
      this.recipients.set(to, t);
    }
    return t;
  }

  created(m: SimMessage, afterStop: boolean): void {
    const day = Math.floor(m.createdAt / 86_400_000);
    this.day = { day, count: this.day.day === day ? this.day.count + 1 : 1 };
    if (m.foreign) return;
    const tally = this.of(m.to);
    tally.created += 1;
    tally.bodies[m.body] = (tally.bodies[m.body] ?? 0) + 1;
    if (afterStop) {
      tally.createdAfterStop += 1;
      tally.attemptedAfterStopAt = m.createdAt;
    }
    for (const mark of this.marks) {
      if (mark.kind === 'resumed' || mark.until !== null || (mark.body !== undefined && !new RegExp(mark.body).test(m.body))) continue;
      mark.created += 1;
      mark.lastAt = m.createdAt;
      if (m.createdAt > mark.at + mark.windowMs) mark.createdAfterWindow += 1;
    }
    // A scheduled text asks nothing of the sender yet.
    if (m.steps[0]?.status !== 'scheduled') this.asked(m);
  }

  refused(to: string, at: number | undefined): void {
    const tally = this.of(to);
    tally.refusedAfterStop += 1;
    if (at !== undefined) tally.attemptedAfterStopAt = at;
  }

  stopped(from: string, at: number | null): void {
    const tally = this.recipients.get(from);
    if (!tally) return;
    if (at === null) delete tally.stoppedAt;
    else tally.stoppedAt = at;
  }

  mark(kind: Mark['kind'], at: number, o: { body?: string | undefined; windowMs?: number | undefined }): void {
    const { body, windowMs = 0 } = o;
    if (kind === 'resumed') {
      for (const m of this.marks) if (m.kind === 'paused' && m.body === body) m.until ??= at;
    }
    this.marks.push({
      kind,
      at,
      windowMs,
      until: null,
      created: 0,
      createdAfterWindow: 0,
      lastAt: null,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Texts created on this day (UTC). */
  today(now: number): number {
    return this.day.day === Math.floor(now / 86_400_000) ? this.day.count : 0;
  }

  /** Texts this sender was asked for in this minute. */
  inMinute(sender: string, now: number): number {
    const s = this.senders.get(sender);
    return s && s.minute === Math.floor(now / MINUTE) ? s.inMinute : 0;
  }

  recipientTallies(): Record<string, RecipientTally> {
    return Object.fromEntries(this.recipients);
  }

  report(store: MessageStore) {
    const duplicates: { to: string; body: string; count: number }[] = [];
    const afterStop: { to: string; accepted: number; refused: number; stoppedAt: number | null; lastAt: number | null }[] = [];
    for (const [to, t] of this.recipients) {
      for (const [body, count] of Object.entries(t.bodies)) if (count > 1) duplicates.push({ to, body, count });
      if (t.createdAfterStop + t.refusedAfterStop === 0) continue;
      const { stoppedAt = null, attemptedAfterStopAt: lastAt = null } = t;
      afterStop.push({ to, accepted: t.createdAfterStop, refused: t.refusedAfterStop, stoppedAt, lastAt });
    }
    const senders = Object.fromEntries(
      [...this.senders].map(([sender, { recent: _recent, minute: _minute, inMinute: _inMinute, ...rate }]) => [sender, rate]),
    );
    return { duplicates, afterStop, marks: this.marks, senders, ...leavingHours(store) };
  }

  private asked(m: SimMessage): void {
    const at = m.createdAt;
    const s = this.senders.get(m.from) ?? {
      texts: 0,
      segments: 0,
      from: at,
      to: at,
      peakSecond: 0,
      peakTenSeconds: 0,
      recent: [],
      minute: 0,
      inMinute: 0,
    };
    this.senders.set(m.from, s);
    s.texts += 1;
    s.segments += m.segments;
    s.to = at;
    const minute = Math.floor(at / MINUTE);
    s.inMinute = s.minute === minute ? s.inMinute + 1 : 1;
    s.minute = minute;
    s.recent.push({ at, segments: m.segments });
    while (s.recent[0] && s.recent[0].at <= at - TEN) s.recent.shift();
    let second = 0;
    let ten = 0;
    for (const r of s.recent) {
      ten += r.segments;
      if (r.at > at - 1000) second += r.segments;
    }
    s.peakSecond = Math.max(s.peakSecond, second);
    s.peakTenSeconds = Math.max(s.peakTenSeconds, ten / 10);
  }
}

/** At which hours of the person's day texts left: the earliest and the latest of all zones their number may be in count. */
function leavingHours(store: MessageStore) {
  const hours: Record<number, number> = {};
  const outsideHours: { sid: string; to: string; at: number; hour: number; zone: string }[] = [];
  const known = new Map<string, number>();
  const hourIn = (zone: Zone, at: number): number => {
    const key = `${zone} ${Math.floor(at / (15 * MINUTE))}`;
    let hour = known.get(key);
    if (hour === undefined) {
      hour = localTime(at as UtcMs, zone).hour;
      known.set(key, hour);
    }
    return hour;
  };
  for (const m of store.messages()) {
    if (m.direction === 'inbound' || m.foreign) continue;
    const left = m.steps.find((s) => s.status === 'sending')?.at;
    if (left === undefined) continue;
    const { zones } = placeOf({ phone: m.to as PhoneE164, postalCode: null, zone: null, shopZone: SHOP_ZONE });
    for (const zone of zones) {
      const hour = hourIn(zone, left);
      hours[hour] = (hours[hour] ?? 0) + 1;
      if (hour < HOURS.from || hour >= HOURS.to) outsideHours.push({ sid: m.sid, to: m.to, at: left, hour, zone });
    }
  }
  return { hours, outsideHours };
}
