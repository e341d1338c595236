import type { Migration } from './index';

export const groupsAndOffers: Migration = {
  version: 50,
  name: 'groups-offers',
  up: (db) =>
    void db.exec(`
  CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (json_valid(rule)),
    ready_made TEXT,                        -- key of a ready-made group, else null
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('percent', 'amount', 'free-item', 'other')),
    percent INTEGER,                        -- whole percent when kind = percent
    amount INTEGER,                         -- minor units when kind = amount
    item TEXT NOT NULL DEFAULT '',
    min_spend INTEGER NOT NULL DEFAULT 0,
    terms TEXT NOT NULL DEFAULT '',
    valid_days INTEGER NOT NULL,            -- from the day the text leaves
    code_mode TEXT NOT NULL CHECK (code_mode IN ('personal', 'shared')),
    shared_code TEXT,
    created_at INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE offer_code (
    code TEXT PRIMARY KEY,                  -- 7 symbols, no separators
    offer_id INTEGER NOT NULL REFERENCES offer(id),
    campaign_id INTEGER,
    customer_id INTEGER REFERENCES customer(id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('issued', 'redeemed', 'reversed', 'expired', 'voided')),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX offer_code_by_customer ON offer_code (customer_id) WHERE customer_id IS NOT NULL;
  CREATE INDEX offer_code_by_campaign ON offer_code (campaign_id) WHERE campaign_id IS NOT NULL;
  CREATE TABLE redemption (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL REFERENCES offer_code(code),
    offer_id INTEGER NOT NULL REFERENCES offer(id),
    campaign_id INTEGER,
    customer_id INTEGER REFERENCES customer(id) ON DELETE SET NULL,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    how TEXT NOT NULL CHECK (how IN ('code', 'person', 'till-file')),
    amount INTEGER,                         -- typed at the counter, provisional until a sale is matched
    discount INTEGER,                       -- minor units given away, where known
    receipt_no TEXT,
    sale_id INTEGER REFERENCES sale(id) ON DELETE SET NULL,
    reversed_at INTEGER,
    reversed_by INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX redemption_live ON redemption (code) WHERE reversed_at IS NULL AND how <> 'till-file';
  CREATE INDEX redemption_by_campaign ON redemption (campaign_id, at) WHERE campaign_id IS NOT NULL;
  CREATE INDEX redemption_by_customer ON redemption (customer_id) WHERE customer_id IS NOT NULL;
`),
};
