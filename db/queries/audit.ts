import type { StaffId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

export interface AuditFilter {
  staffId: StaffId | null;
  /** First part of the action: `offer`, `settings`, …; null = all. */
  area: string | null;
  /** From this instant, before that one. */
  from: UtcMs | null;
  to: UtcMs | null;
}

export interface AuditRow {
  id: number;
  at: UtcMs;
  staffId: StaffId | null;
  staffName: string | null;
  action: string;
  subject: string | null;
  detail: Record<string, unknown>;
  /** Who it was about, where the subject is a person still on file. */
  customerName: string | null;
}

/** Actions whose subject is a customer's id. */
const ABOUT_CUSTOMERS = "(a.action LIKE 'customer.%' OR a.action LIKE 'person.%' OR a.action = 'consent.stopped-at-counter')";

/** Who did what, newest first. */
export function auditPage(db: Db, f: AuditFilter, page: { offset: number; limit: number }): { rows: AuditRow[]; total: number } {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const and = (sql: string, value: string | number | null) => {
    if (value === null) return;
    where.push(sql);
    values.push(value);
  };
  and('a.staff_id = ?', f.staffId);
  and("a.action LIKE ? || '.%'", f.area);
  and('a.at >= ?', f.from);
  and('a.at < ?', f.to);
  const when = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const total = (db.prepare(`SELECT count(*) AS n FROM audit a ${when}`).get(...values) as { n: number }).n;
  const rows = db
    .prepare(
      `SELECT a.id, a.at, a.staff_id AS staffId, s.name AS staffName, a.action, a.subject, a.detail,
         CASE WHEN ${ABOUT_CUSTOMERS} THEN (SELECT trim(c.first_name || ' ' || c.last_name) FROM customer c WHERE c.id = CAST(a.subject AS INTEGER)) END AS customerName
       FROM audit a LEFT JOIN staff s ON s.id = a.staff_id ${when} ORDER BY a.at DESC, a.id DESC LIMIT ? OFFSET ?`,
    )
    .all(...values, page.limit, page.offset) as (Omit<AuditRow, 'detail'> & { detail: string })[];
  return { rows: rows.map((r) => ({ ...r, detail: JSON.parse(r.detail) as Record<string, unknown> })), total };
}

/** The areas there is something to show for, with how much. */
export function auditAreas(db: Db): { area: string; count: number }[] {
  return db
    .prepare("SELECT substr(action, 1, instr(action, '.') - 1) AS area, count(*) AS count FROM audit GROUP BY 1 ORDER BY 1")
    .all() as { area: string; count: number }[];
}
