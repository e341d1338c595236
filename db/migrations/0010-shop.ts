import type { Migration } from './index';

/** The shop itself: settings, staff, what was done by whom, long-running work. */
export const shop: Migration = {
  version: 10,
  name: 'shop',
  up: (db) =>
    void db.exec(`
  CREATE TABLE meta (                       -- facts about the file: shop_id, kind (real|practice|demo), epoch, account_sid, created_at, recovery
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  CREATE TABLE setting (                    -- one JSON value per settings section; shapes in main/domain/settings
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value)),
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'staff')),
    pin_hash TEXT,                          -- scrypt; null = no PIN yet
    language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
    active INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE audit (                      -- who did what; append-only
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    staff_id INTEGER REFERENCES staff(id),
    action TEXT NOT NULL,
    subject TEXT,
    detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))
  ) STRICT;
  CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
  CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
  CREATE TABLE task (                       -- long work: survives a crash as 'interrupted'
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER,
    error_code TEXT,
    result TEXT CHECK (result IS NULL OR json_valid(result)),
    started_at INTEGER NOT NULL,
    finished_at INTEGER
  ) STRICT;
  CREATE TABLE backup_log (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    file TEXT NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('beside', 'second')),
    bytes INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    error TEXT
  ) STRICT;
`),
};
