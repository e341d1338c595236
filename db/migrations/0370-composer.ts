import type { Migration } from './index';

/** Texts an owner keeps for another time, and campaigns whose words leave exactly as typed. */
export const composer: Migration = {
  version: 370,
  name: 'composer',
  up: (db) =>
    void db.exec(`
  CREATE TABLE campaign_template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    body TEXT NOT NULL CHECK (length(body) <= 2000),
    body_es TEXT NOT NULL DEFAULT '' CHECK (length(body_es) <= 2000),  -- '' = English only
    reply_words TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reply_words)),  -- as of the campaign it was kept from
    created_at INTEGER NOT NULL
  ) STRICT;
  -- Curly quotes and the like are not written plainly, though that costs more.
  ALTER TABLE campaign ADD COLUMN keep_typed INTEGER NOT NULL DEFAULT 0 CHECK (keep_typed IN (0, 1));
`),
};
