import type { CampaignId, Cents, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { Need } from '@domain/reports/week';
import type { Db } from '../open';
import { automationsWaiting } from './automations';
import { countOpenTasks } from './counter-tasks';
import { PATH_WAITS } from './ladders';

/** First (included) and last (excluded) instant, and the shop days they stand for. */
export interface Span {
  from: UtcMs;
  to: UtcMs;
  firstDay: ShopDay;
  lastDay: ShopDay;
}

const one = <T>(db: Db, sql: string, args: object = {}): T => db.prepare(sql).get(args) as T;

const LEFT = "state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";

/** Texts that left in a span, and what became of them. */
export const textFigures = (db: Db, s: Span, perSegment: Micros): { sent: number; delivered: number; failed: number; cost: number } =>
  one(
    db,
    `SELECT count(*) AS sent, coalesce(sum(state = 'delivered'), 0) AS delivered, coalesce(sum(state = 'undelivered'), 0) AS failed,
       coalesce(sum(coalesce(price, quoted_price, segments * @perSegment)), 0) AS cost
     FROM outbox WHERE left_at >= @from AND left_at < @to AND ${LEFT}`,
    { ...s, perSegment },
  );

/** Replies that say something (no stops, no reactions), people met first, codes redeemed. */
export const counterFigures = (db: Db, s: Span): { replies: number; newPeople: number; redeemed: number } =>
  one(
    db,
    `SELECT (SELECT count(*) FROM inbound WHERE received_at >= @from AND received_at < @to AND meaning NOT IN ('opt-out', 'reaction')) AS replies,
       (SELECT count(*) FROM customer WHERE weak = 0 AND created_at >= @from AND created_at < @to) AS newPeople,
       (SELECT count(*) FROM redemption WHERE reversed_at IS NULL AND at >= @from AND at < @to) AS redeemed`,
    s,
  );

/** How much of a span's takings stands after a text; cents. */
export const creditFigures = (db: Db, s: Span): { direct: Cents; influenced: Cents } =>
  one(
    db,
    `SELECT coalesce(sum(CASE WHEN c.kind = 'direct' THEN c.net END), 0) AS direct, coalesce(sum(CASE WHEN c.kind = 'influenced' THEN c.net END), 0) AS influenced
     FROM sale s JOIN sale_credit c ON c.sale_id = s.id WHERE s.shop_day >= @firstDay AND s.shop_day <= @lastDay`,
    s,
  );

/** Texts of the last days for the sender's health; stops are replies read as opt-outs. */
export const healthFigures = (db: Db, since: UtcMs): { sent: number; final: number; delivered: number; filtered: number; stops: number } =>
  one(
    db,
    `SELECT count(*) AS sent, coalesce(sum(state IN ('delivered', 'undelivered', 'failed')), 0) AS final, coalesce(sum(state = 'delivered'), 0) AS delivered,
       coalesce(sum(error_code = 30007), 0) AS filtered,
       (SELECT count(*) FROM inbound WHERE meaning = 'opt-out' AND received_at >= @since) AS stops
     FROM outbox WHERE left_at >= @since`,
    { since },
  );

/** People known, with a number, and on the list. */
export const listFigures = (db: Db): { known: number; withNumber: number; onList: number } =>
  one(
    db,
    `SELECT count(*) AS known, count(phone) AS withNumber,
       (SELECT count(*) FROM consent_state WHERE channel = 'sms' AND purpose = 'marketing' AND state = 'in') AS onList
     FROM customer WHERE weak = 0`,
  );

/** What the owner has to look at, as far as tables tell. Wrong numbers: marked since `since`. */
export function openNeeds(db: Db, since: UtcMs, accountErrors: readonly number[]): Need[] {
  const counted = one<Record<'holds' | 'replies' | 'uncertain' | 'refused' | 'wrong', number>>(
    db,
    `SELECT (SELECT count(*) FROM inbound WHERE meaning = 'hold' AND resolution IS NULL) AS holds,
       (SELECT count(*) FROM inbound WHERE read_at IS NULL AND meaning IN ('message', 'no', 'yes')) AS replies,
       (SELECT count(*) FROM outbox WHERE state = 'uncertain' AND reconcile_at IS NULL AND reason IS NOT 'given-up') AS uncertain,
       (SELECT count(*) FROM outbox WHERE state = 'rejected' AND updated_at >= @since AND error_code IN (SELECT value FROM json_each(@accountErrors))) AS refused,
       (SELECT count(*) FROM phone_fact f WHERE f.problem_at >= @since AND EXISTS (SELECT 1 FROM customer c WHERE c.phone = f.phone AND c.weak = 0)) AS wrong`,
    { since, accountErrors: JSON.stringify(accountErrors) },
  );
  // a step is told with its path, a month with its automation; after a restore it is asked about like any campaign
  const paused = db
    .prepare(
      "SELECT id FROM campaign WHERE state = 'paused' AND ((parent_id IS NULL AND automation_id IS NULL) OR pause_reason = 'restored') ORDER BY id DESC",
    )
    .pluck()
    .all() as CampaignId[];
  const paths = db.prepare(`SELECT k.id FROM campaign k WHERE ${PATH_WAITS} ORDER BY k.id DESC`).pluck().all() as CampaignId[];
  const backup = db.prepare('SELECT ok FROM backup_log ORDER BY id DESC LIMIT 1').pluck().get() as number | undefined;
  const unread = db.prepare("SELECT count(*) FROM poll_state WHERE name = 'inbound' AND last_error IS NOT NULL").pluck().get() as number;
  const need = (code: Need['code'], count: number, campaignId: CampaignId | null = null): Need => ({ code, count, campaignId, day: null });
  return [
    need('holds', counted.holds),
    need('replies', counted.replies),
    need('tasks', countOpenTasks(db)),
    need('uncertain', counted.uncertain),
    need('refused', counted.refused),
    need('wrong-numbers', counted.wrong),
    need('paused', paused.length, paused[0] ?? null),
    need('follow-ups', paths.length, paths[0] ?? null),
    need('automations', automationsWaiting(db)),
    need('replies-unread', unread),
    need('backup-failed', backup === 0 ? 1 : 0),
  ];
}
