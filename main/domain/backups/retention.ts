import { shopDay } from '../calendar';
import type { UtcMs, Zone } from '../kernel';

/** rules.md §9: 7 daily, 4 weekly, 12 monthly. */
export const KEEP = { daily: 7, weekly: 4, monthly: 12 } as const;

/** Monday-based week key that does not depend on the year's edge. */
const weekOf = (day: string) => Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3) / 7);

/** Which copies to keep: the newest of each of the last days, weeks and months that have one. The newest copy always stays. */
export function copiesToKeep(madeAt: readonly UtcMs[], zone: Zone): Set<UtcMs> {
  const newestFirst = [...madeAt].sort((a, b) => b - a);
  const keep = new Set<UtcMs>();
  const rules: [number, (day: string) => string | number][] = [
    [KEEP.daily, (d) => d],
    [KEEP.weekly, weekOf],
    [KEEP.monthly, (d) => d.slice(0, 7)],
  ];
  for (const [count, bucket] of rules) {
    const seen = new Set<string | number>();
    for (const at of newestFirst) {
      const key = bucket(shopDay(at, zone));
      if (seen.has(key)) continue;
      if (seen.size === count) break;
      seen.add(key);
      keep.add(at);
    }
  }
  return keep;
}
