import type { Migration } from './index';

/** An offer for the members of one club. */
export const clubs: Migration = {
  version: 580,
  name: 'clubs',
  up: (db) =>
    void db.exec(`
  ALTER TABLE offer ADD COLUMN club TEXT;  -- slug; with members_only: of this club; null = of anything here. No reference: a restored copy may not know the club yet
`),
};
