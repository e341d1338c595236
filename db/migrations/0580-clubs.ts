import type { Migration } from './index';

/** An offer for the members of one club; the numbers of a club, by when they came. */
export const clubs: Migration = {
  version: 580,
  name: 'clubs',
  up: (db) =>
    void db.exec(`
  ALTER TABLE offer ADD COLUMN club TEXT;  -- slug; with members_only: of this club; null = of anything here. No reference: a restored copy may not know the club yet

  CREATE INDEX consent_state_club ON consent_state (purpose, since) WHERE channel = 'sms' AND purpose > 'topic:' AND purpose < 'topic;';
`),
};
