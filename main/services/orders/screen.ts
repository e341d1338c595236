import { customerById } from '@db/queries/customers';
import { type OrderOf, orderById, orderFact, setOrderPhone } from '@db/queries/orders';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CustomerId } from '@domain/kernel';
import { isOver } from '@domain/orders/order';
import {
  type ConsentTrx,
  endOrderPermission,
  journalWith,
  type OrderPermission,
  orderWording,
  recordOrderPermission,
  recordServicePermission,
  serviceWording,
  withConsent,
} from '../consent';
import { refuseUnlessInFront } from '../counter/in-front';
import { actingTurn, noteEnded, turnToCustomer } from '../counter/turn';
import type { Ctx, Session } from '../ctx';
import { readPhone } from '../customers/customers';

const BOTH = ['en', 'es'] as const;

/**
 * Turns the screen to the customer with the box "text me about this order" on it, empty.
 * @throws AppError order.not-found | order.bad-state | counter.not-in-front
 */
export function turnForOrder(ctx: Ctx, session: Session, orderId: number, language: 'en' | 'es'): { where: 'counter' | 'display' } {
  const order = orderById(ctx.db, orderId);
  if (!order) throw new AppError('order.not-found');
  refuseUnlessInFront(ctx, session, order.customerId);
  if (isOver(order.state)) throw new AppError('order.bad-state', { state: order.state });
  return turnToCustomer(ctx, session, language, order.customerId, orderId);
}

/** What the customer reads: their own order and the exact words beside the box. Null: it was closed meanwhile. */
export function orderOnScreen(ctx: Ctx, orderId: number) {
  const order = orderById(ctx.db, orderId);
  if (!order || isOver(order.state)) return null;
  const words = (language: 'en' | 'es') => {
    const { text, hash } = orderWording(ctx, order.ref, language);
    return { text, hash };
  };
  const [en, es] = BOTH.map(words) as [ReturnType<typeof words>, ReturnType<typeof words>];
  const recall = (language: 'en' | 'es') => {
    const { text, hash } = serviceWording(ctx, language);
    return { text, hash };
  };
  const recalls = { en: recall('en'), es: recall('es') };
  return { kind: order.kind, what: order.what, size: order.size, ref: order.ref, wording: { en, es }, recalls };
}

export interface OrderTick {
  turn: number;
  phone: string;
  ticked: boolean;
  language: 'en' | 'es';
  wordingHash: string;
  /** The second box: recalls of what they bought. */
  recalls?: boolean;
  recallsHash?: string;
}

/**
 * The customer's own hand: their number and the box, or neither. Without the tick the order stands as it is and nobody is texted about it;
 * a tick from before, for another number, ends with the new one.
 * @throws AppError session.locked | order.not-found | customer.bad-phone | input.invalid {field: wording}
 */
export function tickOrder(ctx: Ctx, session: Session, t: OrderTick): { outcome: 'in' | 'member' | 'needs-start' } {
  const turn = actingTurn(ctx, session, t.turn);
  if (turn.what.kind !== 'order') throw new AppError('session.locked');
  const { orderId } = turn.what;
  const ended = (outcome: 'in' | 'member' | 'needs-start', customerId: CustomerId | null) => {
    noteEnded(ctx, {
      what: 'order',
      customerId,
      name: customerId === null ? '' : (customerById(ctx.db, customerId)?.firstName ?? ''),
      outcome,
    });
    return { outcome };
  };
  const order = orderById(ctx.db, orderId);
  if (!order || isOver(order.state)) throw new AppError('order.not-found');
  if (!t.ticked && !t.recalls) return ended('member', order.customerId);
  const { phone } = readPhone(ctx, t.phone);
  const at = ctx.clock.now();
  const own = { phone, occurredAt: at, method: 'screen' as const, language: t.language, staffId: session.staffId, device: turn.where };
  const outcome = withConsent(ctx, (trx) => {
    const service = t.recalls ? recordServicePermission(ctx, trx, { ...own, wordingHash: t.recallsHash ?? '' }) : null;
    if (!t.ticked) return service?.outcome ?? 'member';
    return agreeToTexts(ctx, trx, order, { ...own, wordingHash: t.wordingHash }).outcome;
  });
  return ended(outcome, order.customerId);
}

/** Writes their "text me about this order": a permission from before, for another number, ends with the new one. */
export function agreeToTexts(
  ctx: Ctx,
  trx: ConsentTrx,
  order: OrderOf,
  p: Omit<OrderPermission, 'ref'>,
): { outcome: 'in' | 'needs-start' } {
  const at = ctx.clock.now();
  if (order.phone !== null && order.phone !== p.phone) {
    endOrderPermission(ctx, trx, {
      phone: order.phone,
      ref: order.ref,
      occurredAt: at,
      reason: 'other-number',
      staffId: p.staffId ?? null,
    });
  }
  const { outcome } = recordOrderPermission(ctx, trx, { ...p, ref: order.ref });
  setOrderPhone(trx, order.id, p.phone, at);
  audit(trx, {
    at,
    staffId: p.staffId ?? null,
    action: 'order.texts-agreed',
    subject: String(order.customerId),
    detail: { order: order.id },
  });
  journalWith(ctx, { kind: 'order', at, row: orderFact(trx, order.id) });
  return { outcome };
}
