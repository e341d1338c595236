import { type CapAnswer, type CapInput, checkCaps } from '../campaigns/caps';
import { type SendWindow, type SendWindowInput, sendWindow } from '../campaigns/quiet-hours';
import type { UtcMs } from '../kernel';
import { type GateFacts, type GateReason, gate } from './gate';

/** Everything that decides about one text, as far as it is known now; hours and caps are worked out for any instant from it. */
export interface SendFacts extends Omit<GateFacts, 'now' | 'hours' | 'caps'> {
  place: Omit<SendWindowInput, 'now'>;
  /** Null for classes that no cap counts. */
  caps: Omit<CapInput, 'now'> | null;
}

export interface FactsAt {
  gate: GateFacts;
  window: SendWindow;
  caps: CapAnswer;
}

/** The facts of one instant. The one place where hours and caps meet the gate: senders and answers on screen both come from here. */
export function factsAt(f: SendFacts, now: UtcMs): FactsAt {
  const { place, caps: capInput, ...rest } = f;
  const window = sendWindow({ ...place, now });
  const caps: CapAnswer = capInput === null ? { ok: true } : checkCaps({ ...capInput, now });
  return {
    window,
    caps,
    gate: {
      ...rest,
      now,
      hours: { open: window.open, opensAt: window.opensAt },
      caps: { free: caps.ok, freeAt: caps.ok ? null : caps.until },
    },
  };
}

export type WhenReason = Exclude<GateReason, 'caps'> | 'month-used' | 'texted-recently';

/** One thing in the way, and until when; null = until something is done about it. */
export interface InTheWay {
  reason: WhenReason;
  until: UtcMs | null;
}

export type When =
  /** May leave now; `closesAt` = when the window shuts. */
  | { kind: 'now'; closesAt: UtcMs | null }
  /** Not before `at` (null: nobody can say, somebody has to act first). Everything in the way, the first thing first. */
  | { kind: 'later'; at: UtcMs | null; why: InTheWay[] }
  /** Not at all, whatever the hour. */
  | { kind: 'never'; reason: WhenReason };

/** Each step ends one reason; hours, spacing, month and confirmation can follow each other only a few times. */
const STEPS = 24;

/**
 * "Why can't I text her now, and when can I?" Asks the gate at this moment, then at the moment it names, and so on until it opens: the
 * instant returned is one at which the very same gate lets the text go, if nothing else happens until then.
 */
export function whenMayLeave(f: SendFacts, now: UtcMs): When {
  const why: InTheWay[] = [];
  let at = now;
  for (let step = 0; step < STEPS; step++) {
    const facts = factsAt(f, at);
    const decision = gate(facts.gate);
    if (decision.kind === 'send') {
      return why.length === 0 ? { kind: 'now', closesAt: facts.window.closesAt } : { kind: 'later', at, why };
    }
    const reason: WhenReason = decision.reason !== 'caps' ? decision.reason : facts.caps.ok ? 'texted-recently' : facts.caps.reason;
    // What is too late by the time it may leave is not sent at all.
    if (decision.kind === 'skip') return { kind: 'never', reason: why.length === 0 ? reason : (why.at(-1)?.reason ?? reason) };
    why.push({ reason, until: decision.until });
    if (decision.until === null || decision.until <= at) return { kind: 'later', at: null, why };
    at = decision.until;
  }
  return { kind: 'later', at: null, why };
}
