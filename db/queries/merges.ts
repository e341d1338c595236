import type { CustomerId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

type Row = Record<string, string | number | null>;
type Key = (string | number)[];

/**
 * Every column that names a person (test/db/people-columns.test.ts finds a forgotten one). A merge moves these rows to the record
 * that stays and remembers their keys.
 */
export const MOVES = [
  { table: 'customer_identity', key: ['source', 'source_customer_id'], column: 'customer_id' },
  { table: 'sale_credit', key: ['sale_id'], column: 'customer_id' },
  { table: 'sale', key: ['id'], column: 'customer_id' },
  { table: 'redemption', key: ['id'], column: 'customer_id' },
  { table: 'offer_code', key: ['code'], column: 'customer_id' },
  { table: 'visit_note', key: ['id'], column: 'customer_id' },
  { table: 'outbox', key: ['id'], column: 'customer_id' },
  { table: 'mail', key: ['id'], column: 'customer_id' },
  { table: 'inbound', key: ['sid'], column: 'customer_id' },
  { table: 'receipt_link', key: ['id'], column: 'customer_id' },
  { table: 'receipt_link_sale', key: ['link_id', 'sale_id'], column: 'was_customer_id' },
  { table: 'counter_task', key: ['id'], column: 'customer_id' },
  { table: 'stop_reason', key: ['event_id'], column: 'customer_id' },
  { table: 'customer_wish', key: ['id'], column: 'customer_id' },
  { table: 'customer_order', key: ['id'], column: 'customer_id' },
  { table: 'customer_thing', key: ['id'], column: 'customer_id' },
  { table: 'delivery_wish', key: ['delivery_id', 'wish_id'], column: 'customer_id' },
  { table: 'member_card', key: ['number'], column: 'customer_id' },
  { table: 'later', key: ['id'], column: 'customer_id' },
  { table: 'link_code', key: ['code'], column: 'customer_id' },
  { table: 'draw_entry', key: ['id'], column: 'customer_id' },
  { table: 'loyalty_member', key: ['id'], column: 'customer_id' },
  { table: 'loyalty_note', key: ['id'], column: 'customer_id' },
  { table: 'loyalty_reward', key: ['code'], column: 'customer_id' },
  { table: 'points_entry', key: ['id'], column: 'customer_id' },
] as const;
/** Tables with the person in their key: a row both records have becomes one. */
export const KEYED = [
  { table: 'campaign_person', key: ['campaign_id'] },
  { table: 'ladder_move', key: ['from_id'] },
  { table: 'automation_event', key: ['automation_id', 'cause'] },
  { table: 'contact', key: ['outreach_id'] },
  { table: 'segment_person', key: ['segment_id'] },
  { table: 'customer_alias', key: ['kind', 'value'] },
  { table: 'sale_not_theirs', key: ['sale_id'] },
  { table: 'customer_size', key: ['kind'] },
  { table: 'notice_person', key: ['notice_id'] },
] as const;

/** A receipt link remembers in JSON whose till customer it took. */
const HOLDER = "json_extract(identity_before, '$.customer_id')";
const LINK_HOLDER = 'receipt_link.identity_before';

/** Everything undo of a merge needs. */
export interface MergeImage {
  /** Both records as they were, whole rows: the one that stays, the one that goes. */
  kept: Row;
  gone: Row;
  /** Columns the merge set on the record that stays. */
  set: Row;
  /** Keys of rows that were moved, and of those the staying record had already. */
  moved: Record<string, Key[]>;
  had: Record<string, Key[]>;
  /** Rows of `KEYED` tables before (both records'), and what stands for them since. */
  keyed: Record<string, { before: Row[]; after: Row[] }>;
  notSame: { before: Row[]; after: Row[] };
  /** The import that brought the record that went was undone since: it is not put back unless something else is its own. */
  importUndone?: boolean;
}

export interface MergeRow {
  id: number;
  keptId: CustomerId;
  goneId: CustomerId;
  at: UtcMs;
  staffId: StaffId | null;
  image: MergeImage;
  undoneAt: UtcMs | null;
}

const SELECT = 'SELECT id, kept_id AS keptId, gone_id AS goneId, at, staff_id AS staffId, image, undone_at AS undoneAt FROM customer_merge';
const mergeOf = (r: unknown): MergeRow | null => {
  const raw = r as (Omit<MergeRow, 'image'> & { image: string }) | undefined;
  return raw ? { ...raw, image: JSON.parse(raw.image) as MergeImage } : null;
};

export const findMerge = (db: Db, id: number): MergeRow | null => mergeOf(db.prepare(`${SELECT} WHERE id = ?`).get(id));

/** Merges that stand, newest first. */
export function liveMerges(db: Db, page: { offset: number; limit: number }): { rows: MergeRow[]; total: number } {
  const rows = db.prepare(`${SELECT} WHERE undone_at IS NULL ORDER BY id DESC LIMIT ? OFFSET ?`).all(page.limit, page.offset);
  const total = db.prepare('SELECT count(*) FROM customer_merge WHERE undone_at IS NULL').pluck().get() as number;
  return { rows: rows.map((r) => mergeOf(r) as MergeRow), total };
}

/** A later merge that builds on this one: it must be undone first. */
export function builtOn(db: Db, m: MergeRow): boolean {
  return (
    db
      .prepare(`SELECT 1 FROM customer_merge WHERE undone_at IS NULL AND id > @id AND (kept_id = @kept OR gone_id = @kept) LIMIT 1`)
      .get({ id: m.id, kept: m.keptId }) !== undefined
  );
}

/** Who a person is now: themselves, or whom they were merged into; null = gone altogether. */
export function survivorOf(db: Db, id: CustomerId): CustomerId | null {
  let at = id;
  for (let hops = 0; hops < 100; hops++) {
    if (db.prepare('SELECT 1 FROM customer WHERE id = ?').get(at)) return at;
    const next = db
      .prepare('SELECT kept_id FROM customer_merge WHERE gone_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1')
      .pluck()
      .get(at);
    if (next === undefined) return null;
    at = next as CustomerId;
  }
  return null;
}

export const personRecord = (db: Db, id: CustomerId): Row | null =>
  (db.prepare('SELECT * FROM customer WHERE id = ?').get(id) as Row | undefined) ?? null;

/** Texts that would still leave to one of these people at a number other than `phone`. */
export function textsUnderWay(db: Db, ids: readonly CustomerId[], phone: string | null): boolean {
  return ids.some(
    (id) =>
      db
        .prepare(`SELECT 1 FROM outbox WHERE customer_id = ? AND state IN ('staged', 'waiting', 'sending') AND address IS NOT ? LIMIT 1`)
        .get(id, phone) !== undefined,
  );
}

const keysOf = (db: Db, t: (typeof MOVES)[number], id: CustomerId): Key[] =>
  db
    .prepare(`SELECT ${t.key.join(', ')} FROM ${t.table} WHERE ${t.column} = ? ORDER BY ${t.key.join(', ')}`)
    .raw()
    .all(id) as Key[];

/** Moves everything of `gone` to `kept` and takes the record away. The caller has set the fields of the one that stays. */
export function moveEverything(trx: Trx, kept: CustomerId, gone: CustomerId): Pick<MergeImage, 'moved' | 'had' | 'keyed' | 'notSame'> {
  const moved: Record<string, Key[]> = {};
  const had: Record<string, Key[]> = {};
  for (const t of MOVES) {
    moved[t.table] = keysOf(trx, t, gone);
    had[t.table] = keysOf(trx, t, kept);
    trx.prepare(`UPDATE ${t.table} SET ${t.column} = ? WHERE ${t.column} = ?`).run(kept, gone);
  }
  moved[LINK_HOLDER] = trx.prepare(`SELECT id FROM receipt_link WHERE ${HOLDER} = ?`).raw().all(gone) as Key[];
  trx
    .prepare(`UPDATE receipt_link SET identity_before = json_set(identity_before, '$.customer_id', ?) WHERE ${HOLDER} = ?`)
    .run(kept, gone);
  const keyed: MergeImage['keyed'] = {};
  for (const t of KEYED) keyed[t.table] = moveKeyed(trx, t, kept, gone);
  const notSame = moveNotSame(trx, kept, gone);
  trx.prepare('DELETE FROM customer WHERE id = ?').run(gone);
  return { moved, had, keyed, notSame };
}

const rowsOf = (db: Db, t: (typeof KEYED)[number], id: CustomerId): Row[] =>
  db.prepare(`SELECT * FROM ${t.table} WHERE customer_id = ? ORDER BY ${t.key.join(', ')}`).all(id) as Row[];

function insertRow(trx: Trx, table: string, row: Row, or = ''): void {
  const names = Object.keys(row);
  trx.prepare(`INSERT ${or} INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row));
}

function deleteKeyed(trx: Trx, t: (typeof KEYED)[number], row: Row): void {
  const where = ['customer_id', ...t.key].map((c) => `${c} = ?`).join(' AND ');
  trx.prepare(`DELETE FROM ${t.table} WHERE ${where}`).run(row['customer_id'], ...t.key.map((c) => row[c]));
}

function moveKeyed(trx: Trx, t: (typeof KEYED)[number], kept: CustomerId, gone: CustomerId): { before: Row[]; after: Row[] } {
  const sameKey = (x: Row, y: Row) => t.key.every((c) => x[c] === y[c]);
  const before: Row[] = [];
  const after: Row[] = [];
  const ours = rowsOf(trx, t, kept);
  for (const row of rowsOf(trx, t, gone)) {
    const twin = ours.find((o) => sameKey(o, row));
    before.push(row, ...(twin ? [twin] : []));
    after.push(twin ? oneOf(t.table, twin, row) : { ...row, customer_id: kept });
  }
  for (const row of before) deleteKeyed(trx, t, row);
  for (const row of after) insertRow(trx, t.table, row);
  return { before, after };
}

const oneOf = (table: (typeof KEYED)[number]['table'], kept: Row, gone: Row): Row =>
  table === 'campaign_person' ? bothDrawn(kept, gone) : table === 'automation_event' ? bothTold(kept, gone) : kept;

/** Taken twice for one cause: what was told, or came nearest to it, stands, so that nobody hears of it once more. */
function bothTold(kept: Row, gone: Row): Row {
  const rank = ['text', 'control', 'already', 'expired', 'left-out', 'waiting'];
  const of = (r: Row) => rank.indexOf(String(r['outcome']));
  return of(gone) < of(kept) ? { ...gone, customer_id: kept['customer_id'] ?? null } : kept;
}

/** Drawn twice for one campaign: the text counts; when the draws differ the comparison can use neither (rules.md §7). */
function bothDrawn(kept: Row, gone: Row): Row {
  const rank = { text: 0, control: 1, excluded: 2 } as Record<string, number>;
  const [x, y] = [rank[String(kept['arm'])] ?? 3, rank[String(gone['arm'])] ?? 3];
  const best = y < x ? { ...gone, customer_id: kept['customer_id'] ?? null } : kept;
  return x === y ? best : { ...best, till_fixed: 0 };
}

function moveNotSame(trx: Trx, kept: CustomerId, gone: CustomerId): MergeImage['notSame'] {
  const before = trx.prepare('SELECT * FROM not_duplicate WHERE a_id = @gone OR b_id = @gone ORDER BY a_id, b_id').all({ gone }) as Row[];
  const after: Row[] = [];
  for (const r of before) {
    const other = (r['a_id'] === gone ? r['b_id'] : r['a_id']) as number;
    if (other === kept) continue;
    const put = { ...r, a_id: Math.min(other, kept), b_id: Math.max(other, kept) };
    if (trx.prepare('SELECT 1 FROM not_duplicate WHERE a_id = ? AND b_id = ?').get(put.a_id, put.b_id)) continue;
    after.push(put);
  }
  trx.prepare('DELETE FROM not_duplicate WHERE a_id = @gone OR b_id = @gone').run({ gone });
  for (const r of after) insertRow(trx, 'not_duplicate', r);
  return { before, after };
}

export function insertMerge(
  trx: Trx,
  m: { kept: CustomerId; gone: CustomerId; at: UtcMs; staffId: StaffId | null; image: MergeImage },
): number {
  return Number(
    trx
      .prepare('INSERT INTO customer_merge (kept_id, gone_id, at, staff_id, image) VALUES (?, ?, ?, ?, ?)')
      .run(m.kept, m.gone, m.at, m.staffId, JSON.stringify(m.image)).lastInsertRowid,
  );
}

function saveMergeImage(trx: Trx, id: number, image: MergeImage): void {
  trx.prepare('UPDATE customer_merge SET image = ? WHERE id = ?').run(JSON.stringify(image), id);
}

/** What the person was also known by; nothing when somebody already knows them so. */
export function addAlias(trx: Trx, kind: 'phone' | 'email', value: string, customerId: CustomerId, mergeId: number): void {
  trx
    .prepare('INSERT OR IGNORE INTO customer_alias (kind, value, customer_id, merge_id) VALUES (?, ?, ?, ?)')
    .run(kind, value, customerId, mergeId);
}

export const aliasesOf = (db: Db, id: CustomerId): { kind: 'phone' | 'email'; value: string }[] =>
  db.prepare('SELECT kind, value FROM customer_alias WHERE customer_id = ? ORDER BY kind, value').all(id) as {
    kind: 'phone' | 'email';
    value: string;
  }[];

/** Rows that came to the merged record since, by table. */
export type Since = Partial<Record<(typeof MOVES)[number]['table'], number>>;

/** Gives back what was moved; the record that went is there again. What came since the merge stays where it is and is counted. */
export function moveBack(trx: Trx, m: MergeRow, goneId: CustomerId): { since: Since; returned: number } {
  const { image, keptId } = m;
  let returned = 0;
  const since: Since = {};
  // a receipt an import gave to somebody else meanwhile: undo of that import must find its real owner again
  const laterOwner = trx.prepare(
    `UPDATE import_change SET before = json_set(before, '$.was.customer_id', ?)
     WHERE table_name = 'sale' AND row_key = ? AND json_extract(before, '$.was.customer_id') = ?`,
  );
  for (const t of MOVES) {
    const cond = t.key.map((c) => `${c} = ?`).join(' AND ');
    const back = trx.prepare(`UPDATE ${t.table} SET ${t.column} = ? WHERE ${cond} AND ${t.column} = ?`);
    for (const key of image.moved[t.table] ?? []) {
      const came = back.run(goneId, ...key, keptId).changes;
      returned += came;
      if (came === 0 && t.table === 'sale') laterOwner.run(goneId, String(key[0]), keptId);
    }
    const known = new Set((image.had[t.table] ?? []).map((k) => JSON.stringify(k)));
    const came = keysOf(trx, t, keptId).filter((k) => !known.has(JSON.stringify(k))).length;
    if (came) since[t.table] = came;
  }
  const holder = trx.prepare(
    `UPDATE receipt_link SET identity_before = json_set(identity_before, '$.customer_id', ?) WHERE id = ? AND ${HOLDER} = ?`,
  );
  for (const [id] of image.moved[LINK_HOLDER] ?? []) holder.run(goneId, id, keptId);
  return { since, returned };
}

/** Rows of the record that went which still are where the merge put them. */
export function stillMoved(db: Db, m: MergeRow): number {
  let n = 0;
  for (const t of MOVES) {
    const cond = t.key.map((c) => `${c} = ?`).join(' AND ');
    const find = db.prepare(`SELECT 1 FROM ${t.table} WHERE ${cond} AND ${t.column} = ?`);
    for (const key of m.image.moved[t.table] ?? []) if (find.get(...key, m.keptId)) n++;
  }
  return n + Object.values(m.image.keyed).reduce((sum, k) => sum + k.before.length, 0);
}

/** Rows with the person in their key, as they were. `goneId` differs from the old id only when that was given away since. */
export function keyedBack(trx: Trx, m: MergeRow, goneId: CustomerId | null): void {
  const mine = (row: Row, column: string): Row => (row[column] === m.goneId ? { ...row, [column]: goneId } : row);
  for (const t of KEYED) {
    const k = m.image.keyed[t.table];
    if (!k) continue;
    for (const row of k.after) deleteKeyed(trx, t, row);
    for (const row of k.before) {
      if (row['customer_id'] === m.goneId && goneId === null) continue;
      insertRow(trx, t.table, mine(row, 'customer_id'), 'OR IGNORE');
    }
  }
  const remove = trx.prepare('DELETE FROM not_duplicate WHERE a_id = ? AND b_id = ?');
  for (const row of m.image.notSame.after) remove.run(row['a_id'], row['b_id']);
  if (goneId === null) return;
  for (const row of m.image.notSame.before) {
    const [a, b] = [mine(row, 'a_id')['a_id'] as number, mine(row, 'b_id')['b_id'] as number];
    insertRow(trx, 'not_duplicate', { ...row, a_id: Math.min(a, b), b_id: Math.max(a, b) }, 'OR IGNORE');
  }
}

export function dropAliasesOf(trx: Trx, mergeId: number): void {
  trx.prepare('DELETE FROM customer_alias WHERE merge_id = ?').run(mergeId);
}

/** The record that went, under its own id; under a new one should somebody else have that by now. */
export function putBack(trx: Trx, row: Row): CustomerId {
  const taken = trx.prepare('SELECT 1 FROM customer WHERE id = ?').get(row['id']) !== undefined;
  const { id, ...rest } = row;
  insertRow(trx, 'customer', taken ? rest : { id: id ?? null, ...rest });
  return (taken ? Number(trx.prepare('SELECT last_insert_rowid()').pluck().get()) : id) as CustomerId;
}

export function setRecord(trx: Trx, id: CustomerId, set: Row): void {
  const names = Object.keys(set);
  if (names.length === 0) return;
  trx.prepare(`UPDATE customer SET ${names.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`).run(...Object.values(set), id);
}

/** What undo needed is let go with it: it may tell of third people who were part of one of the two then (erasure would not find them). */
export function markUnmerged(trx: Trx, id: number, at: UtcMs): void {
  trx.prepare("UPDATE customer_merge SET undone_at = ?, image = '{}' WHERE id = ?").run(at, id);
}

/**
 * An import is taken back that had changed one of two merged records: what undo of the merge will put back must not bring the
 * import's values along. `was` null = the import had made the record.
 */
export function importUndoneUnder(trx: Trx, id: CustomerId, was: Record<string, unknown> | null, set: Record<string, unknown>): void {
  const rows = trx
    .prepare(`${SELECT} WHERE undone_at IS NULL AND (gone_id = @id OR kept_id = @id)`)
    .all({ id })
    .map((r) => mergeOf(r) as MergeRow);
  for (const m of rows) {
    const side = m.goneId === id ? 'gone' : 'kept';
    if (was === null) {
      if (side === 'gone') saveMergeImage(trx, m.id, { ...m.image, importUndone: true });
      continue;
    }
    const record: Row = { ...m.image[side] };
    for (const [column, value] of Object.entries(was)) if (record[column] === set[column]) record[column] = value as string | number | null;
    saveMergeImage(trx, m.id, { ...m.image, [side]: record });
  }
}
