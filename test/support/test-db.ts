import { migrate } from '@db/migrate';
import { type Db, openDb } from '@db/open';

/** An empty shop file as it is after all migrations: making it takes as long as a hundred copies of it. */
let empty: Buffer | undefined;

function emptyShop(): Buffer {
  const db = openDb(':memory:');
  migrate(db.raw);
  const bytes = db.raw.serialize();
  db.close();
  return bytes;
}

/** A fresh, migrated, in-memory shop file; or one on disk, or as an older version left it. */
export function createDb(file = ':memory:', version?: number): Db {
  if (file === ':memory:' && version === undefined) {
    empty ??= emptyShop();
    return openDb(empty);
  }
  const db = openDb(file);
  migrate(db.raw, version);
  return db;
}
