import { evidenceLines } from '@db/queries/consent';
import { customerById } from '@db/queries/customers';
import { answerLeftAt, boxOf, photoOf, rulesOf, type TextsUnder, textsTo } from '@db/queries/evidence';
import { erasedUnder, findErasure } from '@db/queries/privacy';
import { readMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { addressHmac } from '@domain/consent/hmac';
import type { FoldedState } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import { erasedAddress } from '@domain/privacy/erased';
import type { Ctx, Session } from '../ctx';
import { imageType } from '../privacy/image';
import { openProof } from '../privacy/seal';
import { unwrapKeys } from '../settings/recovery';
import { type LedgerChecked, lastCheck } from './check';
import { consentOf, emailConsentOf } from './read';

export interface ProofLine {
  id: number;
  channel: 'sms' | 'email';
  kind: string;
  method: string;
  purpose: string;
  topics: string[];
  promiseMax: number | null;
  language: 'en' | 'es';
  reason: string | null;
  staffName: string | null;
  device: string;
  name: string | null;
  wording: string | null;
  wordingHash: string | null;
  inboundText: string | null;
  inboundSid: string | null;
  /** Which rule read the reply so. */
  rule: string | null;
  /** data: address of the photographed form. */
  photo: string | null;
  /** Locked since an erasure, or gone after five years. */
  sealed: boolean;
  occurredAt: UtcMs;
  recordedAt: UtcMs;
  /** When the confirmation, the question or the goodbye left. */
  answeredAt: UtcMs | null;
  hash: string;
}

export interface Proof {
  phone: PhoneE164 | null;
  email: string | null;
  /** Who has the number now; empty for a number of nobody. */
  name: string;
  customerId: CustomerId | null;
  states: FoldedState[];
  emailStates: FoldedState[];
  lines: ProofLine[];
  texts: TextsUnder;
  erased: { at: UtcMs; serial: string } | null;
  /** Locked proof is there and can be opened with the recovery code. */
  locked: boolean;
  check: LedgerChecked | null;
}

/** Larger photographs are told, not shown: a page must be printable. */
const LARGEST_PHOTO = 12_000_000;

function picture(bytes: Uint8Array | null): string | null {
  if (!bytes || bytes.length > LARGEST_PHOTO) return null;
  const { mime } = imageType(bytes);
  return mime.startsWith('image/') ? `data:${mime};base64,${Buffer.from(bytes).toString('base64')}` : null;
}

function linesOf(ctx: Ctx, address: string, channel: 'sms' | 'email'): ProofLine[] {
  const lines = evidenceLines(ctx.db, addressHmac(ctx.hmacKey, address)).filter((l) => l.event.channel === channel);
  const sids = lines.flatMap((l) => l.inboundSid ?? []);
  const rules = rulesOf(ctx.db, sids);
  const left = answerLeftAt(
    ctx.db,
    lines.map((l) => l.event.id),
    sids,
  );
  return lines.map((l) => ({
    id: l.event.id,
    channel,
    kind: l.event.kind,
    method: l.event.method,
    purpose: l.event.purpose,
    topics: [...l.event.topics],
    promiseMax: l.event.promiseMax,
    language: l.event.language,
    reason: l.event.reason,
    staffName: l.staffName,
    device: l.device,
    name: l.name,
    wording: l.wordingText,
    wordingHash: l.event.wordingHash,
    inboundText: l.inboundText,
    inboundSid: l.inboundSid,
    rule: (l.inboundSid && rules.get(l.inboundSid)?.rule) || null,
    photo: l.hasPhoto ? picture(photoOf(ctx.db, l.event.id)) : null,
    sealed: l.sealed,
    occurredAt: l.event.occurredAt,
    recordedAt: l.event.recordedAt,
    answeredAt:
      left.get(`confirmation:${l.event.id}`) ??
      left.get(`double-opt-in:${l.event.id}`) ??
      (l.inboundSid ? (left.get(`stop-confirmation:${l.inboundSid}`) ?? null) : null),
    hash: l.hash,
  }));
}

/**
 * Everything we can prove about a number (and a person's e-mail): each event with the words shown and said, how it stands now, and
 * the texts sent under it. For people, and for numbers of nobody.
 * @throws AppError customer.not-found
 */
export function proofOfNumber(ctx: Ctx, whose: { customerId: CustomerId | null; phone: PhoneE164 | null }): Proof {
  const person = whose.customerId === null ? null : customerById(ctx.db, whose.customerId);
  if (whose.customerId !== null && (!person || person.id < 0)) throw new AppError('customer.not-found');
  const phone = whose.phone ?? person?.phone ?? null;
  const email = person?.email ?? null;
  const now = ctx.clock.now();
  const sms = phone === null ? [] : linesOf(ctx, phone, 'sms');
  const mail = email === null ? [] : linesOf(ctx, email, 'email');
  const erasureId = phone === null ? null : erasedUnder(ctx.db, 'sms', addressHmac(ctx.hmacKey, phone));
  const erasure = erasureId === null ? null : findErasure(ctx.db, erasureId);
  const texts = textsTo(ctx.db, phone ?? '');
  return {
    phone,
    email: mail.length > 0 ? email : null,
    name: person ? `${person.firstName} ${person.lastName}`.trim() || person.company : '',
    customerId: person?.id ?? null,
    states: phone === null ? [] : consentOf(ctx.db, ctx.hmacKey, phone, now),
    emailStates: email === null ? [] : emailConsentOf(ctx.db, ctx.hmacKey, email),
    lines: [...sms, ...mail].sort((a, b) => a.id - b.id),
    texts: texts.left === 0 && erasure ? textsTo(ctx.db, erasedAddress(erasure.namelessId)) : texts,
    erased: erasure ? { at: erasure.at, serial: erasure.serial } : null,
    locked: sms.some((l) => l.sealed && boxOf(ctx.db, l.id) !== null),
    check: lastCheck(ctx),
  };
}

/**
 * The same with what was locked at an erasure: for a complaint or a lawsuit with the number on it. Needs the printed recovery code,
 * and is written down.
 * @throws AppError secrets.wrong-recovery-code
 */
export async function openLockedProof(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { phone: PhoneE164; recoveryCode: string },
): Promise<Proof> {
  const wrapped = readMeta(ctx.db, 'recovery');
  if (!wrapped || !(await unwrapKeys(wrapped, input.recoveryCode))) throw new AppError('secrets.wrong-recovery-code');
  const proof = proofOfNumber(ctx, { customerId: null, phone: input.phone });
  const lines = proof.lines.map((l) => {
    const box = l.sealed ? boxOf(ctx.db, l.id) : null;
    const open = box && openProof(ctx.hmacKey, input.phone, box);
    if (!open) return l;
    return {
      ...l,
      sealed: false,
      name: open.name,
      inboundSid: open.inboundSid,
      inboundText: open.inboundText,
      photo: picture(open.photo === null ? null : Buffer.from(open.photo, 'base64')),
    };
  });
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'privacy.proof-opened', detail: { events: lines.length } });
  return { ...proof, lines, locked: false };
}
