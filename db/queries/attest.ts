import type { AttestStatement } from '@domain/consent/attest';
import type { ImportId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface AttestRow extends AttestStatement {
  id: number;
  importId: ImportId;
  people: number;
  staffName: string | null;
  at: UtcMs;
  undoneAt: UtcMs | null;
}

const SELECT = `SELECT a.id, a.import_id AS importId, a.method, a.detail, a.from_day AS fromDay, a.to_day AS toDay, a.wording, a.people,
  s.name AS staffName, a.at, a.undone_at AS undoneAt FROM consent_attest a LEFT JOIN staff s ON s.id = a.staff_id`;

export const attestsOf = (db: Db, importId: ImportId): AttestRow[] =>
  db.prepare(`${SELECT} WHERE a.import_id = ? ORDER BY a.id DESC`).all(importId) as AttestRow[];

export function insertAttest(trx: Trx, importId: ImportId, s: AttestStatement, staffId: StaffId | null, at: UtcMs): number {
  return Number(
    trx
      .prepare(
        'INSERT INTO consent_attest (import_id, method, detail, from_day, to_day, wording, staff_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(importId, s.method, s.detail, s.fromDay, s.toDay, s.wording, staffId, at).lastInsertRowid,
  );
}

export function addAttested(trx: Trx, id: number, people: number): void {
  trx.prepare('UPDATE consent_attest SET people = people + ? WHERE id = ?').run(people, id);
}

export function markAttestsUndone(trx: Trx, importId: ImportId, at: UtcMs): void {
  trx.prepare('UPDATE consent_attest SET undone_at = ? WHERE import_id = ? AND undone_at IS NULL').run(at, importId);
}

/** One number a file speaks of, with who has it now. */
export interface SaidNumber {
  phone: PhoneE164;
  says: 'yes' | 'unknown';
  flag: number;
  raw: string;
  column: string;
  row: number;
  customerId: number | null;
  name: string;
  birthdays: string | null;
  cannotText: number;
  saidNo: number;
  language: 'en' | 'es';
}

/** Numbers a file does not say no for, in their order, a page at a time. */
export function saidNumbers(db: Db, importId: ImportId, after: string, limit: number): SaidNumber[] {
  return db
    .prepare(
      `SELECT s.address AS phone, s.says, s.flag, s.raw, s.column_name AS "column", s.row_no AS row, min(c.id) AS customerId,
         coalesce(max(trim(c.first_name || ' ' || c.last_name)), '') AS name, group_concat(c.birthday) AS birthdays,
         coalesce(max(c.phone_kind IN ('landline', 'toll-free', 'invalid') OR c.phone_problem IS NOT NULL), 0) AS cannotText,
         EXISTS (SELECT 1 FROM consent_said n WHERE n.address = s.address AND n.channel = 'sms' AND n.says = 'no') AS saidNo,
         coalesce(max(c.language), 'en') AS language
       FROM consent_said s LEFT JOIN customer c ON c.phone = s.address
       WHERE s.import_id = ? AND s.channel = 'sms' AND s.says <> 'no' AND s.address > ? GROUP BY s.address ORDER BY s.address LIMIT ?`,
    )
    .all(importId, after, limit) as SaidNumber[];
}

/** How many numbers and e-mails a file says what about. */
export function saidCounts(
  db: Db,
  importId: ImportId,
): { channel: 'sms' | 'email'; says: 'yes' | 'no' | 'unknown'; flag: number; n: number }[] {
  return db
    .prepare('SELECT channel, says, flag, count(*) AS n FROM consent_said WHERE import_id = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3')
    .all(importId) as { channel: 'sms' | 'email'; says: 'yes' | 'no' | 'unknown'; flag: number; n: number }[];
}

/** Imports that stand, with numbers somebody may still vouch for; newest first. */
export function importsToAttest(db: Db, limit: number): { id: ImportId; fileName: string; numbers: number }[] {
  return db
    .prepare(
      `SELECT i.id, i.file_name AS fileName, count(*) AS numbers FROM import i JOIN consent_said s ON s.import_id = i.id
       WHERE i.state = 'done' AND i.undone_at IS NULL AND s.channel = 'sms' AND s.says = 'yes' AND s.flag = 0
         AND NOT EXISTS (SELECT 1 FROM consent_attest a WHERE a.import_id = i.id AND a.undone_at IS NULL)
       GROUP BY i.id ORDER BY i.id DESC LIMIT ?`,
    )
    .all(limit) as { id: ImportId; fileName: string; numbers: number }[];
}
