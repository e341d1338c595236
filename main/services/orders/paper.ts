import { customerById } from '@db/queries/customers';
import { orderById } from '@db/queries/orders';
import { shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { ShopDay } from '@domain/kernel';
import { isOver } from '@domain/orders/order';
import { recordServicePermission, withConsent } from '../consent';
import { refuseUnlessInFront } from '../counter/in-front';
import { signedAt } from '../counter/paper';
import type { Ctx, Session } from '../ctx';
import { readPhone } from '../customers/customers';
import { agreeToTexts, orderOnScreen } from './screen';

/**
 * The form of an order to print or to copy from: the very words of both boxes, the order, and between which days it can have been signed.
 * @throws AppError order.not-found | counter.not-in-front
 */
export function orderForm(ctx: Ctx, session: Session, orderId: number) {
  const order = orderById(ctx.db, orderId);
  const words = orderOnScreen(ctx, orderId);
  if (!order || !words) throw new AppError('order.not-found');
  refuseUnlessInFront(ctx, session, order.customerId);
  const { zone } = ctx.settings().shop;
  const language = customerById(ctx.db, order.customerId)?.language ?? 'en';
  return { ...words, language, earliest: shopDay(order.createdAt, zone), today: shopDay(ctx.clock.now(), zone) };
}

export interface SignedOrder {
  id: number;
  phone: string;
  signedOn: ShopDay;
  language: 'en' | 'es';
  wordingHash: string;
  /** The second box was ticked too: recalls of what they bought. */
  recalls: boolean;
  recallsHash: string;
  /** JPEG, base64. */
  photo: string;
}

/**
 * The box on a signed order, hold or repair form, with its photo: permission for that order only, from the day it was signed; a stop said
 * after it stands, and the form is kept as proof.
 * @throws AppError order.not-found | counter.not-in-front | customer.bad-phone | input.invalid {field: photo | signedOn | wording}
 */
export function signedOrder(ctx: Ctx, session: Session, p: SignedOrder): { outcome: 'in' | 'needs-start' } {
  const photo = Buffer.from(p.photo, 'base64');
  if (photo[0] !== 0xff || photo[1] !== 0xd8) throw new AppError('input.invalid', { field: 'photo' });
  const order = orderById(ctx.db, p.id);
  if (!order || isOver(order.state)) throw new AppError('order.not-found');
  refuseUnlessInFront(ctx, session, order.customerId);
  const { phone } = readPhone(ctx, p.phone);
  if (p.signedOn < shopDay(order.createdAt, ctx.settings().shop.zone)) throw new AppError('input.invalid', { field: 'signedOn' });
  const occurredAt = signedAt(ctx, p.signedOn, phone);
  const own = {
    phone,
    occurredAt,
    method: 'paper' as const,
    language: p.language,
    staffId: session.staffId,
    device: 'paper',
    photo,
  };
  return withConsent(ctx, (trx) => {
    const { outcome } = agreeToTexts(ctx, trx, order, { ...own, wordingHash: p.wordingHash });
    if (p.recalls) recordServicePermission(ctx, trx, { ...own, wordingHash: p.recallsHash });
    return { outcome };
  });
}
