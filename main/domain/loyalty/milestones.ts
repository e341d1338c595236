import type { ShopDay } from '../kernel';

/** What a cause came to in the end, on its day. */
export interface LedgerLine {
  readonly cause: string;
  readonly day: ShopDay;
  readonly points: number;
}

export interface Milestone {
  /** Which reward of somebody's life: one more than were given out by then. */
  readonly n: number;
  /** The day on which they came so far. */
  readonly day: ShopDay;
}

const isReward = (l: LedgerLine): boolean => l.cause.startsWith('code:') && l.points < 0;

/**
 * The days on which somebody came to `from` or more, below `below`, once per reward of their life: the first time while that reward was
 * next. Depends on what is booked alone, so a file that comes late moves a day but makes no second of the same reward.
 */
export function milestones(lines: readonly LedgerLine[], from: number, below: number): Milestone[] {
  const sorted = [...lines].sort((a, b) =>
    a.day !== b.day ? (a.day < b.day ? -1 : 1) : a.cause < b.cause ? -1 : a.cause > b.cause ? 1 : 0,
  );
  const out: Milestone[] = [];
  let have = 0;
  let given = 0;
  for (let i = 0; i < sorted.length; ) {
    const { day } = sorted[i] as LedgerLine;
    for (; sorted[i]?.day === day; i++) {
      const l = sorted[i] as LedgerLine;
      have += l.points;
      if (isReward(l)) given++;
    }
    if (have >= from && have < below && out.at(-1)?.n !== given + 1) out.push({ n: given + 1, day });
  }
  return out;
}

/** The reward that is next now, if its milestone holds at this moment. */
export function standingMilestone(lines: readonly LedgerLine[], from: number, below: number): Milestone | null {
  const have = lines.reduce((n, l) => n + l.points, 0);
  const next = lines.filter(isReward).length + 1;
  if (have < from || have >= below) return null;
  return milestones(lines, from, below).find((m) => m.n === next) ?? null;
}
