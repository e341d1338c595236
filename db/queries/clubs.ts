import type { CampaignId, CustomerId, OfferId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** Slugs of the clubs somebody's number is in, whether they are still offered or not. */
export const clubsOf = (db: Db, id: CustomerId): string[] =>
  db
    .prepare(
      "SELECT DISTINCT substr(purpose, 7) FROM customer_permission WHERE customer_id = ? AND purpose > 'topic:' AND purpose < 'topic;' AND state = 'in' ORDER BY 1",
    )
    .pluck()
    .all(id) as string[];

/** Their names as customers read them, of those that are offered. */
export const clubNamesOf = (db: Db, id: CustomerId): { en: string; es: string }[] =>
  db
    .prepare(
      `SELECT t.name_en AS en, t.name_es AS es FROM customer_permission p JOIN topic t ON p.purpose = 'topic:' || t.slug
       WHERE p.customer_id = ? AND p.state = 'in' AND t.active = 1 ORDER BY t.position, t.slug`,
    )
    .all(id) as { en: string; es: string }[];

export interface ClubCounts {
  slug: string;
  members: number;
  /** In no other club that is offered: what they hear, they hear about this one. */
  onlyThis: number;
}

/** People of every club, club by club: each is one stretch of an index, and few people are in several. */
export const clubCounts = (db: Db): ClubCounts[] =>
  db
    .prepare(
      `SELECT t.slug, (SELECT count(*) FROM customer_permission p WHERE p.purpose = 'topic:' || t.slug AND p.state = 'in') AS members,
         (SELECT count(*) FROM customer_permission p WHERE p.purpose = 'topic:' || t.slug AND p.state = 'in'
            AND NOT EXISTS (SELECT 1 FROM topic o CROSS JOIN customer_permission q ON q.purpose = 'topic:' || o.slug AND q.state = 'in'
              AND q.customer_id = p.customer_id WHERE o.active = 1 AND o.slug <> t.slug)) AS onlyThis
       FROM topic t`,
    )
    .all() as ClubCounts[];

/** How many numbers came to each club since an instant and are still in it. */
export const joinedSince = (db: Db, since: UtcMs): Map<string, number> =>
  new Map(
    (
      db
        .prepare(
          `SELECT substr(purpose, 7) AS slug, count(*) AS n FROM consent_state
           INDEXED BY consent_state_club WHERE channel = 'sms' AND purpose > 'topic:' AND purpose < 'topic;' AND state = 'in' AND since >= ? GROUP BY 1`,
        )
        .all(since) as { slug: string; n: number }[]
    ).map((r) => [r.slug, r.n]),
  );

/** Numbers that ever had to do with a club, as the ledger knows them. */
export const numbersOfClub = (db: Db, slug: string): string[] =>
  db
    .prepare(
      `SELECT address_hmac FROM consent_state INDEXED BY consent_state_club
       WHERE channel = 'sms' AND purpose > 'topic:' AND purpose < 'topic;' AND purpose = ? ORDER BY 1`,
    )
    .pluck()
    .all(`topic:${slug}`) as string[];

export interface ClubMemberRow {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  since: UtcMs;
  /** Of the event that made them a member. */
  kind: string;
  method: string;
  device: string;
}

const MEMBERS = `FROM customer_permission p JOIN customer c ON c.id = p.customer_id JOIN address_book a ON a.address = c.phone
  JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'sms' AND s.purpose = @purpose
  LEFT JOIN consent_event e ON e.id = s.event_id WHERE p.purpose = @purpose AND p.state = 'in'`;

/** Newest members first. */
export function membersOfClub(db: Db, slug: string, page: { offset: number; limit: number }): { rows: ClubMemberRow[]; total: number } {
  const purpose = `topic:${slug}`;
  return {
    rows: db
      .prepare(
        `SELECT c.id AS customerId, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, s.since,
           coalesce(e.kind, '') AS kind, coalesce(e.method, '') AS method, coalesce(e.device, '') AS device
         ${MEMBERS} ORDER BY s.since DESC, c.id LIMIT @limit OFFSET @offset`,
      )
      .all({ purpose, ...page }) as ClubMemberRow[],
    total: db.prepare("SELECT count(*) FROM customer_permission WHERE purpose = ? AND state = 'in'").pluck().get(purpose) as number,
  };
}

/** By which acts the members came: the event each membership stands on. */
export const waysIn = (db: Db, slug: string): { kind: string; method: string; device: string; count: number }[] =>
  db
    .prepare(
      `SELECT coalesce(e.kind, '') AS kind, coalesce(e.method, '') AS method, coalesce(e.device, '') AS device, count(*) AS count
       ${MEMBERS} GROUP BY 1, 2, 3 ORDER BY 4 DESC`,
    )
    .all({ purpose: `topic:${slug}` }) as { kind: string; method: string; device: string; count: number }[];

export interface ClubCampaign {
  id: CampaignId;
  name: string;
  state: string;
  at: UtcMs;
}

/** What was or will be said to a club, newest first; drafts as well. */
export const campaignsOfClub = (db: Db, slug: string, limit: number): ClubCampaign[] =>
  db
    .prepare(
      `SELECT id, name, state, coalesce(started_at, scheduled_at, updated_at) AS at FROM campaign
       WHERE topic = ? AND parent_id IS NULL AND automation_id IS NULL ORDER BY coalesce(started_at, scheduled_at, updated_at) DESC, id DESC LIMIT ?`,
    )
    .all(slug, limit) as ClubCampaign[];

/** What still speaks about a club: campaigns with their time or under way, and automations that are on. */
export const stillAbout = (db: Db, slug: string): { planned: number; automations: number } =>
  db
    .prepare(
      `SELECT (SELECT count(*) FROM campaign WHERE topic = @slug AND parent_id IS NULL AND automation_id IS NULL AND state IN ('scheduled', 'staging', 'sending', 'paused')) AS planned,
         (SELECT count(*) FROM automation a JOIN campaign c ON c.id = a.pattern_id
          WHERE a.state <> 'off' AND (c.topic = @slug OR json_extract(a.terms, '$.topic') = @slug)) AS automations`,
    )
    .get({ slug }) as { planned: number; automations: number };

/** People of a practice shop who could have chosen a club: those who have got texts for longest first, and no club yet. */
export const someListeners = (db: Db, limit: number): { phone: PhoneE164; language: 'en' | 'es'; since: UtcMs }[] =>
  db
    .prepare(
      `SELECT c.phone, c.language, s.since FROM consent_state s JOIN address_book a ON a.address_hmac = s.address_hmac JOIN customer c ON c.phone = a.address
       WHERE s.channel = 'sms' AND s.purpose = 'marketing' AND s.state = 'in' AND c.id % 7 = 3
         AND NOT EXISTS (SELECT 1 FROM customer_permission p WHERE p.customer_id = c.id AND p.purpose > 'topic:' AND p.purpose < 'topic;')
       GROUP BY c.phone HAVING count(*) = 1 ORDER BY s.since, c.phone LIMIT ?`,
    )
    .all(limit) as { phone: PhoneE164; language: 'en' | 'es'; since: UtcMs }[];

/** Offers for its members. */
export const offersOfClub = (db: Db, slug: string): { id: OfferId; name: string; archived: boolean }[] =>
  (
    db.prepare('SELECT id, name, archived FROM offer WHERE club = ? AND members_only = 1 ORDER BY archived, id DESC').all(slug) as {
      id: OfferId;
      name: string;
      archived: number;
    }[]
  ).map((o) => ({ ...o, archived: o.archived === 1 }));
