import { MINUTE, type UtcMs } from '../kernel';

/** What happened while nobody was looking; kept until the owner has read it. */
export type AwayNote =
  /** The app ended without a goodbye; last seen alive at `at`. `checking`: texts that were cut off in the middle. */
  | { id: number; kind: 'crashed'; at: UtcMs; checking: number }
  /** A part of the app failed and was started again. */
  | { id: number; kind: 'part-restarted'; at: UtcMs; checking: number }
  | { id: number; kind: 'slept'; at: UtcMs; from: UtcMs }
  /** The computer's clock was set: by so much, ms; positive = forward. */
  | { id: number; kind: 'clock-changed'; at: UtcMs; byMs: number };

export type NewAwayNote = AwayNote extends infer N ? (N extends AwayNote ? Omit<N, 'id'> : never) : never;

/** Shorter sleeps change nothing that anybody would ask about. */
const WORTH_TELLING_MS = 10 * MINUTE;
const KEPT = 12;

/** A sleep is told when texts had to leave meanwhile or wait now: a laptop that is closed every night is no news. */
export const worthTelling = (from: UtcMs, to: UtcMs, texts: boolean): boolean => texts && to - from >= WORTH_TELLING_MS;

/** The list with one more, newest last; two sleeps in a row are one, and the oldest make room. */
export function withNote(notes: readonly AwayNote[], note: NewAwayNote): AwayNote[] {
  const id = 1 + notes.reduce((n, x) => Math.max(n, x.id), 0);
  const last = notes[notes.length - 1];
  const one = note.kind === 'slept' && last?.kind === 'slept' && note.from - last.at < 5 * MINUTE;
  const joined = (one ? { ...note, from: last.from, id } : { ...note, id }) as AwayNote;
  return [...(one ? notes.slice(0, -1) : notes), joined].slice(-KEPT);
}

/** What a heartbeat file says about how the last run ended; null = nothing to tell. */
export interface LastRun {
  startedAt: UtcMs;
  /** Last seen alive. */
  beatAt: UtcMs;
  /** Set by a clean end, also when the system cut it short. */
  endedAt: UtcMs | null;
}

/** The last run ended by itself: a crash, a power cut, a kill. */
export const endedUnexpectedly = (last: LastRun | null): last is LastRun & { endedAt: null } => last !== null && last.endedAt === null;
