import type { CustomerId, PhoneE164, UtcMs } from '../kernel';
import type { PermissionState } from '../segments/rule';

/** Ways of reaching people beside a text: printed labels, a list for an e-mail program, an audience for advertisements. */
export const REACH_CHANNELS = ['post', 'email', 'ads'] as const;
export type ReachChannel = (typeof REACH_CHANNELS)[number];

/** Why somebody is not on a list; each person has one reason, decided in this order. */
export const REACH_REASONS = [
  'held-out',
  'under-age',
  'stopped',
  'on-hold',
  'paused',
  'no-address',
  'no-email',
  'nothing-to-match',
  'not-permitted',
  'same-address',
] as const;
export type ReachReason = (typeof REACH_REASONS)[number];

export interface ReachPerson {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  email: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  /** Marketing by text and by e-mail, as the ledger stands; null = never said anything. */
  sms: PermissionState | null;
  mail: PermissionState | null;
  /** YYYY-MM-DD or --MM-DD. */
  birthday: string | null;
  /** In a comparison group that no marketing may reach. */
  heldOut: boolean;
  lastVisitAt: UtcMs | null;
}

export interface Reached {
  reachable: ReachPerson[];
  leftOut: { person: ReachPerson; reason: ReachReason }[];
}

const ADULT = 18;

/** Known to be under 18 on a day (YYYY-MM-DD); a birthday without a year says nothing. */
export function isMinor(birthday: string | null, today: string): boolean {
  const at = birthday === null ? null : /^(\d{4})-(\d\d-\d\d)$/.exec(birthday);
  if (!at?.[1] || !at[2]) return false;
  return `${Number(at[1]) + ADULT}-${at[2]}` > today;
}

/** What an advertisement's audience may know somebody by: only what they permitted marketing to. */
export const matchable = (p: ReachPerson): { email: string | null; phone: PhoneE164 | null } => ({
  email: p.mail === 'in' ? p.email : null,
  phone: p.sms === 'in' ? p.phone : null,
});

/**
 * Post needs no permission, but nobody who told the shop to stop, is undecided about or chose silence gets any: a card after a STOP is
 * heard as not listening. E-mail and advertisements need a yes to that address or number. A choice of another channel stands in the
 * ledger as `paused` there (domain/consent/preference.ts).
 */
function own(p: ReachPerson, channel: ReachChannel, today: string): ReachReason | null {
  if (p.heldOut) return 'held-out';
  if (isMinor(p.birthday, today)) return 'under-age';
  if (channel === 'post') {
    if (p.sms === 'out' || p.mail === 'out') return 'stopped';
    if (p.sms === 'hold' || p.mail === 'hold') return 'on-hold';
    if (p.sms === 'paused' && p.mail !== 'in') return 'paused';
    if (p.mail === 'paused' && p.sms !== 'in') return 'paused';
    return p.street.trim() === '' || (p.postalCode.trim() === '' && p.city.trim() === '') ? 'no-address' : null;
  }
  if (channel === 'email') {
    if (p.mail === 'out') return 'stopped';
    if (p.sms === 'hold' || p.mail === 'hold') return 'on-hold';
    if (p.mail === 'paused') return 'paused';
    if (p.email === null) return 'no-email';
    return p.mail === 'in' ? null : 'not-permitted';
  }
  if (p.sms === 'out' || p.mail === 'out') return 'stopped';
  if (p.sms === 'hold' || p.mail === 'hold') return 'on-hold';
  if (p.phone === null && p.email === null) return 'nothing-to-match';
  const m = matchable(p);
  if (m.email !== null || m.phone !== null) return null;
  return p.sms === 'paused' || p.mail === 'paused' ? 'paused' : 'not-permitted';
}

const folded = (s: string) =>
  s
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** One letter per family and address, one e-mail per mailbox. */
function doubleKey(p: ReachPerson, channel: ReachChannel): string | null {
  if (channel === 'email') return p.email?.trim().toLowerCase() ?? null;
  if (channel === 'ads') return null;
  return [p.lastName || p.company, p.street, p.postalCode || p.city].map(folded).join('|');
}

/**
 * Splits people into those a list may hold and those it may not, each with one reason. Of several at one address the one who came last
 * stands for them. `today` is the shop's day. Order does not matter; output is sorted by id.
 */
export function decideReach(people: readonly ReachPerson[], channel: ReachChannel, today: string): Reached {
  const out: Reached = { reachable: [], leftOut: [] };
  const seen = new Set<string>();
  const ranked = [...people].sort((a, b) => (b.lastVisitAt ?? -1) - (a.lastVisitAt ?? -1) || a.id - b.id);
  for (const person of ranked) {
    let reason = own(person, channel, today);
    const key = reason === null ? doubleKey(person, channel) : null;
    if (key !== null) {
      if (seen.has(key)) reason = 'same-address';
      seen.add(key);
    }
    if (reason === null) out.reachable.push(person);
    else out.leftOut.push({ person, reason });
  }
  out.reachable.sort((a, b) => a.id - b.id);
  out.leftOut.sort((a, b) => a.person.id - b.person.id);
  return out;
}
