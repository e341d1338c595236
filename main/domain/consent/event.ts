import type { StaffId, UtcMs } from '../kernel';

export type ConsentChannel = 'sms' | 'email';
/**
 * `service`: anything about their orders, until they say stop. `order:<ref>`: the box "text me about this order" of one form; ends
 * when that order closes. `all` only on stops, holds and preferences: it covers every purpose.
 */
export type ConsentPurpose = 'marketing' | `topic:${string}` | 'service' | `order:${string}` | 'all';

/**
 * What can happen to a permission. Folding (status.ts) turns a number's events into a state per purpose.
 * - signed-up: the customer's own act (ticked on the customer-facing screen, texted JOIN, signed paper)
 * - asked: a double opt-in text left; `agreed` / `declined` / nothing for 7 days answers it
 * - attested: an imported "yes" the owner vouched for (method, date, wording); `attest-undone` takes it back
 * - stopped: opt-out by any means; `carrierStop` in the reason means only START lifts it
 * - restarted: the customer texted START/UNSTOP/YES after a stop; restores the earlier scope
 * - held: weak stop word, suppressed until the owner decides (`hold-released`) or 10 business days pass (`stopped`)
 * - paused: silent for 18 months; reconfirmed at the counter by a new `signed-up`
 * - preferred: how often, about what, by which channel (preference.ts); more only by the customer's own act, less by anyone
 */
export type ConsentKind =
  | 'signed-up'
  | 'asked'
  | 'agreed'
  | 'declined'
  | 'attested'
  | 'attest-undone'
  | 'stopped'
  | 'restarted'
  | 'held'
  | 'hold-released'
  | 'paused'
  | 'preferred';

export type ConsentMethod = 'screen' | 'join-text' | 'paper' | 'clerk' | 'import' | 'reply' | 'counter' | 'carrier' | 'owner' | 'system';

export interface ConsentEvent {
  id: number;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  kind: ConsentKind;
  method: ConsentMethod;
  /** Texts per calendar month promised with this permission. */
  promiseMax: number | null;
  topics: readonly string[];
  language: 'en' | 'es';
  wordingHash: string | null;
  reason: string | null;
  staffId: StaffId | null;
  occurredAt: UtcMs;
  recordedAt: UtcMs;
}
