import type { Migration } from './index';

/** A code on the till's receipt is a use like any other: the table refuses one more than promised, wherever it was written down. */
export const tillCodes: Migration = {
  version: 380,
  name: 'till codes',
  up: (db) =>
    void db.exec(`
  DROP INDEX redemption_live;
  CREATE UNIQUE INDEX redemption_live ON redemption (code, use_no) WHERE reversed_at IS NULL;
  DROP TRIGGER redemption_within_uses;
  CREATE TRIGGER redemption_within_uses BEFORE INSERT ON redemption
  WHEN new.reversed_at IS NULL AND new.use_no > (SELECT uses FROM offer_code WHERE code = new.code)
  BEGIN SELECT RAISE(ABORT, 'this code has no use left'); END;
  CREATE INDEX sale_with_code ON sale (import_id) WHERE discount_code IS NOT NULL;
`),
};
