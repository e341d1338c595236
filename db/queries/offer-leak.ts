import type { Leak } from '@domain/attribution/payback';
import type { OfferId } from '@domain/kernel';
import type { Db } from '../open';

const LEAK = `WITH told AS (
    SELECT id FROM campaign WHERE offer_id = @offer AND started_at IS NOT NULL
    UNION SELECT c.id FROM campaign_part p JOIN campaign c ON c.id = p.campaign_id WHERE p.offer_id = @offer AND c.started_at IS NOT NULL),
  used AS (SELECT coalesce(s.customer_id, r.customer_id) AS who FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id
    WHERE r.offer_id = @offer AND r.reversed_at IS NULL),
  judged AS (SELECT who,
      EXISTS (SELECT 1 FROM campaign_person p WHERE p.customer_id = used.who AND p.arm = 'text' AND p.campaign_id IN (SELECT id FROM told))
        OR EXISTS (SELECT 1 FROM offer o JOIN offer_code c ON c.offer_id = o.id WHERE o.id = @offer AND o.code_mode = 'personal' AND c.customer_id = used.who) AS sent,
      EXISTS (SELECT 1 FROM campaign_person p WHERE p.customer_id = used.who AND p.arm = 'control' AND p.campaign_id IN (SELECT id FROM told)) AS held
    FROM used)
  SELECT count(*) AS "all", coalesce(sum(who IS NULL), 0) AS byUnknown, coalesce(sum(who IS NOT NULL AND NOT sent AND held), 0) AS byHeldOut,
    coalesce(sum(who IS NOT NULL AND NOT sent AND NOT held), 0) AS byOthers, (SELECT count(*) FROM told) AS told FROM judged`;

/** Uses of an offer by whom, over all its campaigns; null where no text ever told of it. Each use counts once. */
export function offerLeak(db: Db, offerId: OfferId): Leak | null {
  const { told, ...leak } = db.prepare(LEAK).get({ offer: offerId }) as Leak & { told: number };
  return told === 0 ? null : leak;
}
