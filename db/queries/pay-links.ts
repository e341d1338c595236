import { type CampaignId, DAY, type OutboxId, type StaffId, type UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { SOLD } from './visit-sql';

export interface PayLinkRow {
  taskId: number;
  url: string;
  /** When its text left; null = it waits, or never did. */
  leftAt: UtcMs | null;
  textState: string | null;
  /** Said by staff. */
  paidAt: UtcMs | null;
  paidBy: string | null;
  /** They bought something after the link left, as the till file tells. */
  boughtAt: UtcMs | null;
}

/** A purchase this long after the link still may be the payment. */
const LASTS = 30 * DAY;

const BOUGHT = `(SELECT min(s.occurred_at) FROM sale s WHERE s.customer_id = t.customer_id AND s.occurred_at >= o.left_at
    AND s.occurred_at < o.left_at + ${LASTS} AND ${SOLD})`;
const SELECT = `SELECT l.task_id AS taskId, l.url, o.left_at AS leftAt, o.state AS textState, l.paid_at AS paidAt, p.name AS paidBy,
    ${BOUGHT} AS boughtAt
  FROM pay_link l JOIN counter_task t ON t.id = l.task_id LEFT JOIN outbox o ON o.id = l.outbox_id LEFT JOIN staff p ON p.id = l.paid_by`;

/** Links to pay of these tasks. */
export const payLinksOf = (db: Db, taskIds: readonly number[]): PayLinkRow[] =>
  db.prepare(`${SELECT} WHERE l.task_id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(taskIds)) as PayLinkRow[];

/** One per task: the newest that was typed stands. */
export function savePayLink(trx: Trx, l: { taskId: number; url: string; outboxId: OutboxId; at: UtcMs; by: StaffId | null }): void {
  trx
    .prepare(
      `INSERT INTO pay_link (task_id, url, made_at, made_by, outbox_id, sent_at) VALUES (@taskId, @url, @at, @by, @outboxId, @at)
       ON CONFLICT (task_id) DO UPDATE SET url = @url, made_at = @at, made_by = @by, outbox_id = @outboxId, sent_at = @at`,
    )
    .run(l);
}

/** False when there is no link, or it stands so already. */
export const setPaid = (trx: Trx, l: { taskId: number; at: UtcMs | null; by: StaffId | null }): boolean =>
  trx.prepare('UPDATE pay_link SET paid_at = @at, paid_by = @by WHERE task_id = @taskId AND (paid_at IS NULL) <> (@at IS NULL)').run(l)
    .changes === 1;

/** Ids of people a campaign's text led to a link to pay, for a campaign `@id`; `paid`: those of them who paid or bought since. */
export const payLinkPeople = (paid: boolean): string =>
  `SELECT t.customer_id FROM counter_task t JOIN pay_link l ON l.task_id = t.id JOIN outbox o ON o.id = l.outbox_id
   WHERE t.campaign_id = @id AND t.customer_id IS NOT NULL AND o.left_at IS NOT NULL${paid ? ` AND (l.paid_at IS NOT NULL OR ${BOUGHT} IS NOT NULL)` : ''}`;

/** People who asked for something after a campaign's text and got a link to pay for it, and those who paid or bought since. */
export const campaignPayLinks = (db: Db, id: CampaignId): { sent: number; paid: number } =>
  db
    .prepare(
      `SELECT count(DISTINCT who) AS sent, count(DISTINCT CASE WHEN paid THEN who END) AS paid FROM (
         SELECT coalesce(t.customer_id, -t.id) AS who, l.paid_at IS NOT NULL OR ${BOUGHT} IS NOT NULL AS paid
         FROM counter_task t JOIN pay_link l ON l.task_id = t.id JOIN outbox o ON o.id = l.outbox_id
         WHERE t.campaign_id = ? AND o.left_at IS NOT NULL)`,
    )
    .get(id) as { sent: number; paid: number };
