import type { Migration } from './index';

/** Which sale is credited to which campaign: recomputed after each import; one sale is credited once. */
export const attribution: Migration = {
  version: 80,
  name: 'attribution',
  up: (db) =>
    void db.exec(`
  CREATE TABLE sale_credit (
    sale_id INTEGER PRIMARY KEY REFERENCES sale(id) ON DELETE CASCADE,
    campaign_id INTEGER NOT NULL REFERENCES campaign(id),
    customer_id INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'influenced')),
    net INTEGER NOT NULL                    -- minor units, net of tax, returns already subtracted
  ) STRICT;
  CREATE INDEX sale_credit_by_campaign ON sale_credit (campaign_id, kind);
`),
};
