import type { Migration } from './index';

export const inbox: Migration = {
  version: 70,
  name: 'inbox',
  up: (db) =>
    void db.exec(`
  CREATE TABLE inbound (
    sid TEXT PRIMARY KEY,
    from_address TEXT NOT NULL,
    to_address TEXT NOT NULL,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,           -- carrier's date_sent
    fetched_at INTEGER NOT NULL,
    meaning TEXT NOT NULL CHECK (meaning IN ('opt-out', 'hold', 'help', 'start', 'join', 'yes', 'no', 'reaction', 'message')),
    rule TEXT NOT NULL DEFAULT '',          -- which rule matched, for evidence
    customer_id INTEGER,
    campaign_id INTEGER,                    -- the campaign it most likely answers
    handled INTEGER NOT NULL DEFAULT 0,     -- consequences written
    resolution TEXT,                        -- of a hold: stop | not-a-stop
    hold_until INTEGER,
    read_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX inbound_by_from ON inbound (from_address, received_at);
  CREATE INDEX inbound_unhandled ON inbound (handled) WHERE handled = 0;
  CREATE TABLE poll_state (
    name TEXT PRIMARY KEY,                  -- inbound, outbound, prices
    cursor TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(cursor)),
    last_success_at INTEGER,
    last_error TEXT
  ) STRICT;
`),
};
