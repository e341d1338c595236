import type { Trx } from '@db/open';
import { customerById } from '@db/queries/customers';
import { deleteNotesOfRedemption } from '@db/queries/links';
import { type CodeRow, codeRow, setCodeState } from '@db/queries/offer-codes';
import { type Offer, offerById } from '@db/queries/offers';
import { insertRedemption, liveRedemption, type Redemption, redemptionById, reverseRedemption, usesOf } from '@db/queries/redemptions';
import { writtenSince } from '@db/queries/sign-up';
import { audit } from '@db/queries/staff';
import { shopDay, startOfDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { Cents, CustomerId, OfferId, UtcMs } from '@domain/kernel';
import { readReceiptNo } from '@domain/links/receipt';
import { readCode } from '@domain/offers/code';
import { mayOverride, moveCode, type Refusal } from '@domain/offers/may-redeem';
import { discountOf, mayUndo } from '@domain/offers/redemption';
import type { Ctx, JournalEntry, Session } from '../ctx';
import { noteReceipt } from '../links/links';
import { drawCode } from './codes';
import { nextUse, offerOfWord } from './known';
import { countMiss, forgetMisses, refuseWhileLocked } from './misses';
import { whyRefused } from './terms';

export interface RedeemRequest {
  /** As typed or scanned (`how: 'code'`), or of the offer chosen beside a found person (`how: 'person'`). */
  code: string;
  how: 'code' | 'person';
  /** Who is at the counter, where known; a personal code belongs to its own person anyway. */
  customerId?: CustomerId | null;
  /** What the till says, minor units; provisional until the sale is matched. */
  amount?: Cents | null;
  receiptNo?: string | null;
  /** When it was shown, where it is written down afterwards: codes good then are honoured, credit follows that moment. Left out: now. */
  occurredAt?: UtcMs;
  /** The owner gives it although something speaks against it that is theirs to wave through. */
  honour?: boolean;
}

export interface Redeemed {
  redemption: Redemption;
  offer: Offer;
  /** How often the code may still be used. */
  left: number;
}

/** `linkId`: the receipt number written down with it, where one was typed and the person is known. */
export type RedeemedNow = Redeemed & { linkId: number | null };

/** What a code stands for; throws the reason it stands for nothing, counting the miss when it was typed. */
function lookUpCode(ctx: Ctx, session: Session, text: string, counted: boolean): { code: CodeRow | null; offer: Offer } {
  if (counted) refuseWhileLocked(ctx, session);
  const known = offerOfWord(ctx.db, text);
  if (known) return known;
  if (counted) countMiss(ctx, session);
  throw new AppError(readCode(text).kind === 'typo' ? 'offer.code-typo' : 'offer.code-unknown');
}

/**
 * Redeems one use. What the offer says is held against the moment, the person and the amount; the owner may wave through what is a matter
 * of kindness. On disk, and in the journal, before this returns (rules.md §4, §6).
 * @throws AppError offer.* for what speaks against it
 */
export function redeem(ctx: Ctx, session: Session, request: RedeemRequest): RedeemedNow {
  const { code, offer } = lookUpCode(ctx, session, request.code, request.how === 'code');
  const now = ctx.clock.now();
  const at = request.occurredAt ?? now;
  if (at > now) throw new AppError('input.invalid', { field: 'happenedAt' });
  const amount = request.amount ?? null;
  const honour = request.honour === true && session.role === 'owner';
  const done = ctx.db.tx((trx) => {
    const known = code ? codeRow(trx, code.code) : null;
    if (code && !known) throw new AppError('offer.code-unknown');
    const person = known?.customerId ?? request.customerId ?? null;
    const refusal = whyRefused(ctx, trx, { code: known, offer, customerId: person, amount, at, now });
    // The refusal itself is written after this transaction: see below.
    if (refusal && !(honour && mayOverride(refusal))) return { refused: refusal };
    const live = known ?? sharedUse(ctx, trx, offer, request.customerId ?? null);
    const uses = known ? usesOf(trx, live.code) : [];
    if (known) {
      const next = moveCode(known.state, uses.length + 1 >= known.uses ? 'last-use' : 'use');
      if (next === null) return { refused: { why: 'used' } as const };
      setCodeState(trx, live.code, next);
    }
    const id = insertRedemption(trx, {
      code: live.code,
      offerId: offer.id,
      campaignId: live.campaignId,
      customerId: person,
      at,
      staffId: session.staffId,
      how: request.how,
      amount,
      discount: discountOf(offer, amount) as Cents | null,
      receiptNo: request.receiptNo?.trim() || null,
      saleId: null,
      useNo: nextUse(uses),
      points: offer.kind === 'points' ? offer.points : null,
      honoured: refusal?.why ?? null,
    });
    const noted =
      person !== null && readReceiptNo(request.receiptNo ?? '') !== null
        ? noteReceipt(ctx, session, { customerId: person, receiptNo: request.receiptNo ?? '', origin: 'redeem', redemptionId: id })
        : null;
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'offer.redeemed',
      subject: live.code,
      detail: { redemption: id, how: request.how, ...(at < now && { happenedAt: at }), ...(refusal && { honoured: refusal.why }) },
    });
    return { id, noted, left: known ? known.uses - uses.length - 1 : 0 };
  });
  if ('refused' in done) return refuse(ctx, session, code, done.refused);
  const redemption = redemptionById(ctx.db, done.id);
  if (!redemption) throw new Error('a committed redemption is missing');
  const entries: JournalEntry[] = [{ kind: 'redemption', at: now, row: { ...redemption } }];
  // The row of a shared code was made this instant: a restored copy has to make it before it can redeem it.
  const made = code ? null : codeRow(ctx.db, redemption.code);
  if (made) entries.unshift({ kind: 'code-issued', at: now, row: { ...made } });
  ctx.journal.append(entries);
  if (request.how === 'code') forgetMisses(ctx, session);
  return { redemption, offer, left: done.left, linkId: done.noted };
}

/** A shared code names no person: each use gets a row of its own, so that single use stays a rule of the table. */
function sharedUse(ctx: Ctx, trx: Trx, offer: Offer, customerId: CustomerId | null): CodeRow {
  const now = ctx.clock.now();
  if (customerId !== null && !customerById(trx, customerId)) throw new AppError('customer.not-found');
  const row = { offerId: offer.id, campaignId: null, customerId, uses: 1, startsAt: null };
  return drawCode(ctx, trx, { ...row, state: 'redeemed', issuedAt: now, expiresAt: now });
}

/** Says why, in the error that the screens have words for. */
function refuse(ctx: Ctx, session: Session, code: CodeRow | null, r: Refusal): never {
  switch (r.why) {
    case 'used':
      if (code) audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'offer.used-again', subject: code.code });
      throw new AppError('offer.code-used', { at: code ? (liveRedemption(ctx.db, code.code)?.at ?? 0) : 0 });
    case 'expired':
      throw new AppError('offer.code-expired', { at: r.at });
    case 'void':
      throw new AppError('offer.code-void');
    case 'not-yet':
      throw new AppError('offer.not-yet', { at: r.at });
    case 'weekday':
      throw new AppError('offer.wrong-day', { weekdays: r.weekdays });
    case 'hours':
      throw new AppError('offer.wrong-hour', { from: r.from, until: r.until });
    case 'members':
      throw r.club ? new AppError('offer.club-only', { en: r.club.en, es: r.club.es }) : new AppError('offer.members-only');
    case 'find-member':
      throw new AppError('offer.find-member');
    case 'min-spend':
      throw new AppError('offer.below-minimum', { least: r.least });
    case 'member-used':
      throw new AppError('offer.member-used');
    case 'all-used':
      throw new AppError('offer.all-used', { most: r.most });
    case 'path-used':
      throw new AppError('offer.path-used', { at: r.at });
  }
}

/** Takes a redemption back; the code may be used again. Staff the same shop day, the owner later. */
export function undoRedemption(ctx: Ctx, session: Session, id: number): Omit<Redeemed, 'left'> {
  const now = ctx.clock.now();
  const offerId = ctx.db.tx((trx): OfferId => {
    const r = redemptionById(trx, id);
    if (!r) throw new AppError('offer.not-undoable');
    const role = session.role === 'owner' ? 'owner' : 'staff';
    // Of another day, but written down today: a slip while catching up is theirs to mend today.
    const { zone } = ctx.settings().shop;
    const today = () => r.reversedAt === null && writtenSince(trx, id, startOfDay(shopDay(now, zone), zone));
    if (!mayUndo(r, role, now, zone) && !today()) throw new AppError('offer.not-undoable');
    reverseRedemption(trx, id, now, session.staffId);
    deleteNotesOfRedemption(trx, id);
    const code = codeRow(trx, r.code);
    // A use of a shared code had no life before it: nobody may redeem its row again.
    const shared = offerById(trx, r.offerId)?.codeMode === 'shared' && code?.campaignId === null;
    const next = code && moveCode(code.state, shared ? 'undo-shared' : 'undo');
    if (next) setCodeState(trx, r.code, next);
    audit(trx, { at: now, staffId: session.staffId, action: 'offer.undone', subject: r.code, detail: { redemption: id } });
    return r.offerId;
  });
  const redemption = redemptionById(ctx.db, id);
  const offer = offerById(ctx.db, offerId);
  if (!redemption || !offer) throw new Error('an undone redemption is missing');
  ctx.journal.append([{ kind: 'redemption', at: now, row: { ...redemption } }]);
  return { redemption, offer };
}
