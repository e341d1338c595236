import type { Migration } from './index';

/** Wrong PINs per person, which a restart must not forget; when somebody left; when they had tried out the counter. */
export const staffAccess: Migration = {
  version: 220,
  name: 'staff',
  up: (db) =>
    void db.exec(`
  ALTER TABLE staff ADD COLUMN practised_at INTEGER;  -- the three practice tasks were done
  ALTER TABLE staff ADD COLUMN left_at INTEGER;       -- no longer works here since
  CREATE TABLE staff_lock (
    staff_id INTEGER PRIMARY KEY REFERENCES staff(id),
    failures INTEGER NOT NULL,                        -- wrong PINs in a row
    locked_until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_at ON audit (at);
  CREATE INDEX audit_by_staff ON audit (staff_id, at) WHERE staff_id IS NOT NULL;
`),
};
