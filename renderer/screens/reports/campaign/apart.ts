import { type Interval, newcombe, wilson } from '@domain/attribution/intervals';
import { normalQuantile } from '@domain/attribution/normal';
import { noSums, OUTCOME_SUMS, type OutcomeSum } from '@domain/reports/outcome';
import type { Out } from '@renderer/api';

type Apart = Out<'reports/breakdown'>;
export type Sums = Readonly<Record<OutcomeSum | 'people', number>>;

/** Sums of several rows. */
export function addUp(rows: readonly Sums[]): Sums {
  const all: Record<OutcomeSum | 'people', number> = { people: 0, ...noSums() };
  for (const r of rows) {
    all.people += r.people;
    for (const k of OUTCOME_SUMS) all[k] += r[k];
  }
  return all;
}

/** Sums of texted people by what a row says; in the order they are first met. */
export function sumsBy<K extends string | number>(rows: Apart['rows'], key: (r: Apart['rows'][number]) => K): { key: K; sums: Sums }[] {
  const found = new Map<K, Sums[]>();
  for (const r of rows) if (r.arm === 'text') found.set(key(r), [...(found.get(key(r)) ?? []), r]);
  return [...found].map(([k, list]) => ({ key: k, sums: addUp(list) }));
}

/** Sums by offer: of the campaign's groups, and of the steps after the first text. A person of two texts stands in both. */
export function sumsByOffer(apart: Apart): { offer: string | null; sums: Sums }[] {
  const found = new Map<string | null, Sums[]>();
  const put = (offer: string | null, s: Sums) => found.set(offer, [...(found.get(offer) ?? []), s]);
  for (const { key, sums } of sumsBy(apart.rows, (r) => r.part)) put(apart.parts.find((p) => p.part === key)?.offer ?? null, sums);
  for (const b of apart.branches) if (b.parentId !== null) put(b.offer, b.sums);
  return [...found].map(([offer, list]) => ({ offer, sums: addUp(list) }));
}

/** Of those the text reached, how many came in (Wilson 95 %); null where it reached nobody. */
export const cameShare = (s: Sums): Interval | null => (s.delivered === 0 ? null : wilson({ x: s.came, n: s.delivered }));

export type Standing =
  /** The first came in more often than the last by more than chance, whichever of the pairs one had looked at. */
  | { code: 'most'; best: number; worst: number }
  | { code: 'same' }
  /** Fewer than two groups with fifty reached, or fewer than ten who came in them: nothing is said. */
  | { code: 'few' };

/** Fewer than this say nothing, as in the comparison itself (rules.md §7). */
const LEAST_REACHED = 50;
const LEAST_CAME = 10;

/**
 * Whether any of several groups stands out. The pair looked at is the one furthest apart, so its interval is as wide as all pairs together
 * ask for (Bonferroni): among eight groups alike one in twenty is said to stand out, not most of them.
 */
export function standing(groups: readonly Sums[]): Standing {
  const told = groups.map((s, i) => ({ i, n: s.delivered, x: s.came })).filter((g) => g.n >= LEAST_REACHED);
  if (told.length < 2 || told.reduce((n, g) => n + g.x, 0) < LEAST_CAME) return { code: 'few' };
  const sorted = [...told].sort((a, b) => b.x / b.n - a.x / a.n);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (!best || !worst) return { code: 'few' };
  const pairs = (told.length * (told.length - 1)) / 2;
  return newcombe(best, worst, normalQuantile(1 - 0.025 / pairs)).low > 0
    ? { code: 'most', best: best.i, worst: worst.i }
    : { code: 'same' };
}

/** The largest upper end of the shares shown, so that their bars stand on one scale. */
export const scaleOf = (shares: readonly (Interval | null)[]): number => Math.max(0.01, ...shares.map((s) => s?.high ?? 0));
