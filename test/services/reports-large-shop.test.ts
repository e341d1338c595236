import type { Db } from '@db/open';
import { seedShop } from '@db/seed/index';
import { listGrowth } from '@services/reports/list-growth';
import { cohorts, prepareOverTime } from '@services/reports/over-time';
import { suggestions } from '@services/reports/suggestions';
import { thisWeek } from '@services/reports/week';
import { keepResults } from '@services/results/keeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
beforeAll(async () => {
  db = createDb();
  seedShop(db, { seed: 6, people: 300, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  // what is kept depends on how many records there ever were
  db.raw.exec('INSERT INTO customer (id, weak, created_at, updated_at) VALUES (20000, 1, 0, 0)');
  ctx = aCtx({ db });
  await keepResults(ctx);
});

let imports = 0;
/** Something was imported: what rests on sales is old. */
function imported(): void {
  db.raw
    .prepare(
      `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at)
       VALUES ('f.csv', ?, 1, 'square-items', 'square', '{}', 'done', 1, ?)`,
    )
    .run(`large-${++imports}`, NOON + imports);
  ctx.announced.length = 0;
}
async function told(): Promise<void> {
  for (let i = 0; i < 2000 && !ctx.announced.includes('reports'); i++) await new Promise((done) => setTimeout(done, 5));
  expect(ctx.announced).toContain('reports');
}

const shown = async () => (await suggestions(ctx)).suggestions;

describe('in a shop with very many people', () => {
  it('suggestions are shown as they were counted last, counted anew behind, and the screen is told', async () => {
    const before = await shown();
    expect(before.length).toBeGreaterThan(0);
    const group = db.raw
      .prepare('SELECT customer_id AS id FROM customer_permission WHERE state = ? LIMIT 1000')
      .pluck()
      .all('in') as number[];
    db.raw.prepare('UPDATE customer SET weak = 1 WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(group));
    imported();
    expect(await shown()).toEqual(before);
    await told();
    expect(await shown()).toEqual([]);
    db.raw.prepare('UPDATE customer SET weak = 0 WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(group));
    imported();
    await keepResults(ctx); // after an import nobody has to ask first
    expect(await shown()).toEqual(before);
  });

  it('what takes a while is counted before anybody asks, once', async () => {
    await prepareOverTime(ctx);
    const keys = () =>
      db.raw.prepare("SELECT key, value FROM meta WHERE key LIKE 'kept:%' ORDER BY key").all() as { key: string; value: string }[];
    expect(keys().map((k) => k.key)).toEqual(expect.arrayContaining(['kept:cohorts-12', 'kept:list-growth', 'kept:opt-outs']));
    const before = keys();
    imported();
    await prepareOverTime(ctx);
    expect(keys()).toEqual(before);
  });

  it('cohorts likewise; another question is waited for', async () => {
    const before = await cohorts(ctx, 6);
    expect(before.cohorts.some((c) => c.came.some((n) => n > 0))).toBe(true);
    db.raw.exec('UPDATE visit_day SET visit = 0');
    imported();
    expect(await cohorts(ctx, 6)).toEqual(before);
    await told();
    const after = await cohorts(ctx, 6);
    expect(after.cohorts.every((c) => c.came.every((n) => n === 0))).toBe(true);
    expect((await cohorts(ctx, 9)).cohorts).toHaveLength(9);
  });

  it('the growth of the list is the same as in a small shop, over however many weeks', async () => {
    const large = [await listGrowth(ctx, 80), await listGrowth(ctx, 80), await listGrowth(ctx, 12)];
    db.raw.exec('DELETE FROM customer WHERE id = 20000');
    expect(large).toEqual([await listGrowth(ctx, 80), await listGrowth(ctx, 80), await listGrowth(ctx, 12)]);
    db.raw.exec('INSERT INTO customer (id, weak, created_at, updated_at) VALUES (20000, 1, 0, 0)');
  });

  it('This week counts who joined the same as a small shop, at once and from what it kept', async () => {
    const first = await thisWeek(ctx);
    expect(await thisWeek(ctx)).toEqual(first);
    db.raw.exec('DELETE FROM customer WHERE id = 20000');
    const small = await thisWeek(ctx);
    expect({ joined: small.week.joined, before: small.before.joined, list: small.list }).toEqual({
      joined: first.week.joined,
      before: first.before.joined,
      list: first.list,
    });
  });
});
