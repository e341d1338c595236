import { keepDues } from '@services/automations/keep';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';

const MANY = 5200;
let shop: AutomationShop;
afterEach(() => shop.close());

it('an import that is about everybody is worked out as a bulk, and comes to the same as looking at everybody anew', async () => {
  shop = await anAutomationShop({ people: 1 });
  const { db } = shop.ctx;
  db.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
     INSERT INTO customer (phone, first_name, birthday, created_at, updated_at) SELECT '+1212' || (5600000 + i), 'P' || i, '--11-' || substr('0' || (4 + i % 20), -2), 1, 1 FROM n`,
  ).run();
  db.prepare("INSERT OR IGNORE INTO customer_permission (purpose, state, customer_id) SELECT 'marketing', 'in', id FROM customer").run();
  await running(shop.ctx, 'birthday', { terms: { daysBefore: 0 } });
  await keepDues(shop.ctx);
  const dues = () => db.prepare('SELECT customer_id, cause, due_at, until_at FROM automation_due ORDER BY 1, 2').all();
  const before = dues();
  expect(before.length).toBe(MANY);

  db.prepare("UPDATE customer SET birthday = '--12-' || substr(birthday, 6) WHERE birthday IS NOT NULL").run();
  expect(db.prepare('SELECT count(*) FROM automation_todo').pluck().get()).toBeGreaterThanOrEqual(MANY);
  expect(await keepDues(shop.ctx)).toBeGreaterThanOrEqual(MANY);
  const bulk = dues();
  expect(bulk).toHaveLength(MANY);
  expect(bulk).not.toEqual(before);
  expect(db.prepare('SELECT count(*) FROM automation_todo').pluck().get()).toBe(0);
  expect(db.raw.inTransaction).toBe(false);

  db.prepare('DELETE FROM automation_due').run();
  db.prepare('UPDATE automation SET walk_after = 0').run();
  await keepDues(shop.ctx);
  expect(dues()).toEqual(bulk);
});
