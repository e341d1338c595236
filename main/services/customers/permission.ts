import type { Customer } from '@db/queries/customers';
import type { ConsentState } from '@domain/consent/status';
import type { UtcMs } from '@domain/kernel';
import { consentOf } from '../consent';
import type { Ctx } from '../ctx';

/** Why somebody cannot be texted, in the order in which it matters; the screens have the words. */
export type WhyNot =
  | 'no-phone'
  | 'opted-out'
  | 'carrier-stop'
  | 'held'
  | 'bad-number'
  | 'landline'
  | 'toll-free'
  | 'pending'
  | 'paused'
  | 'not-asked';

/** A person's permission for marketing texts, as their number's ledger stands now. */
export interface Permission {
  state: ConsentState;
  mayText: boolean;
  whyNot: WhyNot | null;
  since: UtcMs | null;
  /** Texts a month promised at sign-up. */
  promiseMax: number | null;
  /** Of a pending answer or an undecided reply. */
  expiresAt: UtcMs | null;
  carrierStop: boolean;
  topics: string[];
}

/** Reads the folded state by the number's HMAC, so that a stop is known even for a number that was erased and came back. */
export function permissionOf(ctx: Ctx, person: Pick<Customer, 'phone' | 'phoneKind' | 'phoneProblem'>): Permission {
  const none = { since: null, promiseMax: null, expiresAt: null, carrierStop: false, topics: [] };
  if (!person.phone) return { ...none, state: 'never', mayText: false, whyNot: 'no-phone' };
  const states = consentOf(ctx.db, ctx.hmacKey, person.phone, ctx.clock.now());
  const marketing = states.find((s) => s.purpose === 'marketing');
  const state: ConsentState = marketing?.state ?? 'never';
  const carrierStop = marketing?.carrierStop ?? false;
  const whyNot = reason(person, state, carrierStop);
  return {
    state,
    mayText: whyNot === null,
    whyNot,
    since: marketing?.since ?? null,
    promiseMax: marketing?.promiseMax ?? null,
    expiresAt: marketing?.expiresAt ?? null,
    carrierStop,
    topics: states.filter((s) => s.purpose.startsWith('topic:') && s.state === 'in').map((s) => s.purpose.slice('topic:'.length)),
  };
}

function reason(person: Pick<Customer, 'phoneKind' | 'phoneProblem'>, state: ConsentState, carrierStop: boolean): WhyNot | null {
  if (carrierStop) return 'carrier-stop';
  if (state === 'out') return 'opted-out';
  if (state === 'hold') return 'held';
  if (person.phoneProblem || person.phoneKind === 'invalid') return 'bad-number';
  if (person.phoneKind === 'landline') return 'landline';
  if (person.phoneKind === 'toll-free') return 'toll-free';
  if (state === 'pending') return 'pending';
  if (state === 'paused') return 'paused';
  return state === 'in' ? null : 'not-asked';
}
