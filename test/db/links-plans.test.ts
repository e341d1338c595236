import { refreshOne } from '@db/queries/customer-stats';
import { historyOf, LINK_PLANS, salesByReceipt } from '@db/queries/links';
import { MATCH_DAY } from '@db/queries/match-rate';
import type { CustomerId, SaleId, ShopDay } from '@domain/kernel';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

const plan = (db: ReturnType<typeof createDb>, sql: string) =>
  (db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array<null>((sql.match(/\?/g) ?? []).length).fill(null)) as { detail: string }[])
    .map((r) => r.detail)
    .join('\n');

describe('look-ups by receipt', () => {
  const db = createDb();

  it('go by an index, whatever the size of the shop', () => {
    expect(plan(db, LINK_PLANS.receipt)).toContain('sale_by_receipt (receipt_no=?)');
    expect(plan(db, LINK_PLANS.payment)).toContain('sale_by_receipt (receipt_no=?)');
    expect(plan(db, LINK_PLANS.tillId)).toMatch(/SEARCH s USING INDEX sqlite_autoindex_sale_1 \(source=\? AND source_sale_id=\?\)/);
    expect(plan(db, LINK_PLANS.near)).toContain('sale_by_time (occurred_at>? AND occurred_at<?)');
    expect(plan(db, LINK_PLANS.one)).toContain('SEARCH s USING INTEGER PRIMARY KEY');
    expect(plan(db, MATCH_DAY)).toContain('sale_by_day (shop_day=?)');
    for (const sql of Object.values(LINK_PLANS)) expect(plan(db, sql)).not.toMatch(/SCAN s\b/);
  });

  it('exchanges are asked of the few refunds, never of all sales', () => {
    const sql = `SELECT 1 FROM sale s WHERE s.customer_id = ? AND NOT EXISTS (SELECT 1 FROM sale x WHERE x.customer_id = s.customer_id
      AND x.shop_day = s.shop_day AND x.kind = 'refund' AND x.status IN ('completed', 'refunded', 'partially-refunded'))`;
    expect(plan(db, sql)).toMatch(/sale_refund_by_customer \(customer_id=\? AND shop_day=\?/);
  });
});

describe('a shop of 200,000 sales', () => {
  it('answers a receipt number, a history of thousands and a person’s figures in milliseconds', () => {
    const db = createDb();
    db.raw.exec(`INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (1, 'f', 'h', 1, 'p', 'square', '{}', 'done', 0);
      INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (1, 'Ana', 0, 0);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
      INSERT INTO sale (source, source_sale_id, receipt_no, kind, status, occurred_at, shop_day, source_customer_id, customer_id, currency, gross, net, import_id)
      SELECT 'square', 'T' || i, 'R' || (i % 190000), CASE WHEN i % 50 = 0 THEN 'refund' ELSE 'sale' END, 'completed', i * 300000, date(i * 300, 'unixepoch'),
        CASE WHEN i % 3 = 0 THEN 'C' || (i % 40) END, CASE WHEN i % 40 = 1 THEN 1 END, 'USD', 1000, 1000, 1 FROM n;`);
    const took = (work: () => unknown): number => {
      work();
      const at = performance.now();
      for (let i = 0; i < 20; i++) work();
      return (performance.now() - at) / 20;
    };
    expect(salesByReceipt(db, 'r77')).toHaveLength(2);
    expect(took(() => salesByReceipt(db, 'r77'))).toBeLessThan(5);
    const till = { source: 'square', sourceCustomerId: 'C3', saleId: 3 as SaleId, holder: null };
    expect(historyOf(db, till).sales).toBeGreaterThan(1000);
    expect(took(() => historyOf(db, till))).toBeLessThan(30);
    expect(took(() => refreshOne(db, 1 as CustomerId, '1970-01-01' as ShopDay))).toBeLessThan(100);
    db.close();
  });
});
