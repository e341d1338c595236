import type { Migration } from './index';

/** Whoever a change is about is looked at anew by what runs by itself (migration 0500). */
const note = (id: string) =>
  `INSERT INTO automation_todo (customer_id) SELECT ${id} WHERE ${id} IS NOT NULL AND EXISTS (SELECT 1 FROM automation WHERE state <> 'off')
      ON CONFLICT DO NOTHING;`;

/** Wishes that a delivery answers: what was missing when somebody left, what came in, and who was told of it, once. */
export const wishes: Migration = {
  version: 550,
  name: 'wishes',
  up: (db) =>
    void db.exec(`
  ALTER TABLE customer_wish ADD COLUMN source TEXT NOT NULL DEFAULT 'asked' CHECK (source IN ('asked', 'left'));  -- left without buying
  ALTER TABLE customer_wish ADD COLUMN missing TEXT NOT NULL DEFAULT ''
    CHECK (missing IN ('', 'size', 'colour', 'stock', 'price', 'other'));  -- of one who left: what was missing; the item may be unknown
  ALTER TABLE customer_wish ADD COLUMN told_at INTEGER;        -- the one text it gets was written
  ALTER TABLE customer_wish ADD COLUMN told_in INTEGER REFERENCES campaign(id);
  CREATE INDEX customer_wish_told ON customer_wish (told_in) WHERE told_in IS NOT NULL;

  CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'telling', 'told')),
    body_en TEXT NOT NULL DEFAULT '',       -- '' = ours
    body_es TEXT NOT NULL DEFAULT '',
    campaign_id INTEGER REFERENCES campaign(id),  -- whose texts, replies and results these are
    made_at INTEGER NOT NULL,
    made_by INTEGER,
    updated_at INTEGER NOT NULL,
    told_at INTEGER
  ) STRICT;
  CREATE INDEX delivery_by_campaign ON delivery (campaign_id) WHERE campaign_id IS NOT NULL;
  CREATE TABLE delivery_line (
    delivery_id INTEGER NOT NULL REFERENCES delivery(id) ON DELETE CASCADE,
    line_no INTEGER NOT NULL,
    item TEXT NOT NULL,
    item_key TEXT NOT NULL,
    size TEXT NOT NULL DEFAULT '',
    price INTEGER,                          -- minor units; null = not said
    barcode TEXT NOT NULL DEFAULT '',
    qty INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (delivery_id, line_no)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_line_by_barcode ON delivery_line (barcode) WHERE barcode <> '';
  CREATE TABLE delivery_wish (              -- whose wish a delivery answered; written when they are told
    delivery_id INTEGER NOT NULL REFERENCES delivery(id) ON DELETE CASCADE,
    wish_id INTEGER NOT NULL REFERENCES customer_wish(id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('text', 'left-out')),
    reason TEXT,                            -- why they were not texted
    PRIMARY KEY (delivery_id, wish_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_wish_by_wish ON delivery_wish (wish_id);
  CREATE INDEX delivery_wish_by_customer ON delivery_wish (customer_id);

  -- what runs by itself tells those who could not be told at once (migration 0500): then the wish is told, for good
  CREATE TRIGGER automation_wish_left_out AFTER INSERT ON delivery_wish WHEN new.outcome = 'left-out' BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_wish_moved AFTER UPDATE OF state, told_at, customer_id ON customer_wish BEGIN
    ${note('old.customer_id')}
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_wish_told AFTER INSERT ON automation_event WHEN new.outcome = 'text' AND new.cause GLOB 'wish:*' BEGIN
    UPDATE customer_wish SET told_at = new.at, told_in = new.campaign_id WHERE id = CAST(substr(new.cause, 6) AS INTEGER) AND told_at IS NULL;
  END;
  CREATE TRIGGER automation_wish_told_later AFTER UPDATE OF outcome ON automation_event WHEN new.outcome = 'text' AND new.cause GLOB 'wish:*' BEGIN
    UPDATE customer_wish SET told_at = new.at, told_in = new.campaign_id WHERE id = CAST(substr(new.cause, 6) AS INTEGER) AND told_at IS NULL;
  END;
`),
};
