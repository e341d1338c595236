import type { Migration } from './index';

/** The account at the carrier as it was last seen, so that it can be read offline; what the carrier itself counted; what it refused. */
export const account: Migration = {
  version: 290,
  name: 'account',
  up: (db) =>
    void db.exec(`
  CREATE TABLE account_look (                -- at most one
    id INTEGER PRIMARY KEY CHECK (id = 1),
    view TEXT CHECK (view IS NULL OR json_valid(view)),   -- main/domain/account/view.ts AccountView; nothing of a customer
    looked_at INTEGER,                       -- when the view was seen
    tried_at INTEGER NOT NULL,               -- last try, whatever came of it
    failed_code TEXT,                        -- our code of the last try, if it failed
    failed_number INTEGER,                   -- the carrier's number
    learnt TEXT CHECK (learnt IS NULL OR json_valid(learnt))   -- main/domain/account/rates.ts Learnt
  ) STRICT;
  CREATE TABLE account_refusal (             -- codes that say the whole account or sender is refused
    code INTEGER PRIMARY KEY,
    texts INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE account_usage (               -- what the carrier counted, by its own categories
    month TEXT NOT NULL,                     -- YYYY-MM of the carrier's calendar (GMT)
    category TEXT NOT NULL,
    count INTEGER NOT NULL,
    usage REAL NOT NULL,
    unit TEXT NOT NULL,
    price INTEGER NOT NULL,                  -- micros
    currency TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (month, category)
  ) STRICT, WITHOUT ROWID;
  -- texts received in a month
  CREATE INDEX inbound_by_received ON inbound (received_at);
`),
};
