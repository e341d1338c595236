import type { Migration } from './index';

/**
 * Follow-ups by what people did. Each step is a campaign row of its own (texts, codes, people and results as everywhere); these tables
 * say what it follows and who took it. What happens to the first campaign holds its steps: triggers, so that no way of pausing or ending
 * it can forget them.
 */
export const ladders: Migration = {
  version: 340,
  name: 'ladders',
  up: (db) =>
    void db.exec(`
  CREATE TABLE ladder (
    root_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'running', 'ended')),
    stop_came INTEGER NOT NULL DEFAULT 1,   -- who came gets no further step, unless one is made for those who came
    stop_replied INTEGER NOT NULL DEFAULT 1,
    stop_redeemed INTEGER NOT NULL DEFAULT 1,
    stop_what TEXT CHECK (stop_what IN ('item', 'category')),
    stop_name TEXT NOT NULL DEFAULT '',     -- who bought it is done, whatever else they did
    ends_on TEXT,                           -- last shop day on which a step may leave; null = none
    patience_days INTEGER NOT NULL DEFAULT 7,  -- how long a step that could not leave is still worth sending
    sealed TEXT,                            -- what the owner read in the review: hash of every step
    ceiling_texts INTEGER,                  -- approved with the start, over all steps
    ceiling_price INTEGER,                  -- micros of the quote's currency
    held TEXT,                              -- why no step is taken just now and the owner is asked; null = none
    started_at INTEGER,
    ended_at INTEGER,
    end_reason TEXT,                        -- owner | root | date | done
    looked_at INTEGER,                      -- when everybody was last looked at
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE ladder_step (
    campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    root_id INTEGER NOT NULL REFERENCES ladder(root_id) ON DELETE CASCADE,
    parent_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
    reaction TEXT NOT NULL CHECK (reaction IN ('nothing', 'replied', 'came', 'redeemed', 'not-delivered')),
    after_days INTEGER NOT NULL,
    at_minute INTEGER NOT NULL,             -- minute of the shop's day
    UNIQUE (parent_id, reaction)
  ) STRICT;
  CREATE INDEX ladder_step_by_root ON ladder_step (root_id);
  CREATE TABLE ladder_move (                -- a person leaves a step at most once
    from_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL,           -- no foreign key: results outlive an erased person
    root_id INTEGER NOT NULL,
    to_id INTEGER REFERENCES campaign(id),  -- null: their path ends here
    reaction TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('text', 'control', 'blocked', 'left-out', 'end')),
    reason TEXT,                            -- why no text: an exclusion; or why the path ends
    due_at INTEGER,
    again_at INTEGER,                       -- blocked by a cap: tried once more then
    at INTEGER NOT NULL,
    PRIMARY KEY (from_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ladder_move_by_root ON ladder_move (root_id, customer_id);
  CREATE INDEX ladder_move_by_customer ON ladder_move (customer_id);
  CREATE INDEX ladder_move_again ON ladder_move (again_at) WHERE again_at IS NOT NULL;

  -- A draft thrown away takes its steps along.
  CREATE TRIGGER ladder_root_deleted BEFORE DELETE ON campaign BEGIN
    DELETE FROM campaign WHERE id IN (SELECT campaign_id FROM ladder_step WHERE root_id = OLD.id);
  END;
  CREATE TRIGGER ladder_root_paused AFTER UPDATE OF state ON campaign WHEN NEW.state = 'paused' AND OLD.state <> 'paused' BEGIN
    UPDATE campaign SET state = 'paused', pause_reason = 'path', updated_at = NEW.updated_at
      WHERE state = 'sending' AND id IN (SELECT campaign_id FROM ladder_step WHERE root_id = NEW.id);
  END;
  CREATE TRIGGER ladder_root_resumed AFTER UPDATE OF state ON campaign WHEN NEW.state = 'sending' AND OLD.state = 'paused' BEGIN
    UPDATE campaign SET pause_reason = NULL, state = 'sending', updated_at = NEW.updated_at
      WHERE state = 'paused' AND pause_reason IN ('path', OLD.pause_reason) AND pause_reason <> 'restored'
        AND id IN (SELECT s.campaign_id FROM ladder_step s JOIN ladder l ON l.root_id = s.root_id WHERE s.root_id = NEW.id AND l.held IS NULL);
  END;
  CREATE TRIGGER ladder_root_cancelled AFTER UPDATE OF state ON campaign WHEN NEW.state = 'cancelled' AND OLD.state <> 'cancelled' BEGIN
    UPDATE ladder SET state = 'ended', ended_at = NEW.updated_at, end_reason = 'root', updated_at = NEW.updated_at
      WHERE root_id = NEW.id AND state <> 'ended';
    UPDATE outbox SET state = 'cancelled', reason = 'cancelled', final_at = NEW.updated_at, updated_at = NEW.updated_at
      WHERE cause_kind = 'campaign' AND state IN ('staged', 'waiting')
        AND cause_id IN (SELECT CAST(campaign_id AS TEXT) FROM ladder_step WHERE root_id = NEW.id);
    UPDATE campaign SET state = 'cancelled', pause_reason = NULL, finished_at = NEW.updated_at, updated_at = NEW.updated_at
      WHERE state IN ('draft', 'sending', 'paused') AND id IN (SELECT campaign_id FROM ladder_step WHERE root_id = NEW.id);
  END;
`),
};
