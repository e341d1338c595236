import type { Migration } from './index';

const note = (when: string) => `
    INSERT INTO automation_todo (customer_id) SELECT c.id FROM address_book a CROSS JOIN customer c ON c.email = a.address
      WHERE a.address_hmac = ${when}.address_hmac AND EXISTS (SELECT 1 FROM automation WHERE state <> 'off') ON CONFLICT DO NOTHING;`;

/**
 * Something new the owner said to tell a club about: each telling is a cause of its own. And who agrees to mails, or takes it back, is
 * looked at anew, as with texts.
 */
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
  CREATE TRIGGER automation_mail_said AFTER INSERT ON consent_state WHEN new.channel = 'email' AND new.purpose = 'marketing' BEGIN${note('new')}
  END;
  CREATE TRIGGER automation_mail_changed AFTER UPDATE OF state ON consent_state
  WHEN new.channel = 'email' AND new.purpose = 'marketing' AND new.state IS NOT old.state BEGIN${note('new')}
  END;
  CREATE TRIGGER automation_email_changed AFTER UPDATE OF email ON customer WHEN new.email IS NOT old.email BEGIN
    INSERT INTO automation_todo (customer_id) SELECT new.id WHERE EXISTS (SELECT 1 FROM automation WHERE state <> 'off') ON CONFLICT DO NOTHING;
  END;
`),
};
