import type { Migration } from './index';

/** One person twice and put together again; what files say about permission; how a till's changes are taken. */
export const people: Migration = {
  version: 100,
  name: 'people',
  up: (db) =>
    void db.exec(`
  CREATE TABLE customer_merge (             -- a log: two records that became one, with everything undo needs
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL,               -- the record that stayed; no foreign keys: the log outlives people
    gone_id INTEGER NOT NULL,               -- the record that is no more; its id is given back at undo
    at INTEGER NOT NULL,
    staff_id INTEGER,
    image TEXT NOT NULL CHECK (json_valid(image)),
    undone_at INTEGER
  ) STRICT;
  CREATE INDEX customer_merge_by_kept ON customer_merge (kept_id) WHERE undone_at IS NULL;
  CREATE INDEX customer_merge_by_gone ON customer_merge (gone_id) WHERE undone_at IS NULL;
  CREATE TABLE customer_alias (             -- numbers and e-mails a merged person had besides the ones kept: files still know them by these
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
    value TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    merge_id INTEGER NOT NULL REFERENCES customer_merge(id),
    PRIMARY KEY (kind, value, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_alias_by_customer ON customer_alias (customer_id);
  CREATE TABLE not_duplicate (              -- "not the same person", said by the owner
    a_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    b_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    PRIMARY KEY (a_id, b_id),
    CHECK (a_id < b_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX not_duplicate_by_b ON not_duplicate (b_id);

  -- Derived from the people themselves, kept up to date in the background: whoever changed waits in the list below.
  CREATE TABLE possible_duplicate (
    a_id INTEGER NOT NULL,
    b_id INTEGER NOT NULL,
    score INTEGER NOT NULL,
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),
    PRIMARY KEY (a_id, b_id),
    CHECK (a_id < b_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX possible_duplicate_by_b ON possible_duplicate (b_id);
  CREATE INDEX possible_duplicate_by_score ON possible_duplicate (score DESC, a_id, b_id);
  CREATE TABLE duplicate_todo (customer_id INTEGER PRIMARY KEY) STRICT;
  INSERT INTO duplicate_todo SELECT id FROM customer WHERE weak = 0;
  CREATE TRIGGER duplicate_todo_insert AFTER INSERT ON customer WHEN new.weak = 0 BEGIN
    INSERT OR IGNORE INTO duplicate_todo (customer_id) VALUES (new.id);
  END;
  CREATE TRIGGER duplicate_todo_update AFTER UPDATE OF first_name, last_name, phone, email, birthday, postal_code, weak ON customer BEGIN
    INSERT OR IGNORE INTO duplicate_todo (customer_id) VALUES (new.id);
  END;
  CREATE TRIGGER duplicate_todo_delete AFTER DELETE ON customer BEGIN
    DELETE FROM duplicate_todo WHERE customer_id = old.id;
    DELETE FROM possible_duplicate WHERE a_id = old.id;
    DELETE FROM possible_duplicate WHERE b_id = old.id;
  END;
  CREATE INDEX customer_by_place_last ON customer (substr(postal_code, 1, 5), last_name COLLATE NOCASE) WHERE postal_code <> '';
  CREATE INDEX customer_by_place_first ON customer (substr(postal_code, 1, 5), first_name COLLATE NOCASE) WHERE postal_code <> '';
  CREATE INDEX customer_by_birthday ON customer (birthday, last_name COLLATE NOCASE) WHERE birthday IS NOT NULL;
  CREATE INDEX inbound_by_customer ON inbound (customer_id) WHERE customer_id IS NOT NULL;

  CREATE TABLE consent_said (               -- what a file says about permission: evidence to vouch for, never a permission by itself
    import_id INTEGER NOT NULL REFERENCES import(id),
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    address TEXT NOT NULL,                  -- E.164 or e-mail
    says TEXT NOT NULL CHECK (says IN ('yes', 'no', 'unknown')),
    flag INTEGER NOT NULL,                  -- 1 = the column marks people who said no; a yes only means "not marked"
    raw TEXT NOT NULL,                      -- the cell as written
    column_name TEXT NOT NULL,
    row_no INTEGER NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (import_id, channel, address)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX consent_said_by_address ON consent_said (address, channel, import_id);
  CREATE TABLE consent_attest (             -- the owner vouched for the yeses of one import; what came of it stands in the ledger
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES import(id),
    method TEXT NOT NULL CHECK (method IN ('paper', 'website', 'till', 'keyword', 'other')),
    detail TEXT NOT NULL,                   -- where and how, in the owner's words
    from_day TEXT NOT NULL,                 -- YYYY-MM-DD
    to_day TEXT NOT NULL,
    wording TEXT NOT NULL,
    people INTEGER NOT NULL DEFAULT 0,      -- numbers that became textable
    staff_id INTEGER,
    at INTEGER NOT NULL,
    undone_at INTEGER
  ) STRICT;
  CREATE INDEX consent_attest_by_import ON consent_attest (import_id);

  CREATE TABLE import_preference (          -- per till: which fields of known people a file may replace
    source TEXT PRIMARY KEY,
    prefer TEXT NOT NULL CHECK (json_valid(prefer)),
    updated_at INTEGER NOT NULL
  ) STRICT;
`),
};
