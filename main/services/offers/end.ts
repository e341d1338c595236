import { codeRow, countOpenCodes, openCodes, voidCode } from '@db/queries/offer-codes';
import { offerById } from '@db/queries/offers';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { CampaignId, OfferId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { openGiftCount } from './gift';

/** Whose codes: of a campaign that is called off, or all of an offer. */
export type WhoseCodes = { campaignId: CampaignId } | { offerId: OfferId };

const A_FEW = 200;

/** How many codes people may still come with; of a campaign also those of what follows it. */
export const openCodeCount = (ctx: Ctx, of: WhoseCodes): number =>
  'campaignId' in of ? openGiftCount(ctx.db, of.campaignId, ctx.clock.now()) : countOpenCodes(ctx.db, of, ctx.clock.now());

/**
 * Calls off every code that is still good; what was redeemed stays. A little at a time, so that nobody at the counter waits; cut off in
 * between, the rest is still good and can be called off again. The journal knows it first: a restored copy calls them off too.
 */
export async function callOffCodes(ctx: Ctx, session: Session, of: WhoseCodes): Promise<number> {
  const at = ctx.clock.now();
  if ('offerId' in of && !offerById(ctx.db, of.offerId)) throw new AppError('offer.not-found');
  const why = 'campaignId' in of ? 'campaign' : 'owner';
  if (countOpenCodes(ctx.db, of, at) === 0) return 0;
  ctx.journal.append([{ kind: 'codes-voided', at, row: { ...of, why } }]);
  let n = 0;
  for (let after = ''; ; ) {
    const codes = openCodes(ctx.db, of, { now: at, after, limit: A_FEW });
    if (codes.length === 0) break;
    const before = n;
    ctx.db.tx((trx) => {
      for (const code of codes) if (voidCode(trx, code, at, why)) n++;
    });
    if (n === before) break;
    after = codes.at(-1) ?? after;
    await nextTurn();
  }
  const [kind, id] = 'campaignId' in of ? ['campaign', of.campaignId] : ['offer', of.offerId];
  ctx.db.tx((trx) =>
    audit(trx, { at, staffId: session.staffId, action: 'offer.called-off', subject: String(id), detail: { [kind]: id, codes: n } }),
  );
  ctx.changed('offers', 'customers');
  return n;
}

/** Calls off one code: lost, or given out by mistake. Throws `offer.code-unknown`; one that is used or over stays what it is. */
export function callOffCode(ctx: Ctx, session: Session, code: string): void {
  const at = ctx.clock.now();
  if (!codeRow(ctx.db, code)) throw new AppError('offer.code-unknown');
  const done = ctx.db.tx((trx) => {
    if (!voidCode(trx, code, at, 'owner')) return false;
    audit(trx, { at, staffId: session.staffId, action: 'offer.called-off', subject: code, detail: { codes: 1 } });
    return true;
  });
  if (!done) throw new AppError('offer.code-used', { at: 0 });
  ctx.journal.append([{ kind: 'codes-voided', at, row: { code, why: 'owner' } }]);
}
