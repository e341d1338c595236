import type { Migration } from './index';

/** What a campaign is about, so that people get what they chose at sign-up; why it may leave on days some states ban. */
export const campaignTopic: Migration = {
  version: 210,
  name: 'campaign-topic',
  up: (db) =>
    void db.exec(`
  ALTER TABLE campaign ADD COLUMN topic TEXT NOT NULL DEFAULT 'offers';  -- slug of the club; people who chose others do not get it
  ALTER TABLE campaign ADD COLUMN day_reason TEXT NOT NULL DEFAULT '';   -- typed by the owner for Sundays and holidays some states ban; '' = such days are closed
`),
};
