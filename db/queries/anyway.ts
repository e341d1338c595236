import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** People who came at all, in id order after `after`; every `step`-th. */
export const visitorsPage = (db: Db, page: { after: number; limit: number; step: number }): CustomerId[] =>
  db
    .prepare(
      'SELECT id FROM customer WHERE id > @after AND weak = 0 AND last_visit_at IS NOT NULL AND id % @step = 0 ORDER BY id LIMIT @limit',
    )
    .pluck()
    .all(page) as CustomerId[];

/** Days these people came on, ascending: days since 1970. */
export function visitDays(db: Db, ids: readonly CustomerId[]): Map<CustomerId, number[]> {
  const rows = db
    .prepare('SELECT customer_id, day FROM visit_day WHERE visit = 1 AND customer_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2')
    .raw()
    .all(JSON.stringify(ids)) as [CustomerId, number][];
  const days = new Map<CustomerId, number[]>();
  for (const [id, day] of rows) {
    const of = days.get(id);
    if (of) of.push(day);
    else days.set(id, [day]);
  }
  return days;
}

/** Of these people, those a campaign's text or mail left for between two instants. */
export const textedBetween = (db: Db, ids: readonly CustomerId[], from: UtcMs, to: UtcMs): Set<CustomerId> =>
  new Set(
    db
      .prepare(
        `SELECT value FROM json_each(@ids) j WHERE EXISTS (SELECT 1 FROM outbox o
           WHERE o.customer_id = j.value AND o.cause_kind = 'campaign' AND o.left_at IS NOT NULL AND o.left_at BETWEEN @from AND @to)
         OR EXISTS (SELECT 1 FROM mail m INDEXED BY mail_by_customer WHERE m.customer_id = j.value AND m.left_at BETWEEN @from AND @to
           AND +m.cause_kind = 'campaign')`,
      )
      .pluck()
      .all({ ids: JSON.stringify(ids), from, to }) as CustomerId[],
  );

/** People of one side of a campaign who can be compared, and whether they bought in its window; at most `limit`, evenly by id. */
export function comparedPeople(
  db: Db,
  id: CampaignId,
  arm: 'text' | 'control',
  limit: number,
): { customerId: CustomerId; bought: boolean }[] {
  const n = db
    .prepare('SELECT count(*) FROM campaign_outcome WHERE campaign_id = ? AND arm = ? AND comparable = 1')
    .pluck()
    .get(id, arm) as number;
  const rows = db
    .prepare(
      `SELECT customer_id AS customerId, buyers > 0 AS bought FROM campaign_outcome
       WHERE campaign_id = ? AND arm = ? AND comparable = 1 AND customer_id % ? = 0 ORDER BY customer_id LIMIT ?`,
    )
    .all(id, arm, Math.max(1, Math.ceil(n / limit)), limit) as { customerId: CustomerId; bought: number }[];
  return rows.map((r) => ({ customerId: r.customerId, bought: r.bought === 1 }));
}
