import type { DrawRules } from '@domain/draws/rules';
import type { CustomerId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export type DrawState = 'draft' | 'open' | 'drawn' | 'cancelled';
export interface DrawRow {
  id: number;
  name: string;
  state: DrawState;
  rules: DrawRules;
  /** The official rules as they were opened: what they are made of (a number, a zone) may change. Null before. */
  said: { en: string[]; es: string[] } | null;
  word: string | null;
  opensAt: UtcMs;
  closesAt: UtcMs;
  winners: number;
  alternates: number;
  seed: string | null;
  seedHash: string | null;
  committedAt: UtcMs | null;
  rulesHash: string | null;
  listHash: string | null;
  drawnAt: UtcMs | null;
}

const SELECT = `SELECT id, name, state, rules, word, opens_at AS opensAt, closes_at AS closesAt, winners, alternates, seed, seed_hash AS seedHash,
  committed_at AS committedAt, rules_hash AS rulesHash, list_hash AS listHash, drawn_at AS drawnAt FROM draw`;
const rowOf = (r: unknown): DrawRow => {
  const raw = r as Omit<DrawRow, 'rules' | 'said'> & { rules: string };
  const { said = null, ...rules } = JSON.parse(raw.rules) as DrawRules & { said?: DrawRow['said'] };
  return { ...raw, rules, said };
};

export function drawById(db: Db, id: number): DrawRow | null {
  const row = db.prepare(`${SELECT} WHERE id = ?`).get(id);
  return row ? rowOf(row) : null;
}

/** Open ones first, then the latest. */
export const allDraws = (db: Db): DrawRow[] =>
  db
    .prepare(`${SELECT} ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, closes_at DESC, id DESC LIMIT 200`)
    .all()
    .map(rowOf);

/** Those that take entries at an instant. */
export const drawsTaking = (db: Db, now: UtcMs): DrawRow[] =>
  db.prepare(`${SELECT} WHERE state = 'open' AND opens_at <= ? AND closes_at > ? ORDER BY closes_at, id`).all(now, now).map(rowOf);

type Terms = Pick<DrawRow, 'name' | 'rules' | 'word' | 'opensAt' | 'closesAt' | 'winners' | 'alternates'>;

export const insertDraw = (trx: Trx, d: Terms, now: UtcMs): number =>
  Number(
    trx
      .prepare(
        `INSERT INTO draw (name, state, rules, word, opens_at, closes_at, winners, alternates, created_at, updated_at)
         VALUES (@name, 'draft', @rules, @word, @opensAt, @closesAt, @winners, @alternates, @now, @now)`,
      )
      .run({ ...d, rules: JSON.stringify(d.rules), now }).lastInsertRowid,
  );

/** Only while it is a draft: what people entered under stays. */
export const updateDraw = (trx: Trx, id: number, d: Terms, now: UtcMs): boolean =>
  trx
    .prepare(
      `UPDATE draw SET name = @name, rules = @rules, word = @word, opens_at = @opensAt, closes_at = @closesAt, winners = @winners,
         alternates = @alternates, updated_at = @now WHERE id = @id AND state = 'draft'`,
    )
    .run({ ...d, rules: JSON.stringify(d.rules), id, now }).changes === 1;

export const openDrawRow = (
  trx: Trx,
  id: number,
  c: { seed: string; seedHash: string; said: NonNullable<DrawRow['said']>; rulesHash: string; now: UtcMs },
): boolean =>
  trx
    .prepare(
      `UPDATE draw SET state = 'open', seed = @seed, seed_hash = @seedHash, rules_hash = @rulesHash, committed_at = @now, updated_at = @now,
         rules = json_set(rules, '$.said', json(@said)) WHERE id = @id AND state = 'draft'`,
    )
    .run({ ...c, said: JSON.stringify(c.said), id }).changes === 1;

export const drawnDraw = (trx: Trx, id: number, listHash: string, now: UtcMs): boolean =>
  trx
    .prepare("UPDATE draw SET state = 'drawn', list_hash = ?, drawn_at = ?, updated_at = ? WHERE id = ? AND state = 'open'")
    .run(listHash, now, now, id).changes === 1;

export const cancelDrawRow = (trx: Trx, id: number, now: UtcMs): boolean =>
  trx.prepare("UPDATE draw SET state = 'cancelled', updated_at = ? WHERE id = ? AND state = 'open'").run(now, id).changes === 1;

export const deleteDraft = (trx: Trx, id: number): boolean =>
  trx.prepare("DELETE FROM draw WHERE id = ? AND state = 'draft'").run(id).changes === 1;

export interface EntryRow {
  id: number;
  ticket: string;
  customerId: CustomerId | null;
  name: string;
  phone: string | null;
  how: 'reply' | 'counter' | 'paper';
  at: UtcMs;
}

export interface NewEntry extends Omit<EntryRow, 'id'> {
  drawId: number;
  personKey: string;
  inboundSid: string | null;
  staffId: StaffId | null;
}

/** False = this person is in it already. A ticket that exists throws, so that a new one is taken. */
export function insertEntry(trx: Trx, e: NewEntry): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO draw_entry (draw_id, ticket, person_key, customer_id, name, phone, how, inbound_sid, at, staff_id)
         VALUES (@drawId, @ticket, @personKey, @customerId, @name, @phone, @how, @inboundSid, @at, @staffId)
         ON CONFLICT (draw_id, person_key) DO NOTHING`,
      )
      .run(e).changes === 1
  );
}

export const ticketTaken = (db: Db, drawId: number, ticket: string): boolean =>
  db.prepare('SELECT 1 FROM draw_entry WHERE draw_id = ? AND ticket = ?').get(drawId, ticket) !== undefined;

export const entryOf = (db: Db, drawId: number, personKey: string): EntryRow | null =>
  (db.prepare(`${ENTRY} WHERE draw_id = ? AND person_key = ?`).get(drawId, personKey) as EntryRow | undefined) ?? null;

/** Whether a record has an entry, whatever number it was made with. */
export const hasEntered = (db: Db, drawId: number, customerId: CustomerId): boolean =>
  db.prepare('SELECT 1 FROM draw_entry WHERE customer_id = ? AND draw_id = ?').get(customerId, drawId) !== undefined;

const ENTRY = 'SELECT id, ticket, customer_id AS customerId, name, phone, how, at FROM draw_entry';

export const entriesOf = (db: Db, drawId: number): EntryRow[] =>
  db.prepare(`${ENTRY} WHERE draw_id = ? ORDER BY ticket`).all(drawId) as EntryRow[];

export const pageOfEntries = (db: Db, drawId: number, page: { offset: number; limit: number }): EntryRow[] =>
  db.prepare(`${ENTRY} WHERE draw_id = ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`).all(drawId, page.limit, page.offset) as EntryRow[];

export const countEntries = (db: Db, drawId: number): { total: number; reply: number; counter: number } =>
  db
    .prepare(
      `SELECT count(*) AS total, coalesce(sum(how = 'reply'), 0) AS reply, coalesce(sum(how <> 'reply'), 0) AS counter FROM draw_entry WHERE draw_id = ?`,
    )
    .get(drawId) as { total: number; reply: number; counter: number };

/** Replies between two instants (the second is too late) that were no stop and are in no entry yet, oldest first. */
export const repliesBetween = (
  db: Db,
  drawId: number,
  from: UtcMs,
  to: UtcMs,
): { sid: string; address: string; body: string; at: UtcMs; customerId: CustomerId | null; name: string; birthday: string | null }[] =>
  db
    .prepare(
      `SELECT i.sid, i.from_address AS address, i.body, i.received_at AS at, c.id AS customerId, c.birthday,
         trim(coalesce(c.first_name, '') || ' ' || coalesce(nullif(c.last_name, ''), c.company, '')) AS name
       FROM inbound i LEFT JOIN customer c ON c.id = i.customer_id
       WHERE i.received_at >= ? AND i.received_at < ? AND i.meaning NOT IN ('opt-out', 'reaction')
         AND NOT EXISTS (SELECT 1 FROM draw_entry e WHERE e.draw_id = ? AND e.inbound_sid = i.sid) ORDER BY i.received_at, i.sid`,
    )
    .all(from, to, drawId) as never[];

/** When replies were last read to the end; null = never. */
export const repliesReadAt = (db: Db): UtcMs | null =>
  (db.prepare("SELECT last_success_at FROM poll_state WHERE name = 'inbound'").pluck().get() as UtcMs | null | undefined) ?? null;

export interface PickRow {
  place: number;
  state: 'won' | 'waiting' | 'claimed' | 'passed';
  ticket: string;
  customerId: CustomerId | null;
  name: string;
  phone: string | null;
  at: UtcMs;
}

export const insertPick = (trx: Trx, p: { drawId: number; place: number; entryId: number; state: 'won' | 'waiting'; at: UtcMs }): void =>
  void trx.prepare('INSERT INTO draw_pick (draw_id, place, entry_id, state, at) VALUES (@drawId, @place, @entryId, @state, @at)').run(p);

export const picksOf = (db: Db, drawId: number): PickRow[] =>
  db
    .prepare(
      `SELECT p.place, p.state, e.ticket, e.customer_id AS customerId, e.name, e.phone, p.at
       FROM draw_pick p JOIN draw_entry e ON e.id = p.entry_id WHERE p.draw_id = ? ORDER BY p.place`,
    )
    .all(drawId) as PickRow[];

export const movePick = (
  trx: Trx,
  o: { drawId: number; place: number; from: PickRow['state']; to: PickRow['state']; at: UtcMs },
): boolean =>
  trx.prepare('UPDATE draw_pick SET state = @to, at = @at WHERE draw_id = @drawId AND place = @place AND state = @from').run(o).changes ===
  1;

export const taskOfPick = (trx: Trx, drawId: number, place: number, taskId: number): void =>
  void trx.prepare('UPDATE draw_pick SET task_id = ? WHERE draw_id = ? AND place = ?').run(taskId, drawId, place);
