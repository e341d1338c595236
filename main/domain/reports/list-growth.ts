import { addDays, shopDay, startOfDay } from '../calendar';
import type { ConsentEvent } from '../consent/event';
import { foldConsent, stateOf } from '../consent/status';
import type { ShopDay, UtcMs, Zone } from '../kernel';

/** Somebody came onto (+1) or left (−1) the list of people who may be texted. */
export interface ListMove {
  readonly at: UtcMs;
  readonly step: 1 | -1;
}

/** How one number's permission for marketing texts, or for one club, changed over time, read from its ledger (oldest first). */
export function listMoves(
  events: readonly ConsentEvent[],
  now: UtcMs,
  zone: Zone,
  purpose: 'marketing' | `topic:${string}` = 'marketing',
): ListMove[] {
  const moves: ListMove[] = [];
  let on = false;
  const look = (upTo: number, at: UtcMs, when: UtcMs) => {
    const isOn = stateOf(foldConsent(events.slice(0, upTo), { now: when, zone }), purpose) === 'in';
    if (isOn !== on) moves.push({ at, step: isOn ? 1 : -1 });
    on = isOn;
  };
  for (const [i, e] of events.entries()) look(i + 1, e.occurredAt, e.recordedAt);
  look(events.length, now, now); // what ran out by itself
  return moves;
}

export interface GrowthPoint {
  /** Monday of the week. */
  readonly week: ShopDay;
  readonly joined: number;
  readonly left: number;
  /** On the list at the week's end. */
  readonly onList: number;
}

const mondayOf = (day: ShopDay): ShopDay => {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return addDays(day, -((new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7));
};

/** Weekly list growth, oldest first, without gaps, the last `weeks` weeks up to now. */
export function growthByWeek(moves: readonly ListMove[], now: UtcMs, zone: Zone, weeks: number): GrowthPoint[] {
  const last = mondayOf(shopDay(now, zone));
  const first = addDays(last, -7 * (weeks - 1));
  // Week starts as instants, so that a move is placed by comparing numbers: asking Intl 50,000 times takes a second.
  const points: { week: ShopDay; from: UtcMs; joined: number; left: number }[] = [];
  for (let w = first; w <= last; w = addDays(w, 7)) points.push({ week: w, from: startOfDay(w, zone), joined: 0, left: 0 });
  let onList = 0;
  for (const m of moves) {
    let i = points.length - 1;
    while (i >= 0 && (points[i]?.from ?? 0) > m.at) i--;
    const point = points[i];
    if (!point) onList += m.step;
    else if (m.step > 0) point.joined++;
    else point.left++;
  }
  return points.map(({ week, joined, left }) => {
    onList += joined - left;
    return { week, joined, left, onList };
  });
}
