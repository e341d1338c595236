import type { Db } from '@db/open';
import { noteCredit } from '@db/queries/credit-todo';
import { seedShop } from '@db/seed/index';
import type { CustomerId } from '@domain/kernel';
import { creditsUpToDate, recomputeCredits } from '@services/attribution/recompute';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
beforeEach(() => {
  db = createDb();
  seedShop(db, { seed: 6, people: 700, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db });
});
const rows = () => db.raw.prepare('SELECT * FROM sale_credit ORDER BY sale_id').all();
const n = (sql: string, ...args: (string | number)[]) =>
  db.raw
    .prepare(sql)
    .pluck()
    .get(...args) as number;

describe('recounting credit', () => {
  it('agrees with what stands, twice over, and says that nothing changed', async () => {
    const before = rows();
    expect(before.length).toBeGreaterThan(50);
    expect(await recomputeCredits(ctx)).toEqual({ tied: 0, changed: 0 });
    expect(rows()).toEqual(before);
    expect(ctx.announced).not.toContain('reports');
  });

  it('builds the same from nothing', async () => {
    const before = rows();
    db.raw.exec('DELETE FROM sale_credit');
    const { changed } = await recomputeCredits(ctx);
    expect(changed).toBe(before.length);
    expect(rows()).toEqual(before);
    expect(ctx.announced).toContain('reports');
  });

  it('an undone redemption loses its direct credit; the text may still have brought the sale', async () => {
    const r = db.raw
      .prepare('SELECT id, sale_id AS saleId FROM redemption WHERE sale_id IN (SELECT id FROM sale WHERE customer_id IS NOT NULL) LIMIT 1')
      .get() as {
      id: number;
      saleId: number;
    };
    db.raw.prepare('UPDATE redemption SET reversed_at = ? WHERE id = ?').run(NOON, r.id);
    await recomputeCredits(ctx);
    expect(n('SELECT count(*) FROM sale_credit WHERE sale_id = ? AND kind = ?', r.saleId, 'direct')).toBe(0);
    expect(n('SELECT count(*) FROM sale_credit WHERE sale_id = ? AND kind = ?', r.saleId, 'influenced')).toBe(1);
  });

  it('an undone redemption on a sale of nobody leaves no credit behind', async () => {
    const r = db.raw
      .prepare('SELECT id, sale_id AS saleId FROM redemption WHERE sale_id IN (SELECT id FROM sale WHERE customer_id IS NULL) LIMIT 1')
      .get() as {
      id: number;
      saleId: number;
    };
    expect(n('SELECT count(*) FROM sale_credit WHERE sale_id = ?', r.saleId)).toBe(1);
    db.raw.prepare('UPDATE redemption SET reversed_at = ? WHERE id = ?').run(NOON, r.id);
    await recomputeCredits(ctx);
    expect(n('SELECT count(*) FROM sale_credit WHERE sale_id = ?', r.saleId)).toBe(0);
  });

  it('ties a redemption to its sale by the receipt number, else to the person’s own sale of that day, never to a taken one', async () => {
    const before = rows();
    db.raw.exec('UPDATE redemption SET sale_id = NULL WHERE id % 2 = 0');
    const open = n('SELECT count(*) FROM redemption WHERE sale_id IS NULL');
    const { tied } = await recomputeCredits(ctx);
    expect(tied).toBe(open);
    expect(rows()).toEqual(before);
    expect(n('SELECT count(*) - count(DISTINCT sale_id) FROM redemption')).toBe(0);
    db.raw.exec('UPDATE redemption SET sale_id = NULL, receipt_no = NULL WHERE id % 2 = 0');
    await recomputeCredits(ctx);
    expect(
      n(
        'SELECT count(*) FROM redemption r JOIN sale s ON s.id = r.sale_id WHERE r.id % 2 = 0 AND (s.customer_id IS NOT r.customer_id OR abs(s.occurred_at - r.at) > 21600000)',
      ),
    ).toBe(0);
  });

  it('reports recount by themselves, but only after something changed', async () => {
    db.raw.exec('DELETE FROM sale_credit');
    await creditsUpToDate(ctx);
    const full = rows();
    expect(full.length).toBeGreaterThan(50);
    db.raw.exec('DELETE FROM sale_credit');
    expect(await creditsUpToDate(ctx)).toEqual({ tied: 0, changed: 0 });
    expect(rows()).toEqual([]); // nothing it depends on has changed
    const people = db.raw.prepare('SELECT id FROM customer').pluck().all() as CustomerId[];
    for (const id of people) noteCredit(db, id);
    db.raw.exec("INSERT INTO credit_todo SELECT 'sale', id FROM sale WHERE customer_id IS NULL");
    await Promise.all([creditsUpToDate(ctx), creditsUpToDate(ctx)]);
    expect(rows()).toEqual(full);
  });

  it('stops when asked, and what it had written is whole', async () => {
    db.raw.exec('DELETE FROM sale_credit');
    const stop = new AbortController();
    stop.abort();
    await expect(recomputeCredits(ctx, stop.signal)).rejects.toThrow();
    await recomputeCredits(ctx);
    expect(rows().length).toBeGreaterThan(50);
  });
});
