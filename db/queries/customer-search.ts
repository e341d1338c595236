import type { Cents, CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** Where a person stands with texts, for lists: of the number, marketing. */
export type PermissionFilter = 'any' | 'in' | 'pending' | 'out' | 'none' | 'no-phone';
export type CustomerSort = 'name' | 'last-visit' | 'spend' | 'visits' | 'added';

export interface CustomerQuery {
  /** Any part of name, company, phone or e-mail; several words must all be found. */
  text: string;
  permission: PermissionFilter;
  /** True: only the till's nameless instant profiles. */
  weak: boolean;
  sort: CustomerSort;
  desc: boolean;
}

export interface CustomerListRow {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  email: string | null;
  visits: number;
  spend: Cents;
  lastVisitAt: UtcMs | null;
  /** Marketing by text: in, pending, out, hold, paused, never; null when no event was ever recorded. */
  permission: 'in' | 'pending' | 'out' | 'never' | 'hold' | 'paused' | null;
  phoneProblem: string | null;
}

interface Where {
  sql: string[];
  params: (string | number)[];
}

/** Escapes % and _ for LIKE … ESCAPE '\'. */
const like = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A number as somebody types it (`(212) 555-01`) becomes its digits; anything with a letter stays words. */
function terms(text: string): string[] {
  const plain = text.normalize('NFC').trim();
  if (/^\+?[\d\s().\-/]+$/.test(plain) && /\d/.test(plain)) return [plain.replace(/\D/g, '')];
  return plain.split(/\s+/).filter((t) => t !== '');
}

/**
 * Words of three letters and more are found anywhere (trigram index, accents and capitals do not matter); shorter ones
 * begin a first or last name, or stand anywhere in a number.
 */
function searched(text: string): Where {
  const where: Where = { sql: [], params: [] };
  const long: string[] = [];
  for (const term of terms(text)) {
    if ([...term].length >= 3) long.push(`"${term.replaceAll('"', '""')}"`);
    else if (/^\d+$/.test(term)) {
      where.sql.push('c.id IN (SELECT id FROM customer WHERE phone IS NOT NULL AND phone LIKE ?)');
      where.params.push(`%${term}%`);
    } else {
      where.sql.push("(c.first_name LIKE ? ESCAPE '\\' OR c.last_name LIKE ? ESCAPE '\\')");
      where.params.push(`${like(term)}%`, `${like(term)}%`);
    }
  }
  if (long.length > 0) {
    where.sql.push('c.id IN (SELECT rowid FROM customer_search WHERE words MATCH ?)');
    where.params.push(long.join(' AND '));
  }
  return where;
}

const NUMBERS_WITH = (states: string) =>
  `(SELECT b.address FROM consent_state s JOIN address_book b ON b.address_hmac = s.address_hmac
    WHERE s.channel = 'sms' AND s.purpose = 'marketing' AND s.state IN (${states}))`;

const PERMISSION: Record<PermissionFilter, string | null> = {
  any: null,
  in: `c.phone IN ${NUMBERS_WITH("'in'")}`,
  pending: `c.phone IN ${NUMBERS_WITH("'pending'")}`,
  out: `c.phone IN ${NUMBERS_WITH("'out', 'hold'")}`,
  none: `c.phone IS NOT NULL AND c.phone NOT IN ${NUMBERS_WITH("'in', 'pending', 'out', 'hold'")}`,
  // A partial index holds those with a number: ids alone tell the rest.
  'no-phone': 'c.id NOT IN (SELECT id FROM customer WHERE phone IS NOT NULL)',
};

const ORDER: Record<Exclude<CustomerSort, 'name'>, { asc: string; desc: string }> = {
  'last-visit': { asc: 'c.last_visit_at NULLS LAST, c.id', desc: 'c.last_visit_at DESC, c.id DESC' },
  spend: { asc: 'c.spend, c.id', desc: 'c.spend DESC, c.id DESC' },
  visits: { asc: 'c.visits, c.id', desc: 'c.visits DESC, c.id DESC' },
  added: { asc: 'c.id', desc: 'c.id DESC' },
};
const BY_NAME = {
  asc: 'c.last_name COLLATE NOCASE, c.first_name COLLATE NOCASE, c.id',
  desc: 'c.last_name COLLATE NOCASE DESC, c.first_name COLLATE NOCASE DESC, c.id DESC',
};

const NOT_WEAK = 'c.id NOT IN (SELECT id FROM customer WHERE weak = 1)';

interface Statement {
  sql: string;
  params: (string | number)[];
}

/** The statements whose ids, one after the other, are the answer: people without a last name come last, both ways. */
export function listStatements(q: CustomerQuery): Statement[] {
  const where = searched(q.text);
  const permission = PERMISSION[q.permission];
  if (permission) where.sql.push(permission);
  where.sql.push(q.weak ? 'c.weak = 1' : NOT_WEAK);
  const direction = q.desc ? 'desc' : 'asc';
  const base = (extra: string[], order: string) => ({
    sql: `SELECT c.id FROM customer c WHERE ${[...extra, ...where.sql].join(' AND ')} ORDER BY ${order}`,
    params: where.params,
  });
  if (q.sort !== 'name') return [base([], ORDER[q.sort][direction])];
  return [base(["c.last_name COLLATE NOCASE > ''"], BY_NAME[direction]), base(["c.last_name COLLATE NOCASE = ''"], BY_NAME[direction])];
}

interface Kept {
  stamp: string;
  ids?: number[];
  counts?: number[];
}
/** Answers of the last few questions, valid until anything in the file changes: scrolling a list reads only its rows. */
const answers = new WeakMap<Db, Map<string, Kept>>();
const KEPT = 8;

function keptFor(db: Db, key: string): Kept {
  let kept = answers.get(db);
  if (!kept) {
    kept = new Map();
    answers.set(db, kept);
  }
  // data_version sees other connections (an import), total_changes our own.
  const stamp = `${db.raw.pragma('data_version', { simple: true })} ${db.prepare('SELECT total_changes()').pluck().get()}`;
  let hit = kept.get(key);
  if (hit?.stamp !== stamp) hit = { stamp };
  kept.delete(key);
  kept.set(key, hit);
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
  return hit;
}

const idsBy = (db: Db, s: Statement, tail = '', more: number[] = []): number[] =>
  db.raw
    .prepare(s.sql + tail)
    .pluck()
    .all(...s.params, ...more) as number[];

/**
 * Filtered: every id of the answer is read once and kept. Unfiltered: the order's own index is walked to the page, which is
 * cheaper than carrying 100,000 ids.
 */
function pageOfIds(db: Db, q: CustomerQuery, page: { offset: number; limit: number }): { total: number; ids: number[] } {
  const statements = listStatements(q);
  const kept = keptFor(db, JSON.stringify([q.text.trim(), q.permission, q.weak, q.sort, q.desc]));
  if (q.text.trim() !== '' || q.permission !== 'any' || q.sort === 'visits') {
    kept.ids ??= statements.flatMap((s) => idsBy(db, s));
    return { total: kept.ids.length, ids: kept.ids.slice(page.offset, page.offset + page.limit) };
  }
  kept.counts ??= statements.map(
    (s) =>
      db.raw
        .prepare(`SELECT count(*) FROM (${s.sql})`)
        .pluck()
        .get(...s.params) as number,
  );
  const ids: number[] = [];
  let skip = page.offset;
  statements.forEach((s, i) => {
    const count = kept.counts?.[i] ?? 0;
    if (ids.length < page.limit && skip < count) ids.push(...idsBy(db, s, ' LIMIT ? OFFSET ?', [page.limit - ids.length, skip]));
    skip = Math.max(0, skip - count);
  });
  return { total: kept.counts.reduce((a, b) => a + b, 0), ids };
}

const ROWS = `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email, c.visits, c.spend,
    c.last_visit_at AS lastVisitAt, c.phone_problem AS phoneProblem,
    (SELECT s.state FROM address_book b JOIN consent_state s ON s.address_hmac = b.address_hmac
     WHERE b.address = c.phone AND s.channel = 'sms' AND s.purpose = 'marketing') AS permission
  FROM json_each(?) AS j JOIN customer c ON c.id = j.value ORDER BY j.key`;

/** These people in this order. */
function customerRows(db: Db, ids: readonly number[]): CustomerListRow[] {
  return db.prepare(ROWS).all(JSON.stringify(ids)) as CustomerListRow[];
}

/** One page of the list, and how many people it holds in all. */
export function listCustomers(
  db: Db,
  q: CustomerQuery,
  page: { offset: number; limit: number },
): { total: number; rows: CustomerListRow[] } {
  const { total, ids } = pageOfIds(db, q, page);
  return { total, rows: customerRows(db, ids) };
}

/** The statement behind `nearest`, also held against its query plan by a test. */
export function nearestStatement(text: string, limit: number): { sql: string; params: (string | number)[] } {
  const where = searched(text);
  return {
    sql: `SELECT c.id FROM customer c WHERE ${[...where.sql, NOT_WEAK].join(' AND ')}
      ORDER BY c.last_visit_at DESC, c.id DESC LIMIT ?`,
    params: [...where.params, limit],
  };
}

/** For the counter: the few people most likely meant, recent visitors first. Never a way to leaf through the list. */
export function nearest(db: Db, text: string, limit: number): CustomerId[] {
  const { sql, params } = nearestStatement(text, limit);
  return db.raw
    .prepare(sql)
    .pluck()
    .all(...params) as CustomerId[];
}

/** How many people each filter of the list holds, without the till's nameless profiles. */
export function permissionCounts(db: Db): Record<PermissionFilter, number> {
  const one = (sql: string) => db.prepare(sql).pluck().get() as number;
  const people = one('SELECT count(*) FROM customer') - one('SELECT count(*) FROM customer WHERE weak = 1');
  const withPhone =
    one('SELECT count(*) FROM customer WHERE phone IS NOT NULL') -
    one('SELECT count(*) FROM customer WHERE weak = 1 AND phone IS NOT NULL');
  const states = db
    .prepare(
      `SELECT s.state, count(*) AS n FROM consent_state s JOIN address_book b ON b.address_hmac = s.address_hmac
       JOIN customer c ON c.phone = b.address AND ${NOT_WEAK}
       WHERE s.channel = 'sms' AND s.purpose = 'marketing' GROUP BY s.state`,
    )
    .all() as { state: string; n: number }[];
  const of = (...wanted: string[]) => states.filter((s) => wanted.includes(s.state)).reduce((sum, s) => sum + s.n, 0);
  const known = { in: of('in'), pending: of('pending'), out: of('out', 'hold') };
  return { any: people, ...known, none: withPhone - known.in - known.pending - known.out, 'no-phone': people - withPhone };
}
