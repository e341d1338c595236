import type { Migration } from './index';

/**
 * What is known about a number and how; texts on the account that are not ours; how often the carrier was asked; who can open a link.
 * What is known belongs to the number: the triggers tell whoever gets it, by hand, by a file or by signing up.
 */
export const numbers: Migration = {
  version: 270,
  name: 'numbers',
  up: (db) =>
    void db.exec(`
  CREATE TABLE phone_fact (
    phone TEXT PRIMARY KEY,                 -- E.164
    kind TEXT CHECK (kind IN ('mobile', 'landline', 'voip', 'toll-free', 'invalid')),
    kind_how TEXT CHECK (kind_how IN ('learned', 'look-up', 'owner')),
    kind_at INTEGER,
    problem TEXT,                           -- carrier error that marked it: 30003 30005 30006 21614 …
    problem_at INTEGER,
    proven_at INTEGER,                      -- last receipt of a delivery, or text from it
    looked_up_at INTEGER,                   -- last paid look-up, whatever it said
    forgiven_at INTEGER                     -- the owner said "try again": errors before it no longer count
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX phone_fact_by_problem ON phone_fact (problem_at) WHERE problem_at IS NOT NULL;
  INSERT INTO phone_fact (phone, kind, kind_how, kind_at, problem, problem_at)
    SELECT phone, max(CASE WHEN phone_kind IN ('landline', 'invalid') THEN phone_kind END),
      CASE WHEN max(CASE WHEN phone_kind IN ('landline', 'invalid') THEN phone_kind END) IS NOT NULL THEN 'learned' END,
      max(updated_at), max(phone_problem), max(updated_at)
    FROM customer WHERE phone IS NOT NULL AND phone_problem IS NOT NULL GROUP BY phone;

  CREATE TRIGGER customer_phone_fact_insert AFTER INSERT ON customer
    WHEN new.phone IS NOT NULL AND EXISTS (SELECT 1 FROM phone_fact f WHERE f.phone = new.phone) BEGIN
    UPDATE customer SET
      phone_kind = coalesce((SELECT f.kind FROM phone_fact f WHERE f.phone = new.phone), phone_kind),
      phone_problem = (SELECT f.problem FROM phone_fact f WHERE f.phone = new.phone)
    WHERE id = new.id;
  END;
  CREATE TRIGGER customer_phone_fact_update AFTER UPDATE OF phone ON customer
    WHEN new.phone IS NOT NULL AND new.phone IS NOT old.phone AND EXISTS (SELECT 1 FROM phone_fact f WHERE f.phone = new.phone) BEGIN
    UPDATE customer SET
      phone_kind = coalesce((SELECT f.kind FROM phone_fact f WHERE f.phone = new.phone), phone_kind),
      phone_problem = (SELECT f.problem FROM phone_fact f WHERE f.phone = new.phone)
    WHERE id = new.id;
  END;

  -- the few who cannot be texted, best customers first; everything that sorts them stands in the index
  CREATE INDEX customer_bad_number ON customer (last_visit_at DESC, id, phone_problem, phone_kind, phone, weak)
    WHERE phone_problem IS NOT NULL OR phone_kind IN ('landline', 'toll-free', 'invalid');
  CREATE INDEX customer_no_number ON customer (last_visit_at DESC, id, phone_kind, weak) WHERE phone IS NULL;

  ALTER TABLE customer ADD COLUMN link_capable TEXT NOT NULL DEFAULT 'unknown' CHECK (link_capable IN ('unknown', 'yes', 'no'));
  ALTER TABLE customer ADD COLUMN link_capable_at INTEGER;

  CREATE TABLE foreign_text (               -- outgoing messages on the account that no row of ours made; never their number or words
    sid TEXT PRIMARY KEY,
    at INTEGER NOT NULL,                    -- carrier's clock
    ours INTEGER NOT NULL,                  -- 1 = to somebody of ours
    alike INTEGER NOT NULL                  -- 1 = with words or a code of ours: another copy of this shop
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX foreign_text_by_at ON foreign_text (at);

  CREATE TABLE carrier_request (            -- how often the carrier was asked
    day TEXT NOT NULL,                      -- YYYY-MM-DD in the shop's zone
    kind TEXT NOT NULL CHECK (kind IN ('send', 'list', 'fetch', 'other')),
    n INTEGER NOT NULL,
    PRIMARY KEY (day, kind)
  ) STRICT, WITHOUT ROWID;
`),
};
