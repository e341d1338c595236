import type { Cents, Micros, OfferId } from '@domain/kernel';
import type { Db } from '../open';

/** What became of the campaign texts that told of one offer: sums of people per campaign, minor units, millionths. */
export interface OfferSums {
  /** Null: texts without an offer. */
  offerId: OfferId | null;
  name: string | null;
  campaigns: number;
  /** The newest of them. */
  latest: string;
  texted: number;
  delivered: number;
  came: number;
  redeemed: number;
  stopped: number;
  direct: Cents;
  influenced: Cents;
  cost: Micros;
}

/** The offer each row of sums was told of: a campaign's own for its first part, else that of its part. */
const TOLD = `CASE WHEN t.part <= 1 THEN c.offer_id ELSE (SELECT p.offer_id FROM campaign_part p WHERE p.campaign_id = t.campaign_id AND p.position = t.part) END`;

/** Texted people of every started campaign, by offer; the one most were reached with comes first. */
export const offerSums = (db: Db): OfferSums[] =>
  db
    .prepare(
      `SELECT s.offerId, o.name, s.campaigns, s.latest, s.texted, s.delivered, s.came, s.redeemed, s.stopped, s.direct, s.influenced, s.cost FROM (
         SELECT ${TOLD} AS offerId, count(DISTINCT t.campaign_id) AS campaigns, c.name AS latest, max(c.started_at), sum(t.reached) AS texted, sum(t.delivered) AS delivered, sum(t.came) AS came,
           sum(t.redeemed) AS redeemed, sum(t.stopped) AS stopped, sum(t.direct) AS direct, sum(t.influenced) AS influenced, sum(t.cost) AS cost
         FROM outcome_total t JOIN campaign c ON c.id = t.campaign_id
         WHERE t.arm = 'text' AND t.people > 0 AND c.started_at IS NOT NULL AND c.window_ends_at IS NOT NULL AND c.state <> 'staging' GROUP BY 1
       ) s LEFT JOIN offer o ON o.id = s.offerId WHERE s.texted > 0 ORDER BY s.delivered DESC, s.offerId LIMIT 100`,
    )
    .all() as OfferSums[];

/** The one offer all parts of a campaign told of; undefined where they told of different ones. */
export function onlyOfferOf(db: Db): (campaignId: number) => OfferId | null | undefined {
  const rows = db
    .prepare(
      `SELECT DISTINCT t.campaign_id AS id, ${TOLD} AS offerId FROM outcome_total t JOIN campaign c ON c.id = t.campaign_id WHERE t.people > 0 AND t.arm <> 'excluded'`,
    )
    .all() as { id: number; offerId: OfferId | null }[];
  const found = new Map<number, (OfferId | null)[]>();
  for (const r of rows) found.set(r.id, [...(found.get(r.id) ?? []), r.offerId]);
  return (id) => {
    const offers = found.get(id) ?? [];
    return offers.length === 1 ? offers[0] : undefined;
  };
}
