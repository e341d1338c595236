import { instantOf, localTime } from '../calendar';
import { DAY, type UtcMs, type Zone } from '../kernel';

/** A text somebody is to get. */
export interface Ahead {
  /** What sends it: a place in the list of what is planned. */
  source: number;
  person: number;
  at: UtcMs;
  /** It waits while another text is too near, and leaves before this instant or not at all. Left out: it does not wait. */
  until?: UtcMs;
}

export interface LoadRules {
  zone: Zone;
  spacingDays: number;
  /** Texts a calendar month they were promised. */
  promiseOf: (person: number) => number;
  /** Which of two sources speaks first: lower. Null: courtesy does not ask about it (service, or decided already). */
  rankOf: (source: number) => number | null;
  /** Marketing texts that left to them since the month began, or within the spacing. */
  left: ReadonlyMap<number, readonly UtcMs[]>;
}

/** Why somebody will not get one then: another text is too near, or the month's promise is used up. */
export interface InTheWay {
  reason: 'texted-recently' | 'month-used';
  /** The text in the way, with the time at which it leaves; null = one that left already. */
  because: Ahead | null;
  /** When it leaves instead; null = it does not. */
  instead: UtcMs | null;
}

interface Kept {
  at: UtcMs;
  text: Ahead | null;
  month: number;
}

/** Beginnings of the calendar months around an instant, in the shop's zone. */
export function monthStarts(from: UtcMs, until: UtcMs, zone: Zone): UtcMs[] {
  const t = localTime(from, zone);
  const out: UtcMs[] = [];
  for (let i = 0; ; i++) {
    const month = t.month - 1 + i;
    const at = instantOf(zone, t.year + Math.floor(month / 12), (month % 12) + 1, 1);
    out.push(at);
    if (at > until) return out;
  }
}

const monthOf = (starts: readonly UtcMs[], at: UtcMs): number => {
  let m = -1;
  while (m + 1 < starts.length && (starts[m + 1] ?? 0) <= at) m++;
  return m;
};

interface Blocked extends Omit<InTheWay, 'instead'> {
  /** When that passes. */
  until: UtcMs;
}

/** What is in the way of one more text at a moment: as `checkCaps`, and by what. */
function blocked(kept: readonly Kept[], at: UtcMs, r: { gap: number; promised: number; months: readonly UtcMs[] }): Blocked | null {
  const month = monthOf(r.months, at);
  const inMonth = kept.filter((k) => k.month === month);
  if (inMonth.length >= r.promised) {
    return {
      reason: 'month-used',
      because: inMonth.at(-1)?.text ?? null,
      until: r.months[month + 1] ?? (Number.MAX_SAFE_INTEGER as UtcMs),
    };
  }
  const near = kept.filter((k) => k.at > at - r.gap && k.at < at + r.gap);
  if (near.length === 0) return null;
  return { reason: 'texted-recently', because: near[0]?.text ?? null, until: (Math.max(...near.map((k) => k.at)) + r.gap) as UtcMs };
}

/**
 * Goes through what is planned for everybody, what speaks first being first, and says who will be left out of what, by the same two rules as
 * when texts leave (domain/campaigns/caps.ts): the gap between two texts, and the month's promise. What may wait is put off to the first
 * moment at which nothing is in its way. Returns one answer per text, in its order; null = they get it then.
 */
export function* reckonLoad(texts: readonly Ahead[], r: LoadRules): Generator<void, (InTheWay | null)[]> {
  const out: (InTheWay | null)[] = texts.map(() => null);
  const byPerson = new Map<number, number[]>();
  let from = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < texts.length; i++) {
    const t = texts[i] as Ahead;
    const mine = byPerson.get(t.person);
    if (mine) mine.push(i);
    else byPerson.set(t.person, [i]);
    from = Math.min(from, t.at);
    until = Math.max(until, t.until ?? t.at);
    if (i % 2000 === 0) yield;
  }
  if (texts.length === 0) return out;
  const gap = Math.max(1, r.spacingDays) * DAY;
  const months = monthStarts((from - 40 * DAY) as UtcMs, until as UtcMs, r.zone);
  let n = 0;
  for (const [person, mine] of byPerson) {
    if (++n % 500 === 0) yield;
    const before = r.left.get(person) ?? [];
    if (mine.length === 1 && before.length === 0) continue;
    const ranked = mine
      .map((i) => ({ i, t: texts[i] as Ahead, rank: r.rankOf((texts[i] as Ahead).source) }))
      .sort((a, b) => (a.rank ?? -1) - (b.rank ?? -1) || a.t.at - b.t.at || a.i - b.i);
    const kept: Kept[] = before.map((at) => ({ at, text: null, month: monthOf(months, at) }));
    const promised = r.promiseOf(person);
    for (const { i, t, rank } of ranked) {
      if (rank === null) continue;
      let at: UtcMs | null = t.at;
      let first: Omit<InTheWay, 'instead'> | null = null;
      while (at !== null) {
        const b: Blocked | null = rank > 0 ? blocked(kept, at, { gap, promised, months }) : null;
        if (b === null) break;
        first ??= { reason: b.reason, because: b.because };
        at = t.until !== undefined && b.until < t.until ? b.until : null;
      }
      if (first !== null) out[i] = { ...first, instead: at };
      if (at !== null) kept.push({ at, text: at === t.at ? t : { ...t, at }, month: monthOf(months, at) });
    }
  }
  return out;
}
