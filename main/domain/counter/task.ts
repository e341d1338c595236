import { HOUR, type UtcMs } from '../kernel';
import { closingAfter, type OpenHours } from './open-hours';

/** What a task at the counter asks for. */
export const TASK_KINDS = ['hold', 'call-back', 'question', 'other'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What became of it. */
export const TASK_OUTCOMES = ['sold', 'picked-up', 'never-came', 'answered', 'not-reached', 'other'] as const;
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];

/** Which endings make sense for a kind, the usual one first: they are the buttons. */
export const OUTCOMES_OF: Readonly<Record<TaskKind, readonly TaskOutcome[]>> = {
  hold: ['picked-up', 'sold', 'never-came'],
  'call-back': ['answered', 'not-reached'],
  question: ['answered', 'not-reached'],
  other: ['other', 'never-came'],
};

/** It came to nothing: the task was dropped, not done. */
const DROPPED: readonly TaskOutcome[] = ['never-came', 'not-reached'];

export const stateAfter = (outcome: TaskOutcome): 'done' | 'dropped' => (DROPPED.includes(outcome) ? 'dropped' : 'done');

/** Somebody has to be able to do it: less than this before closing it is for the next open day. */
const LEAST_MS = HOUR;
/** A hold waits this much opening longer than a question: they have to come by. */
const HOLD_MS = 24 * HOUR;

/**
 * Until when a task should be done, when nobody said: a hold until the shop closes on the first open day that begins a day later,
 * anything else until the end of this opening. Null when the shop has no hours.
 */
export const dueOf = (kind: TaskKind, at: UtcMs, shop: OpenHours): UtcMs | null =>
  closingAfter((kind === 'hold' ? at + HOLD_MS : at) as UtcMs, LEAST_MS, shop);

/** Digits that could be a phone or a card: staff see the last four of a person, not numbers written in a text. */
export const withoutNumbers = (text: string): string =>
  text.replace(/\+?\d(?:[\s().-]*\d){6,}/g, (run) => `••• ${run.replace(/\D/g, '').slice(-4)}`);
