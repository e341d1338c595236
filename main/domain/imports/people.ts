import { foldName, sameNickname } from '../customers/nicknames';
import type { Field } from './fields';
import { contentHash } from './hash';
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

/**
 * How a field of a known person is taken from a till's file: `fill` only where ours is blank, `file` whatever the file says wins.
 * Absent = what staff typed wins, what only the till ever said follows the till.
 */
export type Prefer = Partial<Record<PersonColumn, 'fill' | 'file'>>;

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
 * - the owner may say otherwise for a field (`prefer`)
 * `kept` tells that a value of ours was kept against the file.
 */
export function personChanges(
  ours: PersonValues,
  file: PersonValues,
  said: PersonValues | null,
  prefer: Prefer = {},
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
    else if (prefer[column] !== 'fill' && !blank(column, file[column]) && ours[column] !== file[column] && said?.[column] !== file[column])
      kept = true;
  }
  const tags = mergedTags(ours.tags, file.tags);
  if (tags !== null) set.tags = tags;
  const reachable = !blank('phone', set.phone ?? ours.phone) || !blank('email', set.email ?? ours.email);
  if (ours.weak === 1 && file.weak === 0 && reachable) set.weak = 0;
  return { set, kept };

  function mayTake(column: PersonColumn): boolean {
    if (blank(column, file[column]) || ours[column] === file[column]) return false;
    if (blank(column, ours[column]) || prefer[column] === 'file') return true;
    return prefer[column] !== 'fill' && said !== null && said[column] !== file[column] && ours[column] === said[column];
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
  const { set } = personChanges(first, second, null);
  return Object.keys(set).length ? { ...first, ...set } : first;
}

/** Families share a number: a row with another first name is another person, however the number matches. Short forms are the same. */
export function sameFirstName(a: string, b: string): boolean {
  const [x, y] = [foldName(a), foldName(b)];
  return x === '' || y === '' || x.startsWith(y) || y.startsWith(x) || sameNickname(x, y);
}

/** Somebody without an id of the till's own is known again by all that the row says. */
export const rowIdentity = (values: PersonValues): string => `row:${contentHash(JSON.stringify(values))}`;

/**
 * A sort key for the rows of a customer list, so that who is who does not depend on their order, nor on whether the list came before:
 * people with an id first, then those with a first name, most ways to reach them first; rows without one fit anybody and come last.
 */
export function personOrder(cells: readonly string[], fields: readonly Field[]): string {
  const has = (...names: Field[]) => names.some((f) => (cells[fields.indexOf(f)] ?? '') !== '');
  const reach = Number(has('email')) * 2 + Number(has('phone', 'phone2', 'contact'));
  const named = has('firstName', 'fullName');
  const rank = has('customerId') ? 0 : (named ? 4 : 8) - reach;
  const first = (['customerId', 'email', 'phone', 'contact', 'fullName', 'lastName', 'firstName', 'company'] as const)
    .map((f) => cells[fields.indexOf(f)] ?? '')
    .find(Boolean);
  return `${rank}${(first ?? '').toLowerCase()} ${contentHash(cells.join('\u001f'))}`;
}
