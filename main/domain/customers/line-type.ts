import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Micros, PhoneE164 } from '../kernel';

/** Line types as the carrier's look-up calls them (facts/twilio.md §5). */
export type CarrierLineType =
  | 'mobile'
  | 'landline'
  | 'fixedVoip'
  | 'nonFixedVoip'
  | 'tollFree'
  | 'personal'
  | 'premium'
  | 'sharedCost'
  | 'uan'
  | 'voicemail'
  | 'pager'
  | 'unknown';

export type LineKind = 'mobile' | 'landline' | 'voip' | 'toll-free' | 'invalid';

/** What a look-up means for texting; null: it says nothing we may rely on. */
export function kindOfLookUp(said: { valid: boolean; type: CarrierLineType | null }): LineKind | null {
  if (!said.valid) return 'invalid';
  switch (said.type) {
    case 'mobile':
      return 'mobile';
    case 'landline':
    case 'pager':
    case 'voicemail':
      return 'landline';
    case 'fixedVoip':
    case 'nonFixedVoip':
      return 'voip';
    case 'tollFree':
    case 'premium':
    case 'sharedCost':
    case 'uan':
      return 'toll-free';
    default:
      return null;
  }
}

/**
 * What the digits alone say for certain; null: nothing. Mobiles and landlines of the United States and Canada look alike, so most numbers
 * say nothing. `made-up`: 555-0100 to 555-0199, kept free for films.
 */
export function ruleFor(phone: PhoneE164): LineKind | 'premium' | 'made-up' | null {
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  if (nanp && nanp[2] === '555' && /^01/.test(nanp[3] ?? '')) return 'made-up';
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed?.isValid()) return 'invalid';
  switch (parsed.getType()) {
    case 'TOLL_FREE':
    case 'SHARED_COST':
    case 'UAN':
      return 'toll-free';
    case 'PREMIUM_RATE':
      return 'premium';
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
    case 'PAGER':
      return 'landline';
    case 'VOIP':
      return 'voip';
    default:
      return null;
  }
}

/** The rule's word as a kind to store; null where it says nothing about texting. */
export const kindByRule = (rule: ReturnType<typeof ruleFor>): LineKind | null =>
  rule === 'made-up' ? null : rule === 'premium' ? 'toll-free' : rule;

/** How a number's kind is known: from real texts, a paid look-up on a day, its digits alone, or the owner's word. */
export type HowKnown = 'learned' | 'look-up' | 'owner' | 'rule';

/** A mark that lasts only until somebody tries again: the phone may just have been off three times. */
export const isSoftMark = (problem: string | null): boolean => problem === '30003';

/** Why somebody cannot be texted, as the list of them sorts it. */
export type CannotWhy = 'landline' | 'not-a-number' | 'dead' | 'not-reached' | 'refused' | 'toll-free' | 'no-number' | 'stopped';

/** The reason, from what is stored about a person's number; `stopped` is asked of the ledger elsewhere. Null: they can be texted. */
export function cannotWhy(p: { phone: string | null; phoneKind: string; phoneProblem: string | null }): CannotWhy | null {
  if (p.phone === null) return p.phoneKind === 'invalid' ? 'not-a-number' : 'no-number';
  switch (p.phoneProblem) {
    case '30006':
    case '21614':
    case '21635':
      return 'landline';
    case '30005':
      return 'dead';
    case '21211':
      return 'not-a-number';
    case '30003':
      return 'not-reached';
    case null:
      break;
    default:
      return 'refused';
  }
  if (p.phoneKind === 'landline') return 'landline';
  if (p.phoneKind === 'toll-free') return 'toll-free';
  return p.phoneKind === 'invalid' ? 'not-a-number' : null;
}

/** List price of one look-up of the line type; Twilio may change it, the invoice decides (facts/twilio.md §5). */
export const LOOK_UP_PRICE = 8000 as Micros;
export const LOOK_UP_CURRENCY = 'USD';
