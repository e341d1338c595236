import type { ShopDay } from '../kernel';
import { REVIEW, STAGES, type Stage } from './fees';
import type { OpenPath } from './path';
import { addWorkdays, after, type DaySpan, type Span, together } from './workdays';

/** What happened at Twilio, as the owner told it. */
export interface StepEvent {
  readonly id: number;
  readonly stage: Stage;
  readonly kind: 'submitted' | 'approved' | 'rejected';
  readonly day: ShopDay;
  readonly errorCode: number | null;
}

export type StageState = 'not-yet' | 'waiting' | 'approved' | 'rejected';

export interface TrackedStage {
  readonly stage: Stage;
  readonly state: StageState;
  /** Since when it is so. */
  readonly since: ShopDay | null;
  /** When an answer usually comes, while one is awaited. */
  readonly expected: DaySpan | null;
  /** Later than the longest usual time: worth asking Twilio. */
  readonly overdue: boolean;
  readonly errorCode: number | null;
  /** How often it was handed in. */
  readonly tries: number;
}

export interface Tracker {
  readonly stages: readonly TrackedStage[];
  /** What is to be done or waited for now; null when all is approved. */
  readonly current: Stage | null;
  /** When everything is usually approved, if the next form goes in today. */
  readonly ready: DaySpan | null;
  /** The day of the last approval, once all are. */
  readonly approvedOn: ShopDay | null;
}

/** What may be told next about a stage; null is nothing. */
export const nextKinds = (state: StageState): readonly StepEvent['kind'][] =>
  state === 'approved' ? ['rejected'] : state === 'waiting' ? ['approved', 'rejected'] : ['submitted', 'approved'];

/** Folds what was told, oldest first, into where things stand. Events of stages the way does not have are left out. */
export function trackerOf(path: OpenPath, events: readonly StepEvent[], today: ShopDay): Tracker {
  const stages = STAGES[path].map((stage) => stageOf(stage, events, today));
  const open = stages.filter((s) => s.state !== 'approved');
  const current = open[0] ?? null;
  const last = stages.reduce<ShopDay | null>(
    (latest, s) => (s.since !== null && (latest === null || s.since > latest) ? s.since : latest),
    null,
  );
  return {
    stages,
    current: current?.stage ?? null,
    ready: current === null ? null : readyOf(current, open.slice(1), today),
    approvedOn: current === null ? last : null,
  };
}

function stageOf(stage: Stage, events: readonly StepEvent[], today: ShopDay): TrackedStage {
  const mine = events.filter((e) => e.stage === stage);
  const newest = mine.at(-1);
  const state: StageState = newest === undefined ? 'not-yet' : newest.kind === 'submitted' ? 'waiting' : newest.kind;
  const expected = newest && state === 'waiting' ? after(newest.day, REVIEW[stage]) : null;
  return {
    stage,
    state,
    since: newest?.day ?? null,
    expected,
    overdue: expected !== null && today > expected.to,
    errorCode: state === 'rejected' ? (newest?.errorCode ?? null) : null,
    tries: mine.filter((e) => e.kind === 'submitted').length,
  };
}

/** From what is awaited or handed in today, and then every review that follows. An answer that is late is expected tomorrow at best. */
function readyOf(current: TrackedStage, rest: readonly TrackedStage[], today: ShopDay): DaySpan {
  const later: Span = together(...rest.map((s) => REVIEW[s.stage]));
  const mine = current.expected ?? after(today, REVIEW[current.stage]);
  const soonest = addWorkdays(today, 1);
  const from = mine.from > soonest ? mine.from : soonest;
  const to = mine.to > soonest ? mine.to : soonest;
  return { from: addWorkdays(from, later.from), to: addWorkdays(to, later.to) };
}
