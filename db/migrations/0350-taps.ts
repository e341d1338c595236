import type { Migration } from './index';

/**
 * Taps on links in texts, where the shop's own website says who opened one: a code per person and campaign, and a file of clicks that is
 * watched. Without a link source none of it is filled or shown. Links to pay that belong to something held or ordered at the counter.
 */
export const taps: Migration = {
  version: 350,
  name: 'taps',
  up: (db) =>
    void db.exec(`
  CREATE TABLE link_source (                -- one or none; none = no tap is known, and nothing shows one
    id INTEGER PRIMARY KEY CHECK (id = 1),
    base TEXT NOT NULL,                     -- what stands before the code: shoes.example/t/
    path TEXT NOT NULL,                     -- the file of clicks
    connected_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'fine', 'gone', 'unreadable', 'no-columns')),
    mark TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(mark)),  -- how far the file was read
    read_at INTEGER,                        -- last successful look
    unread INTEGER NOT NULL DEFAULT 0,      -- rows nobody could read
    strangers INTEGER NOT NULL DEFAULT 0    -- clicks with codes nobody has
  ) STRICT;
  CREATE TABLE link_code (
    code TEXT PRIMARY KEY,
    campaign_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,           -- no foreign key: results outlive an erased person
    made_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX link_code_of ON link_code (campaign_id, customer_id);
  CREATE INDEX link_code_by_customer ON link_code (customer_id, campaign_id);
  CREATE TABLE tap (                        -- as the file tells it; read again it is the same row
    code TEXT NOT NULL REFERENCES link_code(code),
    at INTEGER NOT NULL,
    agent TEXT NOT NULL DEFAULT '',
    discounted TEXT CHECK (discounted IN ('robot', 'preview', 'before-text')),  -- why it counts for nobody; null = it counts
    read_at INTEGER NOT NULL,
    PRIMARY KEY (code, at, agent)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tap_by_time ON tap (at);

  CREATE TABLE pay_link (                   -- for what a counter task holds or orders; typed by the shop, from its own till or bank
    task_id INTEGER PRIMARY KEY REFERENCES counter_task(id),
    url TEXT NOT NULL,                      -- '' once erased
    made_at INTEGER NOT NULL,
    made_by INTEGER,
    outbox_id INTEGER,                      -- the answer it was sent in
    sent_at INTEGER,
    paid_at INTEGER,                        -- said by staff; a sale in the till file tells by itself
    paid_by INTEGER
  ) STRICT;
  CREATE INDEX pay_link_sent ON pay_link (sent_at) WHERE sent_at IS NOT NULL;
`),
};
