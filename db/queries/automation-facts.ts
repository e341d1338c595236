import type { CustomerId, OfferId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** What triggers ask about people: a few hundred at once, each answer in one question. Everything here can be worked out at any time. */
export interface PersonFacts {
  id: CustomerId;
  birthday: string | null;
  firstVisitAt: UtcMs | null;
  lastVisitAt: UtcMs | null;
  /** Noted or redeemed at the counter, whenever that was last. */
  seenAt: UtcMs | null;
  medianGapDays: number | null;
  gapCount: number;
  visits: number;
}

const IDS = '(SELECT value FROM json_each(?))';
const list = (ids: readonly CustomerId[]) => JSON.stringify(ids);

/** People who agreed to texts, in the order of their ids: the only ones automations are about. */
export const permittedPage = (db: Db, after: number, limit: number): CustomerId[] =>
  db
    .prepare(
      "SELECT customer_id FROM customer_permission WHERE purpose = 'marketing' AND state = 'in' AND customer_id > ? ORDER BY customer_id LIMIT ?",
    )
    .pluck()
    .all(after, limit) as CustomerId[];

/** How many they are. */
export const permittedCount = (db: Db): number =>
  db.prepare("SELECT count(*) FROM customer_permission WHERE purpose = 'marketing' AND state = 'in'").pluck().get() as number;

/** Those of them who agreed to texts. */
export const permittedOf = (db: Db, ids: readonly CustomerId[]): CustomerId[] =>
  db
    .prepare(
      `SELECT j.value FROM json_each(?) j CROSS JOIN customer_permission p ON p.purpose = 'marketing' AND p.state = 'in' AND p.customer_id = j.value`,
    )
    .pluck()
    .all(list(ids)) as CustomerId[];

/** The same where mails are written too: whoever agreed to either. Sending asks the ledger again, channel by channel. */
const BY_MAIL = `EXISTS (SELECT 1 FROM address_book a JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'email'
  AND s.purpose = 'marketing' AND s.state = 'in' WHERE a.address = c.email)`;
const BY_TEXT = "EXISTS (SELECT 1 FROM customer_permission p WHERE p.purpose = 'marketing' AND p.state = 'in' AND p.customer_id = c.id)";

export const mayHearPage = (db: Db, after: number, limit: number): CustomerId[] =>
  db
    .prepare(`SELECT c.id FROM customer c WHERE c.id > ? AND (${BY_TEXT} OR ${BY_MAIL}) ORDER BY c.id LIMIT ?`)
    .pluck()
    .all(after, limit) as CustomerId[];

export const mayHearOf = (db: Db, ids: readonly CustomerId[]): CustomerId[] =>
  db.prepare(`SELECT c.id FROM customer c WHERE c.id IN ${IDS} AND (${BY_TEXT} OR ${BY_MAIL})`).pluck().all(list(ids)) as CustomerId[];

export const personFacts = (db: Db, ids: readonly CustomerId[]): PersonFacts[] =>
  db
    .prepare(
      `SELECT c.id, c.birthday, c.first_visit_at AS firstVisitAt, c.last_visit_at AS lastVisitAt, c.median_gap_days AS medianGapDays,
         c.gap_count AS gapCount, c.visits, (SELECT max(x.at) FROM (
           SELECT max(v.at) AS at FROM visit_note v WHERE v.customer_id = c.id
           UNION ALL SELECT max(r.at) FROM redemption r WHERE r.customer_id = c.id AND r.reversed_at IS NULL) x) AS seenAt
       FROM customer c WHERE c.id IN ${IDS} AND c.weak = 0`,
    )
    .all(list(ids)) as PersonFacts[];

/** Whether there is one, so that thousands are not asked for nothing. */
export const someBirthdays = (db: Db, after: number, limit: number): CustomerId[] =>
  db
    .prepare(
      `SELECT p.customer_id FROM customer_permission p CROSS JOIN customer c ON c.id = p.customer_id
       WHERE p.purpose = 'marketing' AND p.state = 'in' AND p.customer_id > ? AND c.birthday IS NOT NULL ORDER BY 1 LIMIT ?`,
    )
    .pluck()
    .all(after, limit) as CustomerId[];

/** When people first agreed to texts by an act of their own; whoever only stands in a list the owner vouched for is left out. */
export const signedUpAt = (db: Db, ids: readonly CustomerId[]): Map<CustomerId, UtcMs> =>
  new Map(
    db
      .prepare(
        `SELECT c.id, min(e.occurred_at) FROM customer c CROSS JOIN address_book a ON a.address = c.phone
         CROSS JOIN consent_event e ON e.address_hmac = a.address_hmac AND e.channel = 'sms'
         WHERE c.id IN ${IDS} AND e.purpose = 'marketing' AND e.kind IN ('signed-up', 'agreed') AND e.method <> 'import' GROUP BY c.id`,
      )
      .raw()
      .all(list(ids)) as [CustomerId, UtcMs][],
  );

/** Visit days of people, as days since 1970-01-01, ascending. */
export function visitDays(db: Db, ids: readonly CustomerId[]): Map<CustomerId, number[]> {
  const out = new Map<CustomerId, number[]>();
  const rows = db
    .prepare(`SELECT customer_id, day FROM visit_day WHERE customer_id IN ${IDS} AND visit = 1 ORDER BY customer_id, day`)
    .raw()
    .all(list(ids)) as [CustomerId, number][];
  for (const [id, day] of rows) {
    const days = out.get(id);
    if (days) days.push(day);
    else out.set(id, [day]);
  }
  return out;
}

/** When people last bought an item or category, by its name in the till (case ignored); presents do not count. */
export const lastBought = (db: Db, ids: readonly CustomerId[], what: 'item' | 'category', name: string): Map<CustomerId, UtcMs> =>
  new Map(
    db
      .prepare(
        `SELECT b.customer_id, b.last_at FROM article a CROSS JOIN bought b ON b.article_id = a.id AND b.customer_id IN ${IDS}
         WHERE a.what = ? AND a.name = ?`,
      )
      .raw()
      .all(list(ids), what, name) as [CustomerId, UtcMs][],
  );

/** Goods with tax of one shop day after refunds, minor units. */
export const spendOn = (db: Db, id: CustomerId, day: number): number =>
  (db.prepare('SELECT spend FROM visit_day WHERE customer_id = ? AND day = ?').pluck().get(id, day) as number | undefined) ?? 0;

/** A code of their own that somebody holds and may still use. */
export interface HeldCode {
  customerId: CustomerId;
  code: string;
  offerId: OfferId;
  issuedAt: UtcMs;
  expiresAt: UtcMs;
}

/** Whose text or mail left: a code that is only drawn yet reminds nobody of anything. */
export const heldCodes = (db: Db, ids: readonly CustomerId[], now: UtcMs): HeldCode[] =>
  db
    .prepare(
      `SELECT k.customer_id AS customerId, k.code, k.offer_id AS offerId, k.issued_at AS issuedAt, k.expires_at AS expiresAt
       FROM offer_code k WHERE k.customer_id IN ${IDS} AND k.state = 'issued' AND k.expires_at > ?
         AND (EXISTS (SELECT 1 FROM outbox o WHERE o.customer_id = k.customer_id AND o.code = k.code AND o.left_at IS NOT NULL
             AND o.state IN ('accepted', 'queued', 'sent', 'delivered'))
           OR EXISTS (SELECT 1 FROM mail m WHERE m.customer_id = k.customer_id AND m.code = k.code AND m.state = 'sent'))
         AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.code = k.code AND r.reversed_at IS NULL)
       ORDER BY k.customer_id, k.expires_at, k.code`,
    )
    .all(list(ids), now) as HeldCode[];

/** People in a club, in the order of their ids. */
export const inTopicPage = (db: Db, topic: string, after: number, limit: number): CustomerId[] =>
  db
    .prepare(
      `SELECT t.customer_id FROM customer_permission t WHERE t.purpose = 'topic:' || ? AND t.state = 'in' AND t.customer_id > ?
         AND EXISTS (SELECT 1 FROM customer_permission m WHERE m.purpose = 'marketing' AND m.state = 'in' AND m.customer_id = t.customer_id)
       ORDER BY 1 LIMIT ?`,
    )
    .pluck()
    .all(topic, after, limit) as CustomerId[];

export const inTopic = (db: Db, topic: string, ids: readonly CustomerId[]): CustomerId[] =>
  db
    .prepare(`SELECT customer_id FROM customer_permission WHERE purpose = 'topic:' || ? AND state = 'in' AND customer_id IN ${IDS}`)
    .pluck()
    .all(topic, list(ids)) as CustomerId[];

/** Who they are, for lists. */
export const peopleNamed = (
  db: Db,
  ids: readonly CustomerId[],
): { id: CustomerId; firstName: string; lastName: string; company: string; phone: PhoneE164 | null }[] =>
  db
    .prepare(`SELECT id, first_name AS firstName, last_name AS lastName, company, phone FROM customer WHERE id IN ${IDS}`)
    .all(list(ids)) as { id: CustomerId; firstName: string; lastName: string; company: string; phone: PhoneE164 | null }[];
