import type { Trx } from '@db/open';
import { customerById } from '@db/queries/customers';
import {
  deleteHere,
  deleteWish,
  insertWish,
  lastId,
  noteOf,
  type Size,
  setNote,
  setSize,
  setWishState,
  sizesOf,
  type Wish,
  wishById,
  wishesOf,
} from '@db/queries/desk';
import { linkCapable } from '@db/queries/phone-facts';
import { audit } from '@db/queries/staff';
import { cancelWishText } from '@db/queries/wishes';
import { tidyName } from '@domain/customers/name';
import { sizeKind, type WishMissing, type WishSource, type WishState, wishKey } from '@domain/customers/wishes';
import { AppError } from '@domain/errors';
import type { Cents, CustomerId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { boughtByOne, type SeemsBought } from '../wishes/bought';
import { refuseUnlessInFront } from './in-front';

export interface About {
  note: string;
  sizes: Size[];
  /** `bought`: the till seems to show that it came true. */
  wishes: (Wish & { bought: SeemsBought | null })[];
  /** Told so: no links in their texts. */
  noSmartphone: boolean;
}

/** What is noted about somebody. @throws AppError customer.not-found | counter.not-in-front */
export function aboutPerson(ctx: Ctx, session: Session, id: CustomerId): About {
  served(ctx, session, id);
  const noSmartphone = linkCapable(ctx.db, id)?.value === 'no';
  const wishes = wishesOf(ctx.db, id);
  const bought = boughtByOne(ctx.db, id, wishes);
  return {
    note: noteOf(ctx.db, id),
    sizes: sizesOf(ctx.db, id),
    wishes: wishes.map((w) => ({ ...w, bought: bought.get(w.id) ?? null })),
    noSmartphone,
  };
}

function served(ctx: Ctx, session: Session, id: CustomerId): void {
  refuseUnlessInFront(ctx, session, id);
  if (!customerById(ctx.db, id)) throw new AppError('customer.not-found');
}

/**
 * What stood there before a note or a size was changed, so that a slip can be taken back. In memory only: the audit log is never
 * deleted and must not keep what was noted about somebody who wants to be forgotten.
 */
type Before = { note: string } | { kind: string; value: string };
const before = new WeakMap<Ctx['db'], Map<number, Before>>();
const KEPT = 100;

function remember(ctx: Ctx, auditId: number, was: Before): void {
  const mine = before.get(ctx.db) ?? new Map<number, Before>();
  before.set(ctx.db, mine);
  mine.set(auditId, was);
  const oldest = mine.keys().next();
  if (mine.size > KEPT && !oldest.done) mine.delete(oldest.value);
}

/** Whether this change of a note or a size can still be taken back: not after a restart. */
export const isRemembered = (ctx: Ctx, auditId: number): boolean => before.get(ctx.db)?.has(auditId) ?? false;

/** The whole note, as it stands from now on. */
export function changeNote(ctx: Ctx, session: Session, id: CustomerId, note: string): void {
  served(ctx, session, id);
  const now = ctx.clock.now();
  const was = noteOf(ctx.db, id);
  const text = note.trim();
  if (text === was) return;
  const done = ctx.db.tx((trx) => {
    setNote(trx, id, text, now);
    return audited(ctx, session, 'customer.note-changed', String(id), {}, trx);
  });
  remember(ctx, done, { note: was });
}

/** `value` '' takes the size away. */
export function changeSize(ctx: Ctx, session: Session, s: { customerId: CustomerId; kind: string; value: string }): void {
  served(ctx, session, s.customerId);
  const kind = sizeKind(s.kind);
  if (kind === '') throw new AppError('input.invalid', { field: 'kind' });
  const now = ctx.clock.now();
  const value = tidyName(s.value);
  const done = ctx.db.tx((trx) => {
    const was = setSize(trx, { customerId: s.customerId, kind, value, at: now, staffId: session.staffId });
    return was === value ? null : { was, id: audited(ctx, session, 'customer.size-changed', String(s.customerId), { kind }, trx) };
  });
  if (done) remember(ctx, done.id, { kind, value: done.was });
}

export function addWish(
  ctx: Ctx,
  session: Session,
  w: { customerId: CustomerId; item: string; size: string; under: Cents | null; source?: WishSource; missing?: WishMissing },
): { id: number } {
  served(ctx, session, w.customerId);
  const item = tidyName(w.item);
  const itemKey = wishKey(item);
  const { source = 'asked', missing = '' } = w;
  // somebody who left may not have said what for: that it was the price is worth knowing all the same
  if (itemKey === '' && (source !== 'left' || missing === '')) throw new AppError('input.invalid', { field: 'item' });
  if (w.under !== null && w.under <= 0) throw new AppError('input.invalid', { field: 'under' });
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const id = insertWish(trx, { ...w, source, missing, item, itemKey, size: tidyName(w.size), at: now, staffId: session.staffId });
    audited(ctx, session, 'customer.wish-added', String(w.customerId), { wish: id, ...(source === 'left' && { source }) }, trx);
    return { id };
  });
}

/** Fulfilled, given up, or open again. */
export function changeWish(ctx: Ctx, session: Session, id: number, state: WishState): void {
  const wish = wishById(ctx.db, id);
  if (!wish) throw new AppError('counter.not-in-front');
  served(ctx, session, wish.customerId);
  if (wish.state === state) return;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    setWishState(trx, id, state, now, session.staffId);
    // found otherwise, or not wanted any more: no text about it
    if (state !== 'open' && wish.toldIn !== null) cancelWishText(trx, wish.toldIn, wish.customerId, now);
    const action = state === 'open' ? 'customer.wish-reopened' : `customer.wish-${state}`;
    audited(ctx, session, action, String(wish.customerId), { wish: id }, trx);
  });
}

function audited(ctx: Ctx, session: Session, action: string, subject: string, detail: Record<string, string | number>, trx: Trx): number {
  audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action, subject, detail });
  return lastId(trx);
}

/** Takes back one noted thing; false when it is no longer as it was left. The caller has asked who may, and writes it down. */
export function takeBackNoted(
  ctx: Ctx,
  trx: Trx,
  session: Session,
  entry: { id: number; action: string; subject: string | null; detail: Record<string, unknown> },
): boolean {
  const customerId = Number(entry.subject) as CustomerId;
  const now = ctx.clock.now();
  const was = before.get(ctx.db)?.get(entry.id);
  switch (entry.action) {
    case 'customer.here':
      return deleteHere(trx, Number(entry.detail['visit']));
    case 'customer.note-changed':
      if (!was || !('note' in was)) return false;
      setNote(trx, customerId, was.note, now);
      return true;
    case 'customer.size-changed':
      if (!was || !('kind' in was)) return false;
      setSize(trx, { customerId, ...was, at: now, staffId: session.staffId });
      return true;
    case 'customer.wish-added':
      if (wishById(trx, Number(entry.detail['wish']))?.state !== 'open') return false;
      deleteWish(trx, Number(entry.detail['wish']));
      return true;
    case 'customer.wish-fulfilled':
    case 'customer.wish-dropped':
      if ((wishById(trx, Number(entry.detail['wish']))?.state ?? 'open') === 'open') return false;
      setWishState(trx, Number(entry.detail['wish']), 'open', now, session.staffId);
      return true;
    default:
      return false;
  }
}
