import { type LookUpHits, LookUpIndex, type LookUpPerson } from '@domain/customers/look-up';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** Where the last person of a shop stands with being found: everything the index knows of one record. */
const PERSON = `c.first_name AS firstName, c.last_name AS lastName, c.company, c.phone, c.email,
  max(coalesce(c.last_visit_at, 0),
    coalesce((SELECT max(v.at) FROM visit_note v WHERE v.customer_id = c.id), 0),
    coalesce((SELECT max(r.at) FROM redemption r WHERE r.customer_id = c.id AND r.reversed_at IS NULL), 0),
    CASE WHEN c.import_id IS NULL THEN c.created_at ELSE 0 END) AS seenAt,
  (SELECT group_concat(a.kind || a.value, ' ') FROM customer_alias a WHERE a.customer_id = c.id) AS aliases`;

/** Held against their query plans by test/db/look-up-plans.test.ts. */
export const LOOK_UP_SQL = {
  all: `SELECT c.id, ${PERSON} FROM customer c WHERE c.id > ? AND c.weak = 0 ORDER BY c.id LIMIT ?`,
  touched: `SELECT t.seq, t.id, c.id IS NOT NULL AND c.weak = 0 AS there, ${PERSON}
    FROM look_up_touched t LEFT JOIN customer c ON c.id = t.id WHERE t.seq > ? ORDER BY t.seq LIMIT ?`,
} as const;

/**
 * Whoever changes is noted in memory by this connection, which is the one that writes: in the same transaction, so that what is rolled
 * back is not noted either. Of a shop open elsewhere (read-only) nothing is heard; there everybody is read again now and then.
 */
const NOTE_CHANGES = `
  CREATE TEMP TABLE look_up_touched (seq INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE ON CONFLICT REPLACE);
  CREATE TEMP TRIGGER look_up_insert AFTER INSERT ON main.customer BEGIN INSERT INTO look_up_touched (id) VALUES (new.id); END;
  CREATE TEMP TRIGGER look_up_update AFTER UPDATE OF first_name, last_name, company, phone, email, weak, last_visit_at ON main.customer
    BEGIN INSERT INTO look_up_touched (id) VALUES (new.id); END;
  CREATE TEMP TRIGGER look_up_delete AFTER DELETE ON main.customer BEGIN INSERT INTO look_up_touched (id) VALUES (old.id); END;
  CREATE TEMP TRIGGER look_up_alias AFTER INSERT ON main.customer_alias BEGIN INSERT INTO look_up_touched (id) VALUES (new.customer_id); END;
  CREATE TEMP TRIGGER look_up_no_alias AFTER DELETE ON main.customer_alias
    BEGIN INSERT INTO look_up_touched (id) VALUES (old.customer_id); END;
  CREATE TEMP TRIGGER look_up_here AFTER INSERT ON main.visit_note BEGIN INSERT INTO look_up_touched (id) VALUES (new.customer_id); END;
  CREATE TEMP TRIGGER look_up_redeemed AFTER INSERT ON main.redemption WHEN new.customer_id IS NOT NULL
    BEGIN INSERT INTO look_up_touched (id) VALUES (new.customer_id); END;`;

interface Raw {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: string | null;
  email: string | null;
  seenAt: UtcMs;
  aliases: string | null;
}

function personOf(r: Raw): LookUpPerson {
  const also = r.aliases?.split(' ') ?? [];
  const values = (kind: string) => also.filter((a) => a.startsWith(kind)).map((a) => a.slice(kind.length));
  return {
    id: r.id,
    firstName: r.firstName,
    lastName: r.lastName,
    company: r.company,
    phones: [...(r.phone ? [r.phone] : []), ...values('phone')],
    emails: [...(r.email ? [r.email] : []), ...values('email')],
    seenAt: r.seenAt,
  };
}

interface Kept {
  index: LookUpIndex;
  /** The last person read so far; null = everybody was read. */
  readTo: number | null;
  /** The last change taken in. */
  seq: number;
  version: number;
}
const kept = new WeakMap<Db, Kept>();

/** People of one step: about four milliseconds. */
const STEP = 1000;
/** A look-up takes in at most so many changes itself; after an import the rest follows in the background. */
const MOST_AT_ONCE = 3000;

const versionOf = (db: Db): number => db.raw.pragma('data_version', { simple: true }) as number;

function keptFor(db: Db, callingCode: string): Kept {
  let k = kept.get(db);
  // another process writes: what it changed is only seen by reading again
  if (k && db.raw.readonly && k.readTo === null && versionOf(db) !== k.version) k = undefined;
  if (!k) {
    if (!kept.has(db)) {
      db.settle();
      if (db.raw.inTransaction)
        throw new Error('nobody is looked up inside a transaction: what notes changes would be rolled back with it');
      db.raw.exec(NOTE_CHANGES);
    }
    k = { index: new LookUpIndex(callingCode), readTo: 0, seq: 0, version: versionOf(db) };
    kept.set(db, k);
  }
  return k;
}

function readStep(db: Db, k: Kept): void {
  const people = db.prepare(LOOK_UP_SQL.all).all(k.readTo, STEP) as Raw[];
  for (const p of people) k.index.set(personOf(p));
  k.readTo = people.length < STEP ? null : (people[people.length - 1] as Raw).id;
}

function takeIn(db: Db, k: Kept, most: number): boolean {
  // Inside a transaction a change may still be taken back; a bulk that rests between two steps ends its own here.
  if (db.raw.inTransaction) db.settle();
  if (db.raw.inTransaction) return true;
  const rows = db.prepare(LOOK_UP_SQL.touched).all(k.seq, most) as (Raw & { seq: number; there: number })[];
  for (const r of rows) {
    if (r.there) k.index.set(personOf(r));
    else k.index.remove(r.id);
    k.seq = r.seq;
  }
  return rows.length < most;
}

/**
 * One step of getting ready to find people, a few milliseconds; false while there is more to do. The backend calls it in idle
 * moments, so that a look-up finds everything done.
 */
export function prepareLookUp(db: Db, callingCode: string): boolean {
  const k = keptFor(db, callingCode);
  if (k.readTo !== null) {
    readStep(db, k);
    return false;
  }
  return takeIn(db, k, STEP);
}

/** The people most likely meant, best first; never a way to leaf through the list. */
export function lookUp(db: Db, text: string, limit: number, callingCode: string): LookUpHits {
  const k = keptFor(db, callingCode);
  while (k.readTo !== null) readStep(db, k);
  takeIn(db, k, MOST_AT_ONCE);
  return k.index.find(text, limit);
}
