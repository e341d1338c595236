import { chance } from './seeded';
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
}

const dollars = (n: number) => (-n).toFixed(5);

/** The whole life of an outbound text, decided when it is accepted. Times in epoch ms. */
export function planOutbound(input: {
  seed: string;
  sid: string;
  now: number;
  viaService: boolean;
  segments: number;
  mps: number;
  /** When the sender has worked off what is queued before. */
  senderFreeAt: number;
  validityMs: number;
  sendAt: number | null;
  outcome: SimOutcome;
  priceDelayMs: number | null;
}): Planned {
  const { seed, sid, now, outcome, segments } = input;
  const roll = (what: string) => chance(seed, what, sid);
  const start = input.sendAt ?? now;
  const steps: SimStep[] = [];
  const add = (at: number, status: SimStep['status'], errorCode?: number) =>
    steps.push({ at: Math.round(at), status, ...(errorCode === undefined ? {} : { errorCode }) });
  if (input.sendAt !== null) add(now, 'scheduled');
  else add(now, input.viaService ? 'accepted' : 'queued');

  const queuedAt = input.viaService ? start + 150 + 300 * roll('choose') : start;
  if (input.viaService || input.sendAt !== null) add(queuedAt, 'queued');
  const leavesAt = Math.max(queuedAt + 200 + 300 * roll('queue'), input.senderFreeAt);
  const idle: Planned = {
    steps,
    senderKnownAt: Math.round(queuedAt),
    freeAt: input.senderFreeAt,
    price: null,
    priceAt: 0,
    deliveredAt: null,
  };
  if (outcome.status === 'queued') return idle;
  if (leavesAt - start > LONGEST_QUEUE_MS) {
    add(queuedAt + 100, 'failed', 30001);
    return idle;
  }
  if (leavesAt - start > input.validityMs) {
    add(start + input.validityMs, 'failed', 30036);
    return idle;
  }
  const freeAt = leavesAt + (segments / input.mps) * SECOND;
  if (outcome.status === 'failed') {
    add(leavesAt + 300, 'failed', outcome.errorCode);
    const price = FREE_FAILURES.has(outcome.errorCode) ? null : dollars(0.001);
    return { ...idle, freeAt, price, priceAt: leavesAt + 10 * MINUTE };
  }
  add(leavesAt, 'sending');
  const sentAt = leavesAt + 400 + 1200 * roll('sending');
  add(sentAt, 'sent');
  let deliveredAt: number | null = null;
  if (outcome.status === 'delivered') {
    // Most phones confirm within seconds, some are off for a while.
    deliveredAt = Math.round(sentAt + (roll('slow') < 0.97 ? 1000 + 5000 * roll('deliver') : 10 * MINUTE * roll('deliver')));
    add(deliveredAt, 'delivered');
  } else if (outcome.status === 'undelivered') {
    add(sentAt + 2000 + 8000 * roll('deliver'), 'undelivered', outcome.errorCode);
  }
  // Prices come a minute to a day later; most within the hour.
  const late = input.priceDelayMs ?? (roll('price') < 0.9 ? MINUTE + 40 * MINUTE * roll('price-at') : HOUR + 23 * HOUR * roll('price-at'));
  return { ...idle, freeAt, price: dollars(SEGMENT_PRICE * segments), priceAt: Math.round(sentAt + late), deliveredAt };
}

/** An inbound text is there at once; its price comes later. */
export function planInbound(now: number, segments: number): Pick<Planned, 'steps' | 'price' | 'priceAt'> {
  return { steps: [{ at: now, status: 'received' }], price: dollars(INBOUND_PRICE * segments), priceAt: now + 5 * MINUTE };
}
