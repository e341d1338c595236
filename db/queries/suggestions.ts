import type { CampaignId, CustomerId, SegmentId, UtcMs } from '@domain/kernel';
import type { PutOff, Thing } from '@domain/reports/suggest';
import type { Rule } from '@domain/segments/rule';
import type { Db, Trx } from '../open';

/** What the owner put off, by key. */
export function putOffs(db: Db): Map<string, PutOff> {
  const rows = db.prepare('SELECT key, people, like_id AS likeId, until_at AS untilAt FROM suggestion_put_off').all() as (PutOff & {
    key: string;
  })[];
  return new Map(rows.map(({ key, ...p }) => [key, p]));
}

/** Not now: with what was known of it then, so that a change brings it back. */
export const putOff = (trx: Trx, p: PutOff & { key: string; at: UtcMs }): void =>
  void trx
    .prepare(
      'INSERT OR REPLACE INTO suggestion_put_off (key, people, like_id, at, until_at) VALUES (@key, @people, @likeId, @at, @untilAt)',
    )
    .run(p);

/** False when it was not put off. */
export const bringBack = (trx: Trx, key: string): boolean =>
  trx.prepare('DELETE FROM suggestion_put_off WHERE key = ?').run(key).changes > 0;

/** This draft began as a suggestion of so many people. */
export const noteTaken = (trx: Trx, t: { campaignId: CampaignId; key: string; people: number; at: UtcMs }): void =>
  void trx.prepare('INSERT INTO suggestion_taken (campaign_id, key, people, at) VALUES (@campaignId, @key, @people, @at)').run(t);

/** A draft of this suggestion that was not sent yet. */
export const openDraftOf = (db: Db, key: string): CampaignId | null =>
  (db
    .prepare(
      `SELECT t.campaign_id FROM suggestion_taken t JOIN campaign c ON c.id = t.campaign_id
       WHERE t.key = ? AND c.state = 'draft' ORDER BY t.campaign_id DESC LIMIT 1`,
    )
    .pluck()
    .get(key) as CampaignId | undefined) ?? null;

/** Campaigns that began as a suggestion and were started, newest first, with the suggestion they were. */
export const takenStarted = (db: Db): { campaignId: CampaignId; key: string; startedAt: UtcMs }[] =>
  db
    .prepare(
      `SELECT t.campaign_id AS campaignId, t.key, c.started_at AS startedAt FROM suggestion_taken t JOIN campaign c ON c.id = t.campaign_id
       WHERE c.started_at IS NOT NULL ORDER BY c.started_at DESC, c.id DESC`,
    )
    .all() as { campaignId: CampaignId; key: string; startedAt: UtcMs }[];

/** When a campaign to this group last began, by group: any of its parts. */
export const lastTexted = (db: Db): Map<SegmentId, UtcMs> =>
  new Map(
    db
      .prepare(
        `SELECT segment_id, max(started_at) FROM (
           SELECT segment_id, started_at FROM campaign WHERE started_at IS NOT NULL AND segment_id IS NOT NULL
           UNION ALL SELECT p.segment_id, c.started_at FROM campaign_part p JOIN campaign c ON c.id = p.campaign_id
             WHERE c.started_at IS NOT NULL AND p.segment_id IS NOT NULL) GROUP BY segment_id`,
      )
      .raw()
      .all() as [SegmentId, UtcMs][],
  );

export interface SentTo {
  readonly id: CampaignId;
  readonly segmentId: SegmentId | null;
  readonly offerId: number | null;
  readonly body: string;
  /** Frozen when it was sent. */
  readonly rule: Rule | null;
}

/** Started campaigns with one group and no step before them: whom they were for and what they said, newest first. */
export const sentToOneGroup = (db: Db, limit: number): SentTo[] =>
  (
    db
      .prepare(
        `SELECT c.id, c.segment_id AS segmentId, c.offer_id AS offerId, c.body, c.rule FROM campaign c
         WHERE c.started_at IS NOT NULL AND c.state <> 'staging' AND c.parent_id IS NULL AND c.automation_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM campaign_part p WHERE p.campaign_id = c.id)
         ORDER BY c.started_at DESC, c.id DESC LIMIT ?`,
      )
      .all(limit) as (Omit<SentTo, 'rule'> & { rule: string | null })[]
  ).map((r) => ({ ...r, rule: r.rule === null ? null : (JSON.parse(r.rule) as Rule) }));

/** The things most people bought, most first; categories where the till tells any. In turns: all of their buyers are counted. */
export function* favourites(db: Db, limit: number): Generator<void, (Thing & { id: number })[]> {
  const of = db.prepare("SELECT id, what, name FROM article WHERE what = ? AND name <> '' ORDER BY name");
  const buyersOf = db.prepare('SELECT count(*) FROM bought WHERE article_id = ?').pluck();
  const categories = of.all('category') as (Thing & { id: number })[];
  const counted: { thing: Thing & { id: number }; buyers: number }[] = [];
  for (const thing of categories.length > 1 ? categories : (of.all('item') as (Thing & { id: number })[])) {
    counted.push({ thing, buyers: buyersOf.get(thing.id) as number });
    yield;
  }
  return counted
    .sort((a, b) => b.buyers - a.buyers)
    .slice(0, limit)
    .map((c) => c.thing);
}

/** Which of these things each of a page of people bought, people in id order after `after`; every `step`-th of them. */
export const boughtPage = (
  db: Db,
  things: readonly number[],
  page: { after: number; limit: number; step: number },
): { id: CustomerId; things: number[] }[] =>
  (
    db
      .prepare(
        `SELECT c.id, (SELECT json_group_array(b.article_id) FROM bought b WHERE b.customer_id = c.id
           AND b.article_id IN (SELECT value FROM json_each(@things))) AS things
         FROM customer c WHERE c.id > @after AND c.weak = 0 AND c.visits > 0 AND c.id % @step = 0 ORDER BY c.id LIMIT @limit`,
      )
      .all({ ...page, things: JSON.stringify(things) }) as { id: CustomerId; things: string }[]
  ).map((r) => ({ id: r.id, things: JSON.parse(r.things) as number[] }));
