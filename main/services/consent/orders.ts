import { eventsOf } from '@db/queries/consent';
import { cancelOrderTexts } from '@db/queries/outbox';
import { addressHmac } from '@domain/consent/hmac';
import { ORDER_REF, orderPurpose } from '@domain/consent/purposes';
import { stateOf } from '@domain/consent/status';
import { purposeWordingOf } from '@domain/consent/wording-purpose';
import { AppError } from '@domain/errors';
import type { PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { appendEvent, type ConsentTrx } from './ledger';

export interface OrderPermission {
  phone: PhoneE164;
  /** The shop's own number of the order, hold or repair. */
  ref: string;
  occurredAt: UtcMs;
  /** They ticked the box on the customer-facing screen, or on a form that was photographed. */
  method: 'screen' | 'paper';
  language?: 'en' | 'es';
  /** Hash of the words they saw (`orderWording`); must be those in force. */
  wordingHash?: string;
  name?: string | null;
  staffId?: StaffId | null;
  device?: string;
  photo?: Uint8Array | null;
}

/** The words beside the empty box "text me about this order". */
export const orderWording = (ctx: Ctx, ref: string, language: 'en' | 'es') => purposeWordingOf('order', language, ctx.settings().shop, ref);

/**
 * "Text me about this order": service texts for that order only, until `endOrderPermission`. Marketing stays as it is. `needs-start`: the
 * carrier blocks the number; it waits for their START.
 * @throws AppError input.invalid {field}
 */
export function recordOrderPermission(ctx: Ctx, trx: ConsentTrx, o: OrderPermission): { outcome: 'in' | 'needs-start'; eventId: number } {
  if (!ORDER_REF.test(o.ref)) throw new AppError('input.invalid', { field: 'ref' });
  const language = o.language ?? 'en';
  const wording = orderWording(ctx, o.ref, language);
  if (o.wordingHash !== undefined && o.wordingHash !== wording.hash) throw new AppError('input.invalid', { field: 'wording' });
  const purpose = orderPurpose(o.ref);
  const { eventId, states } = appendEvent(ctx, trx, {
    phone: o.phone,
    purpose,
    kind: 'signed-up',
    method: o.method,
    language,
    wording,
    staffId: o.staffId ?? null,
    device: o.device ?? '',
    occurredAt: o.occurredAt,
    evidence: { name: o.name ?? null, photo: o.photo ?? null },
  });
  return { outcome: stateOf(states, purpose) === 'in' ? 'in' : 'needs-start', eventId };
}

/** The words beside the empty box "text me if something I bought is recalled". */
export const serviceWording = (ctx: Ctx, language: 'en' | 'es') => purposeWordingOf('service', language, ctx.settings().shop);

/**
 * "Text me if something I bought is recalled": service texts about their purchases until they say stop. Marketing stays as it is.
 * @throws AppError input.invalid {field: wording}
 */
export function recordServicePermission(
  ctx: Ctx,
  trx: ConsentTrx,
  s: Omit<OrderPermission, 'ref'>,
): { outcome: 'in' | 'needs-start'; eventId: number } {
  const language = s.language ?? 'en';
  const wording = serviceWording(ctx, language);
  if (s.wordingHash !== undefined && s.wordingHash !== wording.hash) throw new AppError('input.invalid', { field: 'wording' });
  const { eventId, states } = appendEvent(ctx, trx, {
    phone: s.phone,
    purpose: 'service',
    kind: 'signed-up',
    method: s.method,
    language,
    wording,
    staffId: s.staffId ?? null,
    device: s.device ?? '',
    occurredAt: s.occurredAt,
    evidence: { name: s.name ?? null, photo: s.photo ?? null },
  });
  return { outcome: stateOf(states, 'service') === 'in' ? 'in' : 'needs-start', eventId };
}

/**
 * The order was handed over or cancelled: its permission is over for good, and its texts that still wait are called off. Calling it
 * again, or for an order nobody ticked the box of, writes nothing.
 */
export function endOrderPermission(
  ctx: Ctx,
  trx: ConsentTrx,
  o: { phone: PhoneE164; ref: string; occurredAt: UtcMs; reason?: string; staffId?: StaffId | null },
): { ended: boolean; cancelled: number } {
  const purpose = orderPurpose(o.ref);
  const cancelled = cancelOrderTexts(trx, o.ref, 'order-closed', ctx.clock.now());
  // also under a stop: a later START must not bring a closed order back
  const last = eventsOf(trx, addressHmac(ctx.hmacKey, o.phone)).findLast((e) => e.purpose === purpose);
  if (last?.kind !== 'signed-up') return { ended: false, cancelled };
  appendEvent(ctx, trx, {
    phone: o.phone,
    purpose,
    kind: 'stopped',
    method: 'system',
    reason: o.reason ?? 'order-closed',
    staffId: o.staffId ?? null,
    occurredAt: o.occurredAt,
  });
  return { ended: true, cancelled };
}
