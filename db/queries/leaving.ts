import type { CampaignId, CustomerId, SegmentId, StaffId, UtcMs } from '@domain/kernel';
import { AFTER_A_TEXT_MS, type LeaveReason, type Leaver } from '@domain/reports/leaving';
import type { Db, Trx } from '../open';
import type { RemedyTable } from '../schema/counter-tasks';

// Left = a stop by somebody who had said yes; a second stop of the same person is not another one.
const LEFT_AT = `WITH e AS (SELECT id, address_hmac, kind, occurred_at,
    lag(kind) OVER (PARTITION BY address_hmac ORDER BY id) AS prev FROM consent_event
    WHERE channel = 'sms' AND kind IN ('signed-up', 'agreed', 'attested', 'restarted', 'stopped') AND purpose IN ('marketing', 'all')
      AND address_hmac IN (SELECT address_hmac FROM consent_event WHERE channel = 'sms' AND kind = 'stopped' AND occurred_at >= @since)),
  left_at AS (SELECT e.address_hmac, e.occurred_at AS at, r.reason, (
      SELECT o.id FROM address_book b JOIN outbox o ON o.address = b.address
      WHERE b.address_hmac = e.address_hmac AND o.message_class = 'marketing' AND o.left_at <= e.occurred_at AND o.left_at > e.occurred_at - @within
      ORDER BY o.left_at DESC LIMIT 1) AS textId
    FROM e LEFT JOIN stop_reason r ON r.stop_event_id = e.id WHERE e.kind = 'stopped' AND e.prev <> 'stopped' AND e.occurred_at >= @since)`;
const LEAVERS = `${LEFT_AT}
  SELECT l.at, coalesce(l.reason, 'none') AS reason, o.left_at AS textAt, c.id AS campaignId,
    CASE WHEN t.position IS NULL THEN c.segment_id ELSE t.segment_id END AS segmentId
  FROM left_at l LEFT JOIN outbox o ON o.id = l.textId
    LEFT JOIN campaign c ON o.cause_kind = 'campaign' AND c.id = CAST(o.cause_id AS INTEGER)
    LEFT JOIN campaign_person p ON p.campaign_id = c.id AND p.customer_id = o.customer_id
    LEFT JOIN campaign_part t ON t.campaign_id = c.id AND t.position = p.part ORDER BY l.at`;

/** Everybody who left since an instant, with the text before it. */
export function leaversSince(db: Db, since: UtcMs): Leaver[] {
  const rows = db.prepare(LEAVERS).all({ since, within: AFTER_A_TEXT_MS }) as {
    at: UtcMs;
    reason: LeaveReason;
    textAt: UtcMs | null;
    campaignId: CampaignId | null;
    segmentId: SegmentId | null;
  }[];
  return rows.map((r) => ({
    at: r.at,
    reason: r.reason,
    text: r.textAt === null ? null : { at: r.textAt, campaignId: r.campaignId, segmentId: r.segmentId },
  }));
}

export interface LeaverPerson {
  customerId: CustomerId;
  at: UtcMs;
  /** Of the marketing text before it, when one came within a week. */
  campaignId: CampaignId | null;
}

const PEOPLE = `${LEFT_AT}
  SELECT coalesce(o.customer_id, p.id) AS customerId, max(l.at) AS at, CASE o.cause_kind WHEN 'campaign' THEN CAST(o.cause_id AS INTEGER) END AS campaignId
  FROM left_at l LEFT JOIN outbox o ON o.id = l.textId LEFT JOIN address_book b ON b.address_hmac = l.address_hmac
    LEFT JOIN customer p ON o.id IS NULL AND p.phone = b.address
  WHERE coalesce(o.customer_id, p.id) IS NOT NULL GROUP BY 1 ORDER BY 2, 1`;

/** The people behind those stops, each once, with their latest. */
export const leaverPeople = (db: Db, since: UtcMs): LeaverPerson[] =>
  db.prepare(PEOPLE).all({ since, within: AFTER_A_TEXT_MS }) as LeaverPerson[];

const LEFT = "message_class = 'marketing' AND state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";

/** Marketing texts that left from an instant until before another. */
export const marketingTexts = (db: Db, from: UtcMs, to: UtcMs): number =>
  db.prepare(`SELECT count(*) FROM outbox WHERE left_at >= ? AND left_at < ? AND ${LEFT}`).pluck().get(from, to) as number;

/** Marketing texts since an instant, by campaign. */
export function textsByCampaign(
  db: Db,
  since: UtcMs,
): { campaignId: CampaignId; name: string; segmentId: SegmentId | null; segment: string | null; texts: number }[] {
  return db
    .prepare(
      `SELECT c.id AS campaignId, c.name, s.id AS segmentId, s.name AS segment, sum(x.texts) AS texts FROM (
         SELECT CAST(o.cause_id AS INTEGER) AS id, coalesce(p.part, 1) AS part, count(*) AS texts FROM outbox o
         LEFT JOIN campaign_person p ON p.campaign_id = CAST(o.cause_id AS INTEGER) AND p.customer_id = o.customer_id AND p.part > 1
         WHERE o.cause_kind = 'campaign' AND o.left_at >= ? AND ${LEFT} GROUP BY 1, 2) x
       JOIN campaign c ON c.id = x.id LEFT JOIN campaign_part t ON t.campaign_id = x.id AND t.position = x.part
       LEFT JOIN segment s ON s.id = CASE WHEN t.position IS NULL THEN c.segment_id ELSE t.segment_id END
       GROUP BY c.id, s.id ORDER BY c.id DESC`,
    )
    .all(since) as { campaignId: CampaignId; name: string; segmentId: SegmentId | null; segment: string | null; texts: number }[];
}

export interface RemedyRow {
  id: number;
  kind: RemedyTable['kind'];
  reason: 'too-many' | 'not-for-me';
  before: string;
  after: string;
  campaignId: CampaignId | null;
  doneAt: UtcMs;
  doneBy: string | null;
  undoneAt: UtcMs | null;
}

const REMEDY = `SELECT r.id, r.kind, r.reason, r.before_value AS before, r.after_value AS after, r.campaign_id AS campaignId, r.done_at AS doneAt,
  s.name AS doneBy, r.undone_at AS undoneAt FROM remedy r LEFT JOIN staff s ON s.id = r.done_by`;

/** What was done about it, the latest first. */
export const remedies = (db: Db, limit: number): RemedyRow[] =>
  db.prepare(`${REMEDY} ORDER BY r.id DESC LIMIT ?`).all(limit) as RemedyRow[];

export const remedyById = (db: Db, id: number): RemedyRow | null =>
  (db.prepare(`${REMEDY} WHERE r.id = ?`).get(id) as RemedyRow | undefined) ?? null;

export const insertRemedy = (
  trx: Trx,
  r: Pick<RemedyRow, 'kind' | 'reason' | 'before' | 'after' | 'campaignId' | 'doneAt'> & { staffId: StaffId | null },
): number =>
  Number(
    trx
      .prepare(
        `INSERT INTO remedy (kind, reason, before_value, after_value, campaign_id, done_at, done_by)
         VALUES (@kind, @reason, @before, @after, @campaignId, @doneAt, @staffId)`,
      )
      .run(r).lastInsertRowid,
  );

export const endRemedy = (trx: Trx, id: number, at: UtcMs): boolean =>
  trx.prepare('UPDATE remedy SET undone_at = ? WHERE id = ? AND undone_at IS NULL').run(at, id).changes === 1;
