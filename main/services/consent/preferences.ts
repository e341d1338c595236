import type { ShownWords } from '@db/queries/consent';
import { type ChannelChoice, type ChoicePurpose, isOwnPreference, packPreference, TOPIC_SLUG } from '@domain/consent/preference';
import { type FoldedState, stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { appendEvent, type ConsentTrx } from './ledger';
import { consentOf, emailConsentOf } from './read';

export interface Preferences {
  phone: PhoneE164;
  /** Their e-mail, when the choice of channel is to hold for it too. */
  email?: string | null;
  occurredAt: UtcMs;
  /** screen, paper, reply, join-text: the customer's own hand. counter, owner: somebody wrote it down for them: only less. */
  method: 'reply' | 'screen' | 'join-text' | 'paper' | 'counter' | 'owner';
  /** Texts per calendar month from now on, at least 1. */
  promiseMax?: number;
  topics?: { add?: readonly string[]; remove?: readonly string[] };
  /** By which channel they want offers and news, and word about their orders. Permits no channel by itself. */
  channels?: Partial<Record<ChoicePurpose, ChannelChoice>>;
  language?: 'en' | 'es';
  /** The words above the choice, where words were shown. */
  wording?: ShownWords | null;
  staffId?: StaffId | null;
  /** Where: `counter`, `display`, `word:<WORD>`, `catch-up`, … */
  device?: string;
  inboundSid?: string;
  inboundText?: string;
  photo?: Uint8Array | null;
}

export interface PreferencesTaken {
  /** Null: nobody at this number has agreed to anything, so nothing was written. */
  eventId: number | null;
  /** Texts per month promised after it. */
  promiseMax: number | null;
  /** Topics they get after it. */
  topics: string[];
  states: FoldedState[];
}

const LEAST = 1;
const MOST = 31;

/**
 * How often, about what, by which channel: one event. Only the customer's own act may raise the promise, add a topic or choose texts
 * again; staff and owner may write down less. It never ends a stop, a hold or a silence (those need a sign-up or START): then more is
 * written down but has no effect.
 * @throws AppError consent.own-act-only | input.invalid {field}
 */
export function recordPreferences(ctx: Ctx, trx: ConsentTrx, p: Preferences): PreferencesTaken {
  const add = [...new Set(p.topics?.add ?? [])];
  const remove = [...new Set(p.topics?.remove ?? [])];
  if ([...add, ...remove].some((t) => !TOPIC_SLUG.test(t))) throw new AppError('input.invalid', { field: 'topics' });
  if (p.promiseMax !== undefined && !(Number.isInteger(p.promiseMax) && p.promiseMax >= LEAST && p.promiseMax <= MOST)) {
    throw new AppError('input.invalid', { field: 'promiseMax' });
  }
  const before = consentOf(trx, ctx.hmacKey, p.phone, ctx.clock.now());
  const mails = p.email ? emailConsentOf(trx, ctx.hmacKey, p.email) : [];
  if (!isOwnPreference(p.method)) refuseMore(before, mails, p, add);
  const channels = p.channels ?? {};
  const facts = {
    purpose: 'all',
    kind: 'preferred',
    method: p.method,
    language: p.language ?? 'en',
    wording: p.wording ?? null,
    staffId: p.staffId ?? null,
    device: p.device ?? '',
    occurredAt: p.occurredAt,
    evidence: { inboundSid: p.inboundSid ?? null, inboundText: p.inboundText ?? null, photo: p.photo ?? null },
  } as const;
  if (p.email && mails.length > 0 && Object.keys(channels).length > 0) {
    appendEvent(ctx, trx, { ...facts, email: p.email, topics: packPreference({ topics: { add: [], remove: [] }, channels }) });
  }
  if (before.length === 0) return taken(null, before);
  const { eventId, states } = appendEvent(ctx, trx, {
    ...facts,
    phone: p.phone,
    promiseMax: p.promiseMax ?? null,
    topics: packPreference({ topics: { add, remove }, channels }),
  });
  return taken(eventId, states);
}

/** Staff and owner may never write down more than there is. */
function refuseMore(before: readonly FoldedState[], mails: readonly FoldedState[], p: Preferences, add: readonly string[]): void {
  const marketing = before.find((s) => s.purpose === 'marketing');
  const raises = p.promiseMax !== undefined && marketing?.promiseMax != null && p.promiseMax > marketing.promiseMax;
  const adds = add.some((t) => stateOf(before, `topic:${t}`) !== 'in');
  const { marketing: about, service } = p.channels ?? {};
  const opens = (choice: ChannelChoice | undefined, purpose: string) =>
    choice !== undefined &&
    (((choice === 'sms' || choice === 'both') && stateOf(before, purpose) === 'paused') ||
      ((choice === 'email' || choice === 'both') && stateOf(mails, purpose) === 'paused'));
  if (raises || adds || opens(about, 'marketing') || opens(service, 'service')) throw new AppError('consent.own-act-only');
}

function taken(eventId: number | null, states: FoldedState[]): PreferencesTaken {
  return {
    eventId,
    promiseMax: states.find((s) => s.purpose === 'marketing')?.promiseMax ?? null,
    topics: states.filter((s) => s.purpose.startsWith('topic:') && s.state === 'in').map((s) => s.purpose.slice('topic:'.length)),
    states,
  };
}
