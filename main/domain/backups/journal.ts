/** How one journal lies: what could be read, and what could not. */
export interface JournalRead<T> {
  entries: T[];
  /** Lines that stand between readable ones and could not be read: damaged, or under another key. */
  unreadable: number;
  /** The last line was cut off (power cut): its fact was never confirmed to anyone. */
  torn: boolean;
}

/**
 * Several journals of one shop (beside the file, at the second place, beside the copy that is brought back) as one. The one that
 * reaches furthest leads; what only others know is put in where it belongs by time. An older copy elsewhere never takes anything away.
 */
export function mergeJournals<T extends { at: number }>(journals: readonly (readonly T[])[]): T[] {
  const reach = (j: readonly T[]) => j.reduce((m, e) => Math.max(m, e.at), Number.NEGATIVE_INFINITY);
  const [first = [], ...others] = [...journals].sort((a, b) => reach(b) - reach(a) || b.length - a.length);
  let out = [...first];
  for (const other of others) out = inOrder(out, other);
  return out;
}

/**
 * Both keep their own order, and what both know is there once: it holds the two together. In between, time decides; of the same instant
 * what only the other knows comes first.
 */
function inOrder<T extends { at: number }>(main: readonly T[], other: readonly T[]): T[] {
  const places = new Map<string, number[]>();
  main.forEach((e, i) => {
    const key = JSON.stringify(e);
    const known = places.get(key);
    if (known) known.push(i);
    else places.set(key, [i]);
  });
  const out: T[] = [];
  let from = 0;
  let missing: T[] = [];
  for (const e of other) {
    const place = places.get(JSON.stringify(e))?.shift();
    if (place === undefined) missing.push(e);
    else if (place >= from) {
      out.push(...byTime(main.slice(from, place), missing), e);
      from = place + 1;
      missing = [];
    }
  }
  return [...out, ...byTime(main.slice(from), missing)];
}

function byTime<T extends { at: number }>(main: readonly T[], extra: readonly T[]): T[] {
  const out: T[] = [];
  let i = 0;
  for (const e of main) {
    for (let next = extra[i]; next !== undefined && next.at <= e.at; next = extra[++i]) out.push(next);
    out.push(e);
  }
  return [...out, ...extra.slice(i)];
}
