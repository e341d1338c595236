import type { Learnt, PricedTexts } from '@domain/account/rates';
import type { StatementRow } from '@domain/account/statement';
import type { AccountView } from '@domain/account/view';
import type { CampaignId, Micros, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { Db } from '../open';

export interface StoredLook {
  view: AccountView | null;
  triedAt: UtcMs;
  failed: { code: string; number: number | null } | null;
  learnt: Learnt | null;
}

/** The account as it was last seen; null before the first try. */
export function readLook(db: Db): StoredLook | null {
  const r = db.one(db.q.selectFrom('account_look').selectAll());
  if (!r) return null;
  return {
    view: r.view === null ? null : (JSON.parse(r.view) as AccountView),
    triedAt: r.tried_at as UtcMs,
    failed: r.failed_code === null ? null : { code: r.failed_code, number: r.failed_number },
    learnt: r.learnt === null ? null : (JSON.parse(r.learnt) as Learnt),
  };
}

/** When the account was last seen; null before the first look that worked. Cheap: one field of one row. */
export function accountSeenAt(db: Db): UtcMs | null {
  return (db.prepare('SELECT looked_at FROM account_look').pluck().get() as UtcMs | null | undefined) ?? null;
}

export function saveLook(db: Db, view: AccountView, learnt: Learnt | null): void {
  const row = {
    view: JSON.stringify(view),
    looked_at: view.at,
    tried_at: view.at,
    failed_code: null,
    failed_number: null,
    learnt: learnt === null ? null : JSON.stringify(learnt),
  };
  db.run(
    db.q
      .insertInto('account_look')
      .values({ id: 1, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row)),
  );
}

/** The last look failed; what was seen before it stays. */
export function saveFailedLook(db: Db, at: UtcMs, failed: { code: string; number: number | null }): void {
  const row = { tried_at: at, failed_code: failed.code, failed_number: failed.number };
  db.run(
    db.q
      .insertInto('account_look')
      .values({ id: 1, view: null, looked_at: null, learnt: null, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row)),
  );
}

/** Another account or key: what was seen of the one before says nothing about it. */
export function forgetLook(db: Db): void {
  db.run(db.q.deleteFrom('account_look'));
  db.run(db.q.deleteFrom('account_refusal'));
}

const SAME_TROUBLE_MS = 24 * 60 * 60_000;

/** One more text refused because of the account. After a day without one the count begins anew. */
export function noteRefusal(db: Db, code: number, at: UtcMs): void {
  db.prepare(
    `INSERT INTO account_refusal (code, texts, first_at, last_at) VALUES (@code, 1, @at, @at)
     ON CONFLICT (code) DO UPDATE SET texts = CASE WHEN @at - last_at > @day THEN 1 ELSE texts + 1 END,
       first_at = CASE WHEN @at - last_at > @day THEN @at ELSE first_at END, last_at = max(last_at, @at)`,
  ).run({ code, at, day: SAME_TROUBLE_MS });
}

/** Refusals since an instant that no text has got past: none of those that left later reached a carrier. */
export function standingRefusals(db: Db, since: UtcMs): { code: number; count: number; lastAt: UtcMs }[] {
  return db
    .prepare(
      `SELECT code, texts AS count, last_at AS lastAt FROM account_refusal r WHERE last_at >= ?
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE left_at IS NOT NULL AND left_at > r.last_at AND state IN ('sent', 'delivered', 'undelivered'))
       ORDER BY last_at DESC`,
    )
    .all(since) as { code: number; count: number; lastAt: UtcMs }[];
}

export const newestRefusal = (db: Db): UtcMs | null => db.prepare('SELECT max(last_at) FROM account_refusal').pluck().get() as UtcMs | null;

/** Texts that wait and what they will cost: quoted, else the expected price. */
export function waitingCost(db: Db, each: Micros): { texts: number; price: Micros } {
  return db
    .prepare(
      `SELECT count(*) AS texts, coalesce(sum(coalesce(quoted_price, segments * ?)), 0) AS price FROM outbox
       WHERE state = 'waiting'`,
    )
    .get(each) as { texts: number; price: Micros };
}

/** Real prices per segment of texts that left in a stretch, in one currency. Refused ones cost a fee, not a text. */
export function pricedTexts(db: Db, from: UtcMs, to: UtcMs, currency: string): PricedTexts[] {
  return db
    .prepare(
      `SELECT CAST(round(price * 1.0 / max(1, coalesce(nullif(carrier_segments, 0), segments))) AS INTEGER) AS perSegment, count(*) AS texts,
         sum(max(1, coalesce(nullif(carrier_segments, 0), segments))) AS segments
       FROM outbox WHERE left_at IS NOT NULL AND left_at >= ? AND left_at < ? AND price IS NOT NULL AND price > 0
         AND price_currency = ? AND state IN ('sent', 'delivered', 'undelivered') GROUP BY 1`,
    )
    .all(from, to, currency) as PricedTexts[];
}

/** What left in a stretch, by what it was for and by currency; texts without a price yet at what was quoted. */
export function leftBetween(db: Db, from: UtcMs, to: UtcMs, each: Micros, currency: string): StatementRow[] {
  return db
    .prepare(
      `SELECT o.cause_kind AS kind, CASE WHEN o.cause_kind = 'campaign' THEN CAST(o.cause_id AS INTEGER) END AS campaignId,
         coalesce(o.price_currency, @currency) AS currency, count(*) AS texts,
         sum(max(1, coalesce(nullif(o.carrier_segments, 0), o.segments))) AS segments,
         sum(o.price IS NOT NULL) AS priced, coalesce(sum(o.price), 0) AS real,
         coalesce(sum(CASE WHEN o.price IS NULL AND o.state <> 'failed' THEN coalesce(o.quoted_price, o.segments * @each) END), 0) AS expected
       FROM outbox o WHERE o.left_at IS NOT NULL AND o.left_at >= @from AND o.left_at < @to
         AND o.state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain', 'failed')
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    )
    .all({ from, to, each, currency }) as StatementRow[];
}

/** Texts that came in, and roughly how many segments they were. */
export const receivedBetween = (db: Db, from: UtcMs, to: UtcMs): { texts: number; segments: number } =>
  db
    .prepare(
      `SELECT count(*) AS texts, coalesce(sum(CASE WHEN length(body) <= 160 THEN 1 ELSE (length(body) + 152) / 153 END), 0) AS segments
       FROM inbound WHERE received_at >= ? AND received_at < ?`,
    )
    .get(from, to) as { texts: number; segments: number };

/** Texts that left the account in a stretch without being ours, as far as the lists that were read showed them. */
export const foreignBetween = (db: Db, from: UtcMs, to: UtcMs): number =>
  db.prepare('SELECT count(*) FROM foreign_text WHERE at >= ? AND at < ?').pluck().get(from, to) as number;

/** When the first text left or came in; null while there was none. */
export const firstTextAt = (db: Db): UtcMs | null =>
  db
    .prepare(
      `SELECT min(at) FROM (SELECT min(left_at) AS at FROM outbox WHERE left_at IS NOT NULL UNION ALL SELECT min(received_at) FROM inbound)`,
    )
    .pluck()
    .get() as UtcMs | null;

export const campaignNames = (db: Db, ids: readonly number[]): Map<number, string> =>
  new Map(
    (
      db.prepare('SELECT id, name FROM campaign WHERE id IN (SELECT value FROM json_each(?))').all(JSON.stringify(ids)) as {
        id: number;
        name: string;
      }[]
    ).map((r) => [r.id, r.name]),
  );

export interface StoredUsage {
  category: string;
  count: number;
  usage: number;
  unit: string;
  price: Micros;
  currency: string;
}

/** What the carrier counted in a month of its calendar; null while it was not read. */
export function readUsage(db: Db, month: string): { readAt: UtcMs; lines: StoredUsage[] } | null {
  const rows = db.all(db.q.selectFrom('account_usage').selectAll().where('month', '=', month).orderBy('category'));
  const first = rows[0];
  if (!first) return null;
  return {
    readAt: first.read_at as UtcMs,
    lines: rows.map((r) => ({
      category: r.category,
      count: r.count,
      usage: r.usage,
      unit: r.unit,
      price: r.price as Micros,
      currency: r.currency,
    })),
  };
}

/** Replaces a month. A month in which nothing was counted keeps one line that says it was read. */
export function saveUsage(db: Db, month: string, lines: readonly StoredUsage[], readAt: UtcMs): void {
  const rows = lines.length > 0 ? lines : [{ category: 'nothing', count: 0, usage: 0, unit: '', price: 0 as Micros, currency: 'USD' }];
  db.tx((trx) => {
    trx.run(trx.q.deleteFrom('account_usage').where('month', '=', month));
    for (const l of rows) trx.run(trx.q.insertInto('account_usage').values({ month, ...l, read_at: readAt }));
  });
}

export interface WaitingPlace {
  phone: PhoneE164;
  postalCode: string | null;
  zone: Zone | null;
  marketing: number;
  segments: number;
}

/** Segments that wait, put together by where their people are: area code, ZIP region, and the zone somebody typed. One text in `every`. */
export function waitingPlaces(db: Db, id: CampaignId | null, every: number): WaitingPlace[] {
  const mine = id === null ? '1 = 1' : "o.cause_kind = 'campaign' AND o.cause_id = @id";
  return db
    .prepare(
      `SELECT min(o.address) AS phone, min(nullif(k.postal_code, '')) AS postalCode, k.zone, max(o.message_class = 'marketing') AS marketing,
         sum(o.segments) AS segments
       FROM outbox o LEFT JOIN customer k ON k.id = o.customer_id
       WHERE o.state = 'waiting' AND o.id % @every = 0 AND o.send_at IS NULL AND ${mine}
       GROUP BY substr(o.address, 1, 5), substr(coalesce(k.postal_code, ''), 1, 3), k.zone, o.message_class = 'marketing'`,
    )
    .all(id === null ? { every } : { every, id: String(id) }) as WaitingPlace[];
}

/** Segments of other texts that leave before or beside a campaign's: everything that waits and is not paused. */
export const waitingBeside = (db: Db, id: CampaignId | null): number =>
  db
    .prepare(
      `SELECT coalesce(sum(o.segments), 0) FROM outbox o WHERE o.state = 'waiting' AND o.send_at IS NULL
         AND NOT (o.cause_kind = 'campaign' AND o.cause_id = @id)
         AND (o.reason IS NULL OR o.reason NOT IN ('sender-not-approved', 'spend-limit'))
         AND (o.cause_kind <> 'campaign' OR EXISTS (SELECT 1 FROM campaign c WHERE c.id = CAST(o.cause_id AS INTEGER) AND c.state = 'sending'))`,
    )
    .pluck()
    .get({ id: id === null ? '' : String(id) }) as number;
