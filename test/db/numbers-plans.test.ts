import { Db } from '@db/open';
import { cannotTextPage, countCannotText, NUMBER_WHYS } from '@db/queries/numbers';
import { newlyMarked, provePhones, worthLookingUp } from '@db/queries/phone-facts';
import type { UtcMs } from '@domain/kernel';
import { expect, it } from 'vitest';
import { createDb } from '../support/test-db';

class Listening extends Db {
  readonly asked: string[] = [];
  override prepare(sql: string) {
    this.asked.push(sql);
    return super.prepare(sql);
  }
}
const page = { offset: 0, limit: 50 };
const at = 1 as UtcMs;
const QUESTIONS: readonly (readonly [string, (db: Db) => unknown])[] = [
  ['countCannotText', countCannotText],
  ...(['numbers', 'no-number', ...NUMBER_WHYS] as const).map((f) => [f, (db: Db) => cannotTextPage(db, f, page)] as const),
  ['newlyMarked', (db) => newlyMarked(db, at)],
  ['provePhones', (db) => db.tx((trx) => provePhones(trx, ['+16465550101'], at))],
  ['worthLookingUp', (db) => worthLookingUp(db, { asked: at, after: '', limit: 5 })],
];

it.each(QUESTIONS)('%s finds few among many without walking through everybody', (_name, ask) => {
  const { raw } = createDb();
  const db = new Listening(raw);
  ask(db);
  for (const sql of db.asked) {
    const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => '[1]');
    const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((m) => [m[1], m[1] === 'list' ? '[1]' : 1]));
    const plan = raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.includes('@') ? [named] : values)) as { detail: string }[];
    expect(
      plan.map((p) => p.detail).filter((d) => /^SCAN (c|customer)\b(?!.*INDEX)/.test(d)),
      sql,
    ).toEqual([]);
  }
  raw.close();
});
