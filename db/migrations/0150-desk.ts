import type { Migration } from './index';

/** What staff note about a person while serving them, and what an offer is called at the till. */
export const desk: Migration = {
  version: 150,
  name: 'desk',
  up: (db) =>
    void db.exec(`
  CREATE TABLE customer_size (              -- "usually takes": one value per kind
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                     -- shoe, shirt, trousers, … or the shop's own word; lower-case
    value TEXT NOT NULL,                    -- as said: 8½, M, 32/34
    updated_at INTEGER NOT NULL,
    staff_id INTEGER,
    PRIMARY KEY (customer_id, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE customer_wish (              -- what somebody is looking for; a campaign may answer it once the shop has it
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    item_key TEXT NOT NULL,                 -- item without capitals and accents, one blank between words: for finding
    size TEXT NOT NULL DEFAULT '',
    under INTEGER,                          -- only below this price, minor units of the shop's currency
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'fulfilled', 'dropped')),
    created_at INTEGER NOT NULL,
    staff_id INTEGER,
    closed_at INTEGER,
    closed_by INTEGER
  ) STRICT;
  CREATE INDEX customer_wish_by_customer ON customer_wish (customer_id);
  CREATE INDEX customer_wish_open ON customer_wish (item_key) WHERE state = 'open';
  ALTER TABLE offer ADD COLUMN till_key TEXT NOT NULL DEFAULT '';  -- what to key into the till, as "TEXT10"; empty = said from the offer
  CREATE INDEX redemption_by_time ON redemption (at);
`),
};
