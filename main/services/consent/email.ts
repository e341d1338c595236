import { statesOf } from '@db/queries/consent';
import { addressHmac } from '@domain/consent/hmac';
import { type FoldedState, stateOf } from '@domain/consent/status';
import { purposeWordingOf } from '@domain/consent/wording-purpose';
import { toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { appendEvent, type ConsentTrx } from './ledger';
import { consentOf, emailConsentOf } from './read';
import { refuseMinor } from './record';

export interface EmailSignUp {
  email: string;
  occurredAt: UtcMs;
  /** screen: they typed and ticked · paper: signed and photographed · reply: they wrote it from their own phone or mailbox. */
  method: 'screen' | 'paper' | 'reply';
  /** marketing: offers and news · service: word about their own orders. */
  purpose?: 'marketing' | 'service';
  topics?: readonly string[];
  language?: 'en' | 'es';
  /** Hash of the words they saw (`emailWording`); must be those in force. */
  wordingHash?: string;
  name?: string | null;
  /** YYYY-MM-DD or --MM-DD; a known age under 18 is refused. */
  birthday?: string | null;
  staffId?: StaffId | null;
  device?: string;
  inboundSid?: string;
  inboundText?: string;
  photo?: Uint8Array | null;
}

/** The words beside the empty box "e-mail me". */
export const emailWording = (ctx: Ctx, language: 'en' | 'es') => purposeWordingOf('email', language, ctx.settings().shop);

/**
 * The customer's own yes to e-mails: a line of its own, whatever they said about texts. It ends an earlier no to e-mails, since it is
 * their own act.
 * @throws AppError customer.bad-email | consent.under-age | input.invalid {field}
 */
export function recordEmailSignUp(ctx: Ctx, trx: ConsentTrx, s: EmailSignUp): { eventId: number } {
  refuseMinor(ctx, s.birthday);
  const email = toEmail(s.email);
  if (email === null) throw new AppError('customer.bad-email');
  const language = s.language ?? 'en';
  const wording = emailWording(ctx, language);
  if (s.wordingHash !== undefined && s.wordingHash !== wording.hash) throw new AppError('input.invalid', { field: 'wording' });
  // a reply is their own act as a text to the shop is; the ledger has one word for both
  const method = s.method === 'reply' ? 'join-text' : s.method;
  return appendEvent(ctx, trx, {
    email,
    purpose: s.purpose ?? 'marketing',
    kind: 'signed-up',
    method,
    topics: s.topics ?? [],
    language,
    wording,
    staffId: s.staffId ?? null,
    device: s.device ?? '',
    occurredAt: s.occurredAt,
    evidence: {
      name: s.name ?? null,
      inboundSid: s.inboundSid ?? null,
      inboundText: s.inboundText ?? null,
      photo: s.photo ?? null,
    },
  });
}

export interface EmailStop {
  email: string;
  reason: string;
  occurredAt: UtcMs;
  /** import: a file or list says no · reply: they answered or used the link · counter, owner: they told us. */
  method?: 'import' | 'reply' | 'counter' | 'owner' | 'screen';
  staffId?: StaffId | null;
  inboundText?: string;
}

/**
 * No more e-mails to this address. Told again by a list it is not written again, said again by the person it is (evidence); nothing
 * but their own act may end it.
 */
export function recordEmailStop(ctx: Ctx, trx: ConsentTrx, s: EmailStop): void {
  const method = s.method ?? 'import';
  const email = toEmail(s.email) ?? s.email;
  if (method === 'import' && stateOf(statesOf(trx, addressHmac(ctx.hmacKey, email), 'email'), 'marketing') === 'out') return;
  appendEvent(ctx, trx, {
    email,
    purpose: 'all',
    kind: 'stopped',
    method,
    reason: s.reason,
    staffId: s.staffId ?? null,
    occurredAt: s.occurredAt,
    evidence: { inboundText: s.inboundText ?? null },
  });
}

export interface Channels {
  sms: boolean;
  email: boolean;
}

/**
 * By which channels somebody may be reached for a purpose right now: what they permitted and what they chose, both. A sender asks
 * this before it chooses a channel; the gate still decides about every single text.
 */
export function channelsFor(
  ctx: Ctx,
  who: { phone: PhoneE164 | null; email: string | null },
  purpose: 'marketing' | 'service' | `topic:${string}` | `order:${string}`,
): Channels {
  const texts = who.phone === null ? [] : consentOf(ctx.db, ctx.hmacKey, who.phone, ctx.clock.now());
  const mails = who.email === null ? [] : emailConsentOf(ctx.db, ctx.hmacKey, who.email);
  // an order's own box is enough for that order, and so is the standing permission for service
  const may = (states: FoldedState[]) =>
    stateOf(states, purpose) === 'in' || (purpose.startsWith('order:') && stateOf(states, 'service') === 'in');
  return { sms: may(texts) && !texts.some((s) => s.carrierStop), email: may(mails) };
}
