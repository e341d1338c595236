import type { Migration } from './index';

/** Parked replies and unanswered questions are few among many numbers, and looked for every ten minutes while the counter works. */
export const openEnds: Migration = {
  version: 230,
  name: 'open ends',
  up: (db) =>
    void db.exec(`
  CREATE INDEX consent_state_open ON consent_state (state, expires_at) WHERE state IN ('hold', 'pending');
`),
};
