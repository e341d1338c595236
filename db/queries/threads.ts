import type { CustomerId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { Meaning } from './inbox';

/** Which conversations: all, those somebody must look at, with a parked reply, of people who left. */
export type ThreadFilter = 'needs-you' | 'all' | 'parked' | 'stopped';

export interface ThreadLine {
  phone: PhoneE164;
  customerId: CustomerId | null;
  name: string;
  /** Others at the same number (families share one). */
  others: number;
  lastAt: UtcMs;
  lastBody: string;
  lastFromUs: boolean;
  lastMeaning: Meaning | null;
  unread: number;
  parked: number;
  /** Since when a message waits for a person's answer; null = nothing does. */
  waitingSince: UtcMs | null;
}

/** A message that no rule took care of: it was not marked read in the moment it was fetched, nor decided to be a stop. */
const FOR_A_PERSON = "(read_at IS NULL OR read_at <> fetched_at) AND NOT (meaning = 'hold' AND resolution IS 'stop')";

/** A personal answer of ours that left or will: an automatic one is named after the reply it answers, these after their moment. */
const ANSWER = "cause_kind = 'reply' AND cause_id GLOB '[0-9]*-*' AND state NOT IN ('skipped', 'cancelled', 'rejected')";

const FILTERS: Readonly<Record<ThreadFilter, string>> = {
  all: '1',
  'needs-you': '(t.asked_at > @waitsSince OR t.parked > 0)',
  parked: 't.parked > 0',
  stopped: `EXISTS (SELECT 1 FROM address_book b JOIN consent_state s ON s.address_hmac = b.address_hmac AND s.channel = 'sms'
     AND s.purpose = 'marketing' AND s.state = 'out' WHERE b.address = t.address)`,
};

/** LIKE takes these for patterns. */
const plain = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/**
 * A page of conversations, the latest first, and how many there are. What came before `waitsSince` waits no longer. `q`: words of a text, digits of a number, or people found by name
 * (their numbers given in `phones`).
 */
export function threadPage(
  db: Db,
  o: { filter: ThreadFilter; q: string; phones: readonly string[]; waitsSince: UtcMs; limit: number; offset: number },
): { rows: ThreadLine[]; total: number } {
  const digits = o.q.replace(/\D/g, '');
  const found =
    o.q === ''
      ? '1'
      : `(t.address IN (SELECT value FROM json_each(@phones)) OR (@digits <> '' AND t.address LIKE '%' || @digits || '%')
         OR EXISTS (SELECT 1 FROM inbound b WHERE b.from_address = t.address AND b.body LIKE @like ESCAPE '\\')
         OR EXISTS (SELECT 1 FROM outbox b WHERE b.address = t.address AND b.cause_kind = 'reply' AND b.body LIKE @like ESCAPE '\\'))`;
  const asked = {
    waitsSince: o.waitsSince,
    ...(o.q !== '' && { phones: JSON.stringify(o.phones), digits: digits.length >= 3 ? digits : '', like: `%${plain(o.q)}%` }),
  };
  const given = { ...asked, limit: o.limit, offset: o.offset };
  // a number of nobody (+000…) stands for somebody who was erased: counted, never listed
  const where = `FROM reply_thread t WHERE t.address NOT GLOB '+000*' AND ${FILTERS[o.filter]} AND ${found}`;
  const rows = db
    .prepare(
      `SELECT t.address AS phone, t.unread, t.parked, CASE WHEN t.asked_at > @waitsSince THEN t.waiting_since END AS waitingSince,
         t.last_in AS lastIn, t.our_at AS ourAt${o.q === '' ? '' : ', count(*) OVER () AS total'} ${where} ORDER BY t.last_at DESC, t.address LIMIT @limit OFFSET @offset`,
    )
    .all(given) as (Pick<ThreadLine, 'phone' | 'unread' | 'parked' | 'waitingSince'> & {
    lastIn: UtcMs;
    ourAt: UtcMs | null;
    total?: number;
  })[];
  // Words are looked for once; without them counting is an index.
  const total = rows[0]?.total ?? (db.prepare(`SELECT count(*) ${where} AND @waitsSince IS NOT NULL`).pluck().get(asked) as number);
  const last = db.prepare(
    'SELECT body, meaning, customer_id AS customerId FROM inbound WHERE from_address = ? ORDER BY received_at DESC, sid DESC LIMIT 1',
  );
  const ours = db
    .prepare("SELECT body FROM outbox WHERE address = ? AND cause_kind = 'reply' AND created_at = ? ORDER BY id DESC LIMIT 1")
    .pluck();
  return {
    rows: rows.map((r) => {
      const said = last.get(r.phone) as { body: string; meaning: Meaning; customerId: CustomerId | null };
      const fromUs = r.ourAt !== null && r.ourAt >= r.lastIn;
      const people = peopleAt(db, r.phone, said.customerId);
      return {
        phone: r.phone,
        customerId: people[0]?.id ?? null,
        name: people[0]?.name ?? '',
        others: Math.max(0, people.length - 1),
        lastAt: fromUs && r.ourAt !== null ? r.ourAt : r.lastIn,
        lastBody: fromUs ? ((ours.get(r.phone, r.ourAt) as string | undefined) ?? '') : said.body,
        lastFromUs: fromUs,
        lastMeaning: fromUs ? null : said.meaning,
        unread: r.unread,
        parked: r.parked,
        waitingSince: r.waitingSince,
      };
    }),
    total,
  };
}

export interface PersonAt {
  id: CustomerId;
  name: string;
  firstName: string;
  language: 'en' | 'es';
}

/** Of one conversation: what nobody has read, and whether something waits for an answer. */
export function threadState(db: Db, phone: string, waitsSince: UtcMs): { unread: number; waiting: boolean } {
  const r = db.prepare('SELECT unread, coalesce(asked_at, 0) > ? AS waiting FROM reply_thread WHERE address = ?').get(waitsSince, phone) as
    | { unread: number; waiting: number }
    | undefined;
  return { unread: r?.unread ?? 0, waiting: r?.waiting === 1 };
}

/** Everybody at a number: whom the last text went to first, then who was here last. */
export const peopleAt = (db: Db, phone: string, first: CustomerId | null): PersonAt[] =>
  db
    .prepare(
      `SELECT id, coalesce(nullif(trim(first_name || ' ' || last_name), ''), company) AS name, first_name AS firstName, language FROM customer
       WHERE phone = ? ORDER BY id IS ? DESC, last_visit_at DESC, id LIMIT 12`,
    )
    .all(phone, first) as PersonAt[];

/** How many conversations each filter shows, and how many have something nobody has read. */
export const threadCounts = (db: Db, waitsSince: UtcMs): { needsYou: number; parked: number; unread: number } => ({
  needsYou: db
    .prepare(
      `SELECT (SELECT count(*) FROM reply_thread WHERE asked_at IS NOT NULL AND asked_at > @waitsSince)
         + (SELECT count(*) FROM reply_thread WHERE parked > 0 AND coalesce(asked_at, 0) <= @waitsSince)`,
    )
    .pluck()
    .get({ waitsSince }) as number,
  parked: db.prepare('SELECT count(*) FROM reply_thread WHERE parked > 0').pluck().get() as number,
  unread: unreadThreads(db),
});

/** Conversations with something unread or parked: the number beside the word in the rail. */
export const unreadThreads = (db: Db): number =>
  db.prepare('SELECT count(*) FROM reply_thread WHERE unread > 0 OR parked > 0').pluck().get() as number;

export interface ThreadMessage {
  id: string;
  fromUs: boolean;
  body: string;
  at: UtcMs;
  meaning: Meaning | null;
  rule: string;
  /** Nobody had to read it: a rule took care of it. */
  automatic: boolean;
  /** The automatic answer it got, or is: less, prefs, after-hours, campaign-word, … (services/inbox/answer.ts). */
  answered: string | null;
  /** The counter task that came of it. */
  taskId: number | null;
  campaignName: string | null;
  /** Of ours: what it was for, what became of it, and why. */
  cause: string | null;
  state: string | null;
  reason: string | null;
}

/** What was said to and by a number before an instant, the newest `limit`, oldest first; `more` = there is earlier. */
export function threadMessages(db: Db, phone: string, before: UtcMs, limit: number): { messages: ThreadMessage[]; more: boolean } {
  const rows = db
    .prepare(
      `SELECT * FROM (
         SELECT i.sid AS id, 0 AS fromUs, i.body, i.received_at AS at, i.meaning, i.rule, (i.read_at IS i.fetched_at) AS automatic,
             a.kind AS answered, k.id AS taskId, c.name AS campaignName, NULL AS cause, NULL AS state, NULL AS reason
           FROM inbound i LEFT JOIN campaign c ON c.id = i.campaign_id LEFT JOIN counter_task k ON k.inbound_sid = i.sid
           LEFT JOIN auto_answer a ON a.inbound_sid = i.sid
           WHERE i.from_address = @phone
         UNION ALL
         SELECT 'o' || o.id, 1, o.body, coalesce(o.left_at, o.created_at), NULL, '', o.cause_kind = 'reply' AND o.cause_id GLOB 'auto:*',
             CASE WHEN o.cause_kind = 'reply' AND o.cause_id GLOB 'auto:*' THEN substr(o.cause_id, 6, instr(substr(o.cause_id, 6), ':') - 1) END,
             NULL, c.name, o.cause_kind, o.state, o.reason
           FROM outbox o LEFT JOIN campaign c ON o.cause_kind = 'campaign' AND c.id = CAST(o.cause_id AS INTEGER)
           WHERE o.address = @phone AND o.state <> 'staged')
       WHERE at < @before ORDER BY at DESC, fromUs DESC, id DESC LIMIT @limit`,
    )
    .all({ phone, before, limit: limit + 1 }) as (Omit<ThreadMessage, 'fromUs' | 'automatic'> & { fromUs: number; automatic: number })[];
  return {
    messages: rows
      .slice(0, limit)
      .reverse()
      .map((r) => ({ ...r, fromUs: r.fromUs === 1, automatic: r.automatic === 1 })),
    more: rows.length > limit,
  };
}

export interface PermissionEvent {
  id: number;
  at: UtcMs;
  kind: string;
  method: string;
  reason: string | null;
  staffName: string | null;
}

/** Every permission given, taken or changed for a number, by whatever route, oldest first. */
export const permissionEvents = (db: Db, phone: string, limit: number): PermissionEvent[] =>
  (
    db
      .prepare(
        `SELECT e.id, e.occurred_at AS at, e.kind, e.method, e.reason, s.name AS staffName
         FROM address_book b JOIN consent_event e ON e.address_hmac = b.address_hmac AND e.channel = 'sms'
         LEFT JOIN staff s ON s.id = e.staff_id WHERE b.address = ? ORDER BY e.id DESC LIMIT ?`,
      )
      .all(phone, limit) as PermissionEvent[]
  ).reverse();

/** "Nothing to do here": until they write again. */
export function closeThread(trx: Trx, phone: string, at: UtcMs, staffId: StaffId | null): void {
  trx.prepare('INSERT OR IGNORE INTO thread_closed (address, at, staff_id) VALUES (?, ?, ?)').run(phone, at, staffId);
}

/** Takes the last closing back. */
export const reopenThread = (trx: Trx, phone: string): number =>
  trx
    .prepare('DELETE FROM thread_closed WHERE address = @phone AND at = (SELECT max(at) FROM thread_closed WHERE address = @phone)')
    .run({ phone }).changes;

/** Messages for a person, our personal answers and closings since an instant, by number. */
export function waitEventsSince(db: Db, since: UtcMs): { phone: string; at: UtcMs; kind: 'asked' | 'answered' | 'closed' }[] {
  return db
    .prepare(
      `SELECT from_address AS phone, received_at AS at, 'asked' AS kind FROM inbound WHERE received_at >= @since AND ${FOR_A_PERSON}
       UNION ALL SELECT address, created_at, 'answered' FROM outbox WHERE created_at >= @since AND ${ANSWER}
       UNION ALL SELECT address, at, 'closed' FROM thread_closed WHERE at >= @since`,
    )
    .all({ since }) as { phone: string; at: UtcMs; kind: 'asked' | 'answered' | 'closed' }[];
}
