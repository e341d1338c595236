/** Days looked at on either side. */
const RECENT = 90;
const BEFORE = 270;
/** Known for so long before anything can be said about "more than before". */
const KNOWN_FOR = 180;

/**
 * The visits that made somebody's buying rise: within the last 90 days at least three visits, so many times more than in 90 days of the
 * nine months before, and two more at least. Only the first of a row counts: whoever keeps coming is thanked once. `days`: visit days,
 * ascending; somebody new or back after long has nothing to rise from.
 */
export function risingDays(days: readonly number[], factor: number): number[] {
  const first = days[0];
  if (first === undefined) return [];
  const out: number[] = [];
  let risen = false;
  let recentFrom = 0;
  let baseFrom = 0;
  days.forEach((day, i) => {
    while ((days[recentFrom] as number) <= day - RECENT) recentFrom++;
    while ((days[baseFrom] as number) <= day - RECENT - BEFORE) baseFrom++;
    const recent = i - recentFrom + 1;
    const base = recentFrom - baseFrom;
    const length = Math.min(BEFORE, day - RECENT - first + 1);
    const usual = length <= 0 ? 0 : (base * RECENT) / length;
    const rises = day - first >= KNOWN_FOR && base > 0 && recent >= 3 && recent >= factor * usual && recent >= usual + 2;
    if (rises && !risen) out.push(day);
    risen = rises;
  });
  return out;
}
