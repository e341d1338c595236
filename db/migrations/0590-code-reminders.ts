import type { Migration } from './index';

const LEFT = "('accepted', 'queued', 'sent', 'delivered')";
const note = `
    INSERT INTO automation_todo (customer_id) SELECT new.customer_id WHERE EXISTS (SELECT 1 FROM automation WHERE state <> 'off' AND kind = 'code-expiring')
      ON CONFLICT DO NOTHING;`;

/**
 * A code is drawn when its text is written, and the text may leave hours later: whoever holds one is looked at by the reminder of its end once
 * it left, not only when it was drawn (migration 0500). And a visit noted by mistake that is taken back makes somebody be away since their
 * last one again.
 */
export const codeReminders: Migration = {
  version: 590,
  name: 'code reminders',
  up: (db) =>
    void db.exec(`
  CREATE TRIGGER automation_code_left AFTER UPDATE OF state ON outbox
  WHEN new.code IS NOT NULL AND new.customer_id IS NOT NULL AND new.state IN ${LEFT} AND old.state NOT IN ${LEFT} BEGIN${note}
  END;
  CREATE TRIGGER automation_visit_taken_back AFTER DELETE ON visit_note BEGIN
    INSERT INTO automation_todo (customer_id) SELECT old.customer_id WHERE EXISTS (SELECT 1 FROM automation WHERE state <> 'off')
      ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER automation_code_mailed AFTER UPDATE OF state ON mail
  WHEN new.code IS NOT NULL AND new.customer_id IS NOT NULL AND new.state = 'sent' AND old.state <> 'sent' BEGIN${note}
  END;
`),
};
