import type { Migration } from './index';

/**
 * What became of each text, step by step. A trigger writes it, so that no way of moving a row can forget. Only what happens from the
 * POST on is kept: a text's waiting, leaving out and cancelling stand in its own row, and tens of thousands of those move at once.
 */
export const textSteps: Migration = {
  version: 300,
  name: 'text steps',
  up: (db) =>
    void db.exec(`
  CREATE TABLE outbox_step (
    outbox_id INTEGER NOT NULL REFERENCES outbox(id),
    at INTEGER NOT NULL,                    -- when we learnt it
    state TEXT NOT NULL,
    error_code INTEGER,
    reason TEXT,
    PRIMARY KEY (outbox_id, at, state)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER outbox_steps AFTER UPDATE OF state ON outbox
  WHEN new.state IS NOT old.state AND old.state NOT IN ('staged', 'waiting', 'skipped', 'cancelled')
  BEGIN
    INSERT OR IGNORE INTO outbox_step (outbox_id, at, state, error_code, reason)
    VALUES (new.id, new.updated_at, new.state, new.error_code, new.reason);
  END;
  -- Few among many: the list of texts finds them without walking through all that arrived.
  CREATE INDEX outbox_troubled ON outbox (id) WHERE state IN ('undelivered', 'failed', 'rejected', 'uncertain');
  CREATE INDEX outbox_left_out ON outbox (id) WHERE state IN ('skipped', 'cancelled');
`),
};
