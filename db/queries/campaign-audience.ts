import type { Candidate } from '@domain/campaigns/audience';
import type { CampaignId, CustomerId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { Db } from '../open';
import { mailsBefore, mailsOf } from './mail-audience';
import { contactsLeft } from './outreach';

/** A member of a group with all that deciding, drawing and rendering take. */
export interface AudiencePerson extends Candidate {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  lastItem: string | null;
  visits365: number;
  postalCode: string;
  language: 'en' | 'es';
  /** Whether their phone opens links, as far as anybody said or saw. */
  linkCapable: 'yes' | 'no' | 'unknown';
  /** Position of the campaign's part they belong to. */
  part: number;
  /** Typed by staff. */
  zone: Zone | null;
  /** A till identity linked before now: only these are compared (rules.md §7). */
  tillFixed: boolean;
  sharesNumber: boolean;
}

const PEOPLE = `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.language, c.phone, c.phone_kind AS phoneKind,
  c.phone_problem AS phoneProblem, c.last_visit_at AS lastVisitAt, c.last_item AS lastItem, c.visits_365 AS visits365,
  c.postal_code AS postalCode, c.zone, c.link_capable AS linkCapable,
  s.state AS permission, s.expires_at AS permissionExpiresAt, s.promise_max AS promiseMax,
  s.state = 'in' AND coalesce((SELECT CASE WHEN max(t.purpose = 'topic:' || @topic AND t.state = 'in') THEN 0
      WHEN max(t.purpose = 'topic:' || @topic AND t.state <> 'never') THEN 1 ELSE max(t.state = 'in') END
    FROM consent_state t WHERE t.address_hmac = a.address_hmac AND t.channel = 'sms' AND t.purpose > 'topic:' AND t.purpose < 'topic;'), 0) AS offTopic,
  EXISTS (SELECT 1 FROM customer_identity i WHERE i.customer_id = c.id AND i.linked_at <= @now) AS tillFixed,
  c.phone IS NOT NULL AND EXISTS (SELECT 1 FROM customer d WHERE d.phone = c.phone AND d.id <> c.id) AS sharesNumber
  FROM customer c LEFT JOIN address_book a ON a.address = c.phone
  LEFT JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'sms' AND s.purpose = 'marketing'
  WHERE c.id IN (SELECT value FROM json_each(@ids))`;

/** Number by number: left to itself, a shop whose figures are older than its texts walks every text of a large campaign for each. */
const TEXTS_TO = 'CROSS JOIN outbox o INDEXED BY outbox_by_address';
const LEFT = `SELECT o.address, o.left_at AS at FROM json_each(@phones) j ${TEXTS_TO} ON o.address = j.value
  WHERE o.left_at >= @since AND o.message_class = 'marketing' AND o.state NOT IN ('failed', 'rejected')
  UNION ALL
  SELECT o.address, o.send_at AS at FROM json_each(@phones) j ${TEXTS_TO} ON o.address = j.value
  WHERE o.left_at IS NULL AND o.send_at IS NOT NULL AND o.message_class = 'marketing'
    AND o.state IN ('staged', 'waiting', 'sending', 'scheduled', 'uncertain') AND NOT (o.cause_kind = 'campaign' AND o.cause_id = @own)`;
/** Those with a time of their own count at that time, above. */
const WAITING = `SELECT DISTINCT o.address FROM json_each(?) j ${TEXTS_TO} ON o.address = j.value
  WHERE o.send_at IS NULL AND o.state IN ('staged', 'waiting', 'sending') AND o.message_class = 'marketing' AND NOT (o.cause_kind = 'campaign' AND o.cause_id = ?)`;
/**
 * Held-out people are charged a virtual text, or the comparison would lend itself to texting them sooner (rules.md §7). Not of a campaign
 * that was called off before anything left: there is no comparison, and the others are free as well.
 */
const VIRTUAL = `SELECT p.customer_id AS id, p.drawn_at AS at FROM json_each(?) j JOIN campaign_person p ON p.customer_id = j.value
  WHERE p.arm = 'control' AND p.drawn_at >= ? AND p.campaign_id <> ?
    AND NOT EXISTS (SELECT 1 FROM campaign k WHERE k.id = p.campaign_id AND k.state = 'cancelled'
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(k.id AS TEXT)
        AND o.state IN ('sending', 'scheduled', 'uncertain', 'accepted', 'queued', 'sent', 'delivered', 'undelivered')))`;

/** Facts about some members (call with a thousand ids at most). `since`: how far back texts matter for the caps. */
export function audienceFacts(
  db: Db,
  ids: readonly CustomerId[],
  f: { since: UtcMs; now: UtcMs; campaignId: CampaignId; topic: string; mails?: boolean },
): AudiencePerson[] {
  const people = (
    db.prepare(PEOPLE).all({ now: f.now, ids: JSON.stringify(ids), topic: f.topic }) as (Omit<
      AudiencePerson,
      'left' | 'waiting' | 'tillFixed' | 'sharesNumber' | 'offTopic' | 'part'
    > & {
      tillFixed: number;
      sharesNumber: number;
      offTopic: number | null;
    })[]
  ).map((p) => ({
    ...p,
    tillFixed: p.tillFixed === 1,
    sharesNumber: p.sharesNumber === 1,
    offTopic: p.offTopic === 1,
    waiting: false,
    left: [] as UtcMs[],
    part: 1,
  }));
  const phones = JSON.stringify(people.flatMap((p) => (p.phone === null ? [] : [p.phone])));
  const waiting = new Set(db.prepare(WAITING).pluck().all(phones, String(f.campaignId)) as string[]);
  const byPhone = new Map<string, UtcMs[][]>();
  const byId = new Map<number, UtcMs[]>();
  for (const p of people) {
    byId.set(p.id, p.left);
    if (p.phone === null) continue;
    p.waiting = waiting.has(p.phone);
    const same = byPhone.get(p.phone);
    if (same) same.push(p.left);
    else byPhone.set(p.phone, [p.left]);
  }
  const left = db.prepare(LEFT).all({ phones, since: f.since, own: String(f.campaignId) }) as { address: PhoneE164; at: UtcMs }[];
  for (const t of left) for (const list of byPhone.get(t.address) ?? []) list.push(t.at);
  const numbers = people.flatMap((p) => (p.phone === null ? [] : [p.phone]));
  for (const k of contactsLeft(db, numbers, f.since, f.campaignId)) for (const list of byPhone.get(k.address) ?? []) list.push(k.at);
  // what left by e-mail counts too, whatever this campaign is; how people are reached by it only where it writes mails
  mailsBefore(db, people, f);
  if (f.mails) mailsOf(db, people, f);
  const virtual = db.prepare(VIRTUAL).all(JSON.stringify(ids), f.since, f.campaignId) as { id: number; at: UtcMs }[];
  for (const t of virtual) byId.get(t.id)?.push(t.at);
  return people;
}

/** Millionths already promised to texts that have not left: other campaigns and replies in the queue. */
export function queuedPrice(db: Db, except: CampaignId): number {
  return db
    .prepare(
      `SELECT coalesce(sum(quoted_price), 0) FROM outbox WHERE state IN ('staged', 'waiting', 'sending')
       AND NOT (cause_kind = 'campaign' AND cause_id = ?)`,
    )
    .pluck()
    .get(String(except)) as number;
}
