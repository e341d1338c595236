import { shopDay } from '@domain/calendar';
import type { Cents, CustomerId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import type { BonusFact, LoyaltyFacts, RewardFact } from '@domain/loyalty/account';
import type { LineFact, SaleFact } from '@domain/loyalty/purchases';
import type { CodeState } from '@domain/offers/redemption';
import type { Db } from '../open';
import { memberSince, notesOf } from './loyalty';
import { COUNTED } from './visit-sql';

interface SaleRow {
  id: number;
  key: string;
  kind: 'sale' | 'refund';
  status: string;
  at: UtcMs;
  day: ShopDay;
  net: Cents;
  tax: Cents;
  refunded: Cents;
  receiptNo: string | null;
}

/** Receipts of one person that took place. `lines`: with what was on them. */
export function loyaltySales(db: Db, id: CustomerId, lines: boolean): SaleFact[] {
  const rows = db
    .prepare(
      `SELECT s.id, s.source || ' ' || s.source_sale_id AS key, s.kind, s.status, s.occurred_at AS at, s.shop_day AS day, s.net, s.tax, s.refunded,
         s.receipt_no AS receiptNo FROM sale s WHERE s.customer_id = ? AND ${COUNTED}`,
    )
    .all(id) as SaleRow[];
  // what was brought back is found by the thing itself
  const of = lines || rows.some((r) => r.kind === 'refund') ? linesOf(db, id) : null;
  return rows.map(({ id: sale, ...r }) => ({ ...r, lines: of?.get(sale) ?? [] }));
}

function linesOf(db: Db, id: CustomerId): Map<number, LineFact[]> {
  const rows = db
    .prepare(
      `SELECT l.sale_id AS sale, trim(l.name || ' ' || l.variant) AS thing, l.name AS item, l.category, l.qty_milli AS qty, l.net
       FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE s.customer_id = ? AND ${COUNTED} ORDER BY l.sale_id, l.line_no`,
    )
    .all(id) as (LineFact & { sale: number })[];
  const out = new Map<number, LineFact[]>();
  for (const { sale, ...line } of rows) {
    const had = out.get(sale);
    if (had) had.push(line);
    else out.set(sale, [line]);
  }
  return out;
}

function rewardsOf(db: Db, id: CustomerId, now: UtcMs, zone: Zone): RewardFact[] {
  const rows = db
    .prepare(
      `SELECT r.code, r.at, r.day, r.staff_id AS staffId, r.cost, c.state, c.expires_at AS expiresAt FROM loyalty_reward r JOIN offer_code c ON c.code = r.code
       WHERE r.customer_id = ?`,
    )
    .all(id) as { code: string; at: UtcMs; day: ShopDay; staffId: number | null; cost: number; state: CodeState; expiresAt: UtcMs }[];
  return rows.map(({ code, at, day, staffId, cost, state, expiresAt }) => {
    const open = (state === 'issued' || state === 'reversed') && expiresAt > now;
    // handed over on a day of the shop's, which stays that day wherever the shop moves; a texted one knows only its instant (migration 530)
    const given = staffId === null ? shopDay(at, zone) : day;
    return { code, day: given, cost, back: !open && state !== 'redeemed', endsOn: open ? shopDay(expiresAt, zone) : null };
  });
}

function bonusesOf(db: Db, id: CustomerId, zone: Zone): BonusFact[] {
  const rows = db
    .prepare(
      'SELECT code, use_no AS useNo, at, points FROM redemption WHERE customer_id = ? AND points IS NOT NULL AND reversed_at IS NULL ORDER BY id',
    )
    .all(id) as { code: string; useNo: number; at: UtcMs; points: number }[];
  return rows.map((r) => ({ key: `${r.code}/${r.useNo}/${r.at}`, day: shopDay(r.at, zone), points: r.points }));
}

/** All that decides about one person's account. */
export function loyaltyFacts(db: Db, id: CustomerId, o: { now: UtcMs; zone: Zone; lines: boolean }): LoyaltyFacts {
  return {
    sales: loyaltySales(db, id, o.lines),
    notes: notesOf(db, id),
    rewards: rewardsOf(db, id, o.now, o.zone),
    bonuses: bonusesOf(db, id, o.zone),
    memberSince: memberSince(db, id),
  };
}
