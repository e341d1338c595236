import type { Migration } from './index';

/**
 * The ledger read number by number without touching its table: folding a number again, and checking a million events, read the index
 * alone. What is only evidence (language, wording, staff, device) stays out of it.
 */
export const ledger: Migration = {
  version: 130,
  name: 'ledger',
  up: (db) =>
    void db.exec(`
  DROP INDEX consent_event_by_address;
  CREATE INDEX consent_event_by_address ON consent_event
    (address_hmac, channel, id, purpose, kind, method, promise_max, topics, reason, occurred_at, recorded_at);
`),
};
