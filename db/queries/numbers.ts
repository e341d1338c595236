import type { CannotWhy, HowKnown } from '@domain/customers/line-type';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';
import { listCustomers } from './customer-search';

/** The reasons that lie in the number itself. */
export const NUMBER_WHYS = ['landline', 'not-a-number', 'dead', 'not-reached', 'refused', 'toll-free'] as const;
export type NumberWhy = (typeof NUMBER_WHYS)[number];
/** What the list can be narrowed to; `numbers` = every reason that lies in a number. */
export type CannotFilter = 'numbers' | CannotWhy;

export interface CannotRow {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  /** As the file or the person wrote it, when it could not be read. */
  phoneRaw: string | null;
  email: string | null;
  /** A yes to e-mails stands in the ledger. */
  mayEmail: boolean;
  hasAddress: boolean;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  visits: number;
  lastVisitAt: UtcMs | null;
  why: CannotWhy;
  how: Exclude<HowKnown, 'rule'> | null;
  knownAt: UtcMs | null;
  problem: string | null;
}

/** The same sorting as domain/customers/line-type.ts `cannotWhy`, held together by a test. */
const WHY = `CASE
  WHEN c.phone IS NULL THEN CASE c.phone_kind WHEN 'invalid' THEN 'not-a-number' ELSE 'no-number' END
  WHEN c.phone_problem IN ('30006', '21614', '21635') THEN 'landline'
  WHEN c.phone_problem = '30005' THEN 'dead'
  WHEN c.phone_problem = '21211' THEN 'not-a-number'
  WHEN c.phone_problem = '30003' THEN 'not-reached'
  WHEN c.phone_problem IS NOT NULL THEN 'refused'
  WHEN c.phone_kind = 'landline' THEN 'landline'
  WHEN c.phone_kind = 'toll-free' THEN 'toll-free'
  WHEN c.phone_kind = 'invalid' THEN 'not-a-number' END`;
/** Word for word the condition of the partial index customer_bad_number. */
const BAD = "(c.phone_problem IS NOT NULL OR c.phone_kind IN ('landline', 'toll-free', 'invalid'))";
const ORDER = 'ORDER BY c.last_visit_at DESC, c.id';

const ROW = (
  from: string,
  why: string,
  order: string,
) => `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone,
    c.phone_raw AS phoneRaw, c.email, c.street, c.city, c.region, c.postal_code AS postalCode, c.visits, c.last_visit_at AS lastVisitAt,
    c.street <> '' AND (c.city <> '' OR c.postal_code <> '') AS hasAddress, ${why} AS why, c.phone_problem AS problem,
    CASE WHEN c.phone_problem IS NOT NULL THEN 'learned' ELSE f.kind_how END AS how,
    CASE WHEN c.phone_problem IS NOT NULL THEN f.problem_at ELSE f.kind_at END AS knownAt,
    EXISTS (SELECT 1 FROM address_book b JOIN consent_state s ON s.address_hmac = b.address_hmac
      WHERE b.address = c.email AND s.channel = 'email' AND s.purpose = 'marketing' AND s.state = 'in') AS mayEmail
  FROM ${from} LEFT JOIN phone_fact f ON f.phone = c.phone ${order}`;

type Raw = Omit<CannotRow, 'hasAddress' | 'mayEmail'> & { hasAddress: number; mayEmail: number };
const rowOf = (r: unknown): CannotRow => {
  const row = r as Raw;
  return { ...row, hasAddress: row.hasAddress === 1, mayEmail: row.mayEmail === 1 };
};

/** Ids of one page, the best customers first; every way is by a partial index or a kept answer (test/db/numbers-plans.test.ts). */
const idsSql = (filter: NumberWhy | 'numbers') =>
  `SELECT c.id FROM customer c INDEXED BY customer_bad_number WHERE ${BAD} AND c.weak = 0${filter === 'numbers' ? '' : ` AND ${WHY} = @filter`} ${ORDER}
   LIMIT @limit OFFSET @offset`;
const NO_NUMBER = `SELECT c.id FROM customer c INDEXED BY customer_no_number WHERE c.phone IS NULL AND c.phone_kind <> 'invalid' AND c.weak = 0 ${ORDER}
   LIMIT @limit OFFSET @offset`;

const rowsOf = (db: Db, ids: readonly number[], why: string): CannotRow[] =>
  db
    .prepare(ROW('json_each(?) j JOIN customer c ON c.id = j.value', why, 'ORDER BY j.key'))
    .all(JSON.stringify(ids))
    .map(rowOf);

/** One page of people who cannot be texted. */
export function cannotTextPage(
  db: Db,
  filter: CannotFilter,
  page: { offset: number; limit: number },
): { total: number; rows: CannotRow[] } {
  if (filter === 'stopped') {
    const found = listCustomers(db, { text: '', permission: 'out', weak: false, sort: 'last-visit', desc: true }, page);
    return {
      total: found.total,
      rows: rowsOf(
        db,
        found.rows.map((r) => r.id),
        "'stopped'",
      ),
    };
  }
  const sql = filter === 'no-number' ? NO_NUMBER : idsSql(filter);
  const args = { ...page, ...(filter === 'no-number' || filter === 'numbers' ? {} : { filter }) };
  const counts = countCannotText(db);
  const total = filter === 'numbers' ? NUMBER_WHYS.reduce((n, why) => n + counts[why], 0) : counts[filter];
  return { total, rows: rowsOf(db, db.prepare(sql).pluck().all(args) as number[], WHY) };
}

/** How many people each reason holds; who stopped is counted with the permissions (db/queries/customer-search.ts). */
export function countCannotText(db: Db): Record<Exclude<CannotWhy, 'stopped'>, number> {
  const out = { landline: 0, 'not-a-number': 0, dead: 0, 'not-reached': 0, refused: 0, 'toll-free': 0, 'no-number': 0 };
  const found = db
    .prepare(`SELECT ${WHY} AS why, count(*) AS n FROM customer c INDEXED BY customer_bad_number WHERE ${BAD} AND c.weak = 0 GROUP BY 1`)
    .all() as { why: keyof typeof out; n: number }[];
  for (const f of found) out[f.why] = f.n;
  out['no-number'] = db
    .prepare(
      "SELECT count(*) FROM customer c INDEXED BY customer_no_number WHERE c.phone IS NULL AND c.phone_kind <> 'invalid' AND c.weak = 0",
    )
    .pluck()
    .get() as number;
  return out;
}
