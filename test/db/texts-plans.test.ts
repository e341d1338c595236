import { Db } from '@db/open';
import { type TextsAsk, textsPage } from '@db/queries/texts';
import type { PhoneE164 } from '@domain/kernel';
import { expect, it } from 'vitest';
import { createDb } from '../support/test-db';

class Listening extends Db {
  readonly asked: string[] = [];
  override prepare(sql: string) {
    this.asked.push(sql);
    return super.prepare(sql);
  }
}

/** No part of the list of texts walks through all that ever arrived. */
it.each<[Partial<TextsAsk>]>([
  [{ view: 'trouble' }],
  [{ view: 'unknown' }],
  [{ view: 'left-out' }],
  [{ view: 'waiting' }],
  [{ view: 'on-the-way' }],
  [{ view: 'trouble', campaignId: 4 }],
  [{ view: 'all', phone: '+16465550101' as PhoneE164 }],
  [{ view: 'all', campaignId: 4 }],
])('%o', (ask) => {
  const { raw } = createDb();
  const db = new Listening(raw);
  expect(textsPage(db, { view: 'all', phone: null, campaignId: null, offset: 0, limit: 50, ...ask })).toEqual({ rows: [], total: 0 });
  expect(db.asked).toHaveLength(2);
  for (const sql of db.asked) {
    const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1);
    const plan = raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    expect(
      plan.map((p) => p.detail).filter((d) => /^SCAN o\b/.test(d)),
      sql,
    ).toEqual([]);
  }
});
