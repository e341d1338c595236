import type { Migration } from './index';

/** Campaigns, their people (texted, held out, excluded and why) and the outbox: the row is the truth about a text. */
export const campaigns: Migration = {
  version: 60,
  name: 'campaigns',
  up: (db) =>
    void db.exec(`
  CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'staging', 'sending', 'paused', 'finished', 'cancelled')),
    segment_id INTEGER REFERENCES segment(id),
    rule TEXT CHECK (rule IS NULL OR json_valid(rule)),   -- frozen at send
    body TEXT NOT NULL DEFAULT '',
    offer_id INTEGER REFERENCES offer(id),
    add_stop_line INTEGER NOT NULL DEFAULT 1,
    holdout TEXT NOT NULL DEFAULT 'auto' CHECK (holdout IN ('auto', 'off', 'half')),
    holdout_percent INTEGER,                -- decided at send
    goal TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(goal)),
    window_days INTEGER NOT NULL DEFAULT 14,
    quote TEXT CHECK (quote IS NULL OR json_valid(quote)),  -- what the owner saw and agreed to
    sender TEXT,
    pause_reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    started_at INTEGER,                     -- the owner pressed send
    finished_at INTEGER,
    window_ends_at INTEGER                  -- frozen at send
  ) STRICT;
  CREATE TABLE campaign_person (            -- everyone the group held at send time, and what became of them
    campaign_id INTEGER NOT NULL REFERENCES campaign(id),
    customer_id INTEGER NOT NULL,           -- no foreign key: results outlive an erased person
    phone TEXT,
    arm TEXT NOT NULL CHECK (arm IN ('text', 'control', 'excluded')),
    reason TEXT,                            -- when excluded: see main/domain/campaigns/audience.ts
    stratum TEXT NOT NULL DEFAULT '',
    till_fixed INTEGER NOT NULL DEFAULT 0,  -- till identity known before the draw
    drawn_at INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX campaign_person_by_customer ON campaign_person (customer_id);

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('campaign', 'confirmation', 'double-opt-in', 'help', 'stop-confirmation', 'reply', 'service', 'test')),
    cause_id TEXT NOT NULL,                 -- campaign id, consent event id, inbound sid …
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    address TEXT NOT NULL,                  -- E.164
    customer_id INTEGER,
    message_class TEXT NOT NULL CHECK (message_class IN ('marketing', 'service', 'reply', 'double-opt-in', 'confirmation', 'help', 'stop-confirmation')),
    priority INTEGER NOT NULL,              -- lower first
    state TEXT NOT NULL CHECK (state IN ('staged', 'waiting', 'sending', 'accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed',
                                         'rejected', 'uncertain', 'skipped', 'cancelled')),
    reason TEXT,                            -- why skipped/cancelled/uncertain
    body TEXT NOT NULL,
    segments INTEGER NOT NULL,
    quoted_price INTEGER,                   -- micros, positive
    code TEXT,                              -- personal offer code inside the body
    not_before INTEGER NOT NULL,
    expires_at INTEGER,
    brake_rank INTEGER,                     -- the first 20 are a random draw
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    reconcile_step INTEGER NOT NULL DEFAULT 0,
    reconcile_at INTEGER,
    sid TEXT,
    sender TEXT,                            -- what the carrier says it left from
    error_code INTEGER,
    left_at INTEGER,                        -- accepted (or uncertain: it may have left)
    final_at INTEGER,
    price INTEGER,                          -- micros, positive, once the carrier tells
    price_currency TEXT,
    carrier_segments INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (cause_kind, cause_id, channel, address)
  ) STRICT;
  CREATE UNIQUE INDEX outbox_by_sid ON outbox (sid) WHERE sid IS NOT NULL;
  CREATE INDEX outbox_waiting ON outbox (priority, brake_rank, id) WHERE state = 'waiting';
  -- The sender asks these at every turn; SQLite takes a partial index only for the very same words in the question.
  CREATE INDEX outbox_to_look_for ON outbox (reconcile_at) WHERE state = 'uncertain' AND reconcile_at IS NOT NULL;
  CREATE INDEX outbox_at_carrier ON outbox (left_at) WHERE state IN ('accepted', 'queued', 'sent');
  CREATE INDEX outbox_to_ask ON outbox (reconcile_at) WHERE state IN ('accepted', 'queued', 'sent');
  CREATE INDEX outbox_unpriced ON outbox (left_at) WHERE price IS NULL AND sid IS NOT NULL;
  CREATE INDEX outbox_first ON outbox (cause_id) WHERE brake_rank IS NOT NULL;
  CREATE INDEX outbox_under_way ON outbox (id) WHERE state = 'sending';
  CREATE INDEX outbox_by_cause ON outbox (cause_kind, cause_id, state);
  CREATE INDEX outbox_by_address ON outbox (address, left_at);
  CREATE INDEX outbox_by_customer ON outbox (customer_id) WHERE customer_id IS NOT NULL;
  CREATE TABLE outbox_attempt (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER NOT NULL REFERENCES outbox(id),
    epoch INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    outcome TEXT,                           -- accepted rejected not-sent uncertain
    http_status INTEGER,
    error_code INTEGER,
    sid TEXT
  ) STRICT;
  CREATE INDEX outbox_attempt_by_outbox ON outbox_attempt (outbox_id);
`),
};
