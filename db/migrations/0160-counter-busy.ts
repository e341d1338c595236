import type { Migration } from './index';

/** Membership cards, and people whose sign-up waits for a quieter moment. */
export const counterBusy: Migration = {
  version: 160,
  name: 'counter-busy',
  up: (db) =>
    void db.exec(`
  CREATE TABLE member_card (                -- a number on a printed card; it never changes hands, a merged person may hold several
    number TEXT PRIMARY KEY CHECK (number GLOB 'M[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    issued_at INTEGER NOT NULL,
    staff_id INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX member_card_by_customer ON member_card (customer_id);

  CREATE TABLE later (                      -- "finish later": what staff knew when the queue was long; no permission of any kind
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    name TEXT NOT NULL DEFAULT '',
    customer_id INTEGER REFERENCES customer(id) ON DELETE SET NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    ended_at INTEGER,
    ended_by INTEGER,
    reason TEXT,                            -- why it was dropped
    CHECK ((state = 'open') = (ended_at IS NULL))
  ) STRICT;
  CREATE INDEX later_open ON later (at) WHERE state = 'open';
  CREATE INDEX later_by_customer ON later (customer_id) WHERE customer_id IS NOT NULL;
`),
};
