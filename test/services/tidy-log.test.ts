import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLogTidier } from '@backend/tidy-log';
import { openDb } from '@db/open';
import { copyLog } from '@db/queries/bulk';
import type { Ctx } from '@services/ctx';
import { afterEach, expect, it } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'regulars-log-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('the log is copied beside the counter: it begins anew instead of growing, and an idle one is left alone', async () => {
  const file = join(dir, 'shop.sqlite');
  const db = openDb(file);
  db.raw.exec('CREATE TABLE t (body TEXT) STRICT');
  const write = (rows: number) =>
    db.tx((trx) => {
      for (let i = 0; i < rows; i++) trx.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(2000));
    });
  const log = () => statSync(`${file}-wal`).size;
  let copies = 0;
  const logKeeper = () => {
    const own = openDb(file);
    const copy = async () => {
      copies++;
      return copyLog(own);
    };
    return { sync: async () => undefined, copy, end: async () => own.close() };
  };
  const tidy = makeLogTidier({ db, importRunner: { logKeeper } } as unknown as Ctx);

  write(200);
  await tidy();
  expect(copies).toBe(0); // small
  write(4000);
  const grown = log();
  expect(grown).toBeGreaterThan(7_000_000);
  await tidy();
  await tidy();
  expect(copies).toBe(1); // nothing was written since
  write(1);
  expect(log()).toBeLessThanOrEqual(4_000_000);
  await tidy();
  expect(copies).toBe(1);
  expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(4201);
  db.close();
});
