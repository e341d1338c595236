import type { Migration } from './index';

/** What follows from replies: work at the counter, answers kept for next time, and what was done about people leaving. */
export const counterTasks: Migration = {
  version: 200,
  name: 'counter-tasks',
  up: (db) =>
    void db.exec(`
  CREATE TABLE counter_task (               -- "hold a pair for Ana": born from a reply, done at the counter
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('hold', 'call-back', 'question', 'other')),
    customer_id INTEGER,                    -- no foreign key: what was done outlives an erased person
    address TEXT,                           -- E.164 they wrote from; null once erased
    words TEXT NOT NULL,                    -- what is to be done, in the shop's words
    campaign_id INTEGER,
    inbound_sid TEXT UNIQUE,                -- the reply it came from: one task each
    due_at INTEGER,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    outcome TEXT CHECK (outcome IN ('sold', 'picked-up', 'never-came', 'answered', 'not-reached', 'other')),
    note TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by INTEGER,                     -- null = by itself, from a reply
    done_at INTEGER,
    done_by INTEGER,
    CHECK ((state = 'open') = (done_at IS NULL)),
    CHECK (state <> 'open' OR outcome IS NULL)
  ) STRICT;
  CREATE INDEX counter_task_open ON counter_task (due_at, id) WHERE state = 'open';
  CREATE INDEX counter_task_by_customer ON counter_task (customer_id) WHERE customer_id IS NOT NULL;
  CREATE INDEX counter_task_by_address ON counter_task (address) WHERE address IS NOT NULL;
  CREATE INDEX counter_task_by_campaign ON counter_task (campaign_id) WHERE campaign_id IS NOT NULL;

  CREATE TABLE reply_template (             -- answers the owner uses again; inserted by "/" in the box
    id INTEGER PRIMARY KEY,
    key TEXT UNIQUE,                        -- of one that came with the app; null = the shop's own
    name TEXT NOT NULL,
    body_en TEXT NOT NULL,
    body_es TEXT NOT NULL DEFAULT '',       -- '' = the English one is used
    sort INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER                      -- one that came with the app stays away once deleted
  ) STRICT;

  CREATE TABLE thread_closed (              -- "nothing to do here any more", said by the owner; a later message opens it again
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    PRIMARY KEY (address, at)
  ) STRICT, WITHOUT ROWID;
  -- The number beside "Replies"; SQLite takes it only for the very same words in the question.
  CREATE INDEX inbound_unread ON inbound (from_address) WHERE read_at IS NULL OR (meaning = 'hold' AND resolution IS NULL);
  CREATE TABLE reply_anyway (               -- an answer the owner let leave outside their hours, after a warning
    outbox_id INTEGER PRIMARY KEY,
    said_at INTEGER NOT NULL,
    staff_id INTEGER,
    local_time TEXT NOT NULL,               -- what the clock said where they are, as shown
    opens_at INTEGER                        -- when it would have left otherwise
  ) STRICT;

  CREATE TABLE remedy (                     -- what the owner did about people leaving, so that its effect can be measured
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('longer-spacing', 'lower-promise', 'ask-topics', 'topic-campaign')),
    reason TEXT NOT NULL,                   -- the reason it answers: too-many, not-for-me
    before_value TEXT NOT NULL,
    after_value TEXT NOT NULL,
    campaign_id INTEGER,
    done_at INTEGER NOT NULL,
    done_by INTEGER,
    undone_at INTEGER
  ) STRICT;
`),
};
