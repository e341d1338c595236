import { minutesOfADay, type OpenHours, openMsBetween } from '../counter/open-hours';
import { MINUTE, type UtcMs } from '../kernel';

/** What happened in one conversation, as far as waiting goes. */
export interface WaitEvent {
  readonly at: UtcMs;
  /** asked: a message somebody must read · answered: our own personal answer · closed: "nothing to do", said by the owner. */
  readonly kind: 'asked' | 'answered' | 'closed';
}

/** One wait: from the first message nobody had answered to our first answer. */
export interface Wait {
  readonly askedAt: UtcMs;
  readonly answeredAt: UtcMs | null;
  /** Ended without an answer: nothing was asked after all. */
  readonly closed: boolean;
}

/** Answers first when things happen at once: an answer belongs to what stood before it. */
const RANK = { answered: 0, closed: 1, asked: 2 } as const;

/** The waits of one conversation, oldest first. Messages that follow each other unanswered are one wait, from the first of them. */
export function waitsOf(events: readonly WaitEvent[]): Wait[] {
  const waits: Wait[] = [];
  let since: UtcMs | null = null;
  for (const e of [...events].sort((a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind])) {
    if (e.kind === 'asked') {
      since ??= e.at;
    } else if (since !== null) {
      waits.push({ askedAt: since, answeredAt: e.kind === 'answered' ? e.at : null, closed: e.kind === 'closed' });
      since = null;
    }
  }
  if (since !== null) waits.push({ askedAt: since, answeredAt: null, closed: false });
  return waits;
}

export interface ResponseFigures {
  /** Waits that ended with our answer, and those still open. */
  readonly answered: number;
  readonly open: number;
  /**
   * Half of those who wrote had their answer within this many minutes of opening time; those still waiting count as waiting at least
   * as long as until now, so that ignoring somebody never makes it look better. Null: fewer than three answers, or not even half.
   */
  readonly medianMinutes: number | null;
  /** Answered within one ordinary day's opening hours, of those of whom that can be said already. */
  readonly withinADay: { readonly x: number; readonly n: number };
}

/** Fewer say nothing. */
const ENOUGH = 3;

/** Minutes of opening time somebody waited. */
export const waitedMinutes = (w: Wait, now: UtcMs, shop: OpenHours): number => openMsBetween(w.askedAt, w.answeredAt ?? now, shop) / MINUTE;

/**
 * How quickly the shop answers: minutes within opening hours from a message that needed a person to our first personal answer. The
 * median is that of Kaplan and Meier (1958), which uses open waits for what they are: at least this long.
 */
export function responseFigures(waits: readonly Wait[], now: UtcMs, shop: OpenHours): ResponseFigures {
  const real = waits.filter((w) => !w.closed).map((w) => ({ minutes: waitedMinutes(w, now, shop), done: w.answeredAt !== null }));
  const day = minutesOfADay(shop);
  const judged = real.filter((w) => w.done || w.minutes > day);
  const answered = real.filter((w) => w.done).length;
  return {
    answered,
    open: real.length - answered,
    medianMinutes: answered < ENOUGH ? null : medianOf(real),
    withinADay: { x: judged.filter((w) => w.done && w.minutes <= day).length, n: judged.length },
  };
}

function medianOf(waits: readonly { minutes: number; done: boolean }[]): number | null {
  // answers before open waits of the same length: somebody still waiting at t had not been answered by t
  const order = [...waits].sort((a, b) => a.minutes - b.minutes || Number(b.done) - Number(a.done));
  let share = 1;
  for (const [i, w] of order.entries()) {
    if (!w.done) continue;
    const atRisk = order.length - i;
    share *= (atRisk - 1) / atRisk;
    if (share <= 0.5 + 1e-9) return w.minutes;
  }
  return null;
}
