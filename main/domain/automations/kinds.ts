/**
 * What an automation may follow. The same names as the CHECK of migration 0500; each has a trigger in services/automations/triggers, or is
 * not offered yet.
 */
export const AUTOMATION_KINDS = [
  'welcome-sign-up',
  'welcome-purchase',
  'thank-you',
  'late',
  'lapsed',
  'birthday',
  'bought-not',
  'code-expiring',
  'review',
  'anniversary',
  'new-arrival',
  'not-collected',
  'thing-due',
  're-buy',
  'wish-in',
  'reward-near',
  'reward-ready',
  'points-expiring',
] as const;
export type AutomationKind = (typeof AUTOMATION_KINDS)[number];

export interface KindFacts {
  /** Which of two that are due for one person goes first: lower. What was promised or asked for goes before what only fits. */
  priority: number;
  /** Promised or asked for: nobody is held out of it (rules.md §7). */
  promised: boolean;
  /** About somebody who did not come or buy: waits for the till file (rules.md §3). */
  absence: boolean;
  /** About not coming at all: any visit ends it, whatever was bought. */
  away: boolean;
  /** What its own wait goes by: days after what happened and an hour, an hour alone (its terms say the days), or nothing: it is told at once. */
  waits: 'days' | 'hour' | 'none';
  /** Pick-up of something ordered: no marketing, not counted by the caps, permission of its own (rules.md §1). */
  service: boolean;
  /** Days in which the same automation says nothing more to one person, whatever cause comes up meanwhile. */
  restDays: number;
  /** It comes again and again: only the next time is worked out, and the one after it once that is past. */
  again: boolean;
}

const usual: KindFacts = {
  priority: 50,
  promised: false,
  absence: false,
  away: false,
  waits: 'days',
  service: false,
  restDays: 0,
  again: false,
};

export const KINDS: Readonly<Record<AutomationKind, KindFacts>> = {
  'not-collected': { ...usual, priority: 5, promised: true },
  'wish-in': { ...usual, priority: 10, promised: true, waits: 'none' },
  'reward-ready': { ...usual, priority: 12, promised: true },
  'points-expiring': { ...usual, priority: 14, promised: true, restDays: 7, waits: 'hour' },
  'code-expiring': { ...usual, priority: 16, promised: true, waits: 'hour' },
  'thing-due': { ...usual, priority: 20, promised: true, waits: 'hour' },
  'welcome-sign-up': { ...usual, priority: 25, promised: true },
  birthday: { ...usual, priority: 30, restDays: 200, again: true, waits: 'hour' },
  anniversary: { ...usual, priority: 35, restDays: 200, again: true, waits: 'hour' },
  'welcome-purchase': { ...usual, priority: 40 },
  'thank-you': { ...usual, priority: 45, restDays: 180 },
  'reward-near': { ...usual, priority: 50, restDays: 30 },
  'new-arrival': { ...usual, priority: 55, waits: 'none' },
  'bought-not': { ...usual, priority: 60, absence: true, restDays: 90 },
  're-buy': { ...usual, priority: 62, absence: true, restDays: 20 },
  late: { ...usual, priority: 65, absence: true, away: true, waits: 'hour' },
  lapsed: { ...usual, priority: 70, absence: true, away: true, waits: 'hour' },
  review: { ...usual, priority: 80, restDays: 180 },
};

/** Kinds that are no marketing. */
export const SERVICE_KINDS: readonly AutomationKind[] = AUTOMATION_KINDS.filter((k) => KINDS[k].service);
