import { type AutomationId, DAY, type StaffId, type UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** Something new the owner said to tell a club about. */
export interface Arrival {
  id: number;
  at: UtcMs;
  /** What it was, in the owner's words: for the list only. */
  what: string;
}

/** Those of the last three months, newest first. */
export const arrivalsOf = (db: Db, id: AutomationId, now: UtcMs): Arrival[] =>
  db
    .prepare('SELECT id, at, what FROM automation_arrival WHERE automation_id = ? AND at > ? ORDER BY id DESC LIMIT 50')
    .all(id, now - 92 * DAY) as Arrival[];

export const insertArrival = (trx: Trx, a: { automationId: AutomationId; what: string; at: UtcMs; staffId: StaffId | null }): number =>
  Number(
    trx.prepare('INSERT INTO automation_arrival (automation_id, what, at, staff_id) VALUES (@automationId, @what, @at, @staffId)').run(a)
      .lastInsertRowid,
  );
