import type { Migration } from './index';

const LEFT = (row: 'new' | 'old') => `(${row}.cause_kind = 'campaign' AND ${row}.state IN ('sent', 'bounced', 'uncertain'))`;
/** Notes whose result is behind, as 0410 does for texts. */
const note = (row: 'new' | 'old') => `
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT ${row}.customer_id, CAST(${row}.cause_id AS INTEGER), 0
      WHERE ${row}.customer_id IS NOT NULL AND EXISTS (SELECT 1 FROM outcome_state WHERE campaign_id = CAST(${row}.cause_id AS INTEGER))
      ON CONFLICT DO NOTHING;`;

/** Campaigns by text and by e-mail: which of them, the mail's own words per group and language, and how each person was reached. */
export const mailCampaigns: Migration = {
  version: 570,
  name: 'mail campaigns',
  up: (db) =>
    void db.exec(`
  -- sms · both: a text where one may go, else a mail · email-first: the other way round · email
  ALTER TABLE campaign ADD COLUMN channels TEXT NOT NULL DEFAULT 'sms' CHECK (channels IN ('sms', 'both', 'email-first', 'email'));
  CREATE TABLE campaign_mail (
    campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),      -- the part's
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (campaign_id, position, language)
  ) STRICT, WITHOUT ROWID;
  ALTER TABLE campaign_person ADD COLUMN channel TEXT NOT NULL DEFAULT 'sms' CHECK (channel IN ('sms', 'email'));
  -- A mail that left counts for purchases after it as a text does (0400): whoever got one, or whose mail came back, is counted anew.
  CREATE TRIGGER credit_mail_added AFTER INSERT ON mail WHEN new.cause_kind = 'campaign' AND new.state = 'sent' AND new.customer_id IS NOT NULL BEGIN
    INSERT INTO credit_todo (what, id) VALUES ('person', new.customer_id) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER credit_mail_changed AFTER UPDATE OF state, left_at, customer_id ON mail
  WHEN new.cause_kind = 'campaign' AND (new.state = 'sent' OR old.state = 'sent') BEGIN
    INSERT INTO credit_todo (what, id) SELECT 'person', old.customer_id WHERE old.customer_id IS NOT NULL ON CONFLICT DO NOTHING;
    INSERT INTO credit_todo (what, id) SELECT 'person', new.customer_id WHERE new.customer_id IS NOT NULL ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER outcome_mail_added AFTER INSERT ON mail WHEN ${LEFT('new')} BEGIN${note('new')}
  END;
  CREATE TRIGGER outcome_mail_changed AFTER UPDATE OF state, left_at, customer_id ON mail WHEN ${LEFT('new')} OR ${LEFT('old')} BEGIN${note('old')}${note('new')}
  END;
  CREATE TRIGGER outcome_mail_gone AFTER DELETE ON mail WHEN ${LEFT('old')} BEGIN${note('old')}
  END;
  CREATE TRIGGER credit_mail_gone AFTER DELETE ON mail WHEN old.cause_kind = 'campaign' AND old.state = 'sent' AND old.customer_id IS NOT NULL BEGIN
    INSERT INTO credit_todo (what, id) VALUES ('person', old.customer_id) ON CONFLICT DO NOTHING;
  END;
`),
};
