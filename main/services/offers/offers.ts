import {
  type CodeListRow,
  codesOfOffer,
  insertOffer,
  listOffers,
  type Offer,
  type OfferFields,
  type OfferListRow,
  offerById,
  offerBySharedCode,
  type RedemptionListRow,
  recentRedemptions,
  updateOffer,
  usedAgain,
} from '@db/queries/offers';
import { audit } from '@db/queries/staff';
import { tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { type Cents, DAY, type OfferId, type UtcMs } from '@domain/kernel';
import { readCode } from '@domain/offers/code';
import type { CodeState } from '@domain/offers/redemption';
import type { Ctx, Session } from '../ctx';

export type OfferInput = Pick<OfferFields, 'name' | 'kind' | 'codeMode' | 'validDays'> & {
  id: OfferId | null;
  percent?: number | null;
  amount?: Cents | null;
  item?: string;
  minSpend?: Cents;
  terms?: string;
  sharedCode?: string | null;
  /** What staff key into the till for it; '' = said from the offer itself. */
  tillKey?: string;
  archived?: boolean;
};

/** Makes or changes an offer. Only what its kind needs is kept; codes already out keep their own last day. */
export function saveOffer(ctx: Ctx, session: Session, input: OfferInput): Offer {
  const name = input.name.trim();
  if (!name) throw new AppError('input.invalid', { field: 'name' });
  if (input.kind === 'percent' && !(input.percent && input.percent >= 1 && input.percent <= 100)) {
    throw new AppError('input.invalid', { field: 'percent' });
  }
  if (input.kind === 'amount' && !(input.amount && input.amount > 0)) throw new AppError('input.invalid', { field: 'amount' });
  if (input.kind === 'free-item' && !input.item?.trim()) throw new AppError('input.invalid', { field: 'item' });
  const sharedCode = input.codeMode === 'shared' ? (input.sharedCode ?? '').toUpperCase().replace(/\s+/g, '') : null;
  if (sharedCode !== null && !/^[A-Z0-9-]{3,20}$/.test(sharedCode)) throw new AppError('input.invalid', { field: 'sharedCode' });
  const fields: OfferFields = {
    name,
    kind: input.kind,
    percent: input.kind === 'percent' ? (input.percent ?? null) : null,
    amount: input.kind === 'amount' ? (input.amount ?? null) : null,
    item: input.kind === 'free-item' ? (input.item ?? '').trim() : '',
    minSpend: input.minSpend ?? (0 as Cents),
    terms: (input.terms ?? '').trim(),
    validDays: input.validDays,
    codeMode: input.codeMode,
    sharedCode,
    tillKey: tidyName(input.tillKey),
  };
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    if (sharedCode !== null) {
      const other = offerBySharedCode(trx, sharedCode.replaceAll('-', ''));
      // A word that reads as a personal code would shadow somebody's own.
      if ((other && other.id !== input.id) || readCode(sharedCode).kind === 'ok')
        throw new AppError('input.invalid', { field: 'sharedCode' });
    }
    let id = input.id;
    if (id === null) id = insertOffer(trx, fields, now);
    else if (!updateOffer(trx, id, { ...fields, archived: input.archived ?? false })) throw new AppError('offer.not-found');
    audit(trx, { at: now, staffId: session.staffId, action: input.id === null ? 'offer.made' : 'offer.changed', subject: String(id) });
    const saved = offerById(trx, id);
    if (!saved) throw new AppError('offer.not-found');
    return saved;
  });
}

export const listAllOffers = (ctx: Ctx): OfferListRow[] => listOffers(ctx.db);

/** Codes of an offer with the person each belongs to; a code past its day is shown as expired. */
export function listCodes(
  ctx: Ctx,
  offerId: OfferId,
  filter: { state: CodeState | 'any'; offset: number; limit: number },
): { total: number; rows: CodeListRow[] } {
  const now = ctx.clock.now();
  const { total, rows } = codesOfOffer(ctx.db, offerId, { ...filter, now });
  return {
    total,
    rows: rows.map((r) => (r.expiresAt <= now && (r.state === 'issued' || r.state === 'reversed') ? { ...r, state: 'expired' } : r)),
  };
}

/** At most 200 redemptions of the last days, and the simplest sign of abuse: codes presented after they were used. */
export function whatWasRedeemed(
  ctx: Ctx,
  offerId: OfferId | null,
  days: number,
): { rows: RedemptionListRow[]; usedAgain: { code: string; times: number; lastAt: UtcMs }[] } {
  const since = (ctx.clock.now() - days * DAY) as UtcMs;
  return { rows: recentRedemptions(ctx.db, { offerId, since, limit: 200 }), usedAgain: usedAgain(ctx.db, since) };
}
