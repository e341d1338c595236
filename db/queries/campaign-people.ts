import type { WordsKey } from '@domain/campaigns/parts';
import type { CampaignId, CustomerId, Micros, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { CampaignPersonTable, OutboxTable } from '../schema/campaigns';

type Arm = CampaignPersonTable['arm'];

const WRITE = `INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, reason, stratum, till_fixed, drawn_at, part, words, channel)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (campaign_id, customer_id) DO UPDATE SET phone = excluded.phone, arm = excluded.arm, reason = excluded.reason,
    stratum = excluded.stratum, till_fixed = excluded.till_fixed, drawn_at = excluded.drawn_at, part = excluded.part, words = excluded.words,
    channel = excluded.channel`;
const ADD = WRITE.replace(/DO UPDATE[\s\S]*/, 'DO NOTHING');

interface NewPerson {
  campaignId: CampaignId;
  customerId: CustomerId;
  phone: PhoneE164 | null;
  arm: Arm;
  reason: string | null;
  stratum: string;
  tillFixed: boolean;
  drawnAt: UtcMs;
  part: number;
  /** The wording they read; of a drop-out the one they would have read; '' = none. */
  words: WordsKey | '';
  /** How they are reached; a text where nothing is said. */
  channel?: 'sms' | 'email';
}

const write = (trx: Trx, sql: string, p: NewPerson): boolean =>
  trx
    .prepare(sql)
    .run(
      p.campaignId,
      p.customerId,
      p.phone,
      p.arm,
      p.reason,
      p.stratum,
      p.tillFixed ? 1 : 0,
      p.drawnAt,
      p.part,
      p.words,
      p.channel ?? 'sms',
    ).changes === 1;

/** What became of one member of the group; written again when staging is repeated. */
export const writePerson = (trx: Trx, p: NewPerson): void => void write(trx, WRITE, p);

/** The same for somebody who joins a campaign that runs. False: they are in it already, and stay what they are. */
export const addPerson = (trx: Trx, p: NewPerson): boolean => write(trx, ADD, p);

/** The number somebody has at this moment; undefined = there is no such person any more. */
export const numberNow = (db: Db, id: CustomerId): PhoneE164 | null | undefined =>
  db.prepare('SELECT phone FROM customer WHERE id = ?').pluck().get(id) as PhoneE164 | null | undefined;

/** Forgets the people of an unfinished start. At most `limit`: call until it returns 0. */
export function dropPeople(trx: Trx, id: CampaignId, limit = 500): number {
  return trx
    .prepare(
      'DELETE FROM campaign_person WHERE campaign_id = ? AND customer_id IN (SELECT customer_id FROM campaign_person WHERE campaign_id = ? LIMIT ?)',
    )
    .run(id, id, limit).changes;
}

/** One person of a started campaign and the text's fate. */
export interface CampaignPersonRow {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  arm: Arm;
  /** Why they get no text, or why their text was skipped, cancelled or waits. */
  reason: string | null;
  state: OutboxTable['state'] | null;
  outboxId: OutboxId | null;
  segments: number | null;
  price: Micros | null;
  errorCode: number | null;
  code: string | null;
  leftAt: UtcMs | null;
  redeemedAt: UtcMs | null;
  /** The campaign's part they are in. */
  part: number;
  /** The wording they read; of somebody quoted and left out since what they would have read; null = none. */
  words: WordsKey | null;
  channel: 'sms' | 'email';
  /** Where their mail went. */
  email: string | null;
}

export interface PeopleFilter {
  arm: Arm | null;
  reason: string | null;
  states: readonly OutboxTable['state'][] | null;
  /** Also those who were quoted and left out between the review and the start. */
  dropOuts?: boolean;
  part?: number | null;
  words?: WordsKey | null;
}

/** A mail that came back did not arrive; of one that left nobody knows more. */
const STATE = "coalesce(o.state, CASE m.state WHEN 'bounced' THEN 'undelivered' ELSE m.state END)";

/** Names come from the person as they are now; somebody erased since shows without one. */
export function campaignPeople(
  db: Db,
  id: CampaignId,
  filter: PeopleFilter,
  page: { offset: number; limit: number },
): { rows: CampaignPersonRow[]; total: number } {
  const params: (string | number)[] = [String(id), String(id), id];
  let where = '';
  if (filter.arm !== null) {
    where += filter.dropOuts ? " AND (p.arm = ? OR (p.arm = 'excluded' AND p.words <> ''))" : ' AND p.arm = ?';
    params.push(filter.arm);
  }
  if (filter.part != null) {
    where += ' AND p.part = ?';
    params.push(filter.part);
  }
  if (filter.words != null) {
    where += ' AND p.words = ?';
    params.push(filter.words);
  }
  if (filter.reason !== null) {
    where += ' AND coalesce(p.reason, o.reason, m.reason) = ?';
    params.push(filter.reason);
  }
  if (filter.states !== null) {
    where += filter.dropOuts
      ? ` AND (${STATE} IN (SELECT value FROM json_each(?)) OR p.arm = 'excluded')`
      : ` AND ${STATE} IN (SELECT value FROM json_each(?))`;
    params.push(JSON.stringify(filter.states));
  }
  // Of somebody erased no number is left to find the text by: what is left of it is found by their nameless id.
  const from = `FROM campaign_person p LEFT JOIN outbox o ON p.arm = 'text' AND p.channel = 'sms' AND o.id = CASE
      WHEN p.phone IS NOT NULL THEN (SELECT t.id FROM outbox t
        WHERE t.cause_kind = 'campaign' AND t.cause_id = ? AND t.channel = 'sms' AND t.address = p.phone)
      ELSE (SELECT t.id FROM outbox t WHERE t.cause_kind = 'campaign' AND t.cause_id = ? AND t.customer_id = p.customer_id LIMIT 1) END
    LEFT JOIN mail m ON p.channel = 'email' AND p.arm = 'text' AND m.customer_id = p.customer_id AND m.cause_kind = 'campaign'
      AND m.cause_id = CAST(p.campaign_id AS TEXT)
    LEFT JOIN customer c ON c.id = p.customer_id WHERE p.campaign_id = ?${where}`;
  const total = db
    .prepare(`SELECT count(*) ${from}`)
    .pluck()
    .get(...params) as number;
  const rows = db
    .prepare(
      `SELECT p.customer_id AS customerId, coalesce(c.first_name, '') AS firstName, coalesce(c.last_name, '') AS lastName,
         coalesce(c.company, '') AS company, p.phone, p.arm, coalesce(p.reason, o.reason, m.reason) AS reason,
         ${STATE} AS state, o.id AS outboxId, o.segments, p.channel, m.address AS email,
         coalesce(o.price, o.quoted_price) AS price, o.error_code AS errorCode, coalesce(o.code, m.code) AS code, coalesce(o.left_at, m.left_at) AS leftAt,
         (SELECT max(r.at) FROM redemption r WHERE r.campaign_id = p.campaign_id AND r.customer_id = p.customer_id AND r.reversed_at IS NULL)
           AS redeemedAt, p.part, nullif(p.words, '') AS words
       ${from} ORDER BY c.last_name COLLATE NOCASE, c.first_name COLLATE NOCASE, p.customer_id LIMIT ? OFFSET ?`,
    )
    .all(...params, page.limit, page.offset) as CampaignPersonRow[];
  return { rows, total };
}

/** How many people are on which side, with each reason, part by part. `dropOut`: quoted, and left out since. */
export function peopleCounts(db: Db, id: CampaignId): { arm: Arm; reason: string | null; part: number; dropOut: 0 | 1; count: number }[] {
  return db
    .prepare(
      `SELECT arm, reason, part, arm = 'excluded' AND words <> '' AS dropOut, count(*) AS count FROM campaign_person WHERE campaign_id = ?
       GROUP BY arm, reason, part, dropOut ORDER BY count DESC`,
    )
    .all(id) as { arm: Arm; reason: string | null; part: number; dropOut: 0 | 1; count: number }[];
}
