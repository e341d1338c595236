import { keepAddress, statesOf } from '@db/queries/consent';
import { type PermissionFilter, permissionCounts } from '@db/queries/customer-search';
import {
  type Customer,
  type CustomerFields,
  customerById,
  customersByPhone,
  insertCustomer,
  insertVisitNote,
  updateCustomer,
} from '@db/queries/customers';
import { pairsOf, sharing } from '@db/queries/duplicates';
import { aliasesOf, survivorOf } from '@db/queries/merges';
import type { PersonalCode } from '@db/queries/offer-codes';
import { audit } from '@db/queries/staff';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import { makeBirthday } from '@domain/customers/birthday';
import { tidyName } from '@domain/customers/name';
import { type PhoneKind, toE164, toEmail } from '@domain/customers/phone';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { usableCodesOf } from '../offers/gift';
import { type Permission, permissionOf } from './permission';

/** As typed: every field a string, empty = nothing known. Absent = leave as it is. */
export interface PersonInput {
  firstName?: string | undefined;
  lastName?: string | undefined;
  company?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  language?: 'en' | 'es' | undefined;
  /** YYYY-MM-DD, --MM-DD or ''. */
  birthday?: string | undefined;
  street?: string | undefined;
  city?: string | undefined;
  region?: string | undefined;
  postalCode?: string | undefined;
  zone?: string | undefined;
  note?: string | undefined;
  tags?: readonly string[] | undefined;
}

interface Named {
  id: CustomerId;
  firstName: string;
  lastName: string;
}

export interface Person {
  customer: Customer;
  permission: Permission;
  /** Others with the same number or e-mail: a family, or a duplicate. */
  sameNumber: Named[];
  sameEmail: Named[];
  /** Numbers and e-mails of records merged into this one that were not chosen. */
  alsoKnownBy: { kind: 'phone' | 'email'; value: string }[];
  /** A file said no for their e-mail. */
  emailStopped: boolean;
  /** Who may be the same person, likeliest first. */
  maybeSame: CustomerId[];
  offers: PersonalCode[];
}

export function getPerson(ctx: Ctx, id: CustomerId): Person {
  if (id < 0) throw new AppError('privacy.erased');
  // a record that was put together with another is found under the one that stayed
  const now = survivorOf(ctx.db, id);
  const customer = now === null ? null : customerById(ctx.db, now);
  if (!customer) throw new AppError('customer.not-found');
  const family = sharing(ctx.db, customer.id);
  const named = ({ id, firstName, lastName }: Named): Named => ({ id, firstName, lastName });
  const email = customer.email ? statesOf(ctx.db, addressHmac(ctx.hmacKey, customer.email), 'email') : [];
  return {
    customer,
    permission: permissionOf(ctx, customer),
    sameNumber: family.filter((o) => o.phone === 1).map(named),
    sameEmail: family.filter((o) => o.email === 1 && o.phone !== 1).map(named),
    alsoKnownBy: aliasesOf(ctx.db, customer.id),
    emailStopped: stateOf(email, 'marketing') === 'out',
    maybeSame: pairsOf(ctx.db, customer.id),
    offers: usableCodesOf(ctx.db, customer, ctx.clock.now()),
  };
}

/** How many people each filter of the list holds. */
export function countPeople(ctx: Ctx): Record<PermissionFilter, number> {
  return permissionCounts(ctx.db);
}

/**
 * Adds (`id` null) or changes a person. A number somebody else has is refused with that person's id, unless the owner says it is
 * shared: families do share one. Permission belongs to the number, so a new number starts without any.
 */
export function savePerson(ctx: Ctx, session: Session, id: CustomerId | null, input: PersonInput, sharedNumber = false): CustomerId {
  if (id !== null && id < 0) throw new AppError('privacy.erased');
  const before = id === null ? null : customerById(ctx.db, id);
  if (id !== null && !before) throw new AppError('customer.not-found');
  const fields: CustomerFields = { ...plainFields(input), ...phoneFields(ctx, input, before), ...emailField(input, before) };
  if (!before && !fields.firstName && !fields.lastName && !fields.company && !fields.phone && !fields.email) {
    throw new AppError('input.invalid', { field: 'firstName' });
  }
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    if (fields.phone && fields.phone !== before?.phone && !sharedNumber) {
      const other = customersByPhone(trx, fields.phone).find((c) => c.id !== id);
      if (other) throw new AppError('customer.same-number', { customerId: other.id });
    }
    const saved = id ?? insertCustomer(trx, fields, now);
    if (id !== null) updateCustomer(trx, id, { ...fields, weak: false }, now);
    // A number that was erased and comes back is known again by its HMAC, its stop included.
    if (fields.phone) keepAddress(trx, fields.phone, addressHmac(ctx.hmacKey, fields.phone));
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: id === null ? 'customer.added' : 'customer.changed',
      subject: String(saved),
      detail: { fields: Object.keys(fields).filter((k) => !before || !same(before, fields, k)) },
    });
    return saved;
  });
}

const same = (before: Customer, fields: CustomerFields, key: string): boolean =>
  JSON.stringify(before[key as keyof Customer]) === JSON.stringify(fields[key as keyof CustomerFields]);

function plainFields(input: PersonInput): CustomerFields {
  const out: CustomerFields = {};
  for (const key of ['firstName', 'lastName', 'company', 'street', 'city', 'region', 'postalCode'] as const) {
    if (input[key] !== undefined) out[key] = tidyName(input[key]);
  }
  if (input.language !== undefined) out.language = input.language;
  if (input.zone !== undefined) out.zone = zoneField(input.zone);
  if (input.note !== undefined) out.note = input.note.trim();
  if (input.tags !== undefined) out.tags = [...new Set(input.tags.map((t) => tidyName(t)).filter((t) => t !== ''))];
  if (input.birthday !== undefined) out.birthday = birthdayField(input.birthday);
  return out;
}

/** '' = as the number and the ZIP say; else a zone there is, or input.invalid {field: zone}: hours in no zone would stop the sender. */
function zoneField(text: string): string | null {
  const zone = text.trim();
  if (zone === '') return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new AppError('input.invalid', { field: 'zone' });
  }
}

/** '' = not given; else a day that exists, or input.invalid {field: birthday}. */
export function birthdayField(text: string): string | null {
  if (text.trim() === '') return null;
  const m = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(text.trim());
  const read = m && makeBirthday(m[1] === '-' ? null : Number(m[1]), Number(m[2]), Number(m[3]));
  if (!read) throw new AppError('input.invalid', { field: 'birthday' });
  return read;
}

function phoneFields(ctx: Ctx, input: PersonInput, before: Customer | null): CustomerFields {
  if (input.phone === undefined) return {};
  const raw = input.phone.trim();
  if (raw === '') return { phone: null, phoneRaw: null, phoneKind: 'unknown', phoneProblem: null };
  // What a file once brought and nobody touched may stay, unreadable as it is.
  if (before && raw === (before.phone ?? before.phoneRaw)) return {};
  const read = readPhone(ctx, raw);
  if (before?.phone === read.phone) return { phoneRaw: raw };
  return { phone: read.phone, phoneRaw: raw, phoneKind: read.kind, phoneProblem: null };
}

/** A typed number in the shop's country, or customer.bad-phone {why}. */
export function readPhone(ctx: Ctx, raw: string): { phone: PhoneE164; kind: PhoneKind } {
  const read = toE164(raw, ctx.settings().shop.country);
  if (!read.ok) throw new AppError('customer.bad-phone', { why: read.why });
  return read;
}

function emailField(input: PersonInput, before: Customer | null): CustomerFields {
  if (input.email === undefined) return {};
  const raw = input.email.trim();
  if (raw === '' || raw === before?.email) return { email: raw || null };
  const email = toEmail(raw);
  if (!email) throw new AppError('customer.bad-email');
  return { email };
}

/** A line on somebody's timeline. */
export function addNote(ctx: Ctx, session: Session, id: CustomerId, note: string): void {
  const text = note.trim();
  if (!text) throw new AppError('input.invalid', { field: 'note' });
  const at: UtcMs = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!customerById(trx, id)) throw new AppError('customer.not-found');
    insertVisitNote(trx, { customerId: id, at, staffId: session.staffId, note: text });
  });
}
