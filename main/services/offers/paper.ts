import { codesOnPaper, paperBatches } from '@db/queries/offer-codes';
import { offerById } from '@db/queries/offers';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { OfferId, UtcMs } from '@domain/kernel';
import { codeWindow, uselessAt } from '@domain/offers/window';
import { writeInChunks } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { drawCode, journalSoon } from './codes';

/**
 * Codes for paper: nobody's until they are redeemed. Each works as often as the offer says, so a copied card brings nothing more. Those
 * made at one moment belong together and can be printed again.
 * @throws AppError offer.not-found; input.invalid {field: untilDay} when the offer is over
 */
export async function makePaperCodes(
  ctx: Ctx,
  session: Session,
  order: { offerId: OfferId; count: number },
): Promise<{ at: UtcMs; codes: string[] }> {
  const offer = offerById(ctx.db, order.offerId);
  if (offer?.codeMode !== 'personal') throw new AppError('offer.not-found');
  const at = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  if (uselessAt(offer, at, zone) === 'over') throw new AppError('input.invalid', { field: 'untilDay' });
  const { startsAt, endsAt } = codeWindow(offer, at, zone);
  const row = { offerId: offer.id, campaignId: null, customerId: null, state: 'issued', issuedAt: at, expiresAt: endsAt } as const;
  const codes: string[] = [];
  await writeInChunks(ctx.db, Array(order.count).keys(), (trx) => {
    const made = drawCode(ctx, trx, { ...row, uses: offer.codeUses, startsAt });
    journalSoon(ctx, [made]);
    codes.push(made.code);
  });
  ctx.db.tx((trx) =>
    audit(trx, { at, staffId: session.staffId, action: 'offer.paper', subject: String(offer.id), detail: { codes: codes.length } }),
  );
  return { at, codes: codes.sort() };
}

export const paperOf = (ctx: Ctx, offerId: OfferId) => paperBatches(ctx.db, offerId);

/** The codes of one batch, to print it again. */
export const codesOfPaper = (ctx: Ctx, offerId: OfferId, at: UtcMs): string[] => codesOnPaper(ctx.db, offerId, at);
