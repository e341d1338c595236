import type { CustomerId, PhoneE164, ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { NoticeGoods } from '@domain/notices/notice';
import type { Db, Trx } from '../open';
import type { NoticePersonTable } from '../schema/service';
import { survivorOf } from './merges';
import { COUNTED } from './visit-sql';

export interface Notice {
  id: number;
  kind: 'recall' | 'notice';
  name: string;
  goods: NoticeGoods;
  fromDay: ShopDay;
  untilDay: ShopDay;
  bodyEn: string;
  bodyEs: string;
  state: 'draft' | 'sending' | 'sent';
  madeAt: UtcMs;
  sentAt: UtcMs | null;
}

const NOTICE = `SELECT id, kind, name, goods, from_day AS fromDay, until_day AS untilDay, body_en AS bodyEn, body_es AS bodyEs, state,
  made_at AS madeAt, sent_at AS sentAt FROM notice`;
type Stored = Omit<Notice, 'goods'> & { goods: string };
const noticeOf = (r: unknown): Notice => ({ ...(r as Stored), goods: JSON.parse((r as Stored).goods) as NoticeGoods });

export function noticeById(db: Db, id: number): Notice | null {
  const r = db.prepare(`${NOTICE} WHERE id = ?`).get(id);
  return r ? noticeOf(r) : null;
}

/** Newest first, with how many were texted, how many stand on the list, and how many of those were reached since. */
export function listNotices(
  db: Db,
  page: { offset: number; limit: number },
): { rows: (Notice & { texted: number; listed: number; reached: number })[]; total: number } {
  const rows = db
    .prepare(
      `${NOTICE.replace(
        ' FROM notice',
        `, (SELECT count(*) FROM notice_person p WHERE p.notice_id = notice.id AND p.phone IS NOT NULL) AS texted,
           (SELECT count(*) FROM notice_person p WHERE p.notice_id = notice.id AND p.reason IS NOT NULL) AS listed,
           (SELECT count(*) FROM notice_person p WHERE p.notice_id = notice.id AND p.told_at IS NOT NULL) AS reached FROM notice`,
      )} ORDER BY made_at DESC, id DESC LIMIT ? OFFSET ?`,
    )
    .all(page.limit, page.offset);
  const total = db.prepare('SELECT count(*) FROM notice').pluck().get() as number;
  return { rows: rows.map((r) => ({ ...(r as { texted: number; listed: number; reached: number }), ...noticeOf(r) })), total };
}

export const sendingNotices = (db: Db): Notice[] => db.prepare(`${NOTICE} WHERE state = 'sending'`).all().map(noticeOf);

export interface NoticeFields {
  kind: Notice['kind'];
  name: string;
  goods: NoticeGoods;
  fromDay: ShopDay;
  untilDay: ShopDay;
  bodyEn: string;
  bodyEs: string;
}

/** `id`: drawn from the clock and free, never counted on: a restored copy must not give another notice the number of one that was sent. */
export const insertNotice = (trx: Trx, n: NoticeFields & { id: number; at: UtcMs; staffId: StaffId | null }): boolean =>
  trx
    .prepare(
      `INSERT INTO notice (id, kind, name, goods, from_day, until_day, body_en, body_es, made_at, made_by, updated_at)
       VALUES (@id, @kind, @name, @goods, @fromDay, @untilDay, @bodyEn, @bodyEs, @at, @staffId, @at) ON CONFLICT (id) DO NOTHING`,
    )
    .run({ ...n, goods: JSON.stringify(n.goods) }).changes === 1;

export const updateNotice = (trx: Trx, n: NoticeFields & { id: number; at: UtcMs }): boolean =>
  trx
    .prepare(
      `UPDATE notice SET kind = @kind, name = @name, goods = @goods, from_day = @fromDay, until_day = @untilDay, body_en = @bodyEn,
         body_es = @bodyEs, updated_at = @at WHERE id = @id AND state = 'draft'`,
    )
    .run({ ...n, goods: JSON.stringify(n.goods) }).changes === 1;

export const deleteNotice = (trx: Trx, id: number): boolean =>
  trx.prepare("DELETE FROM notice WHERE id = ? AND state = 'draft'").run(id).changes === 1;

export const moveNotice = (
  trx: Trx,
  m: { id: number; from: Notice['state']; to: Notice['state']; at: UtcMs; staffId: StaffId | null },
): boolean =>
  trx
    .prepare(
      `UPDATE notice SET state = @to, updated_at = @at, sent_at = CASE @to WHEN 'sending' THEN coalesce(sent_at, @at) ELSE sent_at END,
         sent_by = coalesce(sent_by, @staffId) WHERE id = @id AND state = @from`,
    )
    .run(m).changes === 1;

/** Somebody who bought it in that time and has not brought it all back. */
export interface Buyer {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  email: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  language: 'en' | 'es';
  /** Everything of it they bought was a present: somebody else may have it. */
  gift: boolean;
  /** The last day they bought it, within the time. */
  boughtOn: ShopDay;
}

/** Lines of these goods, by the index of their kind; case as the till writes it is ignored. */
const these = (what: NoticeGoods['what']): string => `${what === 'category' ? 'l.category' : 'l.name'} COLLATE NOCASE
    IN (SELECT value FROM json_each(@names)) AND (@variant = '' OR l.variant LIKE '%' || @variant || '%' COLLATE NOCASE)`;

const params = (goods: NoticeGoods, fromDay: ShopDay, untilDay: ShopDay) => ({
  names: JSON.stringify(goods.names),
  variant: goods.variant.replace(/[%_]/g, ' ').trim(),
  fromDay,
  untilDay,
});

/**
 * The very buyers, from the lines of the till: bought in those days, and since then not all of it brought back (a return may be of a later
 * purchase of the same goods, then they count as still having one: in doubt somebody is told). Voided and failed sales are none.
 */
const buyersSql = (what: NoticeGoods['what']): string => `WITH of_it AS (
    SELECT s.customer_id AS id, s.shop_day AS day, s.is_gift AS gift,
      CASE WHEN s.kind = 'refund' OR l.qty_milli < 0 THEN -abs(l.qty_milli) WHEN s.status = 'refunded' THEN 0 ELSE l.qty_milli END AS qty
    FROM sale_line l CROSS JOIN sale s ON s.id = l.sale_id
    WHERE ${these(what)} AND s.customer_id IS NOT NULL AND ${COUNTED} AND s.shop_day >= @fromDay
  ), kept AS (
    SELECT id, max(CASE WHEN day <= @untilDay AND qty > 0 THEN day END) AS boughtOn,
      min(CASE WHEN day <= @untilDay AND qty > 0 THEN gift END) AS gift
    FROM of_it GROUP BY id HAVING sum(qty) > 0 AND boughtOn IS NOT NULL
  )
  SELECT c.id AS customerId, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email, c.street, c.city, c.region,
    c.postal_code AS postalCode, c.language, k.gift, k.boughtOn
  FROM kept k JOIN customer c ON c.id = k.id WHERE c.weak = 0 ORDER BY k.boughtOn, c.id`;

export const buyersOf = (db: Db, goods: NoticeGoods, fromDay: ShopDay, untilDay: ShopDay): Buyer[] =>
  (db.prepare(buyersSql(goods.what)).all(params(goods, fromDay, untilDay)) as (Omit<Buyer, 'gift'> & { gift: number })[]).map((b) => ({
    ...b,
    gift: b.gift === 1,
  }));

/** Sales of it in that time that are nobody's in particular: those buyers can only be told in the shop. */
export const soldToNobody = (db: Db, goods: NoticeGoods, fromDay: ShopDay, untilDay: ShopDay): number =>
  db
    .prepare(
      `SELECT count(DISTINCT s.id) FROM sale_line l CROSS JOIN sale s ON s.id = l.sale_id LEFT JOIN customer c ON c.id = s.customer_id
       WHERE ${these(goods.what)} AND s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded') AND l.qty_milli > 0
         AND s.shop_day BETWEEN @fromDay AND @untilDay AND (s.customer_id IS NULL OR c.weak = 1)`,
    )
    .pluck()
    .get(params(goods, fromDay, untilDay)) as number;

export const putNoticePerson = (
  trx: Trx,
  p: { noticeId: number; customerId: CustomerId; phone: PhoneE164 | null; reason: string | null; gift: boolean; boughtOn: ShopDay },
): void =>
  void trx
    .prepare(
      `INSERT INTO notice_person (notice_id, customer_id, phone, reason, gift, bought_on)
       VALUES (@noticeId, @customerId, @phone, @reason, @gift, @boughtOn) ON CONFLICT DO NOTHING`,
    )
    .run({ ...p, gift: p.gift ? 1 : 0 });

/** Whom a notice was for, with how each was told; those who could not be texted first. */
export interface Noticed {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  email: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  reason: string | null;
  gift: boolean;
  boughtOn: ShopDay;
  toldAt: UtcMs | null;
  textState: string | null;
}

export function noticed(db: Db, id: number, page: { offset: number; limit: number }): { rows: Noticed[]; total: number } {
  const rows = db
    .prepare(
      `SELECT p.customer_id AS customerId, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email, c.street, c.city,
         c.region, c.postal_code AS postalCode, p.reason, p.gift, p.bought_on AS boughtOn, p.told_at AS toldAt,
         (SELECT o.state FROM outbox o WHERE o.cause_kind = 'service' AND o.cause_id = 'notice:' || p.notice_id AND o.address = p.phone) AS textState
       FROM notice_person p JOIN customer c ON c.id = p.customer_id WHERE p.notice_id = ?
       ORDER BY p.phone IS NOT NULL, c.last_name, c.first_name, p.customer_id LIMIT ? OFFSET ?`,
    )
    .all(id, page.limit, page.offset) as (Omit<Noticed, 'gift'> & { gift: number })[];
  const total = db.prepare('SELECT count(*) FROM notice_person WHERE notice_id = ?').pluck().get(id) as number;
  return { rows: rows.map((r) => ({ ...r, gift: r.gift === 1 })), total };
}

/** As the journal keeps it: the notice and some of those it was for. */
export interface NoticeFact {
  notice: Record<string, string | number | null>;
  people: (Omit<NoticePersonTable, 'gift'> & { gift: number })[];
}

export const noticeRow = (db: Db, id: number): NoticeFact['notice'] =>
  db.prepare('SELECT * FROM notice WHERE id = ?').get(id) as NoticeFact['notice'];
export const noticePerson = (db: Db, id: number, customerId: CustomerId): NoticeFact['people'] =>
  db.prepare('SELECT * FROM notice_person WHERE notice_id = ? AND customer_id = ?').all(id, customerId) as NoticeFact['people'];

/**
 * A notice as it went out after the copy was made: the list of whom to call is there again, and nobody is texted as if for the first time.
 * Of people merged since it is the other record's; who is gone stays out. True when it told something new.
 */
export function putNotice(trx: Trx, fact: NoticeFact): boolean {
  // it never goes on by itself in a copy: who has no text then is seen beside their name
  const notice = { ...fact.notice, state: 'sent' };
  const names = Object.keys(notice);
  const insert = trx
    .prepare(`INSERT INTO notice (${names.join(', ')}) VALUES (${names.map((c) => `@${c}`).join(', ')}) ON CONFLICT (id) DO NOTHING`)
    .run(notice).changes;
  const rose = trx
    .prepare(
      `UPDATE notice SET state = @state, body_en = @body_en, body_es = @body_es, goods = @goods, from_day = @from_day, until_day = @until_day,
         sent_at = @sent_at, sent_by = @sent_by, updated_at = @updated_at
       WHERE id = @id AND state = 'draft'`,
    )
    .run(notice).changes;
  let fresh = insert + rose;
  for (const p of fact.people) {
    const customerId = survivorOf(trx, p.customer_id as CustomerId);
    if (customerId === null) continue;
    fresh += trx
      .prepare(
        `INSERT INTO notice_person (notice_id, customer_id, phone, reason, gift, bought_on, told_at)
         VALUES (@notice_id, @customerId, @phone, @reason, @gift, @bought_on, @told_at)
         ON CONFLICT (notice_id, customer_id) DO UPDATE SET told_at = excluded.told_at WHERE told_at IS NOT excluded.told_at`,
      )
      .run({ ...p, customerId }).changes;
  }
  return fresh > 0;
}

export const setReached = (trx: Trx, p: { noticeId: number; customerId: CustomerId; at: UtcMs | null }): boolean =>
  trx.prepare('UPDATE notice_person SET told_at = @at WHERE notice_id = @noticeId AND customer_id = @customerId').run(p).changes === 1;
