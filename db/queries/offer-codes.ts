import type { CampaignId, CustomerId, OfferId, PhoneE164, UtcMs } from '@domain/kernel';
import type { CodeState } from '@domain/offers/redemption';
import type { Db, Trx } from '../open';

export interface CodeRow {
  code: string;
  offerId: OfferId;
  campaignId: CampaignId | null;
  customerId: CustomerId | null;
  state: CodeState;
  issuedAt: UtcMs;
  expiresAt: UtcMs;
  /** How often it may be used; frozen when it is given out. */
  uses: number;
  /** First instant it counts; null = at once. */
  startsAt: UtcMs | null;
}
const CODE = `c.code, c.offer_id AS offerId, c.campaign_id AS campaignId, c.customer_id AS customerId, c.state,
  c.issued_at AS issuedAt, c.expires_at AS expiresAt, c.uses, c.starts_at AS startsAt`;

export function codeRow(db: Db, code: string): CodeRow | null {
  return (db.prepare(`SELECT ${CODE} FROM offer_code c WHERE c.code = ?`).get(code) as CodeRow | undefined) ?? null;
}

/** False when this code exists already: the caller makes another. */
export function insertCode(trx: Trx, c: CodeRow): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at, uses, starts_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO NOTHING`,
      )
      .run(c.code, c.offerId, c.campaignId, c.customerId, c.state, c.issuedAt, c.expiresAt, c.uses, c.startsAt).changes === 1
  );
}

/** Takes back a code nobody was ever told; one that was used stays. */
export function dropUntold(trx: Trx, code: string): void {
  trx
    .prepare(
      "DELETE FROM offer_code WHERE code = ? AND state = 'issued' AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.code = offer_code.code)",
    )
    .run(code);
}

export function setCodeState(trx: Trx, code: string, state: CodeState): void {
  trx.prepare('UPDATE offer_code SET state = ? WHERE code = ?').run(state, code);
}

export type PersonalCode = CodeRow & { offerName: string };

/**
 * Codes a person may use now: their own and, where a number is shared, those of everybody with that number (the text went to
 * the family's phone). Soonest to expire first.
 */
export function liveCodesOf(db: Db, person: { id: CustomerId; phone: PhoneE164 | null }, now: UtcMs): PersonalCode[] {
  return db
    .prepare(
      `SELECT ${CODE}, o.name AS offerName FROM offer_code c JOIN offer o ON o.id = c.offer_id
       WHERE c.customer_id IN (SELECT ? UNION SELECT id FROM customer WHERE phone = ?)
         AND c.state IN ('issued', 'reversed') AND c.expires_at > ?
       ORDER BY c.expires_at, c.code`,
    )
    .all(person.id, person.phone, now) as PersonalCode[];
}

/** When and why a code was called off; null when it was not. */
export function voidedOf(db: Db, code: string): { at: UtcMs; why: 'campaign' | 'owner' } | null {
  const row = db.prepare('SELECT voided_at AS at, voided_why AS why FROM offer_code WHERE code = ? AND voided_at IS NOT NULL').get(code);
  return (row as { at: UtcMs; why: 'campaign' | 'owner' } | undefined) ?? null;
}

/** Calls off a code that is still good; false when it is not. */
export function voidCode(trx: Trx, code: string, at: UtcMs, why: 'campaign' | 'owner'): boolean {
  return (
    trx
      .prepare("UPDATE offer_code SET state = 'voided', voided_at = ?, voided_why = ? WHERE code = ? AND state IN ('issued', 'reversed')")
      .run(at, why, code).changes === 1
  );
}

/**
 * Some codes of a campaign, or of an offer, that are still good. Of a campaign in order of the code, from `after` on (its index stands so);
 * of an offer simply the next ones: those called off leave the index that is asked.
 */
export function openCodes(
  db: Db,
  of: { campaignId: CampaignId } | { offerId: OfferId },
  o: { now: UtcMs; after: string; limit: number },
): string[] {
  const good = "state IN ('issued', 'reversed') AND expires_at > ?";
  return 'campaignId' in of
    ? (db
        .prepare(`SELECT code FROM offer_code WHERE campaign_id = ? AND +${good} AND code > ? ORDER BY code LIMIT ?`)
        .pluck()
        .all(of.campaignId, o.now, o.after, o.limit) as string[])
    : (db
        .prepare(`SELECT code FROM offer_code WHERE offer_id = ? AND ${good} LIMIT ?`)
        .pluck()
        .all(of.offerId, o.now, o.limit) as string[]);
}

export function countOpenCodes(db: Db, of: { campaignId: CampaignId } | { offerId: OfferId }, now: UtcMs): number {
  const [column, id] = 'campaignId' in of ? ['campaign_id', of.campaignId] : ['offer_id', of.offerId];
  return db
    .prepare(`SELECT count(*) FROM offer_code WHERE ${column} = ? AND state IN ('issued', 'reversed') AND expires_at > ?`)
    .pluck()
    .get(id, now) as number;
}

/** Codes of a campaign, or of an offer, that were called off at one moment. */
export function countCalledOff(db: Db, of: { campaignId: CampaignId } | { offerId: OfferId }, at: UtcMs): number {
  const [column, id] = 'campaignId' in of ? ['campaign_id', of.campaignId] : ['offer_id', of.offerId];
  return db
    .prepare(`SELECT count(*) FROM offer_code WHERE ${column} = ? AND state = 'voided' AND voided_at = ?`)
    .pluck()
    .get(id, at) as number;
}

/**
 * Codes of a campaign people may still come with: whose text left, and whose person has not used another one of the same gift (`gift`:
 * its campaigns).
 */
export function countOpenGifts(db: Db, o: { campaignId: CampaignId; gift: readonly CampaignId[] }, now: UtcMs): number {
  return db
    .prepare(
      `SELECT count(*) FROM offer_code c WHERE c.campaign_id = ? AND c.state IN ('issued', 'reversed') AND c.expires_at > ?
         AND (c.uses > 1 OR NOT EXISTS (SELECT 1 FROM redemption r JOIN offer_code u ON u.code = r.code
           WHERE r.customer_id = c.customer_id AND r.campaign_id IN (SELECT value FROM json_each(?)) AND r.reversed_at IS NULL
             AND r.code <> c.code AND u.uses = 1))
         AND NOT EXISTS (SELECT 1 FROM outbox t WHERE t.customer_id = c.customer_id AND t.cause_kind = 'campaign' AND t.cause_id = ?
           AND t.left_at IS NULL)`,
    )
    .pluck()
    .get(o.campaignId, now, JSON.stringify(o.gift), String(o.campaignId)) as number;
}

/** Codes on paper: drawn for nobody, by the moment they were drawn, newest first. */
export function paperBatches(db: Db, offerId: OfferId): { at: UtcMs; codes: number; redeemed: number; expiresAt: UtcMs }[] {
  return db
    .prepare(
      `SELECT issued_at AS at, count(*) AS codes, sum(state = 'redeemed') AS redeemed, max(expires_at) AS expiresAt FROM offer_code
       WHERE offer_id = ? AND campaign_id IS NULL AND customer_id IS NULL AND expires_at > issued_at GROUP BY issued_at ORDER BY issued_at DESC LIMIT 50`,
    )
    .all(offerId) as { at: UtcMs; codes: number; redeemed: number; expiresAt: UtcMs }[];
}

/** The codes of one batch. */
export function codesOnPaper(db: Db, offerId: OfferId, at: UtcMs): string[] {
  return db
    .prepare(
      `SELECT code FROM offer_code WHERE offer_id = ? AND issued_at = ? AND campaign_id IS NULL AND customer_id IS NULL AND expires_at > issued_at
       ORDER BY code LIMIT 1000`,
    )
    .pluck()
    .all(offerId, at) as string[];
}

export interface CodeListRow extends CodeRow {
  firstName: string | null;
  lastName: string | null;
  phone: PhoneE164 | null;
  redeemedAt: UtcMs | null;
  /** Standing uses. */
  used: number;
}

/** Codes of one offer, newest first. `state` filters by what a code is worth at `now`. */
export function codesOfOffer(
  db: Db,
  offerId: OfferId,
  filter: { state: CodeState | 'any'; now: UtcMs; offset: number; limit: number },
): { total: number; rows: CodeListRow[] } {
  const where =
    filter.state === 'any'
      ? ''
      : filter.state === 'expired'
        ? "AND c.state IN ('issued', 'reversed', 'expired') AND c.expires_at <= $now"
        : filter.state === 'issued'
          ? "AND c.state IN ('issued', 'reversed') AND c.expires_at > $now"
          : 'AND c.state = $state';
  const given = { offer: offerId, state: filter.state, now: filter.now, limit: filter.limit, offset: filter.offset };
  const total = db.raw.prepare(`SELECT count(*) FROM offer_code c WHERE c.offer_id = $offer ${where}`).pluck().get(given) as number;
  const rows = db.raw
    .prepare(
      `SELECT ${CODE}, p.first_name AS firstName, p.last_name AS lastName, p.phone,
        (SELECT max(r.at) FROM redemption r WHERE r.code = c.code AND r.reversed_at IS NULL) AS redeemedAt,
        (SELECT count(*) FROM redemption r WHERE r.code = c.code AND r.reversed_at IS NULL) AS used
       FROM offer_code c LEFT JOIN customer p ON p.id = c.customer_id
       WHERE c.offer_id = $offer ${where} ORDER BY c.issued_at DESC, c.code LIMIT $limit OFFSET $offset`,
    )
    .all(given) as CodeListRow[];
  return { total, rows };
}

/** The same for many at once. */
export function codesOfCampaign(
  db: Db,
  o: { campaignId: CampaignId; offerId: OfferId; customerIds: readonly CustomerId[] },
): Map<CustomerId, string> {
  const rows = db
    .prepare(
      `SELECT c.customer_id AS id, c.code FROM json_each(?) j CROSS JOIN offer_code c ON c.customer_id = j.value
       WHERE +c.campaign_id = ? AND +c.offer_id = ? AND c.state <> 'voided'`,
    )
    .all(JSON.stringify(o.customerIds), o.campaignId, o.offerId) as { id: CustomerId; code: string }[];
  return new Map(rows.map((r) => [r.id, r.code]));
}

/** The code a person already has from a campaign. By the person: their codes are few, those of an offer or a campaign are many. */
export function codeOfCampaign(db: Db, o: { campaignId: CampaignId; offerId: OfferId; customerId: CustomerId }): string | undefined {
  return (
    db
      // by the person: the other indexes hold as many codes as the campaign has people, and this is asked for each of them
      .prepare(
        `SELECT code FROM offer_code INDEXED BY offer_code_by_customer
       WHERE customer_id = ? AND customer_id IS NOT NULL AND campaign_id = ? AND offer_id = ? AND state <> 'voided'`,
      )
      .pluck()
      .get(o.customerId, o.campaignId, o.offerId) as string | undefined
  );
}
