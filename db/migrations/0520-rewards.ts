import type { Migration } from './index';

/**
 * Punch cards and points. What people told us or were given stands in `loyalty_*`; purchases stand where they always do. The ledger
 * `points_entry` is written from both by services/loyalty/keep.ts, only ever added to; `points_account` is its sum and may be emptied.
 */
const note = (id: string) => `
    INSERT INTO loyalty_todo (customer_id) SELECT id FROM customer WHERE id = ${id} AND weak = 0 ON CONFLICT DO NOTHING;`;

export const rewards: Migration = {
  version: 520,
  name: 'rewards',
  up: (db) =>
    void db.exec(`
  CREATE TABLE loyalty_version (            -- what holds from a day on; never changed, the last of a day counts
    id INTEGER PRIMARY KEY,
    from_day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('on', 'off')),
    terms TEXT NOT NULL CHECK (json_valid(terms)),
    history TEXT CHECK (history IS NULL OR json_valid(history)),
    carry INTEGER NOT NULL DEFAULT 0,       -- where the kind changes: what one punch or point of before becomes
    use_until TEXT,                         -- off: last day what people have may be used; null = for ever
    at INTEGER NOT NULL,
    staff_id INTEGER
  ) STRICT;
  CREATE TABLE loyalty_member (             -- who asked for a card, or was given one
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    since_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    staff_id INTEGER
  ) STRICT;
  CREATE INDEX loyalty_member_by_customer ON loyalty_member (customer_id, since_day);
  CREATE TABLE loyalty_note (               -- typed at the counter: a visit no file has told yet, or something by hand
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,               -- the same in every life of the file
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('punch', 'adjust')),
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    points INTEGER NOT NULL DEFAULT 0,      -- adjust
    amount INTEGER,                         -- punch: what the till said, minor units
    count INTEGER NOT NULL DEFAULT 1,       -- punch: how many things
    receipt_no TEXT,
    reason TEXT NOT NULL DEFAULT '',
    staff_id INTEGER,
    undone_at INTEGER,
    CHECK (kind <> 'adjust' OR points <> 0)
  ) STRICT;
  CREATE INDEX loyalty_note_by_customer ON loyalty_note (customer_id);
  CREATE TABLE loyalty_reward (             -- rewards given out, each as a code
    code TEXT PRIMARY KEY REFERENCES offer_code(code) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    cost INTEGER NOT NULL CHECK (cost > 0),
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER
  ) STRICT;
  CREATE INDEX loyalty_reward_by_customer ON loyalty_reward (customer_id);

  CREATE TABLE points_entry (               -- the ledger: what each cause came to, and what it was corrected by
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    cause TEXT NOT NULL,                    -- sale:<till's number>, day:<visit>, note:…, code:…, bonus:…, expired:<day>, history, change:<day>
    kind TEXT NOT NULL CHECK (kind IN ('earn', 'refund', 'spend', 'expire', 'adjust', 'backfill', 'change', 'correct')),
    points INTEGER NOT NULL CHECK (points <> 0),
    day TEXT NOT NULL,                      -- of what it is about
    at INTEGER NOT NULL                     -- when it was booked
  ) STRICT;
  CREATE INDEX points_entry_by_customer ON points_entry (customer_id, cause, points);
  CREATE INDEX points_entry_by_day ON points_entry (day, kind, points);
  CREATE TRIGGER points_entry_stays BEFORE UPDATE ON points_entry
  WHEN new.id <> old.id OR new.cause <> old.cause OR new.kind <> old.kind OR new.points <> old.points OR new.day <> old.day OR new.at <> old.at
  BEGIN SELECT RAISE(ABORT, 'points are only ever added to the ledger'); END;
  CREATE TRIGGER points_entry_kept BEFORE DELETE ON points_entry WHEN EXISTS (SELECT 1 FROM customer WHERE id = old.customer_id)
  BEGIN SELECT RAISE(ABORT, 'points are only ever added to the ledger'); END;

  CREATE TABLE points_account (             -- derived
    customer_id INTEGER PRIMARY KEY,
    balance INTEGER NOT NULL,
    unconfirmed INTEGER NOT NULL,           -- of it, typed at the counter and told by no file yet
    ready INTEGER NOT NULL,                 -- dearest reward that can be had: its place in the list; -1 = none
    missing INTEGER,                        -- to the next reward; null = none is left to reach
    tier INTEGER NOT NULL,
    figure INTEGER NOT NULL,                -- minor units or visits of 365 days
    expires_on TEXT,                        -- last day
    expires_points INTEGER NOT NULL,
    changes_on TEXT                         -- first day on which the calendar changes it
  ) STRICT;
  CREATE INDEX points_account_by_balance ON points_account (balance);
  CREATE INDEX points_account_changes ON points_account (changes_on) WHERE changes_on IS NOT NULL;
  CREATE TABLE loyalty_todo (customer_id INTEGER PRIMARY KEY) STRICT;   -- whose account is behind
  CREATE TABLE loyalty_walk (upto INTEGER NOT NULL) STRICT;             -- everybody is looked at anew, up to here; no row = nobody

  CREATE TRIGGER loyalty_member_added AFTER INSERT ON loyalty_member BEGIN${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_member_changed AFTER UPDATE ON loyalty_member BEGIN${note('old.customer_id')}${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_note_added AFTER INSERT ON loyalty_note BEGIN${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_note_changed AFTER UPDATE ON loyalty_note BEGIN${note('old.customer_id')}${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_reward_added AFTER INSERT ON loyalty_reward BEGIN${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_reward_changed AFTER UPDATE ON loyalty_reward BEGIN${note('old.customer_id')}${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_reward_gone AFTER DELETE ON loyalty_reward BEGIN${note('old.customer_id')}
  END;
  CREATE TRIGGER loyalty_entry_moved AFTER UPDATE OF customer_id ON points_entry BEGIN${note('old.customer_id')}${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_code_changed AFTER UPDATE OF state, expires_at ON offer_code
  WHEN EXISTS (SELECT 1 FROM loyalty_reward WHERE code = new.code) BEGIN
    INSERT INTO loyalty_todo (customer_id) SELECT customer_id FROM loyalty_reward WHERE code = new.code ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER loyalty_bonus_added AFTER INSERT ON redemption WHEN new.points IS NOT NULL BEGIN${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_bonus_changed AFTER UPDATE OF customer_id, reversed_at, points, at ON redemption
  WHEN new.points IS NOT NULL OR old.points IS NOT NULL BEGIN${note('old.customer_id')}${note('new.customer_id')}
  END;
  CREATE TRIGGER loyalty_bonus_gone AFTER DELETE ON redemption WHEN old.points IS NOT NULL BEGIN${note('old.customer_id')}
  END;
  CREATE TRIGGER loyalty_person_gone AFTER DELETE ON customer BEGIN
    DELETE FROM loyalty_todo WHERE customer_id = old.id;
    DELETE FROM points_account WHERE customer_id = old.id;
  END;
`),
};
