import { marginStamp, readMargins, saleMargins, saveMargin } from '@db/queries/margins';
import { seedShop } from '@db/seed/index';
import type { SaleId, UtcMs } from '@domain/kernel';
import { type MarginLine, saleMargin } from '@domain/reports/margin';
import { expect, it } from 'vitest';
import { NOON } from '../support/test-ctx';
import { createDb } from '../support/test-db';

it('the file’s sums give every sale and refund the margin its lines give, with and without margins of their own', () => {
  const db = createDb();
  seedShop(db, { seed: 5, people: 300, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  const sales = db.prepare('SELECT id AS saleId, gross, discount, net FROM sale ORDER BY id LIMIT 900').all() as {
    saleId: SaleId;
    gross: number;
    discount: number;
    net: number;
  }[];
  const lines = db.prepare('SELECT name, category, gross FROM sale_line WHERE sale_id = ?');
  const [first] = db.prepare('SELECT category AS c, name AS n FROM sale_line ORDER BY sale_id LIMIT 1').all() as { c: string; n: string }[];
  const check = (shop: number | null) => {
    const margins = readMargins(db, shop);
    const got = saleMargins(db, margins, sales);
    for (const s of sales) expect(got.get(s.saleId)).toEqual(saleMargin(margins, { ...s, lines: lines.all(s.saleId) as MarginLine[] }));
    return [...got.values()].filter((m) => m.margin !== null).length;
  };
  expect(check(null)).toBe(0);
  expect(check(45)).toBe(sales.length);
  const before = marginStamp(db, 45);
  db.tx((trx) => {
    saveMargin(trx, { kind: 'category', name: (first?.c ?? '').toUpperCase(), bp: 3333 }, NOON);
    saveMargin(trx, { kind: 'item', name: first?.n ?? '', bp: 7125 }, (NOON + 1) as UtcMs);
  });
  expect(marginStamp(db, 45)).not.toBe(before);
  expect(check(45)).toBe(sales.length);
  expect(check(null)).toBeLessThan(sales.length);
  db.tx((trx) => saveMargin(trx, { kind: 'item', name: first?.n ?? '', bp: null }, NOON));
  expect(readMargins(db, null).items.size).toBe(0);
});
