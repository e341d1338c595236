import type { Migration } from './index';

/** What replies set going: open menus, automatic answers (one per reply), reasons for stopping, a campaign's own reply words. */
export const replies: Migration = {
  version: 190,
  name: 'replies',
  up: (db) =>
    void db.exec(`
  CREATE TABLE reply_menu (                 -- a question of ours that a number may answer with a digit
    phone TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('prefs', 'topics', 'email')),
    options TEXT NOT NULL CHECK (json_valid(options)),   -- what each digit meant in the text we sent
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    asked_sid TEXT NOT NULL,                -- the reply that opened it
    opened_at INTEGER NOT NULL,             -- the carrier's time of that reply
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE auto_answer (                -- never two automatic answers to one reply
    inbound_sid TEXT PRIMARY KEY,
    phone TEXT NOT NULL,
    kind TEXT NOT NULL,                     -- help, stop-confirmation, confirmation, prefs, topics, less, after-hours, reply-word …
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX auto_answer_by_phone ON auto_answer (phone, at);
  CREATE TABLE stop_reason (                -- why people left, as facts to count; no number in it
    event_id INTEGER PRIMARY KEY,           -- the ledger's event that says it
    reason TEXT NOT NULL CHECK (reason IN ('too-many', 'not-for-me', 'other')),
    via TEXT NOT NULL CHECK (via IN ('reply', 'counter', 'owner', 'import')),
    stop_event_id INTEGER,                  -- the stop it explains: one reason per stop, the last said counts
    customer_id INTEGER,                    -- no foreign key: outlives an erased person
    campaign_id INTEGER,                    -- the campaign text they most likely answered
    said_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX stop_reason_by_time ON stop_reason (said_at);
  CREATE INDEX stop_reason_by_stop ON stop_reason (stop_event_id) WHERE stop_event_id IS NOT NULL;
  CREATE TABLE campaign_reply_word (        -- "HOLD" under a campaign's text
    campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
    word TEXT NOT NULL,                     -- as replies are compared: lower case, no accents
    means TEXT NOT NULL,                    -- kind of the counter task
    answer_en TEXT NOT NULL DEFAULT '',     -- empty: ours
    answer_es TEXT NOT NULL DEFAULT '',
    hold_days INTEGER NOT NULL DEFAULT 3,   -- open days we keep it
    PRIMARY KEY (campaign_id, word)
  ) STRICT, WITHOUT ROWID;
`),
};
