import { chance } from './seeded';
import type { SimSwitches } from './switches';
import type { SimOutcome, SimStep } from './types';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Twilio holds at most ten hours of a sender's queue (facts/twilio.md §3). */
export const LONGEST_QUEUE_MS = 10 * HOUR;

/** Failed texts cost a processing fee, except for these codes (facts/twilio.md §1.3). */
const FREE_FAILURES = new Set([12400, 20500, 20504, 30103, 30500, 30036, 30002, 30454, 63038, 90010, 30450, 21408, 30008]);

/** List price of one segment in the United States, carrier fee included, in dollars. */
const SEGMENT_PRICE = 0.0113;
const INBOUND_PRICE = 0.0083;

export interface Planned {
  steps: SimStep[];
  senderKnownAt: number;
  freeAt: number;
  price: string | null;
  priceAt: number;
  deliveredAt: number | null;
  cap: string | null;
}

const dollars = (n: number) => (-n).toFixed(5);

export interface PlanInput {
  seed: string;
  sid: string;
  now: number;
  viaService: boolean;
  segments: number;
  /** Segments per second of the sender. */
  mps: number;
  /** When the sender has worked off what is queued before. */
  senderFreeAt: number;
  validityMs: number;
  sendAt: number | null;
  /** The carrier itself put it off to `sendAt`. */
  putOff: boolean;
  switches: Pick<SimSwitches, 'priceDelayMs' | 'unpriced' | 'backwards' | 'corrected'>;
  /** What becomes of it when it leaves then, and which daily cap it counts for. */
  decide(leavesAt: number): { outcome: SimOutcome; cap: string | null };
}

/** The whole life of an outbound text, decided when it is accepted. Times in epoch ms. */
export function planOutbound(input: PlanInput): Planned {
  const { seed, sid, now, segments, switches } = input;
  const roll = (what: string) => chance(seed, what, sid);
  const start = input.sendAt ?? now;
  const steps: SimStep[] = [];
  const add = (at: number, status: SimStep['status'], errorCode?: number) =>
    steps.push({ at: Math.round(at), status, ...(errorCode === undefined ? {} : { errorCode }) });
  const first = input.viaService ? 'accepted' : 'queued';
  if (input.putOff) {
    add(now, first);
    add(now + 300, 'scheduled');
  } else add(now, input.sendAt === null ? first : 'scheduled');

  const queuedAt = input.viaService ? start + 150 + 300 * roll('choose') : start;
  const leavesAt = Math.max(queuedAt + 200 + 300 * roll('queue'), input.senderFreeAt);
  const { outcome, cap } = input.decide(leavesAt);
  const idle: Planned = {
    steps,
    senderKnownAt: Math.round(queuedAt),
    freeAt: input.senderFreeAt,
    price: null,
    priceAt: 0,
    deliveredAt: null,
    cap: null,
  };
  if (outcome.status === 'accepted') return idle;
  if (input.viaService || input.sendAt !== null) add(queuedAt, 'queued');
  if (outcome.status === 'queued') return idle;
  if (outcome.status === 'failed') {
    // Decided before the queue: it takes no place in it.
    const at = queuedAt + 300 + (outcome.afterMs ?? 0);
    add(at, 'failed', outcome.errorCode);
    const price = FREE_FAILURES.has(outcome.errorCode) ? null : dollars(0.001);
    return { ...idle, price, priceAt: Math.round(at + 10 * MINUTE) };
  }
  if (leavesAt - start > LONGEST_QUEUE_MS) {
    add(queuedAt + 100, 'failed', 30001);
    return { ...idle, price: dollars(0.001), priceAt: Math.round(queuedAt + 10 * MINUTE) };
  }
  if (leavesAt - start > input.validityMs) {
    add(start + input.validityMs, 'failed', 30036);
    return idle;
  }
  const freeAt = leavesAt + (segments / input.mps) * SECOND;
  add(leavesAt, 'sending');
  if (outcome.status === 'sending') return { ...idle, freeAt, cap };
  const sentAt = leavesAt + 400 + 1200 * roll('sending');
  add(sentAt, 'sent');
  let deliveredAt: number | null = null;
  if (outcome.status === 'undelivered') {
    add(sentAt + (outcome.afterMs ?? 2000 + 8000 * roll('deliver')), 'undelivered', outcome.errorCode);
  } else if (outcome.status === 'delivered' || outcome.status === 'read' || outcome.status === 'partially_delivered') {
    // Most phones confirm within seconds, some are off for a while.
    const usual = roll('slow') < 0.97 ? 1000 + 5000 * roll('deliver') : 10 * MINUTE * roll('deliver');
    deliveredAt = Math.round(sentAt + (outcome.afterMs ?? usual));
    if (roll('corrected') < switches.corrected) {
      add(deliveredAt, 'undelivered', 30008);
      add(deliveredAt + 2 * HOUR, 'delivered');
    } else {
      add(deliveredAt, outcome.status === 'read' ? 'delivered' : outcome.status);
      if (outcome.status === 'read') add(deliveredAt + MINUTE, 'read');
    }
  }
  const final = steps[steps.length - 1] as SimStep;
  if (final.status !== 'sent' && roll('backwards') < switches.backwards) {
    add(final.at + MINUTE, 'sent');
    add(final.at + 3 * MINUTE, final.status, final.errorCode);
  }
  // Prices come a minute to a day later; most within the hour.
  const late =
    switches.priceDelayMs ?? (roll('price') < 0.9 ? MINUTE + 40 * MINUTE * roll('price-at') : HOUR + 23 * HOUR * roll('price-at'));
  const price = roll('unpriced') < switches.unpriced ? null : dollars(SEGMENT_PRICE * segments);
  return { ...idle, freeAt, price, priceAt: Math.round(sentAt + late), deliveredAt, cap };
}

/** An inbound text is there at once, or `receiving` first; its price comes later. */
export function planInbound(now: number, segments: number, receivingMs: number): Pick<Planned, 'steps' | 'price' | 'priceAt'> {
  const received: SimStep = { at: now + receivingMs, status: 'received' };
  return {
    steps: receivingMs > 0 ? [{ at: now, status: 'receiving' }, received] : [received],
    price: dollars(INBOUND_PRICE * segments),
    priceAt: now + 5 * MINUTE,
  };
}
