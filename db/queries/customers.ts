import type { Cents, CustomerId, ImportId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { CustomerTable } from '../schema/customers';

/** One person as the app speaks of them. Money in minor units, instants UTC. */
export interface Customer {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  phoneRaw: string | null;
  phoneKind: 'unknown' | 'mobile' | 'landline' | 'voip' | 'toll-free' | 'invalid';
  phoneProblem: string | null;
  email: string | null;
  language: 'en' | 'es';
  birthday: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  zone: string | null;
  note: string;
  tags: string[];
  weak: boolean;
  createdAt: UtcMs;
  updatedAt: UtcMs;
  importId: ImportId | null;
  visits: number;
  spend: Cents;
  firstVisitAt: UtcMs | null;
  lastVisitAt: UtcMs | null;
  medianGapDays: number | null;
  lastItem: string | null;
}

type Raw = Record<keyof CustomerTable, unknown>;

function customerOf(r: Raw): Customer {
  return {
    id: r.id,
    firstName: r.first_name,
    lastName: r.last_name,
    company: r.company,
    phone: r.phone,
    phoneRaw: r.phone_raw,
    phoneKind: r.phone_kind,
    phoneProblem: r.phone_problem,
    email: r.email,
    language: r.language,
    birthday: r.birthday,
    street: r.street,
    city: r.city,
    region: r.region,
    postalCode: r.postal_code,
    country: r.country,
    zone: r.zone,
    note: r.note,
    tags: JSON.parse(r.tags as string) as string[],
    weak: r.weak === 1,
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    importId: r.import_id,
    visits: r.visits,
    spend: r.spend,
    firstVisitAt: r.first_visit_at,
    lastVisitAt: r.last_visit_at,
    medianGapDays: r.median_gap_days,
    lastItem: r.last_item,
  } as Customer;
}

export function customerById(db: Db, id: CustomerId): Customer | null {
  const row = db.prepare('SELECT * FROM customer WHERE id = ?').get(id);
  return row ? customerOf(row as Raw) : null;
}

/** The row as it stands in the file, column by column: for the journal, which writes it back after a restore. */
export function storedCustomer(db: Db, id: CustomerId): Record<string, unknown> {
  return db.prepare('SELECT * FROM customer WHERE id = ?').get(id) as Record<string, unknown>;
}

/** Everybody with this number (families share one), the most recent visitor first. */
export function customersByPhone(db: Db, phone: PhoneE164): Customer[] {
  return (db.prepare('SELECT * FROM customer WHERE phone = ? ORDER BY weak, last_visit_at DESC NULLS LAST, id').all(phone) as Raw[]).map(
    customerOf,
  );
}

/** What a person types or an owner edits; absent fields stay as they are. */
export interface CustomerFields {
  firstName?: string;
  lastName?: string;
  company?: string;
  phone?: PhoneE164 | null;
  phoneRaw?: string | null;
  phoneKind?: Customer['phoneKind'];
  phoneProblem?: string | null;
  email?: string | null;
  language?: 'en' | 'es';
  birthday?: string | null;
  street?: string;
  city?: string;
  region?: string;
  postalCode?: string;
  country?: string;
  zone?: string | null;
  note?: string;
  tags?: readonly string[];
  weak?: boolean;
}

const COLUMNS = {
  firstName: 'first_name',
  lastName: 'last_name',
  company: 'company',
  phone: 'phone',
  phoneRaw: 'phone_raw',
  phoneKind: 'phone_kind',
  phoneProblem: 'phone_problem',
  email: 'email',
  language: 'language',
  birthday: 'birthday',
  street: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
  zone: 'zone',
  note: 'note',
  tags: 'tags',
  weak: 'weak',
} as const satisfies Record<keyof CustomerFields, string>;

function columnsOf(fields: CustomerFields): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    out[COLUMNS[key as keyof CustomerFields]] = key === 'tags' ? JSON.stringify(value) : key === 'weak' ? Number(value) : value;
  }
  return out;
}

export function insertCustomer(trx: Trx, fields: CustomerFields, now: UtcMs): CustomerId {
  const row = { ...columnsOf(fields), created_at: now, updated_at: now };
  const names = Object.keys(row);
  const sql = `INSERT INTO customer (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  return Number(trx.prepare(sql).run(...(Object.values(row) as never[])).lastInsertRowid) as CustomerId;
}

/** False when there is nobody with this id. */
export function updateCustomer(trx: Trx, id: CustomerId, fields: CustomerFields, now: UtcMs): boolean {
  const row = { ...columnsOf(fields), updated_at: now };
  const sql = `UPDATE customer SET ${Object.keys(row)
    .map((c) => `${c} = ?`)
    .join(', ')} WHERE id = ?`;
  return trx.prepare(sql).run(...(Object.values(row) as never[]), id).changes === 1;
}

export function insertVisitNote(trx: Trx, n: { customerId: CustomerId; at: UtcMs; staffId: number | null; note: string }): number {
  return Number(
    trx.prepare('INSERT INTO visit_note (customer_id, at, staff_id, note) VALUES (?, ?, ?, ?)').run(n.customerId, n.at, n.staffId, n.note)
      .lastInsertRowid,
  );
}

/** Their last counter visit without a till sale since `since`, if any: "she's here" is recorded once. */
export function visitNoteSince(db: Db, customerId: CustomerId, since: UtcMs): number | null {
  const row = db
    .prepare("SELECT id FROM visit_note WHERE customer_id = ? AND at >= ? AND note = '' ORDER BY at DESC LIMIT 1")
    .get(customerId, since);
  return row ? (row as { id: number }).id : null;
}

/** Grows with everybody met; about how many there are. */
export const newestPersonId = (db: Db): number => (db.prepare('SELECT max(id) FROM customer').pluck().get() as number | null) ?? 0;
