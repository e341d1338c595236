import type { Migration } from './index';

/** Something new the owner said to tell a club about: each telling is a cause of its own. */
export const automationArrivals: Migration = {
  version: 510,
  name: 'automation arrivals',
  up: (db) =>
    void db.exec(`
  CREATE TABLE automation_arrival (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice: it is a cause
    automation_id INTEGER NOT NULL REFERENCES automation(id) ON DELETE CASCADE,
    what TEXT NOT NULL DEFAULT '',          -- for the owner's list; people read the automation's words
    at INTEGER NOT NULL,
    staff_id INTEGER
  ) STRICT;
  CREATE INDEX automation_arrival_by_automation ON automation_arrival (automation_id, id);
`),
};
