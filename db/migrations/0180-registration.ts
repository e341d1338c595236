import type { Migration } from './index';

/** The way to the carriers' approval: what the shop answered, what happened at Twilio and when, what the last look at its pages found. */
export const registration: Migration = {
  version: 180,
  name: 'registration',
  up: (db) =>
    void db.exec(`
  CREATE TABLE registration (               -- at most one: the answers the way follows from
    id INTEGER PRIMARY KEY CHECK (id = 1),
    trades TEXT NOT NULL CHECK (json_valid(trades)),    -- main/domain/registration/trades.ts; [] = none of them
    ein INTEGER NOT NULL,
    website INTEGER NOT NULL,
    toll_free INTEGER NOT NULL DEFAULT 0,   -- the owner prefers a toll-free number
    legal_name TEXT NOT NULL DEFAULT '',    -- as on the EIN letter; the EIN itself is never kept
    proof_url TEXT NOT NULL DEFAULT '',     -- where the picture of the sign-up screen can be seen
    answered_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE registration_step (          -- what happened, in the order it was told
    id INTEGER PRIMARY KEY,
    stage TEXT NOT NULL CHECK (stage IN ('brand', 'campaign', 'toll-free')),
    kind TEXT NOT NULL CHECK (kind IN ('submitted', 'approved', 'rejected')),
    day TEXT NOT NULL,                      -- shop day
    error_code INTEGER,                     -- Twilio's number, of 'rejected'
    staff_id INTEGER,
    recorded_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE registration_page (          -- the last look at a page the wording points to
    kind TEXT PRIMARY KEY CHECK (kind IN ('terms', 'privacy')),
    url TEXT NOT NULL,
    result TEXT NOT NULL CHECK (json_valid(result)),    -- main/domain/registration/page-check.ts PageAnswer
    checked_at INTEGER NOT NULL
  ) STRICT;
  -- sign-ups of the last weeks, among a million events
  CREATE INDEX consent_event_sign_ups ON consent_event (occurred_at)
    WHERE channel = 'sms' AND purpose = 'marketing' AND kind IN ('signed-up', 'asked', 'agreed', 'attested');
`),
};
