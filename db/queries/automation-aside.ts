import type { AutomationId, Cents, CustomerId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** What campaigns must know of what runs by itself. */

/** Whether anything runs at all, so that nobody is asked about nothing. */
export const anythingRuns = (db: Db): boolean =>
  db.prepare("SELECT EXISTS (SELECT 1 FROM automation WHERE state = 'on')").pluck().get() === 1;

/** Those of these people whose day comes until an instant, by any automation that runs. */
export const whoseDayComes = (db: Db, ids: readonly CustomerId[], until: UtcMs, service: readonly string[]): CustomerId[] =>
  db
    .prepare(
      `SELECT DISTINCT d.customer_id FROM json_each(@ids) j CROSS JOIN automation_due d ON d.customer_id = j.value
         JOIN automation a ON a.id = d.automation_id AND a.state = 'on' AND a.kind NOT IN (SELECT value FROM json_each(@service))
       WHERE d.due_at < @until`,
    )
    .pluck()
    .all({ ids: JSON.stringify(ids), until, service: JSON.stringify(service) }) as CustomerId[];

/**
 * Those of these people who were thanked for coming more often since an instant: news and first pick, no money off. Each is looked up by
 * themselves (`+`): by time alone, everybody thanked since would be read once per person.
 */
export const thankedSince = (db: Db, ids: readonly CustomerId[], since: UtcMs): CustomerId[] =>
  db
    .prepare(
      `SELECT DISTINCT e.customer_id FROM automation a CROSS JOIN json_each(@ids) j
         CROSS JOIN automation_event e ON e.automation_id = a.id AND e.customer_id = j.value AND +e.at >= @since
       WHERE a.kind = 'thank-you' AND e.outcome IN ('text', 'control')`,
    )
    .pluck()
    .all({ ids: JSON.stringify(ids), since }) as CustomerId[];

/** Which kind an automation is; undefined = there is none of that number. */
export const kindOfAutomation = (db: Db, id: AutomationId): string | undefined =>
  db.prepare('SELECT kind FROM automation WHERE id = ?').pluck().get(id) as string | undefined;

/**
 * How often somebody was left out of money off because they come more often anyway, and what that would have cost: each time what one
 * person of that campaign took off on average, those who did not use their code included. Minor units.
 */
export function keptByThanks(db: Db): { times: number; discount: Cents } {
  const rows = db
    .prepare(
      `SELECT x.times, (SELECT count(*) FROM campaign_person p WHERE p.campaign_id = x.id AND p.arm = 'text') AS texted,
         (SELECT coalesce(sum(r.discount), 0) FROM redemption r WHERE r.campaign_id = x.id AND r.reversed_at IS NULL) AS discount
       FROM (SELECT campaign_id AS id, count(*) AS times FROM campaign_person WHERE reason = 'no-discount-now' GROUP BY 1) x`,
    )
    .all() as { times: number; texted: number; discount: number }[];
  const discount = rows.reduce((n, r) => n + (r.texted === 0 ? 0 : (r.times * r.discount) / r.texted), 0);
  return { times: rows.reduce((n, r) => n + r.times, 0), discount: Math.round(discount) as Cents };
}

/** Somebody's other day, by an automation that speaks before this one. */
export interface EarlierDay {
  customerId: CustomerId;
  dueAt: UtcMs;
  until: UtcMs;
}

/**
 * Days between two instants that automations going before one (by priority, then by number) have for these people, the soonest first.
 * Service texts count in no cap and are left out.
 */
export const daysOfEarlier = (
  db: Db,
  ids: readonly CustomerId[],
  own: { id: AutomationId; priority: number },
  o: { from: UtcMs; to: UtcMs; service: readonly string[] },
): EarlierDay[] =>
  db
    .prepare(
      `SELECT d.customer_id AS customerId, d.due_at AS dueAt, d.until_at AS until
       FROM json_each(@ids) j CROSS JOIN automation_due d ON d.customer_id = j.value
         JOIN automation a ON a.id = d.automation_id AND a.state = 'on' AND (a.priority, a.id) < (@priority, @id)
           AND a.kind NOT IN (SELECT value FROM json_each(@service))
       WHERE d.due_at BETWEEN @from AND @to AND d.until_at > @from ORDER BY d.due_at`,
    )
    .all({ ids: JSON.stringify(ids), ...own, from: o.from, to: o.to, service: JSON.stringify(o.service) }) as EarlierDay[];
