import type { Migration } from './index';

const ANSWER = "cause_kind = 'reply' AND cause_id GLOB '[0-9]*-*' AND state NOT IN ('skipped', 'cancelled', 'rejected')";
const FOR_A_PERSON = "(i.read_at IS NULL OR i.read_at <> i.fetched_at) AND NOT (i.meaning = 'hold' AND i.resolution IS 'stop')";
/** Writes the summary of one number's conversation anew, from its index. */
const again = (address: string) => `DELETE FROM reply_thread WHERE address = ${address};
    INSERT INTO reply_thread (address, last_at, last_in, our_at, unread, parked, waiting_since, asked_at)
    SELECT i.from_address, max(max(i.received_at), coalesce(e.our, 0)), max(i.received_at), e.our, sum(i.read_at IS NULL),
      sum(i.meaning = 'hold' AND i.resolution IS NULL), min(CASE WHEN ${FOR_A_PERSON} AND i.received_at > e.ended THEN i.received_at END),
      max(CASE WHEN ${FOR_A_PERSON} AND i.received_at > e.ended THEN i.received_at END)
    FROM inbound i JOIN (SELECT our, max(coalesce(our, 0), coalesce(closed, 0)) AS ended FROM (SELECT
      (SELECT max(created_at) FROM outbox WHERE address = ${address} AND ${ANSWER}) AS our,
      (SELECT max(at) FROM thread_closed WHERE address = ${address}) AS closed)) e
    WHERE i.from_address = ${address} GROUP BY i.from_address;`;
const OURS = (row: string) => `${row}.cause_kind = 'reply' AND ${row}.cause_id GLOB '[0-9]*-*'`;

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

  CREATE INDEX stop_reason_by_customer ON stop_reason (customer_id) WHERE customer_id IS NOT NULL; -- merges and erasures ask for it

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
  CREATE TABLE reply_thread (               -- derived: one line per number that wrote, so that 10,000 are listed without reading every text
    address TEXT PRIMARY KEY,
    last_at INTEGER NOT NULL,               -- the latest of theirs and of our personal answers
    last_in INTEGER NOT NULL,
    our_at INTEGER,
    unread INTEGER NOT NULL,
    parked INTEGER NOT NULL,                -- replies that may be stops, undecided
    waiting_since INTEGER,                  -- first message for a person since the last answer or closing
    asked_at INTEGER                        -- and the latest of them
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reply_thread_by_last ON reply_thread (last_at DESC, address);
  CREATE INDEX reply_thread_asked ON reply_thread (asked_at) WHERE asked_at IS NOT NULL;
  CREATE INDEX reply_thread_unread ON reply_thread (address) WHERE unread > 0 OR parked > 0;
  CREATE INDEX reply_thread_parked ON reply_thread (address) WHERE parked > 0;
  CREATE TRIGGER reply_thread_in AFTER INSERT ON inbound BEGIN ${again('new.from_address')} END;
  CREATE TRIGGER reply_thread_read AFTER UPDATE OF from_address, received_at, meaning, resolution, read_at ON inbound BEGIN
    ${again('old.from_address')}
    ${again('new.from_address')}
  END;
  CREATE TRIGGER reply_thread_gone AFTER DELETE ON inbound BEGIN ${again('old.from_address')} END;
  CREATE TRIGGER reply_thread_ours AFTER INSERT ON outbox WHEN ${OURS('new')} BEGIN ${again('new.address')} END;
  CREATE TRIGGER reply_thread_ours_state AFTER UPDATE OF state, address ON outbox WHEN ${OURS('old')} BEGIN ${again('new.address')} END;
  CREATE TRIGGER reply_thread_ours_gone AFTER DELETE ON outbox WHEN ${OURS('old')} BEGIN ${again('old.address')} END;
  CREATE TRIGGER reply_thread_closed AFTER INSERT ON thread_closed BEGIN ${again('new.address')} END;
  CREATE TRIGGER reply_thread_opened AFTER DELETE ON thread_closed BEGIN ${again('old.address')} END;
  UPDATE inbound SET read_at = read_at;     -- writes the lines of what is there already
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
