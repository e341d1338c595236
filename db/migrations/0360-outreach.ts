import type { Migration } from './index';

/**
 * Other channels, tests and draws: lists that left for post, e-mail and advertisements with a contact per person, one code per medium,
 * verdicts that are judged once, a quarter's comparison group, and prize draws anybody can recompute.
 */
export const outreach: Migration = {
  version: 360,
  name: 'outreach',
  up: (db) =>
    void db.exec(`
  CREATE TABLE outreach (                   -- a list that left this computer to reach people otherwise than by text
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('post', 'email', 'ads')),
    name TEXT NOT NULL,                     -- of the group or campaign, as it was then
    segment_id INTEGER,                     -- no foreign keys: what left outlives both
    campaign_id INTEGER,                    -- the step it belongs to: its text and this list count once
    people INTEGER NOT NULL,
    left_out TEXT NOT NULL CHECK (json_valid(left_out)),  -- reason → people
    at INTEGER NOT NULL,
    staff_id INTEGER
  ) STRICT;
  CREATE INDEX outreach_by_campaign ON outreach (campaign_id) WHERE campaign_id IS NOT NULL;
  CREATE TABLE contact (                    -- one person on such a list
    outreach_id INTEGER NOT NULL REFERENCES outreach(id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL,
    phone TEXT,                             -- theirs at that time: spacing counts per number
    at INTEGER NOT NULL,
    PRIMARY KEY (outreach_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contact_by_phone ON contact (phone, at) WHERE phone IS NOT NULL;
  CREATE INDEX contact_by_customer ON contact (customer_id);

  CREATE TABLE offer_medium (               -- an offer's own shared code for one medium
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER,                    -- measured beside its text; null = on its own
    base_id INTEGER NOT NULL REFERENCES offer(id),
    offer_id INTEGER NOT NULL UNIQUE REFERENCES offer(id),  -- the copy with the medium's code
    kind TEXT NOT NULL CHECK (kind IN ('postcard', 'flyer', 'poster', 'radio', 'paper', 'online', 'other')),
    name TEXT NOT NULL,
    given_out INTEGER,                      -- how many were printed or heard of, as the owner knows it
    cost INTEGER,                           -- minor units
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX offer_medium_by_campaign ON offer_medium (campaign_id) WHERE campaign_id IS NOT NULL;
  CREATE INDEX offer_medium_by_base ON offer_medium (base_id);

  CREATE TABLE words_verdict (              -- A against B: judged once, at the end of the window
    campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    judged_at INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (json_valid(verdict))
  ) STRICT;
  CREATE TABLE rolling_campaign (           -- campaigns whose comparison group was the quarter's
    campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    quarter TEXT NOT NULL                   -- 2026-Q4, in the shop's zone
  ) STRICT;

  CREATE TABLE draw (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'drawn', 'cancelled')),
    rules TEXT NOT NULL CHECK (json_valid(rules)),        -- the official rules, field by field
    word TEXT,                              -- people answer with it, tidied
    opens_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,             -- the first instant that is too late
    winners INTEGER NOT NULL CHECK (winners BETWEEN 1 AND 100),
    alternates INTEGER NOT NULL CHECK (alternates BETWEEN 0 AND 100),
    seed TEXT,                              -- hex; told nobody before the draw
    seed_hash TEXT,                         -- SHA-256 of it, shown and printed from the opening on
    committed_at INTEGER,
    rules_hash TEXT,                        -- of the rules as they were opened
    list_hash TEXT,                         -- of the entries as they were drawn from
    drawn_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (opens_at < closes_at),
    CHECK (state NOT IN ('open', 'drawn') OR (seed IS NOT NULL AND seed_hash IS NOT NULL))
  ) STRICT;
  CREATE UNIQUE INDEX draw_by_word ON draw (word) WHERE word IS NOT NULL AND state = 'open';
  CREATE TABLE draw_entry (
    id INTEGER PRIMARY KEY,
    draw_id INTEGER NOT NULL REFERENCES draw(id) ON DELETE CASCADE,
    ticket TEXT NOT NULL,                   -- what is drawn; names nobody
    person_key TEXT NOT NULL,               -- one entry each: HMAC of the number, or of name and address
    customer_id INTEGER,
    name TEXT NOT NULL DEFAULT '',
    phone TEXT,
    how TEXT NOT NULL CHECK (how IN ('reply', 'counter', 'paper')),
    inbound_sid TEXT,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    UNIQUE (draw_id, ticket),
    UNIQUE (draw_id, person_key)
  ) STRICT;
  CREATE INDEX draw_entry_by_customer ON draw_entry (customer_id) WHERE customer_id IS NOT NULL;
  CREATE TABLE draw_pick (
    draw_id INTEGER NOT NULL REFERENCES draw(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,                 -- 1 = drawn first; winners, then alternates
    entry_id INTEGER NOT NULL REFERENCES draw_entry(id),
    state TEXT NOT NULL CHECK (state IN ('won', 'waiting', 'claimed', 'passed')),
    task_id INTEGER,                        -- the counter's task to call them
    at INTEGER NOT NULL,
    PRIMARY KEY (draw_id, place),
    UNIQUE (entry_id)
  ) STRICT, WITHOUT ROWID;
`),
};
