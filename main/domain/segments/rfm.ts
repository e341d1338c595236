/**
 * Recency, frequency, spend in quintiles with ties kept together, over people who came in the last 365 days; fixed cut-offs under
 * 50 customers (rules.md §5, facts E6). Scores 1–5, 5 is best.
 */
export const RFM_CLASSES = ['champions', 'loyal', 'new', 'at-risk', 'lapsed', 'occasional', 'none'] as const;
export type RfmClass = (typeof RFM_CLASSES)[number];

export interface RfmPerson {
  /** Days since the last visit; null = never came. */
  recencyDays: number | null;
  /** Visit days in 365 days. */
  frequency: number;
  /** Minor units in 365 days, after refunds. */
  spend: number;
}

/** Score s is reached from these values on: index 0 → score 2 … index 3 → score 5. */
export interface RfmCuts {
  /** Most days since the last visit. */
  recency: readonly [number, number, number, number];
  /** Fewest visits. */
  frequency: readonly [number, number, number, number];
  /** Least spend. */
  spend: readonly [number, number, number, number];
}

/** Below this many customers quintiles are noise. */
const FEWEST_FOR_QUINTILES = 50;
export const FIXED_CUTS: RfmCuts = { recency: [180, 90, 60, 30], frequency: [2, 3, 5, 8], spend: [5_000, 10_000, 20_000, 50_000] };

type Four = [number, number, number, number];
/** A value and how many people have it. */
export interface Tally {
  value: number;
  count: number;
}

function sameTogether(values: readonly Tally[]): Tally[] {
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v.value, (counts.get(v.value) ?? 0) + v.count);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value - b.value);
}

/** Smallest value whose number of strictly lower people reaches each fifth. */
function risingCuts(values: readonly Tally[]): Four {
  const sorted = sameTogether(values);
  const n = sorted.reduce((t, v) => t + v.count, 0);
  const cuts: Four = [Infinity, Infinity, Infinity, Infinity];
  let lower = 0;
  for (const v of sorted) {
    for (let s = 0; s < 4; s++) if (cuts[s] === Infinity && 5 * lower >= (s + 1) * n) cuts[s] = v.value;
    lower += v.count;
  }
  return cuts;
}

type Tallies = { readonly [axis in keyof RfmCuts]: readonly Tally[] };

/** Cut-offs from the shop's tallies of people who came in the last 365 days. */
export function rfmCuts(t: Tallies): RfmCuts {
  const n = t.recency.reduce((sum, v) => sum + v.count, 0);
  return enoughForQuintiles(n) ? quintileCuts(t) : FIXED_CUTS;
}

export const enoughForQuintiles = (customers: number): boolean => customers >= FEWEST_FOR_QUINTILES;

/** The same without the floor on customers; for the reference vectors. */
export const quintileCuts = (t: Tallies): RfmCuts => ({
  recency: axisCuts('recency', t.recency),
  frequency: axisCuts('frequency', t.frequency),
  spend: axisCuts('spend', t.spend),
});

/** Quintiles of one of the three. */
export function axisCuts(axis: keyof RfmCuts, values: readonly Tally[]): Four {
  if (axis !== 'recency') return risingCuts(values);
  // Fewer days are better: negate, cut as rising, negate back.
  const [a, b, c, d] = risingCuts(values.map((v) => ({ value: -v.value, count: v.count })));
  return [-a, -b, -c, -d];
}

export interface RfmScores {
  r: number;
  f: number;
  m: number;
}

export function rfmScores(p: RfmPerson, cuts: RfmCuts): RfmScores {
  const days = p.recencyDays;
  return {
    r: days === null ? 1 : 1 + cuts.recency.filter((c) => days <= c).length,
    f: 1 + cuts.frequency.filter((c) => p.frequency >= c).length,
    m: 1 + cuts.spend.filter((c) => p.spend >= c).length,
  };
}

/** Names over the grid of R and F; who came, but not in 365 days, is lapsed. */
export function rfmClass(p: RfmPerson, cuts: RfmCuts): RfmClass {
  if (p.recencyDays === null) return 'none';
  if (p.frequency === 0) return 'lapsed';
  const { r, f } = rfmScores(p, cuts);
  if (r >= 4 && f >= 4) return 'champions';
  if (r >= 3 && f >= 3) return 'loyal';
  if (r >= 4 && f === 1) return 'new';
  if (r <= 2 && f >= 3) return 'at-risk';
  if (r === 1 && f <= 2) return 'lapsed';
  return 'occasional';
}
