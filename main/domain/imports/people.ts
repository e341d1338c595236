import type { FilePerson } from './model';

/** Columns of `customer` an import may fill, with the values a row told; empty = not told. */
export const PERSON_COLUMNS = [
  'first_name',
  'last_name',
  'company',
  'phone',
  'phone_raw',
  'phone_kind',
  'email',
  'birthday',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'note',
  'tags',
  'weak',
] as const;
export type PersonColumn = (typeof PERSON_COLUMNS)[number];
export type PersonValues = { [K in PersonColumn]: string | number | null };

/** What a row tells of a person, in the words of table `customer`. */
export function personValues(p: FilePerson): PersonValues {
  return {
    first_name: p.firstName,
    last_name: p.lastName,
    company: p.company,
    phone: p.phone,
    phone_raw: p.phoneRaw || null,
    phone_kind: p.phoneKind,
    email: p.email,
    birthday: p.birthday,
    street: p.street,
    city: p.city,
    region: p.region,
    postal_code: p.postalCode,
    country: p.country,
    note: p.note,
    tags: JSON.stringify(p.tags),
    weak: p.weak ? 1 : 0,
  };
}

const blank = (column: PersonColumn, v: string | number | null | undefined): boolean =>
  v === null || v === undefined || v === '' || (column === 'tags' && v === '[]') || (column === 'phone_kind' && v === 'unknown');

/**
 * What an import may change of a person already known. `said` is what the same till said last time (null = it never did):
 * - a blank of ours is filled
 * - a value the till has changed since replaces ours only if ours is still what the till said: what staff typed wins
 * - nothing is ever erased because a file leaves it blank
 * `kept` tells that a value of ours was kept against the file.
 */
export function personChanges(
  ours: PersonValues,
  file: PersonValues,
  said: PersonValues | null,
): { set: Partial<PersonValues>; kept: boolean } {
  const set: Partial<PersonValues> = {};
  let kept = false;
  const phoneMoves = mayTake('phone');
  for (const column of PERSON_COLUMNS) {
    if (column === 'weak' || column === 'tags') continue;
    if (column === 'phone_raw' || column === 'phone_kind') {
      if (phoneMoves && ours[column] !== file[column]) set[column] = file[column]; // they belong to the number
      continue;
    }
    if (mayTake(column)) set[column] = file[column];
    else if (!blank(column, file[column]) && ours[column] !== file[column] && (said === null || said[column] !== file[column])) kept = true;
  }
  const tags = mergedTags(ours.tags, file.tags);
  if (tags !== null) set.tags = tags;
  const reachable = !blank('phone', set.phone ?? ours.phone) || !blank('email', set.email ?? ours.email);
  if (ours.weak === 1 && file.weak === 0 && reachable) set.weak = 0;
  return { set, kept };

  function mayTake(column: PersonColumn): boolean {
    if (blank(column, file[column]) || ours[column] === file[column]) return false;
    return blank(column, ours[column]) || (said !== null && said[column] !== file[column] && ours[column] === said[column]);
  }
}

/** Ours plus the file's; null = nothing to add. */
function mergedTags(ours: string | number | null, file: string | number | null): string | null {
  const [a, b] = [list(ours), list(file)];
  const extra = b.filter((t) => !a.includes(t));
  return extra.length ? JSON.stringify([...a, ...extra]) : null;
}
const list = (v: string | number | null): string[] => (typeof v === 'string' ? (JSON.parse(v) as string[]) : []);

/** Two rows of one file about the same person: told values of the first stay, gaps are filled from the second. */
export function foldPerson(first: PersonValues, second: PersonValues): PersonValues {
  return { ...first, ...personChanges(first, second, null).set };
}

/** Families share a number: a row with another first name is another person, however the number matches. */
export function sameFirstName(a: string, b: string): boolean {
  const fold = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
  const [x, y] = [fold(a), fold(b)];
  return x === '' || y === '' || x.startsWith(y) || y.startsWith(x);
}
