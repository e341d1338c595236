import { customerById, insertCustomer, updateCustomer } from '@db/queries/customers';
import { DESK_SQL } from '@db/queries/desk';
import { LOOK_UP_SQL, lookUp, prepareLookUp } from '@db/queries/look-up';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

const ids = (db: ReturnType<typeof createDb>, text: string) => lookUp(db, text, 8, '1').ids;

describe('what the counter reads of the file', () => {
  it('goes by indexes, whatever the size of the shop', () => {
    const db = createDb();
    lookUp(db, 'xx', 8, '1'); // makes the list of changes
    for (const [name, sql] of Object.entries({ ...LOOK_UP_SQL, ...DESK_SQL })) {
      const given = Array<null>((sql.match(/\?/g) ?? []).length).fill(null);
      const plan = (db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...given) as { detail: string }[]).map((r) => r.detail);
      // json_each is the list of actions itself
      expect(
        plan.filter((d) => /^SCAN (?!CONSTANT|json_each|value)/.test(d)),
        name,
      ).toEqual([]);
      if (name === 'log') expect(plan.join('\n')).toMatch(/audit_by_at \(at>\?\)/);
    }
  });
});

describe('the index in memory', () => {
  it('hears of every change by whatever way, and of none that was rolled back', () => {
    const db = createDb();
    const ana = db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', lastName: 'Ruiz', phone: '+12125550123' as PhoneE164 }, 1 as UtcMs));
    expect(ids(db, 'ruiz')).toEqual([ana]);
    db.tx((trx) => updateCustomer(trx, ana, { lastName: 'Gómez' }, 2 as UtcMs));
    expect([ids(db, 'ruiz'), ids(db, 'gomez')]).toEqual([[], [ana]]);
    db.raw.exec("INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (9, 'Berta', 0, 0)");
    expect(ids(db, 'berta')).toEqual([9]);
    expect(() =>
      db.tx((trx) => {
        insertCustomer(trx, { firstName: 'Ghost' }, 3 as UtcMs);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(ids(db, 'ghost')).toEqual([]);
    const next = db.tx((trx) => insertCustomer(trx, { firstName: 'Carla' }, 3 as UtcMs));
    expect(ids(db, 'carla')).toEqual([next]);
    db.raw.exec('UPDATE customer SET weak = 1 WHERE id = 9');
    expect(ids(db, 'berta')).toEqual([]);
    db.raw.exec(`DELETE FROM customer WHERE id = ${ana}`);
    expect([ids(db, 'gomez'), ids(db, '0123')]).toEqual([[], []]);
  });

  it('who was here a moment ago comes first; a number from before a merge still finds them', () => {
    const db = createDb();
    const [a, b] = db.tx((trx) => [
      insertCustomer(trx, { firstName: 'Ana', lastName: 'A' }, 5 as UtcMs),
      insertCustomer(trx, { firstName: 'Ana', lastName: 'B' }, 6 as UtcMs),
    ]) as [CustomerId, CustomerId];
    expect(ids(db, 'ana')).toEqual([b, a]);
    db.raw.exec(`INSERT INTO visit_note (customer_id, at) VALUES (${a}, 100)`);
    expect(ids(db, 'ana')).toEqual([a, b]);
    db.raw.exec(`INSERT INTO customer_merge (id, kept_id, gone_id, at, image) VALUES (1, ${b}, 77, 1, '{}');
      INSERT INTO customer_alias (kind, value, customer_id, merge_id) VALUES ('phone', '+13475550199', ${b}, 1)`);
    expect(ids(db, '550199')).toEqual([b]);
    expect(customerById(db, b)?.firstName).toBe('Ana');
  });

  it('is made ready in steps, and stands in no transaction', () => {
    const db = createDb();
    db.raw.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
      INSERT INTO customer (first_name, last_name, created_at, updated_at) SELECT 'P' || i, 'Q' || i, 0, i FROM n`);
    let steps = 0;
    while (!prepareLookUp(db, '1')) steps++;
    expect(steps).toBe(3);
    expect(ids(db, 'q2499')[0]).toBe(2499);
    const other = createDb();
    expect(() => other.tx(() => void lookUp(other, 'xx', 8, '1'))).toThrow('inside a transaction');
  });
});
