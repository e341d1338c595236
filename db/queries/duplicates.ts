import type { Comparable, DuplicateReason } from '@domain/customers/duplicates';
import type { CustomerId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface CandidateRow extends Comparable {
  id: CustomerId;
}

const FIELDS = `c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email, c.birthday,
  c.postal_code AS postalCode, c.street`;

/**
 * Each finds people who share one thing with somebody, by an index of its own (held by a test). A block larger than the limit says
 * nothing about anybody: a shop's own number typed for everyone, a birthday half a class has. Slips in the last name are looked for
 * under its first letter.
 */
const PROBES = {
  phone: `SELECT ${FIELDS} FROM customer c WHERE c.phone = @phone AND c.id <> @id LIMIT 12`,
  email: `SELECT ${FIELDS} FROM customer c WHERE c.email = @email AND c.id <> @id LIMIT 12`,
  last: `SELECT ${FIELDS} FROM customer c WHERE c.postal_code <> '' AND substr(c.postal_code, 1, 5) = @place
    AND c.last_name = @lastName COLLATE NOCASE AND c.id <> @id LIMIT 40`,
  first: `SELECT ${FIELDS} FROM customer c WHERE c.postal_code <> '' AND substr(c.postal_code, 1, 5) = @place
    AND c.first_name = @firstName COLLATE NOCASE AND substr(c.last_name, 1, 1) = @initial COLLATE NOCASE AND c.id <> @id LIMIT 40`,
  birthday: `SELECT ${FIELDS} FROM customer c WHERE c.birthday = @birthday AND substr(c.last_name, 1, 1) = @initial COLLATE NOCASE
    AND c.id <> @id LIMIT 40`,
  birthdayLast: `SELECT ${FIELDS} FROM customer c WHERE c.birthday = @birthday AND c.last_name = @lastName COLLATE NOCASE AND c.id <> @id LIMIT 40`,
} as const;
export const DUPLICATE_PROBES: Readonly<Record<string, string>> = PROBES;

export function comparable(db: Db, id: CustomerId): (CandidateRow & { weak: number }) | null {
  return (
    (db.prepare(`SELECT ${FIELDS}, c.weak FROM customer c WHERE c.id = ?`).get(id) as (CandidateRow & { weak: number }) | undefined) ?? null
  );
}

/** Whoever might be the same person, by indexes: never everybody against everybody. */
export function candidates(db: Db, p: CandidateRow): CandidateRow[] {
  const found = new Map<CustomerId, CandidateRow>();
  const probe = (name: keyof typeof PROBES, params: Record<string, string | null>) => {
    for (const row of db.prepare(PROBES[name]).all({ id: p.id, ...params }) as CandidateRow[]) found.set(row.id, row);
  };
  const place = p.postalCode.slice(0, 5);
  if (p.phone !== null) probe('phone', { phone: p.phone });
  if (p.email !== null) probe('email', { email: p.email });
  if (place !== '' && p.lastName !== '') probe('last', { place, lastName: p.lastName });
  const initial = p.lastName.slice(0, 1);
  if (place !== '' && p.firstName !== '' && initial) probe('first', { place, firstName: p.firstName, initial });
  if (p.birthday !== null) {
    if (!p.birthday.startsWith('--') && initial) probe('birthday', { birthday: p.birthday, initial });
    if (p.lastName !== '') {
      probe('birthdayLast', { birthday: p.birthday, lastName: p.lastName });
      if (!p.birthday.startsWith('--')) probe('birthdayLast', { birthday: `--${p.birthday.slice(5)}`, lastName: p.lastName });
    }
  }
  return [...found.values()];
}

/** People whose pairs must be looked for again. */
export const waitingToCheck = (db: Db, limit: number): CustomerId[] =>
  db.prepare('SELECT customer_id FROM duplicate_todo ORDER BY customer_id LIMIT ?').pluck().all(limit) as CustomerId[];

export const countToCheck = (db: Db): number => db.prepare('SELECT count(*) FROM duplicate_todo').pluck().get() as number;

export function replacePairs(
  trx: Trx,
  id: CustomerId,
  pairs: readonly { other: CustomerId; score: number; reasons: readonly DuplicateReason[] }[],
): void {
  trx.prepare('DELETE FROM possible_duplicate WHERE a_id = ?').run(id);
  trx.prepare('DELETE FROM possible_duplicate WHERE b_id = ?').run(id);
  const add = trx.prepare('INSERT OR REPLACE INTO possible_duplicate (a_id, b_id, score, reasons) VALUES (?, ?, ?, ?)');
  for (const p of pairs) add.run(Math.min(id, p.other), Math.max(id, p.other), p.score, JSON.stringify(p.reasons));
  trx.prepare('DELETE FROM duplicate_todo WHERE customer_id = ?').run(id);
}

const OPEN = `FROM possible_duplicate p WHERE NOT EXISTS (SELECT 1 FROM not_duplicate n WHERE n.a_id = p.a_id AND n.b_id = p.b_id)`;

export const countPairs = (db: Db): number => db.prepare(`SELECT count(*) ${OPEN}`).pluck().get() as number;

export interface PairRow {
  a: CustomerId;
  b: CustomerId;
  score: number;
  reasons: DuplicateReason[];
  aName: string;
  bName: string;
}

const NAME = (
  t: string,
) => `CASE WHEN trim(${t}.first_name || ' ' || ${t}.last_name) <> '' THEN trim(${t}.first_name || ' ' || ${t}.last_name)
  WHEN ${t}.company <> '' THEN ${t}.company ELSE coalesce(${t}.email, ${t}.phone, '') END`;

/** Likeliest first. */
export function pairsPage(db: Db, page: { offset: number; limit: number }): PairRow[] {
  const rows = db
    .prepare(
      `SELECT q.a_id AS a, q.b_id AS b, q.score, q.reasons, ${NAME('x')} AS aName, ${NAME('y')} AS bName
       FROM (SELECT p.* ${OPEN} ORDER BY p.score DESC, p.a_id, p.b_id LIMIT ? OFFSET ?) q
       JOIN customer x ON x.id = q.a_id JOIN customer y ON y.id = q.b_id ORDER BY q.score DESC, q.a_id, q.b_id`,
    )
    .all(page.limit, page.offset) as (Omit<PairRow, 'reasons'> & { reasons: string })[];
  return rows.map((r) => ({ ...r, reasons: JSON.parse(r.reasons) as DuplicateReason[] }));
}

/** How many open suggestions concern one person. */
export function pairsOf(db: Db, id: CustomerId): CustomerId[] {
  return db
    .prepare(`SELECT CASE WHEN p.a_id = @id THEN p.b_id ELSE p.a_id END ${OPEN} AND (p.a_id = @id OR p.b_id = @id) ORDER BY p.score DESC`)
    .pluck()
    .all({ id }) as CustomerId[];
}

export function markNotSame(trx: Trx, a: CustomerId, b: CustomerId, staffId: StaffId | null, at: UtcMs): void {
  trx
    .prepare('INSERT OR IGNORE INTO not_duplicate (a_id, b_id, at, staff_id) VALUES (?, ?, ?, ?)')
    .run(Math.min(a, b), Math.max(a, b), at, staffId);
}

export function unmarkNotSame(trx: Trx, a: CustomerId, b: CustomerId): void {
  trx.prepare('DELETE FROM not_duplicate WHERE a_id = ? AND b_id = ?').run(Math.min(a, b), Math.max(a, b));
}

/** The tills that know a person by an id. */
export const sourcesOf = (db: Db, id: CustomerId): { source: string; ids: number }[] =>
  db.prepare('SELECT source, count(*) AS ids FROM customer_identity WHERE customer_id = ? GROUP BY source ORDER BY source').all(id) as {
    source: string;
    ids: number;
  }[];

/** Others with the same number or e-mail, kept apart on purpose: families, or a duplicate. */
export function sharing(db: Db, id: CustomerId): { id: CustomerId; firstName: string; lastName: string; phone: number; email: number }[] {
  return db
    .prepare(
      `SELECT o.id, o.first_name AS firstName, o.last_name AS lastName, max(o.phone IS c.phone AND c.phone IS NOT NULL) AS phone,
         max(o.email IS c.email AND c.email IS NOT NULL) AS email
       FROM customer c JOIN customer o ON o.id IN (SELECT id FROM customer WHERE phone = c.phone UNION SELECT id FROM customer WHERE email = c.email)
       WHERE c.id = ? AND o.id <> c.id GROUP BY o.id ORDER BY o.weak, o.last_visit_at DESC NULLS LAST, o.id LIMIT 20`,
    )
    .all(id) as { id: CustomerId; firstName: string; lastName: string; phone: number; email: number }[];
}
