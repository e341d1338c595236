import type { Migration } from './index';

/** One record per person; the till's ids beside it; a trigram index so that any part of name, phone or e-mail finds them. */
export const customers: Migration = {
  version: 20,
  name: 'customers',
  up: (db) =>
    void db.exec(`
  CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    phone TEXT,                             -- E.164 or null; families may share one, so not unique
    phone_raw TEXT,                         -- as the file or the person wrote it
    phone_kind TEXT NOT NULL DEFAULT 'unknown' CHECK (phone_kind IN ('unknown', 'mobile', 'landline', 'voip', 'toll-free', 'invalid')),
    phone_problem TEXT,                     -- carrier error that marked it: 30005 30006 21614 …
    email TEXT,                             -- lower-case, trimmed
    language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
    birthday TEXT,                          -- YYYY-MM-DD or --MM-DD
    street TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    zone TEXT,                              -- typed by staff; replaces area-code guesses
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    weak INTEGER NOT NULL DEFAULT 0,        -- till's instant profile: not a reachable person
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    import_id INTEGER,                      -- the import that first brought this person, if one did
    -- kept by db/queries/customer-stats.ts from sales, never typed:
    visits INTEGER NOT NULL DEFAULT 0,      -- distinct shop days with a completed sale
    spend INTEGER NOT NULL DEFAULT 0,       -- minor units, goods incl. tax after refunds; no tips, shipping, gift cards
    first_visit_at INTEGER,
    last_visit_at INTEGER,
    visits_365 INTEGER NOT NULL DEFAULT 0,
    spend_365 INTEGER NOT NULL DEFAULT 0,
    median_gap_days REAL,                   -- median of own gaps between visit days; null under 2 visits
    gap_count INTEGER NOT NULL DEFAULT 0,
    last_item TEXT
  ) STRICT;
  CREATE INDEX customer_by_phone ON customer (phone) WHERE phone IS NOT NULL;
  CREATE INDEX customer_by_email ON customer (email) WHERE email IS NOT NULL;
  CREATE INDEX customer_by_name ON customer (last_name COLLATE NOCASE, first_name COLLATE NOCASE, id);
  CREATE INDEX customer_weak ON customer (id) WHERE weak = 1;
  CREATE INDEX customer_by_last_visit ON customer (last_visit_at);
  CREATE INDEX customer_by_spend ON customer (spend);
  CREATE INDEX customer_by_import ON customer (import_id) WHERE import_id IS NOT NULL;

  CREATE TABLE customer_identity (          -- the till's own ids of a person
    source TEXT NOT NULL,                   -- square, csv:<fingerprint>, …
    source_customer_id TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    linked_at INTEGER NOT NULL,             -- a holdout only counts identities linked before its draw
    how TEXT NOT NULL CHECK (how IN ('import', 'receipt', 'email', 'phone', 'staff')),
    import_id INTEGER,
    said TEXT CHECK (said IS NULL OR json_valid(said)),  -- what the till's file told last: a value staff changed since is not overwritten
    PRIMARY KEY (source, source_customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_identity_by_customer ON customer_identity (customer_id);
  CREATE INDEX customer_identity_by_import ON customer_identity (import_id) WHERE import_id IS NOT NULL;

  CREATE VIRTUAL TABLE customer_search USING fts5(words, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
  CREATE TRIGGER customer_search_insert AFTER INSERT ON customer BEGIN
    INSERT INTO customer_search (rowid, words) VALUES (new.id,
      new.first_name || ' ' || new.last_name || ' ' || new.company || ' ' || coalesce(new.phone, '') || ' ' || coalesce(new.email, ''));
  END;
  CREATE TRIGGER customer_search_update AFTER UPDATE OF first_name, last_name, company, phone, email ON customer BEGIN
    DELETE FROM customer_search WHERE rowid = old.id;
    INSERT INTO customer_search (rowid, words) VALUES (new.id,
      new.first_name || ' ' || new.last_name || ' ' || new.company || ' ' || coalesce(new.phone, '') || ' ' || coalesce(new.email, ''));
  END;
  CREATE TRIGGER customer_search_delete AFTER DELETE ON customer BEGIN
    DELETE FROM customer_search WHERE rowid = old.id;
  END;

  CREATE TABLE visit_note (                 -- "she's here": a counter visit without a till sale yet
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    note TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX visit_note_by_customer ON visit_note (customer_id, at);
`),
};
