import { addDays, startOfDay } from '../calendar';
import type { Cents, UtcMs, Zone } from '../kernel';
import type { OfferTerms } from './offer';
import { type CodeState, mayRedeem, mayRedeemThen } from './redemption';
import { codeWindow, wrongMoment } from './window';

/** In the customer's and the clerk's languages. */
export type ClubName = Readonly<Record<'en' | 'es', string>>;

/** What speaks against redeeming, with what staff need to say about it. */
export type Refusal =
  | { why: 'used' }
  | { why: 'void' }
  | { why: 'expired'; at: UtcMs }
  | { why: 'not-yet'; at: UtcMs }
  | { why: 'weekday'; weekdays: number }
  | { why: 'hours'; from: number; until: number }
  /** For members (of a club: its name), and this person is none. */
  | { why: 'members'; club?: ClubName | undefined }
  /** For members, and nobody was found yet. */
  | { why: 'find-member'; club?: ClubName | undefined }
  | { why: 'min-spend'; least: Cents }
  /** A shared code: this member has had all their uses. */
  | { why: 'member-used' }
  /** A shared code: all its uses are gone. */
  | { why: 'all-used'; most: number }
  /** They have used another code of the same follow-ups: together those are one gift. */
  | { why: 'path-used'; at: UtcMs };

/**
 * What the owner may wave through at the counter: kindness about when and how much. Never what would give twice what was promised once,
 * nor what was called off.
 */
export const OVERRIDABLE: readonly Refusal['why'][] = ['expired', 'not-yet', 'weekday', 'hours', 'members', 'find-member', 'min-spend'];
export const mayOverride = (r: Refusal): boolean => OVERRIDABLE.includes(r.why);

export interface RedeemFacts {
  offer: Pick<
    OfferTerms,
    'validDays' | 'fromDay' | 'untilDay' | 'weekdays' | 'fromMinute' | 'untilMinute' | 'minSpend' | 'codeUses' | 'mostUses' | 'membersOnly'
  >;
  /** The personal code; null for a shared one. */
  code: { state: CodeState; issuedAt: UtcMs; startsAt: UtcMs | null; expiresAt: UtcMs; uses: number; used: number } | null;
  /** Of a shared code: standing uses by everybody, and by this person. */
  shared: { usedByAll: number; usedByPerson: number };
  /** When its person used another code of the same gift; null = they did not. */
  giftUsedAt: UtcMs | null;
  /** A shared code whose days count from a text: when the last text with it began to leave; null = it stands in none. */
  lastTextAt: UtcMs | null;
  /** Whether whoever redeems is a member; null = nobody was found. */
  member: boolean | null;
  /** The club whose members it is for, when it is one's. */
  club?: ClubName | undefined;
  /** What they spend, minor units; null = not said. */
  amount: number | null;
  /** When it is, or was, shown; `now` when it is written down. */
  at: UtcMs;
  now: UtcMs;
  zone: Zone;
}

/** The first thing that speaks against redeeming, hardest first; null = go ahead. */
export function refusalOf(f: RedeemFacts): Refusal | null {
  const { offer, code, at } = f;
  if (code) {
    const answer = at < f.now ? mayRedeemThen(code, at) : mayRedeem(code, at);
    if (!answer.ok && answer.why !== 'expired') return { why: answer.why };
    if (code.used >= code.uses) return { why: 'used' };
    if (f.giftUsedAt !== null && code.uses === 1) return { why: 'path-used', at: f.giftUsedAt };
    if (!answer.ok) return { why: 'expired', at: code.expiresAt };
    if (code.startsAt !== null && at < code.startsAt) return { why: 'not-yet', at: code.startsAt };
  } else {
    if (offer.mostUses !== null && f.shared.usedByAll >= offer.mostUses) return { why: 'all-used', most: offer.mostUses };
    if (offer.membersOnly && f.shared.usedByPerson >= offer.codeUses && f.member !== null) return { why: 'member-used' };
    // Days that count from a text: nobody was promised it for longer than whoever got the last one. Without a text nobody can tell.
    if (offer.untilDay === null && f.lastTextAt !== null) {
      const { endsAt } = codeWindow(offer, f.lastTextAt, f.zone);
      if (at >= endsAt) return { why: 'expired', at: endsAt };
    }
    if (offer.untilDay !== null) {
      const ends = startOfDay(addDays(offer.untilDay, 1), f.zone);
      if (at >= ends) return { why: 'expired', at: ends };
      const { startsAt } = codeWindow(offer, at, f.zone);
      if (startsAt !== null) return { why: 'not-yet', at: startsAt };
    }
  }
  const wrong = wrongMoment(offer, at, f.zone);
  if (wrong === 'weekday') return { why: 'weekday', weekdays: offer.weekdays };
  if (wrong === 'hours') return { why: 'hours', from: offer.fromMinute ?? 0, until: offer.untilMinute ?? 1440 };
  if (offer.membersOnly && f.member !== true)
    return { why: f.member === null ? 'find-member' : 'members', ...(f.club && { club: f.club }) };
  if (f.amount !== null && f.amount < offer.minSpend) return { why: 'min-spend', least: offer.minSpend };
  return null;
}

export type CodeEvent = 'use' | 'last-use' | 'undo' | 'undo-shared' | 'expire' | 'void';

const MOVES: Readonly<Record<CodeState, Partial<Record<CodeEvent, CodeState>>>> = {
  // "undo" of one of several uses leaves the code as good as it was
  issued: { use: 'issued', 'last-use': 'redeemed', undo: 'issued', expire: 'expired', void: 'voided' },
  redeemed: { undo: 'reversed', 'undo-shared': 'voided' },
  reversed: { use: 'reversed', 'last-use': 'redeemed', undo: 'reversed', expire: 'expired', void: 'voided' },
  // written down late, or honoured by the owner: it was a promise
  expired: { use: 'issued', 'last-use': 'redeemed', undo: 'expired' },
  voided: { undo: 'voided' },
};

/** What an event makes of a code; null when it makes no sense there. The only place that moves codes (rules.md §6). */
export const moveCode = (state: CodeState, event: CodeEvent): CodeState | null => MOVES[state][event] ?? null;

/** What a stored code is worth today: one whose last day has passed is expired, written or not. */
export const worthNow = (code: { state: CodeState; expiresAt: UtcMs }, now: UtcMs): CodeState =>
  code.expiresAt <= now && (code.state === 'issued' || code.state === 'reversed') ? 'expired' : code.state;
