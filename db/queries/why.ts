import type { CampaignState } from '@domain/campaigns/state';
import type { CampaignId, CustomerId, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import type { ShopFacts } from '@domain/segments/evaluate';
import type { Rule } from '@domain/segments/rule';
import type { Db } from '../open';
import type { CampaignPersonTable, OutboxTable } from '../schema/campaigns';
import { historyState } from './segment-history-sql';
import { compileRule } from './segment-sql';

/** Whether a rule holds for one person, by the very SQL that makes the lists. "Is in group X" must have been put in place. */
export function holdsFor(db: Db, rule: Rule, shop: ShopFacts, id: CustomerId): boolean {
  const { where, params } = compileRule(rule, shop, historyState(db));
  return (
    db.raw
      .prepare(`SELECT EXISTS (SELECT 1 FROM customer c WHERE c.id = ? AND ${where})`)
      .pluck()
      .get(id, ...params) === 1
  );
}

export interface PlaceInCampaign {
  arm: CampaignPersonTable['arm'];
  /** Why they were left out, or why their text was. */
  reason: string | null;
  /** The number it went to, or would have. */
  phone: PhoneE164 | null;
  part: number;
  words: string;
  drawnAt: UtcMs;
  outboxId: OutboxId | null;
  state: OutboxTable['state'] | null;
  body: string | null;
  code: string | null;
  errorCode: number | null;
  leftAt: UtcMs | null;
  finalAt: UtcMs | null;
  retryAt: UtcMs | null;
  repliedAt: UtcMs | null;
  redeemedAt: UtcMs | null;
}

/** What was written down of somebody when a campaign started or took them in; undefined = nothing. */
export function placeIn(db: Db, campaignId: CampaignId, id: CustomerId): PlaceInCampaign | undefined {
  return db
    .prepare(
      `SELECT p.arm, coalesce(p.reason, o.reason, ml.reason) AS reason, p.phone, p.part, p.words, p.drawn_at AS drawnAt, o.id AS outboxId,
         coalesce(o.state, CASE ml.state WHEN 'bounced' THEN 'undelivered' ELSE ml.state END) AS state, coalesce(o.body, ml.body) AS body,
         coalesce(o.code, ml.code) AS code, o.error_code AS errorCode, coalesce(o.left_at, ml.left_at) AS leftAt,
         coalesce(o.final_at, ml.final_at) AS finalAt, coalesce(o.retry_at, ml.retry_at) AS retryAt,
         (SELECT min(i.received_at) FROM inbound i WHERE i.campaign_id = p.campaign_id AND i.customer_id = p.customer_id) AS repliedAt,
         (SELECT min(r.at) FROM redemption r WHERE r.campaign_id = p.campaign_id AND r.customer_id = p.customer_id AND r.reversed_at IS NULL)
           AS redeemedAt
       FROM campaign_person p LEFT JOIN outbox o ON p.arm = 'text' AND o.cause_kind = 'campaign' AND o.cause_id = @cause
         AND o.channel = 'sms' AND o.address = p.phone AND p.channel = 'sms'
       LEFT JOIN mail ml ON p.channel = 'email' AND p.arm = 'text' AND ml.customer_id = p.customer_id AND ml.cause_kind = 'campaign'
         AND ml.cause_id = @cause
       WHERE p.campaign_id = @campaignId AND p.customer_id = @id`,
    )
    .get({ campaignId, cause: String(campaignId), id }) as PlaceInCampaign | undefined;
}

/** Who else of a number is in a campaign, and whether the text went to them. */
export const othersOfNumber = (
  db: Db,
  campaignId: CampaignId,
  phone: PhoneE164,
  id: CustomerId,
): { customerId: CustomerId; firstName: string; lastName: string; company: string; arm: CampaignPersonTable['arm'] }[] =>
  db
    .prepare(
      `SELECT p.customer_id AS customerId, c.first_name AS firstName, c.last_name AS lastName, c.company, p.arm
       FROM campaign_person p JOIN customer c ON c.id = p.customer_id
       WHERE p.campaign_id = ? AND p.phone = ? AND p.customer_id <> ? ORDER BY p.arm = 'text' DESC, p.customer_id LIMIT 10`,
    )
    .all(campaignId, phone, id) as never;

/** Merges that made this record out of two, newest first. */
export const mergesInto = (db: Db, id: CustomerId): { at: UtcMs; firstName: string; lastName: string; company: string }[] =>
  db
    .prepare(
      `SELECT at, coalesce(json_extract(image, '$.gone.first_name'), '') AS firstName, coalesce(json_extract(image, '$.gone.last_name'), '') AS lastName,
         coalesce(json_extract(image, '$.gone.company'), '') AS company
       FROM customer_merge WHERE kept_id = ? AND undone_at IS NULL ORDER BY at DESC LIMIT 5`,
    )
    .all(id) as never;

export interface StepTaken {
  reaction: string | null;
  outcome: 'text' | 'control' | 'blocked' | 'left-out' | 'end';
  reason: string | null;
  toId: CampaignId | null;
  toName: string | null;
  at: UtcMs;
}

/** How somebody left a step of a path, if they did. */
export const stepTaken = (db: Db, fromId: CampaignId, id: CustomerId): StepTaken | undefined =>
  db
    .prepare(
      `SELECT m.reaction, m.outcome, m.reason, m.to_id AS toId, c.name AS toName, m.at FROM ladder_move m LEFT JOIN campaign c ON c.id = m.to_id
       WHERE m.from_id = ? AND m.customer_id = ?`,
    )
    .get(fromId, id) as StepTaken | undefined;

export interface CampaignOfPerson {
  id: CampaignId;
  name: string;
  state: CampaignState;
  startedAt: UtcMs | null;
  parentId: CampaignId | null;
  arm: CampaignPersonTable['arm'] | null;
  textState: OutboxTable['state'] | null;
}

/** Campaigns beside one person, newest first: those they were in and those they were not. */
export function campaignsBeside(db: Db, id: CustomerId, o: { find: string; limit: number }): CampaignOfPerson[] {
  return db
    .prepare(
      `SELECT k.id, k.name, k.state, k.started_at AS startedAt, k.parent_id AS parentId, p.arm,
         coalesce(o.state, CASE ml.state WHEN 'bounced' THEN 'undelivered' ELSE ml.state END) AS textState
       FROM campaign k LEFT JOIN campaign_person p ON p.campaign_id = k.id AND p.customer_id = @id
         LEFT JOIN outbox o ON p.arm = 'text' AND o.cause_kind = 'campaign' AND o.cause_id = CAST(k.id AS TEXT) AND o.channel = 'sms'
           AND o.address = p.phone AND p.channel = 'sms'
         LEFT JOIN mail ml ON p.channel = 'email' AND p.arm = 'text' AND ml.customer_id = p.customer_id AND ml.cause_kind = 'campaign'
           AND ml.cause_id = CAST(k.id AS TEXT)
       WHERE instr(lower(k.name), lower(@find)) > 0 AND (k.automation_id IS NULL OR p.arm IS NOT NULL) ORDER BY coalesce(k.started_at, k.updated_at) DESC, k.id DESC LIMIT @limit`,
    )
    .all({ id, find: o.find, limit: o.limit }) as CampaignOfPerson[];
}
