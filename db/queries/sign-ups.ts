import type { ShopDay, StaffId, UtcMs } from '@domain/kernel';
import type { SignUpEvent } from '@domain/reports/sign-ups';
import type { Db } from '../open';

/**
 * Every yes to marketing texts of a stretch of time, and every question asked by text with whether it was answered Y later. What an import
 * vouched for is left out again once that was taken back.
 */
export function signUpEvents(db: Db, from: UtcMs, before: UtcMs): SignUpEvent[] {
  const rows = db
    .prepare(
      `SELECT e.address_hmac AS who, e.kind, e.method, e.device, e.staff_id AS staffId, e.occurred_at AS at,
         e.kind = 'asked' AND EXISTS (SELECT 1 FROM consent_event a WHERE a.address_hmac = e.address_hmac AND a.channel = 'sms' AND a.kind = 'agreed' AND a.id > e.id) AS answered,
         CASE WHEN e.kind = 'agreed' THEN (SELECT q.staff_id FROM consent_event q
           WHERE q.address_hmac = e.address_hmac AND q.channel = 'sms' AND q.kind = 'asked' AND q.id < e.id ORDER BY q.id DESC LIMIT 1) END AS askedBy
       FROM consent_event e
       WHERE e.channel = 'sms' AND e.purpose = 'marketing' AND e.kind IN ('signed-up', 'asked', 'agreed', 'attested') AND e.occurred_at >= ? AND e.occurred_at < ?
         AND NOT (e.kind = 'attested' AND EXISTS (SELECT 1 FROM consent_event u WHERE u.address_hmac = e.address_hmac AND u.channel = 'sms'
           AND u.kind = 'attest-undone' AND u.id > e.id AND u.reason IS e.reason))
       ORDER BY e.occurred_at, e.id`,
    )
    .all(from, before) as (Omit<SignUpEvent, 'answered'> & { answered: number })[];
  return rows.map((r) => ({ ...r, answered: r.answered === 1 }));
}

/** Sales per shop day, refunds and voided ones left out; as they are kept (services/results/days.ts). */
export const salesPerDay = (db: Db, from: ShopDay, to: ShopDay): { day: ShopDay; sales: number }[] =>
  db
    .prepare('SELECT day, sum(sales) AS sales FROM day_fact WHERE day >= ? AND day <= ? GROUP BY day HAVING sum(sales) > 0 ORDER BY day')
    .all(from, to) as { day: ShopDay; sales: number }[];

/** Everybody who ever worked here, by name. */
export const staffNames = (db: Db): Map<StaffId, string> =>
  new Map((db.prepare('SELECT id, name FROM staff').all() as { id: StaffId; name: string }[]).map((s) => [s.id, s.name]));
