import type { Migration } from './index';

/** What became of the suggestions of This week: put off by the owner, or taken and turned into a campaign. */
export const suggestions: Migration = {
  version: 430,
  name: 'suggestions',
  up: (db) =>
    void db.exec(`
  CREATE TABLE suggestion_put_off (
    key TEXT PRIMARY KEY,                   -- which suggestion (domain/reports/suggest.ts)
    people INTEGER NOT NULL,                -- how many it was about
    like_id INTEGER,                        -- the newest measured campaign like it, then
    at INTEGER NOT NULL,
    until_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE suggestion_taken (           -- campaigns that began as one
    campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    people INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX suggestion_taken_by_key ON suggestion_taken (key);
`),
};
