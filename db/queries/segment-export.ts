import type { CustomerId, UtcMs } from '@domain/kernel';
import type { PermissionState } from '@domain/segments/rule';
import type { Db } from '../open';

export interface ExportRow {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: string | null;
  email: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  language: 'en' | 'es';
  firstVisitAt: UtcMs | null;
  lastVisitAt: UtcMs | null;
  visits: number;
  spend: number;
  /** Where the ledger stands: marketing by text to the number, and to the e-mail; null = never said. */
  permission: PermissionState | null;
  emailState: string | null;
}

const ROWS = `SELECT c.id, c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email, c.street, c.city, c.region,
    c.postal_code AS postalCode, c.language, c.first_visit_at AS firstVisitAt, c.last_visit_at AS lastVisitAt, c.visits, c.spend,
    (SELECT s.state FROM address_book b CROSS JOIN consent_state s ON s.address_hmac = b.address_hmac
      WHERE b.address = c.phone AND s.channel = 'sms' AND s.purpose = 'marketing') AS permission,
    (SELECT s.state FROM address_book b CROSS JOIN consent_state s ON s.address_hmac = b.address_hmac
      WHERE b.address = c.email AND s.channel = 'email' AND s.purpose = 'marketing') AS emailState
  FROM customer c WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.last_name COLLATE NOCASE, c.first_name COLLATE NOCASE, c.id`;

/** Some people with all an export may carry (call with a few hundred ids at most). */
export const exportRows = (db: Db, ids: readonly CustomerId[]): ExportRow[] => db.prepare(ROWS).all(JSON.stringify(ids)) as ExportRow[];
