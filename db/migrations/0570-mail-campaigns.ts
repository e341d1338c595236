import type { Migration } from './index';

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
`),
};
