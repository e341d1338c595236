import type { CustomerId, ImportId, StaffId, UtcMs } from '@domain/kernel';
import type { Certificate } from '@domain/privacy/erased';
import type { Db, Trx } from '../open';

// — erasures —

export interface ErasureRow {
  id: number;
  serial: string;
  at: UtcMs;
  staffName: string | null;
  certificate: Certificate;
  againOf: number | null;
  namelessId: number;
  /** Former ids; null once the last traces are gone. */
  openIds: { id: number; madeAt: number[] }[] | null;
}

const SELECT = `SELECT e.id, e.serial, e.at, s.name AS staffName, e.certificate, e.again_of AS againOf, e.nameless_id AS namelessId, e.open_ids AS openIds
  FROM erasure e LEFT JOIN staff s ON s.id = e.staff_id`;
const rowOf = (r: unknown): ErasureRow => {
  const raw = r as Omit<ErasureRow, 'certificate' | 'openIds'> & { certificate: string; openIds: string | null };
  return {
    ...raw,
    certificate: JSON.parse(raw.certificate) as Certificate,
    openIds: raw.openIds === null ? null : (JSON.parse(raw.openIds) as ErasureRow['openIds']),
  };
};

export function findErasure(db: Db, id: number): ErasureRow | null {
  const r = db.prepare(`${SELECT} WHERE e.id = ?`).get(id);
  return r === undefined ? null : rowOf(r);
}

export function listErasures(db: Db, page: { offset: number; limit: number }): { rows: ErasureRow[]; total: number } {
  const rows = db.prepare(`${SELECT} ORDER BY e.id DESC LIMIT ? OFFSET ?`).all(page.limit, page.offset).map(rowOf);
  return { rows, total: db.prepare('SELECT count(*) FROM erasure').pluck().get() as number };
}

/** Erasures whose last traces are not gone yet (a crash, a full disk). */
export const openErasures = (db: Db): ErasureRow[] => db.prepare(`${SELECT} WHERE e.open_ids IS NOT NULL ORDER BY e.id`).all().map(rowOf);

export interface ErasureFact {
  serial: string;
  at: UtcMs;
  staffId: StaffId | null;
  namelessId: number;
  certificate: Certificate;
  againOf: number | null;
  ids: { id: number; madeAt: number[] }[];
  keys: { kind: 'sms' | 'email' | 'till'; hmac: string }[];
  /** Proof with their name beside an address that stays with their family: of these events alone it was locked away. */
  events?: { hmac: string; proof: string }[];
}

/** Null when this very erasure stands there already. */
export function insertErasure(trx: Trx, e: ErasureFact): number | null {
  const r = trx
    .prepare(
      `INSERT INTO erasure (serial, at, staff_id, nameless_id, certificate, again_of, open_ids) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (serial) DO NOTHING`,
    )
    .run(e.serial, e.at, e.staffId, e.namelessId, JSON.stringify(e.certificate), e.againOf, JSON.stringify(e.ids));
  if (r.changes === 0) return null;
  const id = Number(r.lastInsertRowid);
  const key = trx.prepare('INSERT INTO erasure_key (kind, hmac, erasure_id) VALUES (?, ?, ?)');
  for (const k of e.keys) key.run(k.kind, k.hmac, id);
  return id;
}

export const hasErasure = (db: Db, serial: string): boolean =>
  db.prepare('SELECT 1 FROM erasure WHERE serial = ?').get(serial) !== undefined;

export function closeErasure(trx: Trx, id: number): void {
  trx.prepare('UPDATE erasure SET open_ids = NULL WHERE id = ?').run(id);
}

export const keysOfErasure = (db: Db, id: number): { kind: 'sms' | 'email' | 'till'; hmac: string }[] =>
  db.prepare('SELECT kind, hmac FROM erasure_key WHERE erasure_id = ?').all(id) as { kind: 'sms' | 'email' | 'till'; hmac: string }[];

export const anybodyErased = (db: Db): boolean =>
  db.prepare('SELECT 1 FROM erasure_key WHERE lifted_at IS NULL LIMIT 1').get() !== undefined;

/** The erasure a number, e-mail or till id belongs to, unless the person came back by their own act since. */
export function erasedUnder(db: Db, kind: 'sms' | 'email' | 'till', hmac: string): number | null {
  return (
    (db
      .prepare('SELECT erasure_id FROM erasure_key WHERE kind = ? AND hmac = ? AND lifted_at IS NULL ORDER BY erasure_id DESC LIMIT 1')
      .pluck()
      .get(kind, hmac) as number | undefined) ?? null
  );
}

export function liftErasure(trx: Trx, kind: 'sms' | 'email' | 'till', hmac: string, at: UtcMs): void {
  trx.prepare('UPDATE erasure_key SET lifted_at = ? WHERE kind = ? AND hmac = ? AND lifted_at IS NULL').run(at, kind, hmac);
}

export const namelessOf = (db: Db, erasureId: number): number | null =>
  (db.prepare('SELECT nameless_id FROM erasure WHERE id = ?').pluck().get(erasureId) as number | undefined) ?? null;

// — people a file brought again —

export interface Brought {
  id: CustomerId;
  phone: string | null;
  email: string | null;
}

/** People an import made, in order, a page at a time. */
export const peopleOfImport = (db: Db, importId: ImportId, after: number, limit: number): Brought[] =>
  db
    .prepare('SELECT id, phone, email FROM customer WHERE import_id = ? AND id > ? ORDER BY id LIMIT ?')
    .all(importId, after, limit) as Brought[];

export const tillIdsOf = (db: Db, id: CustomerId): { source: string; id: string }[] =>
  db.prepare('SELECT source, source_customer_id AS id FROM customer_identity WHERE customer_id = ?').all(id) as {
    source: string;
    id: string;
  }[];

export function noteReturn(trx: Trx, r: { customerId: CustomerId; erasureId: number; importId: ImportId | null; at: UtcMs }): void {
  trx
    .prepare('INSERT INTO erasure_return (customer_id, erasure_id, import_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (customer_id) DO NOTHING')
    .run(r.customerId, r.erasureId, r.importId, r.at);
}

export interface ReturnRow {
  customerId: CustomerId;
  name: string;
  phone: string | null;
  fileName: string | null;
  erasedAt: UtcMs;
  at: UtcMs;
}

/** People a file brought who may be somebody that was erased; unanswered ones. */
export const openReturns = (db: Db, limit: number): ReturnRow[] =>
  db
    .prepare(
      `SELECT r.customer_id AS customerId, trim(c.first_name || ' ' || c.last_name) AS name, c.phone, i.file_name AS fileName, e.at AS erasedAt, r.at
       FROM erasure_return r JOIN customer c ON c.id = r.customer_id JOIN erasure e ON e.id = r.erasure_id LEFT JOIN import i ON i.id = r.import_id
       WHERE r.answer IS NULL ORDER BY r.at DESC, r.customer_id LIMIT ?`,
    )
    .all(limit) as ReturnRow[];

export function answerReturn(trx: Trx, customerId: CustomerId): boolean {
  return (
    trx.prepare("UPDATE erasure_return SET answer = 'somebody-else' WHERE customer_id = ? AND answer IS NULL").run(customerId).changes > 0
  );
}

export const returnOf = (db: Db, customerId: CustomerId): number | null =>
  (db.prepare('SELECT erasure_id FROM erasure_return WHERE customer_id = ?').pluck().get(customerId) as number | undefined) ?? null;

/** Records what erased people bought is kept under. */
export const namelessRecords = (db: Db): number[] => db.prepare('SELECT id FROM customer WHERE id < 0').pluck().all() as number[];

// — what is counted before and after —

/** Ledger events, open proofs and the last text of some numbers and e-mails. */
export function proofOf(
  db: Db,
  hmacs: readonly string[],
  addresses: readonly string[],
): { events: number; open: number; lastAt: UtcMs | null } {
  const r = db
    .prepare(
      `SELECT count(*) AS events, sum(v.event_id IS NOT NULL AND v.sealed_at IS NULL) AS open, max(e.recorded_at) AS lastEvent
       FROM consent_event e LEFT JOIN consent_evidence v ON v.event_id = e.id WHERE e.address_hmac IN (SELECT value FROM json_each(?))`,
    )
    .get(JSON.stringify(hmacs)) as { events: number; open: number | null; lastEvent: number | null };
  const lastText = db
    .prepare(
      `SELECT max(at) FROM (SELECT max(left_at) AS at FROM outbox WHERE address IN (SELECT value FROM json_each(@all))
         UNION ALL SELECT max(left_at) FROM mail WHERE address IN (SELECT value FROM json_each(@all)))`,
    )
    .pluck()
    .get({ all: JSON.stringify(addresses) }) as number | null;
  return { events: r.events, open: r.open ?? 0, lastAt: (lastText ?? r.lastEvent) as UtcMs | null };
}

export const auditCount = (db: Db, ids: readonly number[]): number =>
  db
    .prepare(
      `SELECT count(*) FROM audit WHERE subject IN (SELECT CAST(value AS TEXT) FROM json_each(?))
         AND (action LIKE 'customer.%' OR action LIKE 'link.%' OR action = 'consent.stopped-at-counter')`,
    )
    .pluck()
    .get(JSON.stringify(ids)) as number;

// — stop lists —

export interface StopListRow {
  id: number;
  fileName: string;
  fileHash: string;
  at: UtcMs;
  staffName: string | null;
  numbers: number;
  emails: number;
  already: number;
  unreadable: number;
  done: boolean;
}

export const stopLists = (db: Db, limit: number): StopListRow[] =>
  (
    db
      .prepare(
        `SELECT l.id, l.file_name AS fileName, l.file_hash AS fileHash, l.at, s.name AS staffName, l.numbers, l.emails, l.already, l.unreadable, l.done
         FROM stop_list l LEFT JOIN staff s ON s.id = l.staff_id ORDER BY l.id DESC LIMIT ?`,
      )
      .all(limit) as (Omit<StopListRow, 'done'> & { done: number })[]
  ).map((r) => ({ ...r, done: r.done === 1 }));

export function insertStopList(trx: Trx, l: { fileName: string; fileHash: string; at: UtcMs; staffId: StaffId | null }): number {
  return Number(
    trx
      .prepare('INSERT INTO stop_list (file_name, file_hash, at, staff_id) VALUES (?, ?, ?, ?)')
      .run(l.fileName, l.fileHash, l.at, l.staffId).lastInsertRowid,
  );
}

export function saveStopList(
  trx: Trx,
  id: number,
  n: { numbers: number; emails: number; already: number; unreadable: number; done: boolean },
): void {
  trx
    .prepare('UPDATE stop_list SET numbers = ?, emails = ?, already = ?, unreadable = ?, done = ? WHERE id = ?')
    .run(n.numbers, n.emails, n.already, n.unreadable, n.done ? 1 : 0, id);
}

export const isKnown = (db: Db, kind: 'phone' | 'email', value: string): boolean =>
  db
    .prepare(
      `SELECT 1 FROM customer WHERE ${kind} = @value UNION ALL SELECT 1 FROM customer_alias WHERE kind = @kind AND value = @value LIMIT 1`,
    )
    .get({ kind, value }) !== undefined;
