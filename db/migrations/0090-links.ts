import type { Migration } from './index';

/**
 * One receipt links a history (rules.md §8): a number typed at the counter, and what it tied. A link remembers who every sale
 * belonged to before, so that undo restores exactly.
 */
export const links: Migration = {
  version: 90,
  name: 'links',
  up: (db) =>
    void db.exec(`
  CREATE TABLE receipt_link (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    receipt_no TEXT,                        -- as typed; null = chosen from a list, no number known
    origin TEXT NOT NULL CHECK (origin IN ('redeem', 'sign-up', 'here', 'person', 'offered')),
    redemption_id INTEGER REFERENCES redemption(id) ON DELETE SET NULL,
    at INTEGER NOT NULL,                    -- when it was typed
    staff_id INTEGER,
    auto INTEGER NOT NULL,                  -- 1 = not in any till file when typed: the next one may bring it by itself
    state TEXT NOT NULL CHECK (state IN ('waiting', 'linked')),
    sale_id INTEGER REFERENCES sale(id) ON DELETE SET NULL,
    source TEXT,                            -- the till customer that was tied; null = only the one sale
    source_customer_id TEXT,
    identity_before TEXT CHECK (identity_before IS NULL OR json_valid(identity_before)),  -- whose till customer it was
    redemption_tied INTEGER NOT NULL DEFAULT 0,  -- 1 = the redemption got its sale by this link
    linked_at INTEGER,
    linked_by INTEGER,
    import_id INTEGER REFERENCES import(id) -- the import that brought the receipt and tied it by itself
  ) STRICT;
  CREATE INDEX receipt_link_by_customer ON receipt_link (customer_id);
  CREATE INDEX receipt_link_waiting ON receipt_link (id) WHERE state = 'waiting';
  CREATE INDEX receipt_link_by_redemption ON receipt_link (redemption_id) WHERE redemption_id IS NOT NULL;
  CREATE INDEX receipt_link_by_till_customer ON receipt_link (source, source_customer_id) WHERE source_customer_id IS NOT NULL;
  CREATE INDEX receipt_link_by_sale ON receipt_link (sale_id) WHERE sale_id IS NOT NULL;
  CREATE INDEX receipt_link_by_import ON receipt_link (import_id) WHERE import_id IS NOT NULL;

  CREATE TABLE receipt_link_sale (          -- sales that were there when the link was made
    link_id INTEGER NOT NULL REFERENCES receipt_link(id) ON DELETE CASCADE,
    sale_id INTEGER NOT NULL REFERENCES sale(id) ON DELETE CASCADE,
    was_customer_id INTEGER,
    PRIMARY KEY (link_id, sale_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipt_link_sale_by_sale ON receipt_link_sale (sale_id);

  CREATE TABLE sale_not_theirs (            -- "Could these be hers?" answered with no
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    sale_id INTEGER NOT NULL REFERENCES sale(id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    staff_id INTEGER,
    PRIMARY KEY (customer_id, sale_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sale_not_theirs_by_sale ON sale_not_theirs (sale_id);

  -- An import planned before a link was undone must be planned again.
  CREATE INDEX audit_link_undone ON audit (id) WHERE action = 'link.undone';

  -- People type letters as they please; every look-up by receipt asks without regard to case.
  DROP INDEX sale_by_receipt;
  CREATE INDEX sale_by_receipt ON sale (receipt_no COLLATE NOCASE) WHERE receipt_no IS NOT NULL;
  -- Few: "was something brought back on this day?" makes a day an exchange.
  CREATE INDEX sale_refund_by_customer ON sale (customer_id, shop_day, status) WHERE kind = 'refund' AND customer_id IS NOT NULL;
`),
};
