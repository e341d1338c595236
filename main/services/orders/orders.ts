import { customerById } from '@db/queries/customers';
import {
  insertOrder,
  moveOrder,
  type Order,
  type OrderOf,
  openOrders,
  orderById,
  orderFact,
  ordersOf,
  orderTexts,
  refTaken,
  setOrderPhone,
  changeOrder as writeChange,
} from '@db/queries/orders';
import { cancelOrderTexts } from '@db/queries/outbox';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { shortName, tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import type { Cents, CustomerId, ShopDay, UtcMs } from '@domain/kernel';
import {
  afterStep,
  firstState,
  isOver,
  makeRef,
  type OrderKind,
  type OrderStanding,
  type OrderState,
  type OrderStep,
  standingOf,
} from '@domain/orders/order';
import { endOrderPermission, journalWith, withConsent } from '../consent';
import { refuseUnlessInFront } from '../counter/in-front';
import type { Ctx, Session } from '../ctx';
import { wakeSender } from '../outbox/sender-state';
import { type OrderNews, tellReady } from './texts';

/** Staff see what is kept on the shelf, not a history to leaf through. */
const MOST_OPEN = 100;
const MOST_OF_ONE = 20;

/** How the text about an order stands: it waits, it left, or it did not reach them. */
export type OrderTextState = 'waits' | 'left' | 'failed';

/** An order as staff may see it: first name and initial, last four digits, no money. */
export interface StaffOrder {
  id: number;
  ref: string;
  kind: OrderKind;
  customerId: CustomerId;
  name: string;
  phoneEnd: string | null;
  what: string;
  size: string;
  dueOn: ShopDay | null;
  state: OrderState;
  createdAt: UtcMs;
  readyAt: UtcMs | null;
  closedAt: UtcMs | null;
  standing: OrderStanding;
  /** They ticked "text me about this order". */
  textsWanted: boolean;
  text: { state: OrderTextState; at: UtcMs | null; reminder: boolean } | null;
}

/** Of the person being served, also what they paid already. */
export type PersonOrder = StaffOrder & { deposit: Cents | null };

const NEVER_LEFT = new Set(['skipped', 'cancelled', 'rejected', 'failed', 'undelivered']);

type Told = ReturnType<typeof orderTexts>[number];

function textOf(texts: readonly Told[], ref: string): StaffOrder['text'] {
  const last = texts.filter((t) => t.ref === ref).at(-1);
  if (!last) return null;
  const state: OrderTextState = NEVER_LEFT.has(last.state) ? 'failed' : last.leftAt === null ? 'waits' : 'left';
  return { state, at: last.leftAt, reminder: last.what.startsWith('reminder') };
}

const viewOf = (ctx: Ctx, o: Order, who: { name: string; phoneEnd: string | null }, texts: readonly Told[]): StaffOrder => ({
  id: o.id,
  ref: o.ref,
  kind: o.kind,
  customerId: o.customerId,
  ...who,
  what: o.what,
  size: o.size,
  dueOn: o.dueOn,
  state: o.state,
  createdAt: o.createdAt,
  readyAt: o.readyAt,
  closedAt: o.closedAt,
  standing: standingOf(o, ctx.clock.now(), ctx.settings().shop),
  textsWanted: o.phone !== null,
  text: textOf(texts, o.ref),
});

const whoOf = (o: OrderOf) => ({ name: shortName(o), phoneEnd: (o.phone ?? o.phoneNow)?.slice(-4) ?? null });

const URGENT: readonly OrderStanding[] = ['late', 'uncollected', 'on-time'];

/** Everything kept for somebody: overdue first, then by the day that was told. */
export function ordersAtCounter(ctx: Ctx): { open: StaffOrder[]; more: number } {
  const { rows, total } = openOrders(ctx.db, MOST_OPEN);
  const texts = orderTexts(
    ctx.db,
    rows.map((o) => o.ref),
  );
  const open = rows.map((o) => viewOf(ctx, o, whoOf(o), texts));
  open.sort((a, b) => URGENT.indexOf(a.standing) - URGENT.indexOf(b.standing));
  return { open, more: total - rows.length };
}

/** What is and was kept for the person being served. @throws AppError counter.not-in-front | customer.not-found */
export function ordersOfPerson(ctx: Ctx, session: Session, id: CustomerId): PersonOrder[] {
  refuseUnlessInFront(ctx, session, id);
  const c = customerById(ctx.db, id);
  if (!c) throw new AppError('customer.not-found');
  const rows = ordersOf(ctx.db, id, MOST_OF_ONE);
  const texts = orderTexts(
    ctx.db,
    rows.map((o) => o.ref),
  );
  const who = (o: Order) => ({ name: shortName(c), phoneEnd: (o.phone ?? c.phone)?.slice(-4) ?? null });
  return rows.map((o) => ({ ...viewOf(ctx, o, who(o), texts), deposit: o.deposit }));
}

export interface OrderDraft {
  kind: OrderKind;
  what: string;
  size: string;
  dueOn: ShopDay | null;
  deposit: Cents | null;
}

function tidy(ctx: Ctx, d: OrderDraft): OrderDraft {
  const what = tidyName(d.what);
  if (what === '') throw new AppError('input.invalid', { field: 'what' });
  if (d.deposit !== null && d.deposit <= 0) throw new AppError('input.invalid', { field: 'deposit' });
  if (d.dueOn !== null && d.dueOn < shopDay(ctx.clock.now(), ctx.settings().shop.zone))
    throw new AppError('input.invalid', { field: 'due' });
  return { ...d, what, size: tidyName(d.size) };
}

const TRIES = 50;

/** Writes an order, hold, lay-away or repair down. @throws AppError counter.not-in-front | customer.not-found | input.invalid {field} */
export function takeOrder(ctx: Ctx, session: Session, d: OrderDraft & { customerId: CustomerId }): { id: number; ref: string } {
  refuseUnlessInFront(ctx, session, d.customerId);
  if (!customerById(ctx.db, d.customerId)) throw new AppError('customer.not-found');
  const fields = tidy(ctx, d);
  const at = ctx.clock.now();
  return withConsent(ctx, (trx) => {
    let ref = makeRef(ctx.randomBytes);
    for (let i = 0; i < TRIES && refTaken(trx, ref); i++) ref = makeRef(ctx.randomBytes);
    const id = insertOrder(trx, { ...fields, ref, customerId: d.customerId, state: firstState(d.kind), at, staffId: session.staffId });
    audit(trx, { at, staffId: session.staffId, action: 'order.taken', subject: String(d.customerId), detail: { order: id, kind: d.kind } });
    journalWith(ctx, { kind: 'order', at, row: orderFact(trx, id) });
    return { id, ref };
  });
}

/** Changes what was written down of one that is not over. @throws AppError order.not-found | input.invalid {field} */
export function changeOrder(ctx: Ctx, session: Session, d: { id: number } & Omit<OrderDraft, 'kind'>): void {
  const order = orderById(ctx.db, d.id);
  if (!order) throw new AppError('order.not-found');
  refuseUnlessInFront(ctx, session, order.customerId);
  // a day that has passed since may stay as it is
  const kept = d.dueOn === order.dueOn;
  const fields = { ...tidy(ctx, { ...d, kind: order.kind, dueOn: kept ? null : d.dueOn }), ...(kept && { dueOn: order.dueOn }) };
  const at = ctx.clock.now();
  withConsent(ctx, (trx) => {
    if (!writeChange(trx, { ...fields, id: d.id, at })) throw new AppError('order.not-found');
    audit(trx, { at, staffId: session.staffId, action: 'order.changed', subject: String(order.customerId), detail: { order: d.id } });
    journalWith(ctx, { kind: 'order', at, row: orderFact(trx, d.id) });
  });
}

const AUDITED: Readonly<Record<OrderStep, string>> = {
  ready: 'order.ready',
  'not-ready': 'order.not-ready',
  collected: 'order.collected',
  cancelled: 'order.cancelled',
  reopened: 'order.reopened',
};

/**
 * It has come, was fetched, or is called off. "Ready" texts whoever ticked the box; an ending ends that permission for good, also when
 * the ending is taken back (staff the same shop day, the owner later): they tick again.
 * @throws AppError order.not-found | order.bad-state {state}
 */
export function stepOrder(ctx: Ctx, session: Session, d: { id: number; step: OrderStep }): { state: OrderState; news: OrderNews | null } {
  const at = ctx.clock.now();
  const done = withConsent(ctx, (trx) => {
    const order = orderById(trx, d.id);
    if (!order) throw new AppError('order.not-found');
    const to = afterStep(order.state, d.step, order.kind);
    const { zone } = ctx.settings().shop;
    const sameDay = order.closedAt === null || shopDay(order.closedAt, zone) === shopDay(at, zone);
    if (to === null || (d.step === 'reopened' && session.role !== 'owner' && !sameDay)) {
      throw new AppError('order.bad-state', { state: order.state });
    }
    if (!moveOrder(trx, { id: d.id, from: order.state, to, at, staffId: session.staffId })) {
      throw new AppError('order.bad-state', { state: order.state });
    }
    let news: OrderNews | null = null;
    if (d.step === 'ready') news = tellReady(ctx, trx, { ...order, state: to, readyAt: at });
    if (d.step === 'not-ready') cancelOrderTexts(trx, order.ref, 'order-not-ready', at);
    if (isOver(to) && order.phone !== null) {
      endOrderPermission(ctx, trx, { phone: order.phone, ref: order.ref, occurredAt: at, staffId: session.staffId });
      setOrderPhone(trx, d.id, null, at);
    }
    audit(trx, { at, staffId: session.staffId, action: AUDITED[d.step], subject: String(order.customerId), detail: { order: d.id } });
    journalWith(ctx, { kind: 'order', at, row: orderFact(trx, d.id) });
    return { state: to, news };
  });
  wakeSender(ctx);
  return done;
}
