import type { UtcMs } from '@domain/kernel';
import type { SignFacts, StaffCounts, Use } from '@domain/offers/signs';
import type { Db } from '../open';

type Counted = { offerId: number; n: number; at: UtcMs };
type CountedCode = Counted & { code: string };

/** A till leaves its own marks beside a redemption; only what people at the counter did is looked at. */
const AT_COUNTER = "r.how <> 'till-file'";

/** What signs of abuse are read from, since an instant. */
export function signFacts(db: Db, since: UtcMs): SignFacts {
  const all = <T>(sql: string, ...params: unknown[]): T[] => db.prepare(sql).all(...params) as T[];
  const bySale = (condition: string) =>
    all<Counted>(
      `SELECT r.offer_id AS offerId, count(*) AS n, max(r.at) AS at FROM redemption r JOIN sale s ON s.id = r.sale_id JOIN offer o ON o.id = r.offer_id
       WHERE r.at >= ? AND r.reversed_at IS NULL AND ${condition} GROUP BY r.offer_id`,
      since,
    );
  return {
    usedAgain: all<CountedCode>(
      `SELECT a.subject AS code, c.offer_id AS offerId, count(*) AS n, max(a.at) AS at FROM audit a JOIN offer_code c ON c.code = a.subject
       WHERE a.action = 'offer.used-again' AND a.at >= ? GROUP BY a.subject ORDER BY at DESC LIMIT 50`,
      since,
    ),
    locks: all(
      `SELECT a.staff_id AS staffId, s.name AS staffName, count(*) AS n, max(a.at) AS at FROM audit a LEFT JOIN staff s ON s.id = a.staff_id
       WHERE a.at >= ? AND a.action = 'offer.locked' GROUP BY a.staff_id`,
      since,
    ),
    uses: all<Omit<Use, 'shared'> & { shared: number }>(
      `SELECT CASE o.code_mode WHEN 'shared' THEN coalesce(o.shared_code, '') ELSE r.code END AS code, r.offer_id AS offerId,
         o.code_mode = 'shared' AS shared, r.at
       FROM redemption r JOIN offer o ON o.id = r.offer_id
       WHERE r.at >= ? AND r.reversed_at IS NULL AND ${AT_COUNTER} AND (o.code_mode = 'shared' OR o.code_uses > 1) ORDER BY r.at`,
      since,
    ).map((u) => ({ ...u, shared: u.shared === 1 })),
    staff: all<StaffCounts>(
      `SELECT r.staff_id AS staffId, s.name AS staffName, sum(r.reversed_at IS NULL) AS redeemed,
         sum(r.reversed_at IS NULL AND r.receipt_no IS NULL AND r.sale_id IS NULL) AS noReceipt, sum(r.reversed_at IS NOT NULL) AS takenBack,
         max(r.at) AS lastAt
       FROM redemption r LEFT JOIN staff s ON s.id = r.staff_id WHERE r.at >= ? AND r.staff_id IS NOT NULL AND ${AT_COUNTER} GROUP BY r.staff_id`,
      since,
    ),
    undoneAgain: all<CountedCode>(
      `SELECT r.code, r.offer_id AS offerId, count(*) AS n, max(r.reversed_at) AS at FROM redemption r
       WHERE r.at >= ? AND r.reversed_at IS NOT NULL GROUP BY r.code HAVING count(*) > 1 LIMIT 50`,
      since,
    ),
    shared: all(
      `SELECT o.id AS offerId, count(*) AS uses, max(r.at) AS at,
         (SELECT count(*) FROM outbox b WHERE b.cause_kind = 'campaign' AND b.left_at IS NOT NULL AND b.cause_id IN (
            SELECT CAST(k.id AS TEXT) FROM campaign k WHERE k.offer_id = o.id
            UNION SELECT CAST(p.campaign_id AS TEXT) FROM campaign_part p WHERE p.offer_id = o.id)) AS texts
       FROM offer o JOIN redemption r ON r.offer_id = o.id
       WHERE o.code_mode = 'shared' AND r.reversed_at IS NULL AND ${AT_COUNTER} GROUP BY o.id HAVING max(r.at) >= ? AND count(*) >= 20`,
      since,
    ),
    // by the person, for which there is an index
    neverSent: all<Counted>(
      `SELECT r.offer_id AS offerId, count(*) AS n, max(r.at) AS at FROM redemption r JOIN outbox b ON b.customer_id = r.customer_id
         AND b.code = r.code AND b.left_at IS NULL AND b.state IN ('waiting', 'skipped', 'cancelled', 'rejected')
       WHERE r.at >= ? AND r.reversed_at IS NULL AND r.campaign_id IS NOT NULL GROUP BY r.offer_id`,
      since,
    ),
    tooLittle: bySale("o.min_spend > 0 AND s.gross < o.min_spend AND r.honoured IS NOT 'min-spend'"),
    otherThings: bySale(
      `(o.items <> '[]' OR o.categories <> '[]') AND EXISTS (SELECT 1 FROM sale_line l WHERE l.sale_id = s.id)
       AND NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.sale_id = s.id AND (
         l.name COLLATE NOCASE IN (SELECT value FROM json_each(o.items)) OR l.category COLLATE NOCASE IN (SELECT value FROM json_each(o.categories))))`,
    ),
  };
}
