import type { Trx } from '@db/open';
import { type CodeRow, setCodeState } from '@db/queries/offer-codes';
import { type Offer, offerById } from '@db/queries/offers';
import { insertRedemption, usesOf } from '@db/queries/redemptions';
import { audit } from '@db/queries/staff';
import {
  allSalesWithCodes,
  dropTillUse,
  type OpenUse,
  openUses,
  type SaleWithCode,
  salesWithCodes,
  saleWithCode,
  tieToSale,
  tillUses,
  wasTaken,
} from '@db/queries/till-codes';
import type { Cents, ImportId, SaleId, UtcMs } from '@domain/kernel';
import { DAY, HOUR, MINUTE } from '@domain/kernel';
import { readCode } from '@domain/offers/code';
import { moveCode } from '@domain/offers/may-redeem';
import { discountOf } from '@domain/offers/redemption';
import { writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';
import { drawCode } from './codes';
import { nextUse, offerOfWord } from './known';

/** The counter goes first. */
const SMALL = { budgetMs: 4 };
/** A code typed at the counter belongs to the receipt that bears it when they lie this near. */
const SAME_CODE = DAY;
/** A word everybody has says less: the same person, or minutes. */
const SAME_PERSON = 6 * HOUR;
const SAME_MOMENT = 20 * MINUTE;

/**
 * Codes the till wrote on the receipts of an import are redeemed by it (rules.md §6), never twice: a use written down at the counter is
 * tied to its receipt instead, and a code without a use left stays as it is. What the till gave is a fact, so days, minimum and
 * membership are not asked; one that had run out is marked so. Asked again, nothing changes. Returns how many uses were new.
 */
export async function redeemFromTill(ctx: Ctx, importId: ImportId, signal?: AbortSignal): Promise<number> {
  let uses = 0;
  const take = (trx: Trx, sale: SaleWithCode) => {
    uses += takeCodes(ctx, trx, sale);
  };
  await writeInChunks(ctx.db, salesWithCodes(ctx.db, importId), take, { ...SMALL, ...(signal ? { signal } : {}) });
  if (uses > 0) {
    audit(ctx.db, { at: ctx.clock.now(), staffId: null, action: 'offer.redeemed-by-file', subject: String(importId), detail: { uses } });
    ctx.changed('offers');
  }
  return uses;
}

export interface GivenBack {
  /** Receipts some of which may stay, because another file knows them too. */
  readonly sales: readonly SaleId[];
  /** Codes of one person that are free again. */
  readonly codes: ReadonlySet<string>;
}

/** Before an import is taken back: what its receipts redeemed is as before. */
export async function giveBackToTill(ctx: Ctx, importId: ImportId): Promise<GivenBack> {
  const sales: SaleId[] = [];
  const codes = new Set<string>();
  await writeInChunks(
    ctx.db,
    tillUses(ctx.db, importId),
    (trx, use) => {
      const shared = offerById(trx, use.offerId)?.codeMode === 'shared';
      dropTillUse(trx, use, shared);
      if (!shared) codes.add(use.code);
      sales.push(use.saleId);
    },
    SMALL,
  );
  if (sales.length > 0) ctx.changed('offers');
  return { sales, codes };
}

/**
 * Afterwards: receipts that stayed redeem what they still bear, and receipts of other files a code they bore when it had no use left: a
 * code that stands on a receipt is not free.
 */
export async function redeemAgain(ctx: Ctx, { sales, codes }: GivenBack): Promise<void> {
  await writeInChunks(
    ctx.db,
    sales,
    (trx, id) => {
      const sale = saleWithCode(trx, id);
      if (sale) takeCodes(ctx, trx, sale);
    },
    SMALL,
  );
  if (codes.size === 0) return;
  const bears = (sale: SaleWithCode) =>
    wordsOf(sale).some((w) => {
      const read = readCode(w);
      return read.kind === 'ok' && codes.has(read.code);
    });
  await writeInChunks(
    ctx.db,
    allSalesWithCodes(ctx.db),
    (trx, sale) => {
      if (bears(sale)) takeCodes(ctx, trx, sale);
    },
    SMALL,
  );
}

const wordsOf = (sale: SaleWithCode): string[] => [...new Set(sale.codes.toUpperCase().split(/[,;\s]+/))].filter((w) => w !== '');

function takeCodes(ctx: Ctx, trx: Trx, sale: SaleWithCode): number {
  const found = wordsOf(sale).flatMap((word) => offerOfWord(trx, word) ?? []);
  let uses = 0;
  for (const f of found)
    if (f.code ? takePersonal(trx, sale, f.code, f.offer, found.length) : takeShared(ctx, trx, sale, f.offer, found.length)) uses++;
  return uses;
}

/** A sale known by its day only stands at an hour we made up. */
const before = (sale: SaleWithCode, at: UtcMs): boolean => sale.occurredAt < at - (sale.timeKnown ? 0 : DAY);

function takePersonal(trx: Trx, sale: SaleWithCode, code: CodeRow, offer: Offer, ofSeveral: number): boolean {
  if (before(sale, code.issuedAt) || wasTaken(trx, sale.saleId, { code: code.code })) return false;
  const near = nearest(sale, openUses(trx, { code: code.code }, ...around(sale, SAME_CODE)));
  if (near) {
    tieToSale(trx, near.id, sale.saleId);
    return false;
  }
  const uses = usesOf(trx, code.code);
  const next = moveCode(code.state, uses.length + 1 >= code.uses ? 'last-use' : 'use');
  if (next === null) return false;
  setCodeState(trx, code.code, next);
  write(trx, sale, { code, offer, useNo: nextUse(uses), ofSeveral });
  return true;
}

function takeShared(ctx: Ctx, trx: Trx, sale: SaleWithCode, offer: Offer, ofSeveral: number): boolean {
  if (before(sale, offer.createdAt) || wasTaken(trx, sale.saleId, { offerId: offer.id })) return false;
  const near = nearest(
    sale,
    openUses(trx, { offerId: offer.id }, ...around(sale, SAME_PERSON)).filter((u) => {
      if (u.receiptNo !== null && sale.receiptNo !== null) return u.receiptNo.toUpperCase() === sale.receiptNo.toUpperCase();
      if (u.customerId !== null && sale.customerId !== null) return u.customerId === sale.customerId;
      return sale.timeKnown && Math.abs(u.at - sale.occurredAt) <= SAME_MOMENT;
    }),
  );
  if (near) {
    tieToSale(trx, near.id, sale.saleId);
    return false;
  }
  const { customerId, occurredAt } = sale;
  const row = { offerId: offer.id, campaignId: null, customerId, uses: 1, startsAt: null };
  const code = drawCode(ctx, trx, { ...row, state: 'redeemed', issuedAt: occurredAt, expiresAt: occurredAt });
  write(trx, sale, { code, offer, useNo: 1, ofSeveral });
  return true;
}

const around = (sale: SaleWithCode, reach: number): [UtcMs, UtcMs] => {
  const wide = sale.timeKnown ? reach : Math.max(reach, DAY);
  return [(sale.occurredAt - wide) as UtcMs, (sale.occurredAt + wide) as UtcMs];
};

const nearest = (sale: SaleWithCode, uses: readonly OpenUse[]): OpenUse | undefined =>
  [...uses].sort((a, b) => Math.abs(a.at - sale.occurredAt) - Math.abs(b.at - sale.occurredAt) || a.id - b.id)[0];

function write(trx: Trx, sale: SaleWithCode, u: { code: CodeRow; offer: Offer; useNo: number; ofSeveral: number }): void {
  const { code, offer } = u;
  const told = u.ofSeveral === 1 && sale.discount > 0 ? sale.discount : (discountOf(offer, sale.gross) as Cents | null);
  insertRedemption(trx, {
    code: code.code,
    offerId: offer.id,
    campaignId: code.campaignId,
    customerId: code.customerId ?? sale.customerId,
    at: sale.occurredAt,
    staffId: null,
    how: 'till-file',
    amount: sale.net,
    discount: told,
    receiptNo: sale.receiptNo,
    saleId: sale.saleId,
    useNo: u.useNo,
    points: offer.kind === 'points' ? offer.points : null,
    // of a shared word the offer's own days would have to be asked; what the till gave stands
    honoured: offer.codeMode === 'personal' && sale.occurredAt >= code.expiresAt ? 'expired' : null,
  });
}
