import { keepAddress } from '@db/queries/consent';
import {
  type Customer,
  type CustomerFields,
  customerById,
  customersByPhone,
  insertCustomer,
  insertVisitNote,
  storedCustomer,
  updateCustomer,
  visitNoteSince,
} from '@db/queries/customers';
import { audit } from '@db/queries/staff';
import { listTopics } from '@db/queries/topics';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import { tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { type CustomerId, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import {
  type ConsentTrx,
  consentOf,
  currentWording,
  journalWith,
  recordDoubleOptInAsked,
  recordSignUp,
  recordStop,
  refuseMinor,
  withConsent,
} from '../consent';
import type { Ctx, Session } from '../ctx';
import { birthdayField, readPhone } from '../customers/customers';
import { nowInFront } from './in-front';

export interface SignUpInput {
  /** screen: they typed and ticked it themselves · clerk: said aloud, so they are asked by text · paper: a signed form, photographed. */
  how: 'screen' | 'clerk' | 'paper';
  phone: string;
  firstName: string;
  birthday: string;
  ticked: boolean;
  language: 'en' | 'es';
  wordingHash: string | null;
  topics: readonly string[];
  /** "Up to N a month" as they chose it; left out: what the shop promises. */
  promiseMax?: number;
  /** When it happened; left out: now. */
  occurredAt?: UtcMs;
  /** Where, for the ledger: counter, display, paper, catch-up. */
  device?: string;
  photo?: Uint8Array;
}

export interface SignedUp {
  customerId: CustomerId;
  outcome: 'in' | 'asked' | 'asked-recently' | 'member' | 'needs-start';
  startNumber: PhoneE164 | null;
}

/** What the customer-facing step shows; the hashes come back with the answer and must still be in force then. */
export function signUpForm(ctx: Ctx) {
  const { shop, courtesy } = ctx.settings();
  const wording = (language: 'en' | 'es') => {
    const { text, hash } = currentWording(ctx, 'sign-up', language);
    return { text, hash };
  };
  const script = (language: 'en' | 'es') => currentWording(ctx, 'spoken', language).text;
  return {
    shopName: shop.name,
    promiseMax: courtesy.promisePerMonth,
    topics: listTopics(ctx.db).map(({ slug, name, about }) => ({ slug, name, about })),
    wording: { en: wording('en'), es: wording('es') },
    script: { en: script('en'), es: script('es') },
  };
}

/**
 * A person becomes a member and, only by their own tick, somebody who may be texted. Everything in one transaction: person,
 * ledger, confirmation waiting to leave; on disk and in the journal before it is answered.
 */
export function signUp(ctx: Ctx, session: Session, input: SignUpInput): SignedUp {
  const { phone, kind } = readPhone(ctx, input.phone);
  if (kind === 'toll-free') throw new AppError('customer.bad-phone', { why: 'toll-free' });
  const birthday = birthdayField(input.birthday);
  const firstName = tidyName(input.firstName);
  const offered = new Set(listTopics(ctx.db).map((t) => t.slug));
  const topics = input.topics.filter((t) => offered.has(t));
  const wants = input.how === 'clerk' || input.ticked;
  // A tick without the words it stood under is no permission.
  if (input.how !== 'clerk' && input.ticked && input.wordingHash === null) throw new AppError('input.invalid', { field: 'wording' });
  const promiseMax = input.promiseMax ?? ctx.settings().courtesy.promisePerMonth;
  if (promiseMax > ctx.settings().courtesy.promisePerMonth && input.how !== 'paper')
    throw new AppError('input.invalid', { field: 'promise' });
  if (wants) refuseMinor(ctx, birthday);
  const now = ctx.clock.now();
  return withConsent(ctx, (trx) => {
    if (wants && stateOf(consentOf(trx, ctx.hmacKey, phone, now), 'marketing') === 'in') throw new AppError('consent.already-in');
    // what we know counts, not only what is typed: the one of that name, or whoever the number alone means
    if (wants) for (const c of customersByPhone(trx, phone)) if (sameName(c.firstName, firstName)) refuseMinor(ctx, c.birthday);
    const customerId = memberFor(ctx, trx, { phone, raw: input.phone, kind, firstName, birthday, language: input.language });
    const common = {
      phone,
      occurredAt: input.occurredAt ?? now,
      language: input.language,
      customerId,
      staffId: session.staffId,
      device: input.device ?? 'counter',
      promiseMax,
      name: firstName || null,
      birthday,
      topics,
    };
    const outcome = !wants
      ? 'member'
      : input.how === 'clerk'
        ? askedOutcome(recordDoubleOptInAsked(ctx, trx, common).outcome)
        : recordSignUp(ctx, trx, {
            ...common,
            method: input.how,
            wordingHash: input.wordingHash ?? '',
            ...(input.photo && { photo: input.photo }),
          }).outcome;
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'customer.signed-up',
      subject: String(customerId),
      detail: { how: input.how, outcome, ...(input.occurredAt !== undefined && { happenedAt: input.occurredAt }) },
    });
    nowInFront(ctx, session, [customerId]);
    return { customerId, outcome, startNumber: outcome === 'needs-start' ? (ctx.settings().texting.numbers[0] ?? null) : null };
  });
}

function askedOutcome(outcome: 'asked' | 'already-in' | 'asked-recently'): 'asked' | 'asked-recently' {
  if (outcome === 'already-in') throw new AppError('consent.already-in');
  return outcome;
}

interface Member {
  phone: PhoneE164;
  raw: string;
  kind: Customer['phoneKind'];
  firstName: string;
  birthday: string | null;
  language: 'en' | 'es';
}

const fold = (s: string): string => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const sameName = (a: string, b: string): boolean => b !== '' && fold(a) === fold(b);

/**
 * The record this number belongs to: of a family the one with that first name; without a name the most recent visitor; another name
 * is another person of the family.
 * Blanks are filled, nothing is overwritten: a stranger at the screen must not rename a customer.
 */
function memberFor(ctx: Ctx, trx: ConsentTrx, m: Member): CustomerId {
  const now = ctx.clock.now();
  const family = customersByPhone(trx, m.phone);
  const named = family.find((c) => sameName(c.firstName, m.firstName));
  const nameless = family.find((c) => c.firstName === '' && c.lastName === '');
  const mine = named ?? (m.firstName === '' ? family[0] : nameless);
  const fields: CustomerFields = { language: m.language };
  if (m.firstName && !mine?.firstName) fields.firstName = m.firstName;
  if (m.birthday && !mine?.birthday) fields.birthday = m.birthday;
  if (mine?.weak) fields.weak = false;
  let id = mine?.id;
  if (id !== undefined) updateCustomer(trx, id, fields, now);
  else {
    id = insertCustomer(trx, { ...fields, phone: m.phone, phoneRaw: m.raw, phoneKind: m.kind }, now);
  }
  keepAddress(trx, m.phone, addressHmac(ctx.hmacKey, m.phone));
  journalWith(ctx, { kind: 'sign-up', at: now, row: storedCustomer(trx, id) });
  return id;
}

/** Said at the counter, or read out over the phone: no more texts of any kind to the number, at once. */
export function customerAskedToStop(
  ctx: Ctx,
  session: Session,
  input: { customerId: CustomerId | null; phone: string | null; reason: string },
): { stopId: number | null } {
  const customer = input.customerId === null ? null : customerById(ctx.db, input.customerId);
  if (input.customerId !== null && !customer) throw new AppError('customer.not-found');
  const phone = customer ? customer.phone : readPhone(ctx, input.phone ?? '').phone;
  if (!phone) throw new AppError('customer.bad-phone', { why: 'empty' });
  const now = ctx.clock.now();
  return withConsent(ctx, (trx) => {
    const { eventId } = recordStop(ctx, trx, {
      phone,
      occurredAt: now,
      method: session.role === 'owner' ? 'owner' : 'counter',
      reason: input.reason.trim() || 'said at the counter',
      carrierStop: false,
      staffId: session.staffId,
      device: 'counter',
      ...(customer ? { customerId: customer.id, language: customer.language } : {}),
    });
    audit(trx, { at: now, staffId: session.staffId, action: 'consent.stopped-at-counter', subject: customer ? String(customer.id) : null });
    return { stopId: eventId };
  });
}

const SAME_VISIT_MS = 3 * HOUR;

/** "She's here": counts as a visit until the till file brings the sale; pressed twice it is still one visit. */
export function isHere(ctx: Ctx, session: Session, id: CustomerId): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!customerById(trx, id)) throw new AppError('customer.not-found');
    if (visitNoteSince(trx, id, (now - SAME_VISIT_MS) as UtcMs) !== null) return;
    const visit = insertVisitNote(trx, { customerId: id, at: now, staffId: session.staffId, note: '' });
    audit(trx, { at: now, staffId: session.staffId, action: 'customer.here', subject: String(id), detail: { visit } });
  });
}
