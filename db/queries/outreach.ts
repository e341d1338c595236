import type { CampaignId, CustomerId, PhoneE164, SegmentId, StaffId, UtcMs } from '@domain/kernel';
import type { ReachChannel, ReachPerson } from '@domain/outreach/reach';
import type { Db, Trx } from '../open';

const state = (channel: 'sms' | 'email', address: 'phone' | 'email') =>
  `(SELECT s.state FROM address_book b CROSS JOIN consent_state s ON s.address_hmac = b.address_hmac
      WHERE b.address = c.${address} AND s.channel = '${channel}' AND s.purpose = 'marketing')`;

const PEOPLE = `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email, c.street, c.city, c.region,
    c.postal_code AS postalCode, c.birthday, c.last_visit_at AS lastVisitAt, ${state('sms', 'phone')} AS sms, ${state('email', 'email')} AS mail
  FROM customer c WHERE c.weak = 0 AND c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id`;

/** Some people with all a list for another channel takes (call with a few hundred ids at most). */
export const reachPeople = (db: Db, ids: readonly CustomerId[]): Omit<ReachPerson, 'heldOut'>[] =>
  db.prepare(PEOPLE).all(JSON.stringify(ids)) as Omit<ReachPerson, 'heldOut'>[];

/** Everybody a started campaign's group held, and who of them is its comparison group. */
export function peopleOfCampaign(db: Db, id: CampaignId): { ids: CustomerId[]; control: Set<CustomerId> } {
  const rows = db
    .prepare('SELECT customer_id AS id, arm FROM campaign_person WHERE campaign_id = ? AND customer_id > 0 ORDER BY customer_id')
    .all(id) as { id: CustomerId; arm: string }[];
  return { ids: rows.map((r) => r.id), control: new Set(rows.filter((r) => r.arm === 'control').map((r) => r.id)) };
}

/**
 * When these numbers were reached by other channels since an instant, for the caps. A campaign and its lists are one step: it does not
 * count against its own text (`own`), and not beside a text of its that left; several lists of it count once.
 */
const CONTACTS = `SELECT k.phone AS address, min(k.at) AS at FROM json_each(@phones) j JOIN contact k ON k.phone = j.value
    JOIN outreach o ON o.id = k.outreach_id
  WHERE k.at >= @since AND o.campaign_id IS NOT @own AND NOT (o.campaign_id IS NOT NULL AND EXISTS (SELECT 1 FROM outbox t
    WHERE t.address = k.phone AND t.cause_kind = 'campaign' AND t.cause_id = CAST(o.campaign_id AS TEXT)
      AND t.state NOT IN ('failed', 'rejected', 'skipped', 'cancelled')))
  GROUP BY k.phone, coalesce(o.campaign_id, -o.id)`;

export const contactsLeft = (
  db: Db,
  phones: readonly PhoneE164[],
  since: UtcMs,
  own: CampaignId | null,
): { address: PhoneE164; at: UtcMs }[] =>
  db.prepare(CONTACTS).all({ phones: JSON.stringify(phones), since, own: own ?? -1 }) as { address: PhoneE164; at: UtcMs }[];

/** Who of these people heard from the shop since an instant, by a marketing text or a list. */
export function reachedSince(db: Db, ids: readonly CustomerId[], since: UtcMs): Set<CustomerId> {
  const rows = db
    .prepare(
      `SELECT k.customer_id FROM json_each(@ids) j JOIN contact k ON k.customer_id = j.value WHERE k.at >= @since
       UNION SELECT o.customer_id FROM json_each(@ids) j JOIN outbox o ON o.customer_id = j.value
       WHERE o.left_at >= @since AND o.message_class = 'marketing' AND o.state NOT IN ('failed', 'rejected')`,
    )
    .pluck()
    .all({ ids: JSON.stringify(ids), since });
  return new Set(rows as CustomerId[]);
}

export interface OutreachRow {
  id: number;
  channel: ReachChannel;
  name: string;
  segmentId: SegmentId | null;
  campaignId: CampaignId | null;
  people: number;
  leftOut: Record<string, number>;
  at: UtcMs;
  staffName: string | null;
}

export const insertOutreach = (trx: Trx, o: Omit<OutreachRow, 'id' | 'staffName'> & { staffId: StaffId | null }): number =>
  Number(
    trx
      .prepare(
        `INSERT INTO outreach (channel, name, segment_id, campaign_id, people, left_out, at, staff_id)
         VALUES (@channel, @name, @segmentId, @campaignId, @people, @leftOut, @at, @staffId)`,
      )
      .run({ ...o, leftOut: JSON.stringify(o.leftOut) }).lastInsertRowid,
  );

/** Somebody erased meanwhile is written down no more. */
export const insertContact = (trx: Trx, c: { outreachId: number; customerId: CustomerId; phone: PhoneE164 | null; at: UtcMs }): void =>
  void trx
    .prepare(
      `INSERT OR IGNORE INTO contact (outreach_id, customer_id, phone, at)
       SELECT @outreachId, id, @phone, @at FROM customer WHERE id = @customerId`,
    )
    .run(c);

const ROW = `SELECT o.id, o.channel, o.name, o.segment_id AS segmentId, o.campaign_id AS campaignId, o.people, o.left_out AS leftOut, o.at,
  s.name AS staffName FROM outreach o LEFT JOIN staff s ON s.id = o.staff_id`;
const rowOf = (r: unknown): OutreachRow => {
  const raw = r as Omit<OutreachRow, 'leftOut'> & { leftOut: string };
  return { ...raw, leftOut: JSON.parse(raw.leftOut) as Record<string, number> };
};

export function outreachById(db: Db, id: number): OutreachRow | null {
  const row = db.prepare(`${ROW} WHERE o.id = ?`).get(id);
  return row ? rowOf(row) : null;
}

/** Lists that left, the latest first. */
export function listOutreach(db: Db, page: { offset: number; limit: number }): { rows: OutreachRow[]; total: number } {
  return {
    rows: db.prepare(`${ROW} ORDER BY o.id DESC LIMIT ? OFFSET ?`).all(page.limit, page.offset).map(rowOf),
    total: db.prepare('SELECT count(*) FROM outreach').pluck().get() as number,
  };
}

/** A list that never went out: its contacts go with it. */
export const deleteOutreach = (trx: Trx, id: number): boolean => trx.prepare('DELETE FROM outreach WHERE id = ?').run(id).changes === 1;

/** Whoever may have said stop since the list was made, or chose another way, gets no label any more (domain/outreach/reach.ts, `post`). */
const STILL_POST = `coalesce(sms, '') NOT IN ('out', 'hold') AND coalesce(mail, '') NOT IN ('out', 'hold')
  AND NOT (sms IS 'paused' AND mail IS NOT 'in') AND NOT (mail IS 'paused' AND sms IS NOT 'in')`;

/** The addresses on a list for labels as they stand today, by ZIP and street, as the post likes them. */
export function addressesOf(
  db: Db,
  id: number,
  page: { offset: number; limit: number },
): {
  rows: Pick<ReachPerson, 'id' | 'firstName' | 'lastName' | 'company' | 'street' | 'city' | 'region' | 'postalCode'>[];
  total: number;
} {
  const from = `FROM (SELECT c.*, ${state('sms', 'phone')} AS sms, ${state('email', 'email')} AS mail
    FROM contact k JOIN customer c ON c.id = k.customer_id WHERE k.outreach_id = ? AND c.street <> '') c WHERE ${STILL_POST}`;
  return {
    rows: db
      .prepare(
        `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.street, c.city, c.region, c.postal_code AS postalCode
         ${from} ORDER BY c.postal_code, c.street, c.id LIMIT ? OFFSET ?`,
      )
      .all(id, page.limit, page.offset) as never[],
    total: db.prepare(`SELECT count(*) ${from}`).pluck().get(id) as number,
  };
}
