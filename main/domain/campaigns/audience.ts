import type { PhoneE164, UtcMs, Zone } from '../kernel';
import { atOnce } from '../turns';
import { checkCaps } from './caps';
import { numberCountry } from './quiet-hours';

/**
 * Why somebody in the group gets no text. Decided in this order, before anybody is held out; each person has one reason, so the
 * counts add up. `held-out` is no exclusion: those people belong to the comparison.
 */
export const EXCLUSIONS = [
  'no-number',
  'bad-number',
  'not-permitted',
  'stopped',
  'on-hold',
  'unanswered',
  'paused',
  'other-topics',
  'landline',
  'number-problem',
  'country',
  'same-number',
  'one-waiting',
  'month-used',
  'texted-recently',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** Added after the split, only when a campaign is started: see quote.ts. */
export type PersonReason = Exclusion | 'left-since-quote';

export type PermissionState = 'in' | 'pending' | 'out' | 'never' | 'hold' | 'paused';

/** What deciding about one person takes. */
export interface Candidate {
  id: number;
  phone: PhoneE164 | null;
  phoneKind: 'unknown' | 'mobile' | 'landline' | 'voip' | 'toll-free' | 'invalid';
  /** Carrier error that marked the number for good (30005, 30006, 21614). */
  phoneProblem: string | null;
  /** Marketing by text, folded from the ledger. Null: no record, which means no. */
  permission: PermissionState | null;
  /** Of a pending double opt-in. */
  permissionExpiresAt: UtcMs | null;
  promiseMax: number | null;
  /** Chose other topics than the campaign's, or left its topic. */
  offTopic: boolean;
  lastVisitAt: UtcMs | null;
  /** When marketing texts left to the number this month or within the spacing, virtual ones of held-out people included. */
  left: readonly UtcMs[];
  /** Another campaign's text to this number has not left yet; two in a row would break the spacing. */
  waiting: boolean;
}

export interface AudienceRules {
  now: UtcMs;
  shopZone: Zone;
  /** Real texts go to US numbers only; practice may use any. */
  usOnly: boolean;
  defaultPromise: number;
  spacingDays: number;
}

export interface Decided<C extends Candidate> {
  reachable: C[];
  excluded: { person: C; reason: Exclusion }[];
}

function own(p: Candidate, rules: AudienceRules): Exclusion | null {
  if (p.phone === null) return p.phoneKind === 'invalid' ? 'bad-number' : 'no-number';
  switch (p.permission) {
    case null:
    case 'never':
      return 'not-permitted';
    case 'out':
      return 'stopped';
    case 'hold':
      return 'on-hold';
    case 'pending':
      return p.permissionExpiresAt !== null && p.permissionExpiresAt <= rules.now ? 'not-permitted' : 'unanswered';
    case 'paused':
      return 'paused';
    case 'in':
      break;
  }
  if (p.offTopic) return 'other-topics';
  if (p.phoneKind === 'landline' || p.phoneKind === 'toll-free') return 'landline';
  if (p.phoneKind === 'invalid') return 'bad-number';
  if (p.phoneProblem !== null) return 'number-problem';
  if (rules.usOnly && !['US', 'unknown'].includes(numberCountry(p.phone))) return 'country';
  return null;
}

function capped(p: Candidate, rules: AudienceRules): Exclusion | null {
  if (p.waiting) return 'one-waiting';
  const answer = checkCaps({
    left: p.left,
    promiseMax: p.promiseMax,
    defaultPromise: rules.defaultPromise,
    spacingDays: rules.spacingDays,
    now: rules.now,
    shopZone: rules.shopZone,
  });
  return answer.ok ? null : answer.reason;
}

/**
 * Splits a group into those a text may go to and those it may not, each with one reason. Of several people with one number the
 * one who came last gets it (then the oldest record). Order of `people` does not matter; output is sorted by id.
 */
export const decideAudience = <C extends Candidate>(people: readonly C[], rules: AudienceRules): Decided<C> =>
  atOnce(decidingAudience(people, rules));

/** The same, and where it may be cut into turns. */
export function* decidingAudience<C extends Candidate>(people: readonly C[], rules: AudienceRules): Generator<void, Decided<C>> {
  const excluded: Decided<C>['excluded'] = [];
  const byNumber = new Map<string, C[]>();
  for (const person of people) {
    const reason = own(person, rules);
    if (reason !== null || person.phone === null) excluded.push({ person, reason: reason ?? 'no-number' });
    else {
      const same = byNumber.get(person.phone);
      if (same) same.push(person);
      else byNumber.set(person.phone, [person]);
    }
    yield;
  }
  const reachable: C[] = [];
  for (const family of byNumber.values()) {
    family.sort((a, b) => (b.lastVisitAt ?? -1) - (a.lastVisitAt ?? -1) || a.id - b.id);
    family.forEach((person, i) => {
      const reason = i > 0 ? 'same-number' : capped(person, rules);
      if (reason === null) reachable.push(person);
      else excluded.push({ person, reason });
    });
    yield;
  }
  reachable.sort((a, b) => a.id - b.id);
  excluded.sort((a, b) => a.person.id - b.person.id);
  return { reachable, excluded };
}
