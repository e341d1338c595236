import type BetterSqlite3 from 'better-sqlite3';
import type { Migration } from './index';

/**
 * Puts a new table in the place of an old one: same rows, same ids, and every index and trigger that stood on it. SQLite cannot
 * change a CHECK otherwise. Dropping a table deletes its rows first, and with foreign keys on takes along what points at them.
 */
function rebuild(db: BetterSqlite3.Database, table: string, create: string): void {
  const rows = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  if (rows > 0 && db.pragma('foreign_keys', { simple: true }) === 1) throw new Error(`${table} cannot be rebuilt with foreign keys on`);
  const around = db
    .prepare("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid")
    .pluck()
    .all(table) as string[];
  const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map((c) => c.name).join(', ');
  db.exec(create);
  db.exec(`INSERT INTO ${table}_new (${columns}) SELECT ${columns} FROM ${table} ORDER BY rowid; DROP TABLE ${table}`);
  db.pragma('legacy_alter_table = ON'); // triggers elsewhere name the table that is missing for this one moment
  db.exec(`ALTER TABLE ${table}_new RENAME TO ${table}`);
  db.pragma('legacy_alter_table = OFF');
  for (const sql of around) db.exec(sql);
}

/** Campaigns that leave at a chosen time, by this computer or by the carrier alone; texts the carrier holds until then. */
export const schedules: Migration = {
  version: 240,
  name: 'schedules',
  rebuilds: true,
  up: (db) => {
    rebuild(
      db,
      'campaign',
      `CREATE TABLE campaign_new (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'staging', 'sending', 'paused', 'finished', 'cancelled')),
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
    pause_reason TEXT,                      -- of a scheduled one: why it did not leave at its time and waits for the owner
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    started_at INTEGER,                     -- the owner pressed send, or its time came
    finished_at INTEGER,
    window_ends_at INTEGER,                 -- frozen at send
    topic TEXT NOT NULL DEFAULT 'offers',   -- slug of the club; people who chose others do not get it
    day_reason TEXT NOT NULL DEFAULT '',    -- typed by the owner for Sundays and holidays some states ban; '' = such days are closed
    scheduled_at INTEGER,                   -- when it is to leave; null = when the owner presses send
    late_policy TEXT NOT NULL DEFAULT 'ask' CHECK (late_policy IN ('send-late', 'ask', 'skip')),  -- this computer was off then
    ceiling_people INTEGER,                 -- approved for that hour: more people, or a higher price, asks first
    ceiling_price INTEGER,                  -- micros of the quote's currency
    via_carrier INTEGER NOT NULL DEFAULT 0, -- the carrier holds the texts and sends them also while this computer is off
    CHECK (state <> 'scheduled' OR scheduled_at IS NOT NULL)
  ) STRICT`,
    );
    rebuild(
      db,
      'outbox',
      `CREATE TABLE outbox_new (
    id INTEGER PRIMARY KEY,
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('campaign', 'automation', 'confirmation', 'double-opt-in', 'help', 'stop-confirmation',
                                                   'reply', 'service', 'test', 'restored')),
    cause_id TEXT NOT NULL,                 -- campaign id, consent event id, inbound sid …
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    address TEXT NOT NULL,                  -- E.164
    customer_id INTEGER,
    message_class TEXT NOT NULL CHECK (message_class IN ('marketing', 'service', 'reply', 'double-opt-in', 'confirmation', 'help', 'stop-confirmation')),
    priority INTEGER NOT NULL,              -- lower first
    state TEXT NOT NULL CHECK (state IN ('staged', 'waiting', 'sending', 'scheduled', 'accepted', 'queued', 'sent', 'delivered', 'undelivered',
                                         'failed', 'rejected', 'uncertain', 'skipped', 'cancelled')),
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
    send_at INTEGER,                        -- handed to the carrier to be held until then; null = leaves when posted
    recall TEXT,                            -- why the carrier is to be asked not to send it: until it answered
    UNIQUE (cause_kind, cause_id, channel, address)
  ) STRICT`,
    );
    db.exec(`
  CREATE INDEX campaign_due ON campaign (scheduled_at) WHERE state = 'scheduled';
  CREATE INDEX outbox_scheduled ON outbox (send_at) WHERE state = 'scheduled';
  CREATE INDEX outbox_scheduled_of ON outbox (cause_id) WHERE state = 'scheduled';
  CREATE INDEX outbox_recall ON outbox (send_at) WHERE recall IS NOT NULL;
  CREATE INDEX outbox_to_hand_over ON outbox (send_at) WHERE state = 'waiting' AND send_at IS NOT NULL;
  -- A text called back and posted again has owned two messages: neither may be taken for another text's.
  CREATE INDEX outbox_attempt_by_sid ON outbox_attempt (sid) WHERE sid IS NOT NULL;
`);
  },
};
