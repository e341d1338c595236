import type { Migration } from './index';

/**
 * What runs by itself. An automation is a pattern (a campaign that is never sent) and its editions (campaigns, one a month, into which
 * people are put as their day comes), so that texts, codes, caps, comparison and results are those of every campaign. `automation_event`
 * says who was taken for which cause, once and for all; `automation_due` is worked out by the code and may be counted anew at any time,
 * for the people in `automation_todo`.
 */
const note = (id: string) =>
  `INSERT INTO automation_todo (customer_id) SELECT ${id} WHERE ${id} IS NOT NULL AND EXISTS (SELECT 1 FROM automation WHERE state <> 'off')
      ON CONFLICT DO NOTHING;`;

export const automations: Migration = {
  version: 500,
  name: 'automations',
  up: (db) =>
    void db.exec(`
  CREATE TABLE automation (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('welcome-sign-up', 'welcome-purchase', 'thank-you', 'late', 'lapsed', 'birthday', 'bought-not',
      'code-expiring', 'review', 'anniversary', 'new-arrival', 'not-collected', 'thing-due', 're-buy', 'wish-in', 'reward-near', 'reward-ready',
      'points-expiring')),
    name TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'off' CHECK (state IN ('off', 'on', 'paused')),
    held TEXT,                              -- why it is paused: owner | words | restored | brake …
    terms TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(terms)),  -- main/domain/automations/terms.ts
    pattern_id INTEGER NOT NULL REFERENCES campaign(id),
    priority INTEGER NOT NULL,              -- of two that are due for one person the lower goes first
    on_since INTEGER,                       -- causes whose moment lay before it are not taken …
    inside INTEGER NOT NULL DEFAULT 0 CHECK (inside IN (0, 1)),  -- … unless the owner said so
    wait_days INTEGER NOT NULL DEFAULT 0,
    at_minute INTEGER NOT NULL DEFAULT 660 CHECK (at_minute BETWEEN 0 AND 1439),
    most_per_day INTEGER,                   -- texts in one shop day; null = as many as are due
    stop_came INTEGER NOT NULL DEFAULT 0,   -- who did it between the cause and the text is left out
    stop_replied INTEGER NOT NULL DEFAULT 0,
    stop_redeemed INTEGER NOT NULL DEFAULT 0,
    stop_what TEXT CHECK (stop_what IN ('item', 'category')),
    stop_name TEXT NOT NULL DEFAULT '',
    unless_texted_days INTEGER,             -- left out when any text left to them within so many days before
    sealed TEXT,                            -- hash of the words and terms the owner agreed to
    walk_after INTEGER,                     -- everybody is looked at anew, from this id on; null = done
    basis TEXT NOT NULL DEFAULT '' ,        -- what moments were worked out with: zone, the shop's usual gap
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  ALTER TABLE campaign ADD COLUMN automation_id INTEGER REFERENCES automation(id);  -- pattern and editions: in no list of campaigns
  CREATE INDEX campaign_by_automation ON campaign (automation_id) WHERE automation_id IS NOT NULL;
  CREATE TABLE automation_edition (
    campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    automation_id INTEGER NOT NULL REFERENCES automation(id),
    month TEXT NOT NULL,                    -- YYYY-MM of the shop
    sealed TEXT NOT NULL                    -- what it says
  ) STRICT;
  CREATE INDEX automation_edition_by_automation ON automation_edition (automation_id, month);

  CREATE TABLE automation_event (           -- one row per person and cause, for ever
    automation_id INTEGER NOT NULL REFERENCES automation(id),
    customer_id INTEGER NOT NULL,           -- no foreign key: results outlive an erased person
    cause TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'text', 'control', 'left-out', 'expired', 'already')),
    reason TEXT,                            -- why no text, or what it waits for
    campaign_id INTEGER REFERENCES campaign(id),
    again_at INTEGER,                       -- waiting: tried again then
    at INTEGER NOT NULL,
    PRIMARY KEY (automation_id, customer_id, cause)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX automation_event_by_customer ON automation_event (customer_id, at);
  CREATE INDEX automation_event_by_time ON automation_event (automation_id, at);

  CREATE TABLE automation_due (
    automation_id INTEGER NOT NULL REFERENCES automation(id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL,
    cause TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    PRIMARY KEY (automation_id, customer_id, cause)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX automation_due_by_time ON automation_due (automation_id, due_at);
  CREATE INDEX automation_due_by_customer ON automation_due (customer_id);
  CREATE TABLE automation_todo (customer_id INTEGER PRIMARY KEY) STRICT;

  -- purchases: once the small tables of what somebody bought are written anew (services/segments/history.ts)
  CREATE TRIGGER automation_history_kept AFTER DELETE ON history_todo BEGIN
    ${note('old.customer_id')}
  END;
  CREATE TRIGGER automation_person_added AFTER INSERT ON customer BEGIN
    ${note('new.id')}
  END;
  CREATE TRIGGER automation_person_changed AFTER UPDATE OF birthday, phone ON customer
  WHEN new.birthday IS NOT old.birthday OR new.phone IS NOT old.phone BEGIN
    ${note('new.id')}
  END;
  CREATE TRIGGER automation_permission_given AFTER INSERT ON customer_permission WHEN new.state = 'in' BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_permission_taken AFTER DELETE ON customer_permission WHEN old.state = 'in' BEGIN
    ${note('old.customer_id')}
  END;
  CREATE TRIGGER automation_visit_noted AFTER INSERT ON visit_note BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_code_given AFTER INSERT ON offer_code WHEN new.customer_id IS NOT NULL BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_code_changed AFTER UPDATE OF state, expires_at, customer_id ON offer_code
  WHEN new.state IS NOT old.state OR new.expires_at IS NOT old.expires_at OR new.customer_id IS NOT old.customer_id BEGIN
    ${note('old.customer_id')}
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_of_nobody AFTER DELETE ON customer BEGIN
    DELETE FROM automation_due WHERE customer_id = old.id;
    DELETE FROM automation_todo WHERE customer_id = old.id;
  END;
`),
};
