import type { StandsAt } from '@domain/campaigns/ladder';
import type { CampaignId, CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';
import type { OutboxTable } from '../schema/campaigns';
import { TAPS } from './taps';
import { SOLD, VISIT } from './visit-sql';

/** Somebody at a step, with what they did since. */
export interface PersonAt extends StandsAt {
  id: CustomerId;
  phone: PhoneE164 | null;
}

/** Which step people are looked for at. `parentId` null: the first text. */
export interface At {
  rootId: CampaignId;
  fromId: CampaignId;
  parentId: CampaignId | null;
  /** Whoever bought it since the first text is done. */
  bought: { what: 'item' | 'category'; name: string; since: UtcMs } | null;
}

/**
 * What counts on a step is what happened since it was taken; on the first one, since its text left. Of the comparison group, since the
 * others' left.
 */
const SINCE = "CASE WHEN m.at IS NOT NULL THEN m.at WHEN p.arm = 'control' THEN p.drawn_at ELSE o.left_at END";
const OWN = 'SELECT @root UNION ALL SELECT campaign_id FROM ladder_step WHERE root_id = @root';

const bought = (at: At) =>
  at.bought === null
    ? 'NULL'
    : `(SELECT min(s.occurred_at) FROM sale s CROSS JOIN sale_line l ON l.sale_id = s.id
        WHERE s.customer_id = a.id AND s.occurred_at >= @boughtSince AND s.is_gift = 0 AND ${SOLD}
          AND l.${at.bought.what === 'item' ? 'name' : 'category'} = @boughtName COLLATE NOCASE)`;

// what a person did is asked by the person: else everybody's of those days would be read for each of them (hence the +)
const FACTS = (at: At, who: string) => `SELECT a.*,
  (SELECT min(t.at) FROM (
     SELECT min(i.received_at) AS at FROM inbound i WHERE i.from_address = a.phone AND i.received_at >= a.since AND i.campaign_id IN (${OWN})
       AND (i.meaning IN ('message', 'yes', 'no', 'join') OR (i.meaning = 'hold' AND i.resolution = 'not-a-stop'))
     UNION ALL SELECT min(k.at) FROM (${TAPS}) k WHERE k.customer_id = a.id AND k.campaign_id IN (${OWN}) AND k.at >= a.since) t) AS repliedAt,
  (SELECT min(+r.at) FROM redemption r WHERE r.customer_id = a.id AND r.reversed_at IS NULL AND +r.at >= a.since
     AND (r.campaign_id IN (${OWN}) OR (r.campaign_id IS NULL AND r.offer_id IN (SELECT offer_id FROM campaign WHERE id IN (${OWN}))))) AS redeemedAt,
  (SELECT min(t.at) FROM (
     SELECT min(s.occurred_at) AS at FROM sale s WHERE s.customer_id = a.id AND s.occurred_at >= a.since AND ${VISIT}
     UNION ALL SELECT min(v.at) FROM visit_note v WHERE v.customer_id = a.id AND v.at >= a.since
     UNION ALL SELECT min(+r.at) FROM redemption r WHERE r.customer_id = a.id AND r.reversed_at IS NULL AND +r.at >= a.since) t) AS cameAt,
  ${bought(at)} AS boughtAt,
  EXISTS (SELECT 1 FROM outbox x WHERE x.address = a.phone AND x.left_at >= a.since AND +x.cause_kind = 'restored') AS unsure
  FROM (SELECT p.customer_id AS id, p.arm, p.phone, p.drawn_at AS drawnAt, 
      coalesce(o.state, CASE ml.state WHEN 'sent' THEN 'delivered' WHEN 'bounced' THEN 'undelivered' ELSE ml.state END) AS state,
      coalesce(o.left_at, ml.left_at) AS leftAt, coalesce(o.final_at, ml.final_at) AS finalAt, coalesce(o.updated_at, ml.updated_at) AS updatedAt, ${SINCE} AS since
    FROM campaign_person p
    LEFT JOIN outbox o ON p.arm = 'text' AND o.cause_kind = 'campaign' AND o.cause_id = @cause AND o.channel = 'sms' AND o.address = p.phone
      AND p.channel = 'sms'
    LEFT JOIN mail ml ON p.arm = 'text' AND p.channel = 'email' AND ml.customer_id = p.customer_id AND ml.cause_kind = 'campaign' AND ml.cause_id = @cause
    LEFT JOIN ladder_move m ON m.from_id = @parent AND m.customer_id = p.customer_id AND m.to_id = @from
    WHERE p.campaign_id = @from ${who}) a`;

const NOT_MOVED = `AND p.arm IN ('text', 'control') AND p.customer_id > @after
  AND NOT EXISTS (SELECT 1 FROM ladder_move g WHERE g.from_id = @from AND g.customer_id = p.customer_id)`;

interface Raw {
  id: CustomerId;
  arm: 'text' | 'control';
  phone: PhoneE164 | null;
  drawnAt: UtcMs;
  state: OutboxTable['state'] | null;
  leftAt: UtcMs | null;
  finalAt: UtcMs | null;
  updatedAt: UtcMs | null;
  repliedAt: UtcMs | null;
  redeemedAt: UtcMs | null;
  cameAt: UtcMs | null;
  boughtAt: UtcMs | null;
  unsure: number;
}

const TEXT: Readonly<Record<OutboxTable['state'], StandsAt['text']>> = {
  staged: 'open',
  waiting: 'open',
  sending: 'open',
  scheduled: 'open',
  accepted: 'on-the-way',
  queued: 'on-the-way',
  sent: 'on-the-way',
  uncertain: 'on-the-way',
  delivered: 'delivered',
  undelivered: 'not-delivered',
  failed: 'not-delivered',
  rejected: 'not-delivered',
  skipped: 'never',
  cancelled: 'never',
};

function personOf(r: Raw): PersonAt {
  const { id, arm, phone, repliedAt, redeemedAt, cameAt, boughtAt } = r;
  const text = arm === 'control' ? 'delivered' : r.state === null ? 'never' : TEXT[r.state];
  const gaveUp = text === 'not-delivered' ? (r.finalAt ?? r.updatedAt) : null;
  return {
    id,
    phone,
    arm,
    text,
    leftAt: arm === 'control' ? r.drawnAt : (r.leftAt ?? gaveUp),
    failedAt: gaveUp,
    repliedAt,
    redeemedAt,
    cameAt,
    boughtAt,
    unsure: r.unsure === 1,
  };
}

const params = (at: At) => ({
  root: at.rootId,
  from: at.fromId,
  parent: at.parentId,
  cause: String(at.fromId),
  ...(at.bought === null ? {} : { boughtSince: at.bought.since, boughtName: at.bought.name }),
});

/** Some people at a step who have not left it, in order of id after `after`. */
export function peopleAt(db: Db, at: At, after: number, limit: number): PersonAt[] {
  const rows = db.prepare(FACTS(at, `${NOT_MOVED} ORDER BY p.customer_id LIMIT @limit`));
  return (rows.all({ ...params(at), after, limit }) as Raw[]).map(personOf);
}

/** The same for some people, whether they have left it or not. */
export function theseAt(db: Db, at: At, ids: readonly CustomerId[]): PersonAt[] {
  const rows = db.prepare(FACTS(at, 'AND p.customer_id IN (SELECT value FROM json_each(@ids))'));
  return (rows.all({ ...params(at), ids: JSON.stringify(ids) }) as Raw[]).map(personOf);
}

/** Whether anybody stands at a step and has not left it. */
export function anybodyAt(db: Db, fromId: CampaignId): boolean {
  return (
    db
      .prepare(
        `SELECT EXISTS (SELECT 1 FROM campaign_person p WHERE p.campaign_id = @from AND p.arm IN ('text', 'control')
           AND NOT EXISTS (SELECT 1 FROM ladder_move g WHERE g.from_id = @from AND g.customer_id = p.customer_id))`,
      )
      .pluck()
      .get({ from: fromId }) === 1
  );
}

/** How many people of a campaign are texted: its steps are looked through less often the more there are. */
export const textedCount = (db: Db, id: CampaignId): number =>
  db.prepare("SELECT count(*) FROM campaign_person WHERE campaign_id = ? AND arm = 'text'").pluck().get(id) as number;

/** Ids of the texted people of a campaign, in order, after one of them. */
export const textedIds = (db: Db, id: CampaignId, after: number, limit: number): CustomerId[] =>
  db
    .prepare(
      "SELECT customer_id FROM campaign_person WHERE campaign_id = ? AND arm = 'text' AND customer_id > ? ORDER BY customer_id LIMIT ?",
    )
    .pluck()
    .all(id, after, limit) as CustomerId[];

/** Blocked by a cap and due for their second try: who, from where, to where. */
export function dueAgain(
  db: Db,
  rootId: CampaignId,
  now: UtcMs,
  limit: number,
): { fromId: CampaignId; toId: CampaignId; customerId: CustomerId; dueAt: UtcMs }[] {
  return db
    .prepare(
      `SELECT from_id AS fromId, to_id AS toId, customer_id AS customerId, due_at AS dueAt FROM ladder_move
       WHERE again_at <= ? AND again_at IS NOT NULL AND root_id = ? AND to_id IS NOT NULL ORDER BY again_at, customer_id LIMIT ?`,
    )
    .all(now, rootId, limit) as ReturnType<typeof dueAgain>;
}

/** Whether a second try of the path is still to come. */
export const anyAgain = (db: Db, rootId: CampaignId): boolean =>
  db.prepare('SELECT EXISTS (SELECT 1 FROM ladder_move WHERE root_id = ? AND again_at IS NOT NULL)').pluck().get(rootId) === 1;

/** What a person took to a step, for one look as its text leaves. */
export function moveTo(
  db: Db,
  stepId: CampaignId,
  parentId: CampaignId,
  customerId: CustomerId,
): { reaction: string; dueAt: UtcMs } | null {
  const r = db
    .prepare('SELECT reaction, due_at AS dueAt FROM ladder_move WHERE from_id = ? AND customer_id = ? AND to_id = ?')
    .get(parentId, customerId, stepId);
  return (r as { reaction: string; dueAt: UtcMs } | undefined) ?? null;
}

/** Who left each step and how, and what became of each step's texts; by counts. */
export function moveCounts(
  db: Db,
  rootId: CampaignId,
): { fromId: CampaignId; toId: CampaignId | null; outcome: string; reason: string | null; count: number }[] {
  return db
    .prepare(
      `SELECT from_id AS fromId, to_id AS toId, outcome, reason, count(*) AS count FROM ladder_move WHERE root_id = ?
       GROUP BY from_id, to_id, outcome, reason ORDER BY count(*) DESC`,
    )
    .all(rootId) as ReturnType<typeof moveCounts>;
}

export interface TextCounts {
  texts: number;
  open: number;
  left: number;
  delivered: number;
  notDelivered: number;
  skipped: number;
}

/** What became of a campaign's texts. */
export function textCounts(db: Db, id: CampaignId): TextCounts {
  return db
    .prepare(
      `SELECT count(*) AS texts, coalesce(sum(state IN ('staged', 'waiting', 'sending', 'scheduled')), 0) AS open,
         coalesce(sum(left_at IS NOT NULL), 0) AS left, coalesce(sum(state = 'delivered'), 0) AS delivered,
         coalesce(sum(state IN ('undelivered', 'failed', 'rejected')), 0) AS notDelivered,
         coalesce(sum(state IN ('skipped', 'cancelled')), 0) AS skipped
       FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?`,
    )
    .get(String(id)) as TextCounts;
}

/** Names for some people, in the order given. */
export function namesOf(
  db: Db,
  ids: readonly CustomerId[],
): { id: CustomerId; firstName: string; lastName: string; company: string; phone: PhoneE164 | null }[] {
  return db
    .prepare(
      `SELECT j.value AS id, coalesce(c.first_name, '') AS firstName, coalesce(c.last_name, '') AS lastName, coalesce(c.company, '') AS company,
         c.phone FROM json_each(?) j LEFT JOIN customer c ON c.id = j.value ORDER BY j.key`,
    )
    .all(JSON.stringify(ids)) as ReturnType<typeof namesOf>;
}

/** People who left a place in one way, by name. */
export function peopleMoved(
  db: Db,
  o: { fromId: CampaignId; toId: CampaignId | null; reason: string | null },
  page: { offset: number; limit: number },
): {
  rows: ({ customerId: CustomerId; reason: string | null; outcome: string; at: UtcMs } & Omit<ReturnType<typeof namesOf>[number], 'id'>)[];
  total: number;
} {
  const where = `m.from_id = @from AND m.to_id IS @to${o.reason === null ? '' : ' AND m.reason = @reason'}`;
  const params = { from: o.fromId, to: o.toId, ...(o.reason === null ? {} : { reason: o.reason }) };
  const total = db.prepare(`SELECT count(*) FROM ladder_move m WHERE ${where}`).pluck().get(params) as number;
  const rows = db
    .prepare(
      `SELECT m.customer_id AS customerId, m.reason, m.outcome, m.at, coalesce(c.first_name, '') AS firstName,
         coalesce(c.last_name, '') AS lastName, coalesce(c.company, '') AS company, c.phone
       FROM ladder_move m LEFT JOIN customer c ON c.id = m.customer_id WHERE ${where}
       ORDER BY c.last_name COLLATE NOCASE, c.first_name COLLATE NOCASE, m.customer_id LIMIT @limit OFFSET @offset`,
    )
    .all({ ...params, limit: page.limit, offset: page.offset });
  return { rows: rows as ReturnType<typeof peopleMoved>['rows'], total };
}
