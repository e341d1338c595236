import type { TaskKind, TaskOutcome } from '@domain/counter/task';
import type { CampaignId, CustomerId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface CounterTaskRow {
  id: number;
  kind: TaskKind;
  customerId: CustomerId | null;
  address: PhoneE164 | null;
  firstName: string;
  lastName: string;
  words: string;
  /** The reply it came from, as written. */
  said: string;
  campaignId: CampaignId | null;
  campaignName: string | null;
  inboundSid: string | null;
  dueAt: UtcMs | null;
  state: 'open' | 'done' | 'dropped';
  outcome: TaskOutcome | null;
  note: string;
  createdAt: UtcMs;
  createdBy: string | null;
  doneAt: UtcMs | null;
  doneBy: string | null;
}

// A number alone names a person only while nobody else has it.
const SELECT = `SELECT t.id, t.kind, t.customer_id AS customerId, t.address, coalesce(p.first_name, '') AS firstName,
    coalesce(nullif(p.last_name, ''), p.company, '') AS lastName, t.words, coalesce(i.body, '') AS said,
    t.campaign_id AS campaignId, g.name AS campaignName, t.inbound_sid AS inboundSid, t.due_at AS dueAt, t.state, t.outcome, t.note,
    t.created_at AS createdAt, cb.name AS createdBy, t.done_at AS doneAt, db.name AS doneBy
  FROM counter_task t LEFT JOIN customer p ON p.id = t.customer_id LEFT JOIN inbound i ON i.sid = t.inbound_sid
    LEFT JOIN campaign g ON g.id = t.campaign_id LEFT JOIN staff cb ON cb.id = t.created_by LEFT JOIN staff db ON db.id = t.done_by`;

export interface NewTask {
  kind: TaskKind;
  customerId: CustomerId | null;
  address: string | null;
  words: string;
  campaignId: CampaignId | null;
  inboundSid: string | null;
  dueAt: UtcMs | null;
  createdAt: UtcMs;
  createdBy: StaffId | null;
}

/** Writes a task down; the one there already when this reply has one. */
export function insertTaskOnce(trx: Trx, t: NewTask): { id: number; isNew: boolean } {
  const done = trx
    .prepare(
      `INSERT INTO counter_task (kind, customer_id, address, words, campaign_id, inbound_sid, due_at, created_at, created_by)
       VALUES (@kind, @customerId, @address, @words, @campaignId, @inboundSid, @dueAt, @createdAt, @createdBy)
       ON CONFLICT (inbound_sid) DO NOTHING`,
    )
    .run(t);
  if (done.changes === 1) return { id: Number(done.lastInsertRowid), isNew: true };
  return { id: trx.prepare('SELECT id FROM counter_task WHERE inbound_sid = ?').pluck().get(t.inboundSid) as number, isNew: false };
}

export const taskById = (db: Db, id: number): CounterTaskRow | null =>
  (db.prepare(`${SELECT} WHERE t.id = ?`).get(id) as CounterTaskRow | undefined) ?? null;

/** What is to be done, the most urgent first; and how many there are. */
export function openTasks(db: Db, limit: number): { rows: CounterTaskRow[]; total: number } {
  const rows = db.prepare(`${SELECT} WHERE t.state = 'open' ORDER BY t.due_at IS NULL, t.due_at, t.id LIMIT ?`).all(limit);
  return { rows: rows as CounterTaskRow[], total: countOpenTasks(db) };
}

export const countOpenTasks = (db: Db): number =>
  db.prepare("SELECT count(*) FROM counter_task WHERE state = 'open'").pluck().get() as number;

/** Every task, open ones first, then the latest done. */
export function allTasks(db: Db, page: { offset: number; limit: number }): { rows: CounterTaskRow[]; total: number } {
  const rows = db
    .prepare(
      `${SELECT} ORDER BY t.state <> 'open', CASE t.state WHEN 'open' THEN coalesce(t.due_at, 1e15) ELSE -t.done_at END, t.id LIMIT ? OFFSET ?`,
    )
    .all(page.limit, page.offset);
  return { rows: rows as CounterTaskRow[], total: db.prepare('SELECT count(*) FROM counter_task').pluck().get() as number };
}

/** Tasks that came from what this number wrote, oldest first. */
export const tasksOfAddress = (db: Db, address: string): CounterTaskRow[] =>
  db.prepare(`${SELECT} WHERE t.address = ? ORDER BY t.created_at, t.id`).all(address) as CounterTaskRow[];

export function settleTask(
  trx: Trx,
  d: { id: number; state: 'done' | 'dropped'; outcome: TaskOutcome; note: string; doneAt: UtcMs; doneBy: StaffId | null },
): boolean {
  return (
    trx
      .prepare(
        `UPDATE counter_task SET state = @state, outcome = @outcome, note = @note, done_at = @doneAt, done_by = @doneBy
         WHERE id = @id AND state = 'open'`,
      )
      .run(d).changes === 1
  );
}

export const reopenTask = (trx: Trx, id: number): boolean =>
  trx
    .prepare("UPDATE counter_task SET state = 'open', outcome = NULL, done_at = NULL, done_by = NULL WHERE id = ? AND state <> 'open'")
    .run(id).changes === 1;
