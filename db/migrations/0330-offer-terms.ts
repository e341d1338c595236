import type BetterSqlite3 from 'better-sqlite3';
import type { Migration } from './index';

/** Puts a new table in the place of an old one: same rows, same ids, and every index and trigger that stood on it (see 0240). */
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

/** More kinds of offers, what they hold for and when, codes good for several uses, and what became of codes that were called off. */
export const offerTerms: Migration = {
  version: 330,
  name: 'offer-terms',
  rebuilds: true,
  up: (db) => {
    rebuild(
      db,
      'offer',
      `CREATE TABLE offer_new (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('percent', 'amount', 'free-item', 'bundle', 'points', 'other')),
    percent INTEGER,                        -- whole percent when kind = percent
    amount INTEGER,                         -- minor units when kind = amount
    item TEXT NOT NULL DEFAULT '',          -- what is free
    min_spend INTEGER NOT NULL DEFAULT 0,
    terms TEXT NOT NULL DEFAULT '',
    valid_days INTEGER NOT NULL,            -- from the day the text leaves; where until_day is set, that counts instead
    code_mode TEXT NOT NULL CHECK (code_mode IN ('personal', 'shared')),
    shared_code TEXT,
    created_at INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    till_key TEXT NOT NULL DEFAULT '',
    bundle_buy INTEGER,                     -- "2 for $30": buy 2, price 3000; "buy 2, get 1 half price": buy 2, get 1, percent 50
    bundle_get INTEGER,
    bundle_percent INTEGER,                 -- off what one gets; 100 = free
    bundle_price INTEGER,                   -- minor units
    points INTEGER,                         -- how many, when kind = points
    items TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(items)),            -- names of the till it holds for; with categories: any of both
    categories TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(categories)),
    from_day TEXT,                          -- shop days, both included
    until_day TEXT,
    weekdays INTEGER NOT NULL DEFAULT 127 CHECK (weekdays BETWEEN 1 AND 127),   -- bit 0 = Sunday
    from_minute INTEGER,                    -- of the shop's day; until_minute is the first that is too late
    until_minute INTEGER,
    code_uses INTEGER NOT NULL DEFAULT 1 CHECK (code_uses BETWEEN 1 AND 100),   -- of a personal code; of a shared one for members: each member
    most_uses INTEGER CHECK (most_uses IS NULL OR most_uses > 0),               -- of a shared code, by everybody together
    members_only INTEGER NOT NULL DEFAULT 0,
    CHECK (kind <> 'bundle' OR coalesce(bundle_buy > 0 AND (bundle_price > 0 OR (bundle_get > 0 AND bundle_percent BETWEEN 1 AND 100)), 0)),
    CHECK (kind <> 'points' OR coalesce(points > 0, 0)),
    CHECK (from_day IS NULL OR until_day IS NOT NULL AND from_day <= until_day),
    CHECK ((from_minute IS NULL) = (until_minute IS NULL) AND (from_minute IS NULL OR from_minute < until_minute))
  ) STRICT`,
    );
    db.exec(`
  -- Frozen when the code is given out: what people were told stays true.
  ALTER TABLE offer_code ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE offer_code ADD COLUMN starts_at INTEGER;             -- first instant it counts; null = at once
  ALTER TABLE offer_code ADD COLUMN voided_at INTEGER;
  ALTER TABLE offer_code ADD COLUMN voided_why TEXT;               -- campaign | owner
  ALTER TABLE redemption ADD COLUMN use_no INTEGER NOT NULL DEFAULT 1;   -- 1..uses of its code
  ALTER TABLE redemption ADD COLUMN points INTEGER;                -- promised with it; this shop file keeps no account of points
  ALTER TABLE redemption ADD COLUMN honoured TEXT;                 -- what spoke against it when the owner gave it all the same
  DROP INDEX redemption_live;
  CREATE UNIQUE INDEX redemption_live ON redemption (code, use_no) WHERE reversed_at IS NULL AND how <> 'till-file';
  CREATE TRIGGER redemption_within_uses BEFORE INSERT ON redemption
  WHEN new.how <> 'till-file' AND new.reversed_at IS NULL AND new.use_no > (SELECT uses FROM offer_code WHERE code = new.code)
  BEGIN SELECT RAISE(ABORT, 'this code has no use left'); END;
  CREATE INDEX redemption_by_code ON redemption (code);
  CREATE INDEX redemption_by_offer ON redemption (offer_id, at);
  CREATE INDEX offer_code_by_offer ON offer_code (offer_id, state, expires_at);
  CREATE INDEX audit_used_again ON audit (at) WHERE action = 'offer.used-again';
`);
  },
};
