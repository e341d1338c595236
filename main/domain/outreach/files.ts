import { sha256Hex } from '../consent/hmac';
import { csvCell } from '../imports/cells';
import { matchable, type ReachPerson } from './reach';

/** Who takes an audience: they want the number written differently before it is hashed. */
export const AUDIENCE_FORMATS = ['google', 'meta'] as const;
export type AudienceFormat = (typeof AUDIENCE_FORMATS)[number];

/** SHA-256 in hex of an e-mail as the platforms compare it: no blanks around it, small letters. */
export const hashedEmail = (email: string): string => sha256Hex(email.trim().toLowerCase());

/** SHA-256 in hex of a number: Google wants E.164 with its plus, Meta the same digits without. */
export const hashedPhone = (e164: string, format: AudienceFormat): string =>
  sha256Hex(format === 'google' ? e164 : e164.replace(/^\+/, ''));

type Row = readonly (string | null)[];
const csv = (head: readonly string[], rows: readonly Row[]): string =>
  `${[head, ...rows].map((r) => r.map((c) => csvCell(c)).join(',')).join('\r\n')}\r\n`;

/** Only hashes, only of what its owner permitted; no names. */
export function audienceCsv(people: readonly ReachPerson[], format: AudienceFormat): string {
  const rows = people.map((p): Row => {
    const m = matchable(p);
    return [m.email === null ? '' : hashedEmail(m.email), m.phone === null ? '' : hashedPhone(m.phone, format)];
  });
  return csv(format === 'google' ? ['Email', 'Phone'] : ['email', 'phone'], rows);
}

/** For a spreadsheet the byte order mark tells that names are in UTF-8. */
export function emailCsv(people: readonly ReachPerson[]): string {
  return `\ufeff${csv(
    ['email', 'first_name', 'last_name', 'company'],
    people.map((p) => [p.email, p.firstName, p.lastName, p.company]),
  )}`;
}

export const labelName = (p: Pick<ReachPerson, 'firstName' | 'lastName' | 'company'>): string =>
  `${p.firstName} ${p.lastName}`.trim() || p.company;

type Address = Pick<ReachPerson, 'firstName' | 'lastName' | 'company' | 'street' | 'city' | 'region' | 'postalCode'>;

/** What stands on a label, three or four lines; the last as the US post reads it. */
export function labelLines(p: Address): string[] {
  const name = labelName(p);
  const company = p.company !== '' && p.company !== name ? p.company : '';
  const town = [p.city, [p.region, p.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [...new Set([name, company, ...p.street.split(/\r?\n/), town].map((l) => l.trim()))].filter((l) => l !== '');
}

export function labelsCsv(people: readonly ReachPerson[]): string {
  return `\ufeff${csv(
    ['name', 'company', 'street', 'city', 'state', 'zip'],
    people.map((p) => [labelName(p), p.company, p.street, p.city, p.region, p.postalCode]),
  )}`;
}

/** Avery 5160 and its like: three across, ten down on Letter. */
export const LABELS_PER_SHEET = 30;
