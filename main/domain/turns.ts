/**
 * Long work is written as a generator: each `yield` is a place where somebody else may have a turn (services/chunks.ts). Here it is done
 * in one go.
 */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Things sorted between two turns. */
const RUN = 1000;

/** A sorted copy; equal ones keep their order. */
export function* sorting<T>(things: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let i = 0; i < things.length; i += RUN) {
    runs.push(things.slice(i, i + RUN).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const next: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) next.push(yield* merging(runs[i] ?? [], runs[i + 1] ?? [], compare));
    runs = next;
  }
  return runs[0] ?? [];
}

function* merging<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  const out: T[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as T;
    for (; j < b.length && compare(b[j] as T, x) < 0; j++) out.push(b[j] as T);
    out.push(x);
    if (i % RUN === 0) yield;
  }
  for (; j < b.length; j++) out.push(b[j] as T);
  return out;
}
