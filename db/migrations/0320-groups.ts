import type { Migration } from './index';

/**
 * What groups are asked of, kept small: permission per person, what each person bought and on which days, and how many people each
 * group held. All but fixed lists and daily counts is derived: `customer_permission` by triggers, the others by
 * db/queries/purchase-history.ts for the people in `history_todo`.
 */
export const groups: Migration = {
  version: 320,
  name: 'groups',
  up: (db) =>
    void db.exec(`
  ALTER TABLE segment ADD COLUMN fixed_at INTEGER;          -- a fixed list: the people of that moment
  ALTER TABLE segment ADD COLUMN fixed_count INTEGER;       -- how many they were then
  ALTER TABLE segment ADD COLUMN fixed_from TEXT NOT NULL DEFAULT '';  -- what the list was made of, as a sentence
  CREATE TABLE segment_person (
    segment_id INTEGER NOT NULL REFERENCES segment(id),
    customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
    PRIMARY KEY (segment_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX segment_person_by_customer ON segment_person (customer_id);
  CREATE TABLE segment_day (                -- how many people a group held, once a day and after imports; the day's last count stands
    segment_id INTEGER NOT NULL REFERENCES segment(id),
    day TEXT NOT NULL,                      -- shop day, YYYY-MM-DD
    people INTEGER NOT NULL,
    permitted INTEGER NOT NULL,             -- of them, how many may be texted
    PRIMARY KEY (segment_id, day)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE customer_permission (        -- where the ledger stands for the number of each person, by text
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (purpose, state, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX customer_permission_by_customer ON customer_permission (customer_id, purpose);
  INSERT INTO customer_permission (purpose, state, customer_id)
    SELECT cs.purpose, cs.state, c.id FROM consent_state cs JOIN address_book a ON a.address_hmac = cs.address_hmac
    JOIN customer c ON c.phone = a.address WHERE cs.channel = 'sms';
  CREATE TRIGGER permission_said AFTER INSERT ON consent_state WHEN new.channel = 'sms' BEGIN
    DELETE FROM customer_permission WHERE purpose = new.purpose AND customer_id IN
      (SELECT c.id FROM address_book a CROSS JOIN customer c ON c.phone = a.address WHERE a.address_hmac = new.address_hmac);
    INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id)
      SELECT new.purpose, new.state, c.id FROM address_book a CROSS JOIN customer c ON c.phone = a.address
      WHERE a.address_hmac = new.address_hmac;
  END;
  CREATE TRIGGER permission_changed AFTER UPDATE ON consent_state WHEN new.channel = 'sms' AND new.state IS NOT old.state BEGIN
    DELETE FROM customer_permission WHERE purpose = new.purpose AND customer_id IN
      (SELECT c.id FROM address_book a CROSS JOIN customer c ON c.phone = a.address WHERE a.address_hmac = new.address_hmac);
    INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id)
      SELECT new.purpose, new.state, c.id FROM address_book a CROSS JOIN customer c ON c.phone = a.address
      WHERE a.address_hmac = new.address_hmac;
  END;
  CREATE TRIGGER permission_gone AFTER DELETE ON consent_state WHEN old.channel = 'sms' BEGIN
    DELETE FROM customer_permission WHERE purpose = old.purpose AND customer_id IN
      (SELECT c.id FROM address_book a CROSS JOIN customer c ON c.phone = a.address WHERE a.address_hmac = old.address_hmac);
  END;
  CREATE TRIGGER permission_of_number AFTER INSERT ON address_book BEGIN
    INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id)
      SELECT cs.purpose, cs.state, c.id FROM customer c CROSS JOIN consent_state cs
      WHERE c.phone = new.address AND cs.address_hmac = new.address_hmac AND cs.channel = 'sms';
  END;
  CREATE TRIGGER permission_of_no_number AFTER DELETE ON address_book BEGIN
    DELETE FROM customer_permission WHERE customer_id IN (SELECT id FROM customer WHERE phone = old.address);
  END;
  CREATE TRIGGER permission_of_new_person AFTER INSERT ON customer WHEN new.phone IS NOT NULL BEGIN
    INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id)
      SELECT cs.purpose, cs.state, new.id FROM address_book a CROSS JOIN consent_state cs
      WHERE a.address = new.phone AND cs.address_hmac = a.address_hmac AND cs.channel = 'sms';
  END;
  CREATE TRIGGER permission_of_new_number AFTER UPDATE OF phone ON customer WHEN new.phone IS NOT old.phone BEGIN
    DELETE FROM customer_permission WHERE customer_id = old.id;
    INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id)
      SELECT cs.purpose, cs.state, new.id FROM address_book a CROSS JOIN consent_state cs
      WHERE a.address = new.phone AND cs.address_hmac = a.address_hmac AND cs.channel = 'sms';
  END;

  CREATE TABLE article (                    -- names of items and categories somebody bought; case ignored as SQLite does
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL CHECK (what IN ('item', 'category')),
    name TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (what, name)
  ) STRICT;
  CREATE TABLE bought (                     -- no presents, nothing taken back as a whole
    article_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX bought_by_customer ON bought (customer_id);
  CREATE TABLE visit_day (                  -- each shop day with sales of a person
    customer_id INTEGER NOT NULL,
    day INTEGER NOT NULL,                   -- days since 1970-01-01
    visit INTEGER NOT NULL,                 -- 0: only refunds, an exchange, or taken back
    spend INTEGER NOT NULL,                 -- minor units after refunds
    PRIMARY KEY (customer_id, day)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE history_todo (customer_id INTEGER PRIMARY KEY) STRICT;  -- people whose rows of the two are behind their sales
  INSERT INTO history_todo SELECT DISTINCT customer_id FROM sale WHERE customer_id IS NOT NULL;
  CREATE TRIGGER group_rows_of_nobody AFTER DELETE ON customer BEGIN
    DELETE FROM customer_permission WHERE customer_id = old.id;
    DELETE FROM bought WHERE customer_id = old.id;
    DELETE FROM visit_day WHERE customer_id = old.id;
    DELETE FROM history_todo WHERE customer_id = old.id;
  END;

  -- "The last text they got", person by person.
  CREATE INDEX outbox_of_campaigns ON outbox (customer_id, left_at, cause_id) WHERE cause_kind = 'campaign' AND left_at IS NOT NULL;
  CREATE INDEX inbound_of_campaigns ON inbound (customer_id, campaign_id) WHERE customer_id IS NOT NULL AND campaign_id IS NOT NULL;
  CREATE INDEX redemption_of_campaigns ON redemption (customer_id, campaign_id) WHERE reversed_at IS NULL AND campaign_id IS NOT NULL;
  -- Quintiles over everybody who came within a year, and the shop's usual gap, without reading whole records.
  CREATE INDEX customer_year ON customer (visits_365, last_visit_at, weak)
    WHERE visits_365 > 0 AND weak = 0 AND last_visit_at IS NOT NULL;
  CREATE INDEX customer_year_spend ON customer (spend_365, visits_365, last_visit_at, weak)
    WHERE visits_365 > 0 AND weak = 0 AND last_visit_at IS NOT NULL;
  CREATE INDEX customer_gaps ON customer (median_gap_days, gap_count) WHERE median_gap_days IS NOT NULL AND gap_count > 0;
`),
};
