import { migrate } from '@db/migrate';
import { type Db, openDb } from '@db/open';

/** A fresh, migrated, in-memory shop file. */
export function createDb(file = ':memory:', version?: number): Db {
  const db = openDb(file);
  migrate(db.raw, version);
  return db;
}
