import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '@db/open';
import { BulkWriter } from '@db/queries/bulk';
import { describe, expect, it } from 'vitest';

function aShop() {
  const file = join(mkdtempSync(join(tmpdir(), 'regulars-bulk-')), 'shop.sqlite');
  const db = openDb(file);
  db.raw.exec('CREATE TABLE item (n INTEGER PRIMARY KEY) STRICT; CREATE TABLE till (n INTEGER PRIMARY KEY) STRICT');
  /** As somebody else sees it: only what was committed. */
  const outside = openDb(file, { readonly: true });
  const seen = (table: 'item' | 'till') => outside.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const bulk = new BulkWriter(db, null);
  const add = (n: number) => bulk.step(1, (trx) => void trx.prepare('INSERT INTO item VALUES (?)').run(n));
  return { db, bulk, add, seen };
}

describe('a bulk between its steps', () => {
  it('shares a transaction, and answers whoever reads', () => {
    const { db, add, seen } = aShop();
    add(1);
    add(2);
    expect(db.prepare('SELECT count(*) FROM item').pluck().get()).toBe(2);
    expect(db.raw.inTransaction).toBe(true);
    expect(seen('item')).toBe(0);
  });

  it('ends it before anybody else writes: what they wrote is on disk when they are answered', () => {
    const { db, add, seen } = aShop();
    add(1);
    db.tx((trx) => void trx.prepare('INSERT INTO till VALUES (1)').run());
    expect([seen('item'), seen('till')]).toEqual([1, 1]);
    add(2);
    db.prepare('INSERT INTO till VALUES (2)').run();
    expect([seen('item'), seen('till')]).toEqual([2, 2]);
    expect(db.raw.inTransaction).toBe(false);
  });

  it('is not undone by a transaction of somebody else that fails', () => {
    const { db, add, seen } = aShop();
    add(1);
    expect(() =>
      db.tx((trx) => {
        trx.prepare('INSERT INTO till VALUES (1)').run();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([seen('item'), seen('till')]).toEqual([1, 0]);
  });

  it('takes back only its own open transaction when a step fails, and goes on', async () => {
    const { db, bulk, add, seen } = aShop();
    add(1);
    await bulk.end();
    add(2);
    expect(() => add(1)).toThrow('UNIQUE');
    expect(db.raw.inTransaction).toBe(false);
    expect(seen('item')).toBe(1);
    add(3);
    await bulk.end();
    expect(seen('item')).toBe(2);
    expect(db.raw.pragma('synchronous', { simple: true })).toBe(2);
  });
});
