import type { CampaignId, Cents, CustomerId, SaleId, UtcMs } from '../kernel';
import { DAY, HOUR } from '../kernel';

/** A text of a campaign that reached somebody. */
export interface TextThatArrived {
  readonly campaignId: CampaignId;
  readonly customerId: CustomerId;
  readonly at: UtcMs;
  /** Frozen when the campaign started. Last instant that still counts. */
  readonly windowEndsAt: UtcMs;
}

/** A code that was redeemed and tied to a sale; undone ones are left out by the caller. */
export interface RedeemedSale {
  readonly campaignId: CampaignId;
  readonly customerId: CustomerId | null;
  readonly saleId: SaleId;
  readonly at: UtcMs;
}

/** A sale or refund of the till file. Voided, failed and open ones are left out by the caller. */
export interface SaleToCredit {
  readonly saleId: SaleId;
  readonly customerId: CustomerId | null;
  readonly kind: 'sale' | 'refund';
  readonly occurredAt: UtcMs;
  /** False when the file knows only the day. */
  readonly timeKnown: boolean;
  /** Goods after discounts, before tax; negative on refunds. */
  readonly net: Cents;
  readonly tax: Cents;
  /** Amount given back that stands on the sale itself, tax included. */
  readonly refunded: Cents;
}

export interface SaleCredit {
  readonly saleId: SaleId;
  readonly campaignId: CampaignId;
  readonly customerId: CustomerId | null;
  readonly kind: 'direct' | 'influenced';
  /** Net of tax, returns subtracted, never below zero. */
  readonly net: Cents;
}

/**
 * The latest moment a text may have arrived to be before this sale. One known only by its day stands at some hour we made up: a text of that
 * same day may have come after it.
 */
export const latestTextFor = (sale: Pick<SaleToCredit, 'occurredAt' | 'timeKnown'>): number =>
  sale.timeKnown ? sale.occurredAt : sale.occurredAt - 24 * HOUR;

/** A refund finds the sale it takes back among this person's sales of so many days before. */
export const REFUND_REACH = 60 * DAY;

/**
 * Credits sales to campaigns (rules.md §7). A redeemed code is direct credit and beats everything. Otherwise, of the texts
 * that arrived before the sale and whose frozen window holds it, the last one takes it. One sale is credited once;
 * returns subtract; net of tax. Give all sales of the people concerned from 60 days before the first text on, so that
 * refunds find what they take back.
 */
export function creditSales(input: {
  readonly texts: readonly TextThatArrived[];
  readonly redemptions: readonly RedeemedSale[];
  readonly sales: readonly SaleToCredit[];
}): SaleCredit[] {
  const kept = netAfterReturns(input.sales);
  const direct = new Map<SaleId, RedeemedSale>();
  for (const r of input.redemptions) {
    const other = direct.get(r.saleId);
    // two codes on one receipt: the first one typed; in the same moment that of the older campaign, whatever order they come in
    if (!other || r.at < other.at || (r.at === other.at && r.campaignId < other.campaignId)) direct.set(r.saleId, r);
  }
  const textsOf = new Map<CustomerId, TextThatArrived[]>();
  for (const t of input.texts) {
    const list = textsOf.get(t.customerId);
    if (list) list.push(t);
    else textsOf.set(t.customerId, [t]);
  }
  for (const list of textsOf.values()) list.sort((a, b) => b.at - a.at || b.campaignId - a.campaignId);
  const credits: SaleCredit[] = [];
  for (const sale of input.sales) {
    if (sale.kind !== 'sale') continue;
    const net = kept.get(sale.saleId) ?? sale.net;
    const redeemed = direct.get(sale.saleId);
    if (redeemed) {
      credits.push({
        saleId: sale.saleId,
        campaignId: redeemed.campaignId,
        customerId: sale.customerId ?? redeemed.customerId,
        kind: 'direct',
        net,
      });
      continue;
    }
    if (sale.customerId === null) continue;
    const latestText = latestTextFor(sale);
    const last = textsOf.get(sale.customerId)?.find((t) => t.at <= latestText && sale.occurredAt <= t.windowEndsAt);
    if (last) {
      credits.push({ saleId: sale.saleId, campaignId: last.campaignId, customerId: sale.customerId, kind: 'influenced', net });
    }
  }
  return credits;
}

/**
 * What is left of each sale after returns, in cents before tax. A return on the sale itself is taken off without its share
 * of tax. A separate refund row (Square writes no link to its sale) takes off the same person's sale of the same amount in
 * the 60 days before, else their latest sale, and what exceeds it the one before.
 */
export function netAfterReturns(sales: readonly SaleToCredit[]): Map<SaleId, Cents> {
  const kept = new Map<SaleId, Cents>();
  const byPerson = new Map<CustomerId, SaleToCredit[]>();
  for (const s of sales) {
    if (s.kind === 'sale') kept.set(s.saleId, afterOwnRefund(s));
    if (s.customerId === null) continue;
    const list = byPerson.get(s.customerId);
    if (list) list.push(s);
    else byPerson.set(s.customerId, [s]);
  }
  for (const list of byPerson.values()) {
    list.sort((a, b) => a.occurredAt - b.occurredAt || a.saleId - b.saleId);
    for (const [i, refund] of list.entries()) {
      if (refund.kind !== 'refund') continue;
      let left = Math.abs(refund.net);
      const before = list.slice(0, i).filter((s) => s.kind === 'sale' && s.occurredAt >= refund.occurredAt - REFUND_REACH);
      before.reverse();
      const same = before.find((s) => kept.get(s.saleId) === left);
      for (const s of same ? [same] : before) {
        const has = kept.get(s.saleId) ?? 0;
        const taken = Math.min(left, has);
        kept.set(s.saleId, (has - taken) as Cents);
        left -= taken;
        if (left === 0) break;
      }
    }
  }
  return kept;
}

function afterOwnRefund(s: SaleToCredit): Cents {
  const paid = s.net + s.tax;
  if (s.refunded <= 0 || paid <= 0) return Math.max(0, s.net) as Cents;
  return Math.max(0, Math.round((s.net * (paid - Math.min(s.refunded, paid))) / paid)) as Cents;
}
