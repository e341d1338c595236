import { instantOf, localTime } from '../calendar';
import { DAY, type UtcMs, type Zone } from '../kernel';

/** A text somebody is to get. */
export interface Ahead {
  /** What sends it: a place in the list of what is planned. */
  source: number;
  person: number;
  at: UtcMs;
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

/** Why somebody will not get one: another text is too near, or the month's promise is used up. `because`: the text in the way. */
export interface InTheWay {
  reason: 'texted-recently' | 'month-used';
  because: Ahead | null;
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

/**
 * Goes through what is planned for everybody, what speaks first being first, and says who will be left out of what, by the same two rules as
 * when texts leave (domain/campaigns/caps.ts): the gap between two texts, and the month's promise. Returns one answer per text, in its
 * order; null = they get it.
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
    until = Math.max(until, t.at);
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
    const kept: { at: UtcMs; text: Ahead | null; month: number }[] = before.map((at) => ({ at, text: null, month: monthOf(months, at) }));
    const promised = r.promiseOf(person);
    for (const { i, t, rank } of ranked) {
      if (rank === null) continue;
      const month = monthOf(months, t.at);
      const inMonth = kept.filter((k) => k.month === month);
      const near = kept.find((k) => k.at > t.at - gap && k.at < t.at + gap);
      if (rank > 0 && inMonth.length >= promised) out[i] = { reason: 'month-used', because: inMonth.at(-1)?.text ?? null };
      else if (rank > 0 && near) out[i] = { reason: 'texted-recently', because: near.text };
      else kept.push({ at: t.at, text: t, month });
    }
  }
  return out;
}
