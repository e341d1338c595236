import type { Candidate, MailCandidate } from '@domain/campaigns/audience';
import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

type Person = Candidate & { id: CustomerId; left: UtcMs[]; waiting: boolean };

/** Number by number and address by address; a step does not count against itself. */
const LEFT = `SELECT m.id, m.address, c.phone, m.left_at AS at, m.state FROM json_each(@ids) j
    JOIN customer p ON p.id = j.value JOIN mail m ON m.address = p.email
    LEFT JOIN customer c ON c.id = m.customer_id
  WHERE m.message_class = 'marketing' AND NOT (m.cause_kind = 'campaign' AND m.cause_id = @own)
    AND (m.left_at >= @since AND m.state IN ('sent', 'bounced', 'uncertain') OR m.state IN ('staged', 'waiting', 'sending'))
  UNION
  SELECT m.id, m.address, c.phone, m.left_at AS at, m.state FROM json_each(@phones) j
    JOIN customer c ON c.phone = j.value JOIN mail m ON m.customer_id = c.id
  WHERE m.message_class = 'marketing' AND NOT (m.cause_kind = 'campaign' AND m.cause_id = @own)
    AND (m.left_at >= @since AND m.state IN ('sent', 'bounced', 'uncertain') OR m.state IN ('staged', 'waiting', 'sending'))`;

const hasAny = (db: Db): boolean => db.prepare("SELECT 1 FROM mail WHERE message_class = 'marketing' LIMIT 1").get() !== undefined;

/** Adds what left by e-mail to what people were told, for spacing and promise; and whether a mail of another campaign is on its way. */
export function mailsBefore(db: Db, people: readonly Person[], f: { since: UtcMs; campaignId: CampaignId }): void {
  if (!hasAny(db)) return;
  const ids = JSON.stringify(people.map((p) => p.id));
  const phones = JSON.stringify(people.flatMap((p) => (p.phone === null ? [] : [p.phone])));
  const rows = db.prepare(LEFT).all({ ids, phones, since: f.since, own: String(f.campaignId) }) as {
    id: number;
    address: string;
    phone: string | null;
    at: UtcMs | null;
    state: string;
  }[];
  if (rows.length === 0) return;
  const emails = new Map(
    (
      db.prepare('SELECT id, email FROM customer WHERE email IS NOT NULL AND id IN (SELECT value FROM json_each(?))').all(ids) as {
        id: number;
        email: string;
      }[]
    ).map((r) => [r.id, r.email]),
  );
  const byEmail = grouped(people, (p) => emails.get(p.id) ?? null);
  const byPhone = grouped(people, (p) => p.phone);
  for (const r of rows) {
    const whose = new Set([...(byEmail.get(r.address) ?? []), ...(r.phone === null ? [] : (byPhone.get(r.phone) ?? []))]);
    const left = r.at !== null && ['sent', 'bounced', 'uncertain'].includes(r.state);
    for (const p of whose) {
      if (left) p.left.push(r.at as UtcMs);
      else p.waiting = true;
    }
  }
}

function grouped<P>(people: readonly P[], key: (p: P) => string | null): Map<string, P[]> {
  const out = new Map<string, P[]>();
  for (const p of people) {
    const k = key(p);
    if (k === null) continue;
    const same = out.get(k);
    if (same) same.push(p);
    else out.set(k, [p]);
  }
  return out;
}

const MAILS = `SELECT c.id, c.email, s.state AS permission, q.address IS NOT NULL AS problem,
  s.state = 'in' AND coalesce((SELECT CASE WHEN max(t.purpose = 'topic:' || @topic AND t.state = 'in') THEN 0
      WHEN max(t.purpose = 'topic:' || @topic AND t.state <> 'never') THEN 1 ELSE max(t.state = 'in') END
    FROM consent_state t WHERE t.address_hmac = a.address_hmac AND t.channel = 'email' AND t.purpose > 'topic:' AND t.purpose < 'topic;'), 0) AS offTopic,
  s.promise_max AS promiseMax
  FROM customer c LEFT JOIN address_book a ON a.address = c.email
  LEFT JOIN consent_state s ON s.address_hmac = a.address_hmac AND s.channel = 'email' AND s.purpose = 'marketing'
  LEFT JOIN mail_problem q ON q.address = c.email
  WHERE c.id IN (SELECT value FROM json_each(@ids))`;

/** How these people may be reached by e-mail. The strictest of two promises holds for whoever gave both. */
export function mailsOf(db: Db, people: readonly Person[], f: { topic: string }): void {
  const rows = db.prepare(MAILS).all({ ids: JSON.stringify(people.map((p) => p.id)), topic: f.topic }) as {
    id: number;
    email: string | null;
    permission: MailCandidate['permission'];
    problem: number;
    offTopic: number | null;
    promiseMax: number | null;
  }[];
  const byId = new Map(rows.map((r) => [r.id, r]));
  for (const p of people) {
    const r = byId.get(p.id);
    if (!r) continue;
    p.mail = { email: r.email, permission: r.permission, offTopic: r.offTopic === 1, problem: r.problem === 1 };
    const promises = [p.permission === 'in' ? p.promiseMax : null, r.permission === 'in' ? r.promiseMax : null].filter((n) => n !== null);
    if (promises.length > 0) p.promiseMax = Math.min(...promises);
  }
}

/** People of a practice shop who could agree to e-mails: with an address, never asked about texts, who came this year. */
export const someReaders = (db: Db, limit: number): { email: string; name: string; language: 'en' | 'es' }[] =>
  db
    .prepare(
      `SELECT c.email, trim(c.first_name || ' ' || c.last_name) AS name, c.language FROM customer c
       WHERE c.email IS NOT NULL AND c.weak = 0 AND c.visits_365 > 0
         AND NOT EXISTS (SELECT 1 FROM address_book b WHERE b.address IN (c.phone, c.email))
       ORDER BY c.id % 37, c.id LIMIT ?`,
    )
    .all(limit) as { email: string; name: string; language: 'en' | 'es' }[];
