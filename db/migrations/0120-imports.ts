import type { Migration } from './index';

/** Taking an import back asks of every receipt whether it was redeemed with: never by reading all redemptions. */
export const imports: Migration = {
  version: 120,
  name: 'imports',
  up: (db) =>
    void db.exec(`
  CREATE INDEX redemption_by_sale ON redemption (sale_id) WHERE sale_id IS NOT NULL;
`),
};
