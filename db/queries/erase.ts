import type { CustomerId, UtcMs } from '@domain/kernel';
import { ERASED_ADDRESS_SQL, erasedAddress, type RemovedKind } from '@domain/privacy/erased';
import type { Db, Trx } from '../open';
import { personRecord } from './merges';
import { forgetOutcomes } from './outcomes';

type Row = Record<string, string | number | null>;

/** Everything a person is known by, before it goes. */
export interface WhoGoes {
  id: CustomerId;
  record: Row;
  /** This record and those merged into it, each with the moments it may say it was made at (a merge takes the older one's). */
  ids: { id: number; madeAt: number[] }[];
  /** Numbers and e-mails of nobody else: they go. */
  phones: string[];
  emails: string[];
  /** Those a family member has as well: they stay with them. */
  shared: { kind: 'phone' | 'email'; value: string }[];
  tillIds: { source: string; id: string }[];
}

interface Image {
  kept: Row;
  gone: Row;
}

const listed = (ids: readonly (number | string)[]): string => JSON.stringify(ids);

/** Who is erased with this record, and what of it belongs to others too; null = nobody of that id. */
export function whoGoes(db: Db, id: CustomerId): WhoGoes | null {
  const record = personRecord(db, id);
  if (!record) return null;
  const ids = new Map<number, Set<number>>([[id, new Set([Number(record['created_at'])])]]);
  const phones = new Set<string>();
  const emails = new Set<string>();
  const say = (r: Row) => {
    if (r['phone']) phones.add(String(r['phone']));
    if (r['email']) emails.add(String(r['email']));
  };
  say(record);
  for (const todo: number[] = [id]; todo.length; ) {
    const at = todo.pop() as number;
    const merges = db.prepare('SELECT gone_id, image FROM customer_merge WHERE kept_id = ? AND undone_at IS NULL').all(at) as {
      gone_id: number;
      image: string;
    }[];
    for (const m of merges) {
      const image = JSON.parse(m.image) as Image;
      say(image.gone);
      ids.get(at)?.add(Number(image.kept['created_at']));
      if (ids.has(m.gone_id)) continue;
      ids.set(m.gone_id, new Set([Number(image.gone['created_at'])]));
      todo.push(m.gone_id);
    }
  }
  const alias = db.prepare('SELECT kind, value FROM customer_alias WHERE customer_id = ?').all(id) as { kind: string; value: string }[];
  for (const a of alias) (a.kind === 'phone' ? phones : emails).add(a.value);
  const texted = db.prepare('SELECT DISTINCT address, channel FROM outbox WHERE customer_id = ?').all(id) as {
    address: string;
    channel: string;
  }[];
  for (const t of texted) (t.channel === 'email' ? emails : phones).add(t.address);
  const mailed = db.prepare('SELECT DISTINCT address FROM mail WHERE customer_id = ?').pluck().all(id) as string[];
  for (const to of mailed) emails.add(to);
  const wrote = db.prepare('SELECT DISTINCT from_address FROM inbound WHERE customer_id = ?').pluck().all(id) as string[];
  for (const from of wrote) phones.add(from);
  for (const a of formerAddresses(db, record)) (a.includes('@') ? emails : phones).add(a);
  const others = (kind: 'phone' | 'email', value: string): boolean =>
    db
      .prepare(
        `SELECT 1 FROM customer WHERE ${kind} = @value AND id <> @id
         UNION ALL SELECT 1 FROM customer_alias WHERE kind = @kind AND value = @value AND customer_id <> @id LIMIT 1`,
      )
      .get({ kind, value, id }) !== undefined;
  const shared: WhoGoes['shared'] = [];
  const own = (kind: 'phone' | 'email', all: Set<string>): string[] =>
    [...all].filter((value) => {
      if (!others(kind, value)) return true;
      shared.push({ kind, value });
      return false;
    });
  return {
    id,
    record,
    ids: [...ids].map(([i, made]) => ({ id: i, madeAt: [...made] })),
    phones: own('phone', phones),
    emails: own('email', emails),
    shared,
    tillIds: db.prepare('SELECT source, source_customer_id AS id FROM customer_identity WHERE customer_id = ?').all(id) as {
      source: string;
      id: string;
    }[],
  };
}

/** Numbers and e-mails that somebody of the very same first and last name agreed with and that are nobody's by now: theirs before. */
function formerAddresses(db: Db, record: Row): string[] {
  const [first, last] = [String(record['first_name'] ?? '').trim(), String(record['last_name'] ?? '').trim()];
  if (first === '' || last === '') return [];
  return db
    .prepare(
      `SELECT DISTINCT v.address FROM consent_evidence v WHERE v.name = ? AND v.address IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.phone = v.address OR c.email = v.address)
         AND NOT EXISTS (SELECT 1 FROM customer_alias a WHERE a.value = v.address)`,
    )
    .pluck()
    .all(`${first} ${last}`) as string[];
}

/**
 * A text to one of these is leaving at this moment: its row must not change under the sender. The same for one the carrier may hold for
 * later without our knowing it: emptied, it could neither be found there nor called back.
 */
export function textLeaving(db: Db, who: WhoGoes): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM outbox WHERE (state = 'sending' OR (state = 'uncertain' AND send_at IS NOT NULL AND reconcile_at IS NOT NULL))
         AND (customer_id = @id OR address IN (SELECT value FROM json_each(@all)))
         UNION ALL SELECT 1 FROM mail WHERE state = 'sending' AND (customer_id = @id OR address IN (SELECT value FROM json_each(@all))) LIMIT 1`,
      )
      .get({ id: who.id, all: listed([...who.phones, ...who.emails]) }) !== undefined
  );
}

export type Removed = Partial<Record<RemovedKind, number>>;

/**
 * Takes a person out of every table, in one transaction. What they bought, what campaigns counted and what was redeemed goes to
 * `nameless`, a new record without a name under a random id; rows that were paid for or must not be fetched again stay, emptied. The
 * ledger is not touched here. Returns how much went.
 */
export function eraseRows(trx: Trx, who: WhoGoes, nameless: number, now: UtcMs): Erased {
  const { id } = who;
  const run = (sql: string): number => {
    const params: Record<string, number> = sql.includes('@nameless') ? { nameless, id } : { id };
    return trx.prepare(sql).run(params).changes;
  };
  const n = (table: string): number => Number(trx.prepare(`SELECT count(*) FROM ${table} WHERE customer_id = ?`).pluck().get(id));
  const filled = (columns: readonly string[]): number => (columns.some((c) => who.record[c] !== null && who.record[c] !== '') ? 1 : 0);
  const removed: Removed = {
    name: filled(['first_name', 'last_name', 'company']),
    phone: new Set([...who.phones, ...(who.record['phone'] ? [who.record['phone']] : [])]).size,
    email: new Set([...who.emails, ...(who.record['email'] ? [who.record['email']] : [])]).size,
    address: filled(['street', 'city', 'region', 'postal_code']),
    birthday: filled(['birthday']),
    note: filled(['note']),
    tags: (JSON.parse(String(who.record['tags'] ?? '[]')) as string[]).length,
    notes: n('visit_note'),
    sizes: n('customer_size'),
    wishes: n('customer_wish'),
    cards: n('member_card'),
    tillIds: who.tillIds.length,
    receipts: n('receipt_link'),
  };
  makeNameless(trx, nameless, now);
  const purchases = run('UPDATE sale SET customer_id = @nameless, source_customer_id = NULL, card_last4 = NULL WHERE customer_id = @id');
  const ofTill = trx.prepare(
    'UPDATE sale SET source_customer_id = NULL, card_last4 = NULL WHERE source = ? AND source_customer_id = ? AND customer_id IS NULL',
  );
  for (const t of who.tillIds) ofTill.run(t.source, t.id);
  forgetOutcomes(trx, id);
  const redemptions = run('UPDATE redemption SET customer_id = @nameless WHERE customer_id = @id');
  // two records of one person (a copy from before their merge, somebody erased twice) drawn for one campaign count once
  const results = run('UPDATE OR IGNORE campaign_person SET customer_id = @nameless, phone = NULL WHERE customer_id = @id');
  run('DELETE FROM campaign_person WHERE customer_id = @id');
  run('UPDATE OR IGNORE ladder_move SET customer_id = @nameless, again_at = NULL WHERE customer_id = @id');
  run('DELETE FROM ladder_move WHERE customer_id = @id');
  run('UPDATE OR IGNORE automation_event SET customer_id = @nameless, again_at = NULL WHERE customer_id = @id');
  run('DELETE FROM automation_event WHERE customer_id = @id');
  // that a list held so many people stays countable
  run('UPDATE OR IGNORE contact SET customer_id = @nameless, phone = NULL WHERE customer_id = @id');
  run('DELETE FROM contact WHERE customer_id = @id');
  // that so many buyers were told stays countable
  run('UPDATE OR IGNORE notice_person SET customer_id = @nameless, phone = NULL WHERE customer_id = @id');
  run('DELETE FROM notice_person WHERE customer_id = @id');
  // what a phone calls itself goes, that somebody tapped stays countable
  run("UPDATE OR IGNORE tap SET agent = '' WHERE agent <> '' AND code IN (SELECT code FROM link_code WHERE customer_id = @id)");
  run("DELETE FROM tap WHERE agent <> '' AND code IN (SELECT code FROM link_code WHERE customer_id = @id)");
  run('UPDATE link_code SET customer_id = @nameless WHERE customer_id = @id');
  // what was collected goes with the person; that a reward was given stays countable by its code
  run('DELETE FROM points_account WHERE customer_id = @id');
  run('UPDATE points_entry SET customer_id = @nameless WHERE customer_id = @id');
  run("UPDATE loyalty_note SET customer_id = @nameless, receipt_no = NULL, reason = '' WHERE customer_id = @id");
  run('UPDATE loyalty_reward SET customer_id = @nameless WHERE customer_id = @id');
  run('UPDATE sale_credit SET customer_id = @nameless WHERE customer_id = @id');
  run('UPDATE stop_reason SET customer_id = @nameless WHERE customer_id = @id');
  removed.codes = run("UPDATE offer_code SET state = 'voided' WHERE customer_id = @id AND state = 'issued'");
  run('UPDATE offer_code SET customer_id = @nameless WHERE customer_id = @id');
  run('UPDATE receipt_link_sale SET was_customer_id = @nameless WHERE was_customer_id = @id');
  run("UPDATE receipt_link SET identity_before = NULL WHERE json_extract(identity_before, '$.customer_id') = @id");
  const emptied = eraseAddresses(trx, [...who.phones, ...who.emails], id, nameless, now);
  Object.assign(removed, emptied);
  removed.later = run('DELETE FROM later WHERE customer_id = @id') + eraseLater(trx, who.record);
  removed.undo = eraseUndoLog(trx, who, nameless);
  run('DELETE FROM customer WHERE id = @id'); // till ids, notes, sizes, wishes, cards, receipts and other names go with it
  const ids = listed(who.ids.map((i) => i.id));
  removed.merged = trx
    .prepare(
      'DELETE FROM customer_merge WHERE kept_id IN (SELECT value FROM json_each(@ids)) OR gone_id IN (SELECT value FROM json_each(@ids))',
    )
    .run({ ids }).changes;
  keepIdUnused(trx, Math.max(...who.ids.map((i) => i.id)), now);
  return { removed, purchases, redemptions, results };
}

export interface Erased {
  removed: Removed;
  purchases: number;
  redemptions: number;
  results: number;
}

/** The record what stays countable is kept under; weak = never listed, grouped or texted. */
export function makeNameless(trx: Trx, nameless: number, now: UtcMs): void {
  trx.prepare('INSERT OR IGNORE INTO customer (id, weak, created_at, updated_at) VALUES (?, 1, ?, ?)').run(nameless, now, now);
  trx.prepare('DELETE FROM duplicate_todo WHERE customer_id = ?').run(nameless);
}

/** Whatever is kept by number or e-mail, and texts and replies of the person under other numbers. `id` 0 = addresses only. */
export function eraseAddresses(trx: Trx, addresses: readonly string[], id: number, nameless: number, now: UtcMs): Removed {
  const all = listed(addresses);
  const own = 'IN (SELECT value FROM json_each(@all))';
  const mine = `(customer_id = @id OR address ${own})`;
  const run = (sql: string, params: Record<string, unknown>): number => trx.prepare(sql).run(params).changes;
  run(
    `UPDATE outbox SET state = 'cancelled', reason = 'erased', retry_at = NULL, reconcile_at = NULL, final_at = coalesce(final_at, @now)
     WHERE ${mine} AND state IN ('staged', 'waiting', 'uncertain')`,
    { id, all, now },
  );
  // held by the carrier for later: called back by its id, which stays
  run(`UPDATE outbox SET recall = 'erased', retry_at = NULL WHERE ${mine} AND state = 'scheduled'`, { id, all });
  const as = erasedAddress(nameless);
  // a ticket that was drawn from stays without its name, or nobody could recompute its draw; out of an open draw it goes
  const entered = `(customer_id = @id OR phone ${own})`;
  run(`DELETE FROM draw_entry WHERE ${entered} AND draw_id IN (SELECT id FROM draw WHERE state = 'open')`, { id, all });
  run(`UPDATE draw_entry SET customer_id = NULL, name = '', phone = NULL, person_key = 'erased:' || id WHERE ${entered}`, { id, all });
  const empty = (or: string, address: string): number =>
    run(
      `UPDATE ${or} outbox SET address = ${address}, body = '', customer_id = @nameless, updated_at = @now WHERE ${mine} AND address <> @as`,
      {
        id,
        all,
        nameless,
        now,
        as,
      },
    );
  const texts = empty('OR IGNORE', '@as') + empty('', ERASED_ADDRESS_SQL);
  run(
    `UPDATE mail SET state = 'cancelled', reason = 'erased', retry_at = NULL, final_at = coalesce(final_at, @now)
     WHERE ${mine} AND state IN ('staged', 'waiting', 'uncertain')`,
    { id, all, now },
  );
  // that so many left stays countable
  run(
    `UPDATE mail SET address = 'erased:' || id, subject = '', body = '', card = NULL, token = '', customer_id = @nameless, updated_at = @now
     WHERE ${mine}`,
    { id, all, nameless, now },
  );
  run(`DELETE FROM mail_problem WHERE address ${own}`, { all });
  // the carrier's id stays, so that the next look into its list does not fetch them again
  let replies = run(
    `UPDATE inbound SET from_address = @as, body = '', customer_id = @nameless, handled = 1, read_at = coalesce(read_at, @now),
       resolution = CASE WHEN meaning = 'hold' THEN coalesce(resolution, 'stop') ELSE resolution END WHERE from_address ${own}`,
    { all, now, as, nameless },
  );
  // from a number the family has: it stays theirs, what was written does not
  replies += run("UPDATE inbound SET body = '', customer_id = @nameless, read_at = coalesce(read_at, @now) WHERE customer_id = @id", {
    id,
    now,
    nameless,
  });
  run(`DELETE FROM reply_menu WHERE phone ${own}`, { all });
  run(`DELETE FROM phone_fact WHERE phone ${own}`, { all });
  run(`DELETE FROM thread_closed WHERE address ${own}`, { all });
  // no conversation is left to list, neither under the number nor under what stands in its place
  run(`DELETE FROM reply_thread WHERE address ${own} OR address GLOB '+000*'`, { all });
  run(`UPDATE auto_answer SET phone = @as WHERE phone ${own}`, { all, as });
  run(`UPDATE pay_link SET url = '' WHERE task_id IN (SELECT id FROM counter_task WHERE customer_id = @id OR address ${own})`, { id, all });
  const tasks = run(
    `UPDATE counter_task SET customer_id = NULL, address = NULL, words = '', note = '', state = CASE state WHEN 'open' THEN 'dropped' ELSE state END,
       done_at = coalesce(done_at, @now) WHERE customer_id = @id OR address ${own}`,
    { id, all, now },
  );
  const said = run(`DELETE FROM consent_said WHERE address ${own}`, { all });
  run(`DELETE FROM address_book WHERE address ${own}`, { all });
  return { texts, replies, tasks, said };
}

/** "Finish later" lines nothing ties to a record: with their whole name they go; of ended ones a first name alone goes too. */
function eraseLater(trx: Trx, record: Row): number {
  const [first, last] = [String(record['first_name'] ?? '').trim(), String(record['last_name'] ?? '').trim()];
  const whole = `${first} ${last}`.trim();
  if (whole === '') return 0;
  const unlinked = 'customer_id IS NULL AND name COLLATE NOCASE';
  const gone = first && last ? trx.prepare(`DELETE FROM later WHERE ${unlinked} = ?`).run(whole).changes : 0;
  return gone + trx.prepare(`UPDATE later SET name = '' WHERE state <> 'open' AND ${unlinked} = ?`).run(first || whole).changes;
}

/** What undo of an import would put back of them. */
function eraseUndoLog(trx: Trx, who: WhoGoes, nameless: number): number {
  const keys = listed(who.ids.map((i) => String(i.id)));
  let gone = trx
    .prepare("DELETE FROM import_change WHERE table_name = 'customer' AND row_key IN (SELECT value FROM json_each(?))")
    .run(keys).changes;
  for (const t of who.tillIds) {
    gone += trx
      .prepare(
        `DELETE FROM import_change WHERE table_name = 'customer_identity' AND row_key = ?
           AND import_id IN (SELECT id FROM import WHERE source = ?)`,
      )
      .run(t.id, t.source).changes;
  }
  forgetTillIds(trx, nameless);
  const ids = listed(who.ids.map((i) => i.id));
  for (const side of ['was', 'set']) {
    trx
      .prepare(
        `UPDATE import_change SET before = json_set(before, '$.${side}.customer_id', @nameless)
         WHERE table_name = 'sale' AND row_key IN (SELECT CAST(id AS TEXT) FROM sale WHERE customer_id = @nameless)
           AND json_extract(before, '$.${side}.customer_id') IN (SELECT value FROM json_each(@ids))`,
      )
      .run({ nameless, ids });
  }
  return gone;
}

/** Till customer and card on receipts of an erased person, also in what undo of an import would write back. */
export function forgetTillIds(trx: Trx, nameless: number): void {
  trx
    .prepare(
      `UPDATE import_change SET before = json_remove(before, '$.was.source_customer_id', '$.set.source_customer_id', '$.was.card_last4', '$.set.card_last4')
       WHERE table_name = 'sale' AND row_key IN (SELECT CAST(id AS TEXT) FROM sale WHERE customer_id = ?)`,
    )
    .run(nameless);
  trx
    .prepare(
      'UPDATE sale SET source_customer_id = NULL, card_last4 = NULL WHERE customer_id = ? AND (source_customer_id IS NOT NULL OR card_last4 IS NOT NULL)',
    )
    .run(nameless);
}

/** The newest id would be given to the next person: what was written about it (audit, results) must not become theirs. */
function keepIdUnused(trx: Trx, id: number, now: UtcMs): void {
  const newest = trx.prepare('SELECT max(id) FROM customer').pluck().get() as number | null;
  if (newest !== null && newest >= id) return;
  trx.prepare('INSERT INTO customer (id, weak, created_at, updated_at) VALUES (?, 1, ?, ?)').run(id, now, now);
}

// — what SQLite itself keeps of what was deleted —

/** While on, whatever is deleted is overwritten with zeros, whole pages too. Off: freed cells only, which costs nothing. */
export function wipeDeleted(db: Db, thoroughly: boolean): void {
  db.raw.pragma(`secure_delete = ${thoroughly ? 'ON' : 'FAST'}`);
}

/** One step of rewriting the search index: words of deleted people stand in it until then. True when nothing is left to do. */
export function mergeSearch(db: Db, first: boolean): boolean {
  const before = db.raw.prepare('SELECT total_changes()').pluck().get() as number;
  db.prepare(`INSERT INTO customer_search (customer_search, rank) VALUES ('merge', ?)`).run(first ? -200 : 200);
  return (db.raw.prepare('SELECT total_changes()').pluck().get() as number) - before < 2;
}

/**
 * Pages that were freed earlier are not overwritten by SQLite: they are used once and given back, zeroed. One step of at most `pages`;
 * true when none are left.
 */
export function wipeFreePages(db: Db, pages: number): boolean {
  db.settle();
  const free = Number(db.raw.pragma('freelist_count', { simple: true }));
  const last = free <= pages;
  db.raw.exec('CREATE TABLE IF NOT EXISTS wipe (zeros BLOB NOT NULL) STRICT');
  const size = Number(db.raw.pragma('page_size', { simple: true }));
  // Of the last ones a page more than there are: one that stays free keeps what it held.
  const take = last ? free + 1 : pages;
  db.raw.prepare('INSERT INTO wipe (zeros) VALUES (zeroblob(?))').run(take * (size - 4));
  if (last) db.raw.exec('DROP TABLE wipe');
  return last;
}

/** The log is copied into the file and cut to nothing, so that what was overwritten is not read there. False = somebody is reading. */
export function cutLog(db: Db): boolean {
  const [r] = db.raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return r?.busy === 0;
}
