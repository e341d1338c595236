import type { ShopDay } from '../kernel';

/** Marketing texts need an adult's permission (rules.md §1: under 18 refused). */
const ADULT_AGE = 18;

/** Full years on a day; null when the birthday has no year (`--MM-DD`) or cannot be read. */
export function ageOn(birthday: string | null, day: ShopDay): number | null {
  const b = /^(\d{4})-(\d\d)-(\d\d)$/.exec(birthday ?? '');
  const d = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!b || !d) return null;
  const had = `${d[2]}-${d[3]}` >= `${b[2]}-${b[3]}`;
  return Number(d[1]) - Number(b[1]) - (had ? 0 : 1);
}

/** True when a known year of birth makes the person younger than 18 that day. */
export function isMinor(birthday: string | null, day: ShopDay): boolean {
  const age = ageOn(birthday, day);
  return age !== null && age < ADULT_AGE;
}
