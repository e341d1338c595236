import type { PhoneE164, UtcMs, Zone } from '../kernel';
import { atOnce } from '../turns';
import { checkCaps } from './caps';
import { type CampaignChannels, type Channel, usesMails, usesTexts } from './channels';
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
  'no-email',
  'email-problem',
  'same-email',
  'automation-soon',
  'no-discount-now',
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
  /** How they may be reached by e-mail; left out where the campaign writes none. */
  mail?: MailCandidate | null;
  /** Decided here; a text where nothing is said. */
  channel?: Channel;
}

/** What deciding about a mail to somebody takes. */
export interface MailCandidate {
  email: string | null;
  /** Marketing by e-mail, folded from the ledger. */
  permission: PermissionState | null;
  offTopic: boolean;
  /** Mail to the address came back for good. */
  problem: boolean;
}

export interface AudienceRules {
  now: UtcMs;
  shopZone: Zone;
  /** Real texts go to US numbers only; practice may use any. */
  usOnly: boolean;
  defaultPromise: number;
  spacingDays: number;
  /** Which channels the campaign uses, and which of its parts have a mail; texts alone where it is left out. */
  channels?: CampaignChannels;
  hasMail?: (part: number) => boolean;
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

/** Why somebody gets no mail. A reply nobody has decided about holds mails back as well. */
function ownMail(p: Candidate): Exclusion | null {
  const m = p.mail;
  if (m == null || m.email === null) return 'no-email';
  if (p.permission === 'hold' || m.permission === 'hold') return 'on-hold';
  if (m.permission === 'out') return 'stopped';
  if (m.permission === 'paused') return 'paused';
  if (m.permission !== 'in') return 'not-permitted';
  if (m.offTopic) return 'other-topics';
  return m.problem ? 'email-problem' : null;
}

/** What may change with the channel; a doubt, a limit or another text on its way does not. */
const SAYS_LITTLE: readonly Exclusion[] = ['no-number', 'not-permitted'];
const SAYS_LITTLE_OF_MAIL: readonly Exclusion[] = ['no-email', 'not-permitted'];

/** By which channel somebody is reached, by what they chose and then by what is open; or why by none. */
function channelOf(p: Candidate & { part?: number }, rules: AudienceRules): { channel: Channel } | { reason: Exclusion } {
  const channels = rules.channels ?? 'sms';
  const mails = usesMails(channels) && (rules.hasMail?.(p.part ?? 1) ?? false);
  const text = usesTexts(channels) ? own(p, rules) : 'no-number';
  if (!mails) return text === null ? { channel: 'sms' } : { reason: text };
  const mail = ownMail(p);
  if (text === null && (mail !== null || channels === 'both')) return { channel: 'sms' };
  if (mail === null) return { channel: 'email' };
  if (text === null) return { channel: 'sms' };
  // one reason each: the one that tells more
  if (!usesTexts(channels) || (SAYS_LITTLE.includes(text) && !SAYS_LITTLE_OF_MAIL.includes(mail))) return { reason: mail };
  return { reason: text };
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
    const by = channelOf(person, rules);
    const address = 'reason' in by ? null : by.channel === 'sms' ? person.phone : (person.mail?.email ?? null);
    if ('reason' in by || address === null) excluded.push({ person, reason: 'reason' in by ? by.reason : 'no-number' });
    else {
      const reached = by.channel === 'email' ? { ...person, channel: by.channel } : person;
      const same = byNumber.get(address);
      if (same) same.push(reached);
      else byNumber.set(address, [reached]);
    }
    yield;
  }
  const reachable: C[] = [];
  for (const family of byNumber.values()) {
    family.sort((a, b) => (b.lastVisitAt ?? -1) - (a.lastVisitAt ?? -1) || a.id - b.id);
    family.forEach((person, i) => {
      const reason = i > 0 ? (person.channel === 'email' ? 'same-email' : 'same-number') : capped(person, rules);
      if (reason === null) reachable.push(person);
      else excluded.push({ person, reason });
    });
    yield;
  }
  reachable.sort((a, b) => a.id - b.id);
  excluded.sort((a, b) => a.person.id - b.person.id);
  return { reachable, excluded };
}
