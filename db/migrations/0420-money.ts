import type { Migration } from './index';

/** What the shop earns on what it sells, and what the till's names of discounts mean. */
export const money: Migration = {
  version: 420,
  name: 'money',
  up: (db) =>
    void db.exec(`
  CREATE TABLE margin (                     -- typed by the owner; the shop's own stands in the settings
    kind TEXT NOT NULL CHECK (kind IN ('category', 'item')),
    name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),   -- as the till writes it
    basis_points INTEGER NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),  -- of the price before discounts and tax; 4250 = 42.5 %
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE till_discount (              -- said once by the owner, remembered
    name TEXT PRIMARY KEY COLLATE NOCASE CHECK (name <> ''),  -- a code or a name of the till's discount columns
    meaning TEXT NOT NULL CHECK (meaning IN ('text', 'other')),
    offer_id INTEGER REFERENCES offer(id) ON DELETE SET NULL,  -- null = any offer told by text
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE till_settled (               -- differences the owner has looked into
    sale_id INTEGER PRIMARY KEY REFERENCES sale(id) ON DELETE CASCADE,
    why TEXT NOT NULL CHECK (why IN ('forgotten', 'by-hand', 'mistake', 'other')),
    at INTEGER NOT NULL,
    staff_id INTEGER
  ) STRICT;
  -- Few sales name a discount, tell one without a name, or are refunds: the till check reads those alone.
  CREATE INDEX sale_by_discount_day ON sale (shop_day) WHERE discount_code IS NOT NULL OR discount_label IS NOT NULL;
  CREATE INDEX sale_by_nameless_discount ON sale (shop_day) WHERE discount > 0 AND discount_code IS NULL AND discount_label IS NULL;
  CREATE INDEX sale_by_refund_day ON sale (shop_day) WHERE kind = 'refund';
`),
};
