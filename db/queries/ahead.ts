import type { CampaignChannels } from '@domain/campaigns/channels';
import type { Quote } from '@domain/campaigns/quote';
import type { AutomationId, CampaignId, CustomerId, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** What will leave, source by source; each is one question, whatever the number of people. */

/** A text or mail that is written and has not left: of a campaign that is being sent, or an answer of the shop's. */
export interface QueuedAhead {
  customerId: CustomerId | null;
  /** Null: no campaign. */
  campaignId: CampaignId | null;
  /** Pick-up, confirmations and answers are no marketing. */
  marketing: boolean;
  email: boolean;
  at: UtcMs;
  price: Micros;
}

export function queuedAhead(db: Db, until: UtcMs): QueuedAhead[] {
  const rows = db
    .prepare(
      `SELECT customer_id AS customerId, CASE WHEN cause_kind = 'campaign' THEN CAST(cause_id AS INTEGER) END AS campaignId,
         message_class = 'marketing' AS marketing, 0 AS email, coalesce(send_at, max(not_before, coalesce(retry_at, 0))) AS at,
         coalesce(quoted_price, 0) AS price
       FROM outbox WHERE state = 'waiting' AND coalesce(send_at, not_before) < @until
       UNION ALL
       SELECT customer_id, CASE WHEN cause_kind = 'campaign' THEN CAST(cause_id AS INTEGER) END, message_class = 'marketing', 0, send_at,
         coalesce(quoted_price, 0)
       FROM outbox WHERE state = 'scheduled' AND send_at < @until
       UNION ALL
       SELECT customer_id, CAST(cause_id AS INTEGER), message_class = 'marketing', 1, max(not_before, coalesce(retry_at, 0)), 0
       FROM mail WHERE state = 'waiting' AND cause_kind = 'campaign' AND max(not_before, coalesce(retry_at, 0)) < @until
       UNION ALL
       SELECT customer_id, NULL, message_class = 'marketing', 1, max(not_before, coalesce(retry_at, 0)), 0
       FROM mail WHERE state = 'waiting' AND cause_kind <> 'campaign' AND max(not_before, coalesce(retry_at, 0)) < @until`,
    )
    .all({ until }) as (Omit<QueuedAhead, 'marketing' | 'email'> & { marketing: number; email: number })[];
  return rows.map((r) => ({ ...r, marketing: r.marketing === 1, email: r.email === 1 }));
}

/** Names of campaigns, and what they are made by. */
export interface NamedCampaign {
  id: CampaignId;
  name: string;
  state: string;
  automationId: AutomationId | null;
  automationName: string | null;
  rootId: CampaignId | null;
  dailyShare: number | null;
  /** The carrier keeps its texts until their time. */
  viaCarrier: boolean;
}

export const campaignsNamed = (db: Db, ids: readonly CampaignId[]): NamedCampaign[] =>
  (
    db
      .prepare(
        `SELECT c.id, c.name, c.state, c.automation_id AS automationId, a.name AS automationName, c.parent_id AS rootId,
           c.daily_share AS dailyShare, c.via_carrier AS viaCarrier
         FROM json_each(?) j JOIN campaign c ON c.id = j.value LEFT JOIN automation a ON a.id = c.automation_id`,
      )
      .all(JSON.stringify(ids)) as (Omit<NamedCampaign, 'viaCarrier'> & { viaCarrier: number })[]
  ).map((r) => ({ ...r, viaCarrier: r.viaCarrier === 1 }));

/** A campaign with its time, as it was reviewed. */
export interface PlannedAhead {
  id: CampaignId;
  name: string;
  at: UtcMs;
  /** Why it waits for the owner; null = it leaves by itself. */
  asks: string | null;
  spreadDays: number;
  channels: CampaignChannels;
  quote: Quote | null;
}

export function plannedAhead(db: Db, until: UtcMs): PlannedAhead[] {
  const rows = db
    .prepare(
      `SELECT id, name, scheduled_at AS at, pause_reason AS asks, spread_days AS spreadDays, channels, quote FROM campaign
       WHERE state = 'scheduled' AND scheduled_at < ? AND parent_id IS NULL AND automation_id IS NULL ORDER BY scheduled_at, id`,
    )
    .all(until) as (Omit<PlannedAhead, 'quote'> & { quote: string | null })[];
  return rows.map((r) => ({ ...r, quote: r.quote === null ? null : (JSON.parse(r.quote) as Quote) }));
}

/** Whose moment comes, of automations that run, and when it is over. Who waits for a limit to free is due when it does. */
export const duesAhead = (db: Db, until: UtcMs): { automationId: AutomationId; customerId: CustomerId; at: UtcMs; until: UtcMs }[] =>
  db
    .prepare(
      `SELECT d.automation_id AS automationId, d.customer_id AS customerId, max(d.due_at, coalesce(e.again_at, 0)) AS at,
         d.until_at AS until
       FROM automation a CROSS JOIN automation_due d ON d.automation_id = a.id AND d.due_at < @until
       LEFT JOIN automation_event e ON e.automation_id = d.automation_id AND e.customer_id = d.customer_id AND e.cause = d.cause
       WHERE a.state = 'on' AND (e.outcome IS NULL OR e.outcome = 'waiting') ORDER BY 1, 3, 2`,
    )
    .all({ until }) as { automationId: AutomationId; customerId: CustomerId; at: UtcMs; until: UtcMs }[];

/** Which of these people a campaign by text and e-mail would reach by e-mail, as things stand: by what they permitted. */
export const readersAmong = (db: Db, ids: readonly number[], mailFirst: boolean): number[] =>
  db
    .prepare(
      `SELECT c.id FROM json_each(@ids) j JOIN customer c ON c.id = j.value JOIN address_book a ON a.address = c.email
         JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'email' AND s.purpose = 'marketing' AND s.state = 'in'
       WHERE NOT EXISTS (SELECT 1 FROM mail_problem q WHERE q.address = c.email)
         AND (@first OR NOT EXISTS (SELECT 1 FROM customer_permission p WHERE p.purpose = 'marketing' AND p.state = 'in' AND p.customer_id = c.id))`,
    )
    .pluck()
    .all({ ids: JSON.stringify(ids), first: mailFirst ? 1 : 0 }) as number[];

/** A follow-up for who did nothing: the only branch that can be foreseen. */
export interface SilentStep {
  id: CampaignId;
  name: string;
  rootId: CampaignId;
  parentId: CampaignId;
  afterDays: number;
  atMinute: number;
  endsOn: ShopDay | null;
}

/** Of paths that run, or begin with a campaign that has its time. */
export const silentSteps = (db: Db): SilentStep[] =>
  db
    .prepare(
      `SELECT s.campaign_id AS id, c.name, s.root_id AS rootId, s.parent_id AS parentId, s.after_days AS afterDays, s.at_minute AS atMinute, l.ends_on AS endsOn
       FROM ladder l JOIN campaign r ON r.id = l.root_id JOIN ladder_step s ON s.root_id = l.root_id AND s.reaction = 'nothing'
       JOIN campaign c ON c.id = s.campaign_id
       WHERE l.held IS NULL AND ((l.state = 'running' AND r.state IN ('sending', 'finished')) OR (l.state = 'draft' AND r.state = 'scheduled'))
       ORDER BY s.root_id, s.campaign_id`,
    )
    .all() as SilentStep[];

/** Who stands before one of these steps and has not come since their text left; those who did anything else are few and stay in. */
export const standingBefore = (db: Db, steps: readonly CampaignId[]): { stepId: CampaignId; customerId: CustomerId; leftAt: UtcMs }[] =>
  db
    .prepare(
      `SELECT s.campaign_id AS stepId, p.customer_id AS customerId, o.left_at AS leftAt
       FROM json_each(?) j JOIN ladder_step s ON s.campaign_id = j.value
       JOIN campaign_person p ON p.campaign_id = s.parent_id AND p.arm = 'text'
       JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(s.parent_id AS TEXT) AND o.channel = 'sms' AND o.address = p.phone
       JOIN customer c ON c.id = p.customer_id
       WHERE o.left_at IS NOT NULL AND o.state IN ('accepted', 'queued', 'sent', 'delivered') AND (c.last_visit_at IS NULL OR c.last_visit_at < o.left_at)
         AND NOT EXISTS (SELECT 1 FROM ladder_move m WHERE m.from_id = s.parent_id AND m.customer_id = p.customer_id)`,
    )
    .all(JSON.stringify(steps)) as { stepId: CampaignId; customerId: CustomerId; leftAt: UtcMs }[];

/** Marketing that left to people since an instant, by text, e-mail or a list for another channel. */
export const leftSince = (db: Db, since: UtcMs): { customerId: CustomerId; at: UtcMs }[] =>
  db
    .prepare(
      `SELECT customer_id AS customerId, left_at AS at FROM outbox INDEXED BY outbox_left
       WHERE left_at IS NOT NULL AND left_at >= @since AND message_class = 'marketing' AND state NOT IN ('failed', 'rejected') AND customer_id IS NOT NULL
       UNION ALL SELECT customer_id, left_at FROM mail
       WHERE left_at IS NOT NULL AND left_at >= @since AND message_class = 'marketing' AND state IN ('sent', 'bounced', 'uncertain') AND customer_id IS NOT NULL
       UNION ALL SELECT customer_id, at FROM contact WHERE at >= @since AND customer_id > 0`,
    )
    .all({ since }) as { customerId: CustomerId; at: UtcMs }[];

/** People who share a number with somebody: who stands for all of them. */
export function headsOfNumbers(db: Db): Map<CustomerId, CustomerId> {
  const rows = db
    .prepare(
      `SELECT c.id, f.head FROM (SELECT phone, min(id) AS head FROM customer WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 1) f
       JOIN customer c ON c.phone = f.phone`,
    )
    .all() as { id: CustomerId; head: CustomerId }[];
  return new Map(rows.map((r) => [r.id, r.head]));
}

/** Texts a month promised to some people; who is missing was promised what the shop promises everybody. */
export function promisesOf(db: Db, ids: readonly number[]): Map<number, number> {
  const rows = db
    .prepare(
      `SELECT c.id, s.promise_max AS most FROM json_each(?) j JOIN customer c ON c.id = j.value JOIN address_book a ON a.address = c.phone
       JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'sms' AND s.purpose = 'marketing' WHERE s.promise_max IS NOT NULL`,
    )
    .all(JSON.stringify(ids)) as { id: number; most: number }[];
  return new Map(rows.map((r) => [r.id, r.most]));
}

/** Micros a text of these automations cost lately, on average; who is missing has not spoken yet. */
export const spokenPrices = (db: Db): Map<AutomationId, number> =>
  new Map(
    (
      db
        .prepare(
          `SELECT c.automation_id AS id, avg(o.quoted_price) AS each FROM automation_edition e JOIN campaign c ON c.id = e.campaign_id
           JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT) AND o.channel = 'sms'
           WHERE e.campaign_id IN (SELECT max(campaign_id) FROM automation_edition GROUP BY automation_id) AND o.quoted_price IS NOT NULL GROUP BY 1`,
        )
        .all() as { id: AutomationId; each: number }[]
    ).map((r) => [r.id, r.each]),
  );
