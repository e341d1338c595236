import type { Migration } from './index';

/** Whoever a change is about is looked at anew by what runs by itself (migration 0500). */
const note = (id: string) =>
  `INSERT INTO automation_todo (customer_id) SELECT ${id} WHERE ${id} IS NOT NULL AND EXISTS (SELECT 1 FROM automation WHERE state <> 'off')
      ON CONFLICT DO NOTHING;`;

/** Texts about things people really ordered, bought or own: orders and holds, things with a date, notices to buyers of an item. */
export const service: Migration = {
  version: 540,
  name: 'service',
  up: (db) =>
    void db.exec(`
  CREATE TABLE customer_order (             -- kept for one person until they come
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,               -- drawn, on the slip and in the text; names its permission in the ledger (order:<ref>)
    kind TEXT NOT NULL CHECK (kind IN ('special-order', 'hold', 'lay-away', 'repair')),
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    phone TEXT,                             -- the number its own box was ticked for; null = nobody ticked it
    what TEXT NOT NULL,
    size TEXT NOT NULL DEFAULT '',
    due_on TEXT,                            -- YYYY-MM-DD: promised for that day; of a hold: kept through it
    deposit INTEGER,                        -- already paid, minor units
    state TEXT NOT NULL CHECK (state IN ('open', 'ready', 'collected', 'cancelled')),
    created_at INTEGER NOT NULL,
    staff_id INTEGER,
    ready_at INTEGER,
    reminded_at INTEGER,
    closed_at INTEGER,
    closed_by INTEGER,
    updated_at INTEGER NOT NULL,
    CHECK ((state IN ('collected', 'cancelled')) = (closed_at IS NOT NULL))
  ) STRICT;
  CREATE INDEX customer_order_by_customer ON customer_order (customer_id);
  CREATE INDEX customer_order_open ON customer_order (due_on, id) WHERE state IN ('open', 'ready');
  CREATE INDEX customer_order_to_remind ON customer_order (ready_at) WHERE state = 'ready' AND reminded_at IS NULL AND phone IS NOT NULL;

  CREATE TABLE customer_thing (             -- something somebody has, with a day that matters
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('warranty', 'service', 'refill', 'other')),
    what TEXT NOT NULL,
    bought_on TEXT,                         -- YYYY-MM-DD
    due_on TEXT NOT NULL,                   -- YYYY-MM-DD: warranty ends, service due
    sale_id INTEGER,                        -- the purchase it came from, where it was chosen
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
    created_at INTEGER NOT NULL,
    staff_id INTEGER,
    done_at INTEGER,
    CHECK ((state = 'done') = (done_at IS NOT NULL))
  ) STRICT;
  CREATE INDEX customer_thing_by_customer ON customer_thing (customer_id);
  CREATE INDEX customer_thing_due ON customer_thing (due_on, id) WHERE state = 'open';

  CREATE TABLE rebuy_term (                 -- after how long people usually buy something of a category again
    category_key TEXT PRIMARY KEY,
    category TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 3650),
    learnt INTEGER NOT NULL DEFAULT 0,      -- 1 = worked out from sales, 0 = typed
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE notice (                     -- a recall or other word to whoever bought an item
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('recall', 'notice')),
    name TEXT NOT NULL,
    goods TEXT NOT NULL,                    -- JSON: which articles
    from_day TEXT NOT NULL,                 -- YYYY-MM-DD, both days included
    until_day TEXT NOT NULL,
    body_en TEXT NOT NULL,
    body_es TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sending', 'sent')),
    quote TEXT,                             -- JSON: what was agreed to
    made_at INTEGER NOT NULL,
    made_by INTEGER,
    updated_at INTEGER NOT NULL,
    sent_at INTEGER,
    sent_by INTEGER
  ) STRICT;
  CREATE TABLE notice_person (              -- who bought it, and how they hear of it
    notice_id INTEGER NOT NULL REFERENCES notice(id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL,
    phone TEXT,                             -- texted at; null = on the list
    reason TEXT,                            -- why not by text
    gift INTEGER NOT NULL DEFAULT 0,        -- bought as a gift: somebody else may have it
    bought_on TEXT NOT NULL,
    told_at INTEGER,                        -- reached in another way, as said by the owner
    PRIMARY KEY (notice_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notice_person_by_customer ON notice_person (customer_id);

  CREATE TRIGGER automation_order_taken AFTER INSERT ON customer_order BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_order_moved AFTER UPDATE OF state, ready_at, customer_id ON customer_order BEGIN
    ${note('old.customer_id')}
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_thing_noted AFTER INSERT ON customer_thing BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_thing_moved AFTER UPDATE OF due_on, state, customer_id ON customer_thing BEGIN
    ${note('old.customer_id')}
    ${note('new.customer_id')}
  END;
`),
};
