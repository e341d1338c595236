import { PERSON_COLUMNS, type PersonValues } from '@domain/imports/people';
import type { CustomerId } from '@domain/kernel';
import type { Db } from '../open';

/** People with this e-mail or number, now or before a merge, oldest first; more than 50 share no identity. */
export function peopleWith(db: Db, column: 'email' | 'phone', value: string): CustomerId[] {
  const sql = `SELECT id FROM customer WHERE ${column} = @value
    UNION SELECT customer_id FROM customer_alias WHERE kind = '${column}' AND value = @value ORDER BY 1 LIMIT 50`;
  return db.prepare(sql).pluck().all({ value }) as CustomerId[];
}

/** Whether a till's files know this person by an id already. */
export function hasIdentityOf(db: Db, id: CustomerId, source: string): boolean {
  return db.prepare('SELECT 1 FROM customer_identity WHERE customer_id = ? AND source = ? LIMIT 1').get(id, source) !== undefined;
}

/** The columns of a person an import may fill. */
export function personValuesOf(db: Db, id: CustomerId): PersonValues {
  return db.prepare(`SELECT ${PERSON_COLUMNS.join(', ')} FROM customer WHERE id = ?`).get(id) as PersonValues;
}
