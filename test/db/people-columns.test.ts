import { DUPLICATE_PROBES } from '@db/queries/duplicates';
import { KEYED, MOVES } from '@db/queries/merges';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/** Columns that name a person but are no business of a merge. */
const OTHERWISE = new Set([
  'customer_identity.source_customer_id', // the till's own id
  'sale.source_customer_id',
  'receipt_link.source_customer_id',
  'duplicate_todo.customer_id', // kept by triggers
  'customer_permission.customer_id',
  'bought.customer_id', // written anew from the sales of whoever holds them
  'visit_day.customer_id',
  'history_todo.customer_id',
  'campaign_outcome.customer_id', // counted anew for whoever triggers note
  'outcome_todo.customer_id',
  'automation_due.customer_id', // worked out anew for whoever is noted
  'automation_todo.customer_id',
  'loyalty_todo.customer_id', // worked out anew for whoever is noted
  'points_account.customer_id',
  'erasure_return.customer_id', // a question about this very record: it goes with it
]);

describe('columns that name a person', () => {
  const db = createDb();

  it('are all moved by a merge: a forgotten one would leave a history behind, or lose it with the record', () => {
    const tables = db.raw
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'customer_search%'")
      .pluck()
      .all() as string[];
    const found = tables.flatMap((t) =>
      (db.raw.pragma(`table_info("${t}")`) as { name: string }[]).filter((c) => /customer_id$/.test(c.name)).map((c) => `${t}.${c.name}`),
    );
    const known = new Set<string>([
      ...MOVES.map((m) => `${m.table}.${m.column}`),
      ...KEYED.map((k) => `${k.table}.customer_id`),
      ...OTHERWISE,
    ]);
    expect(found.filter((c) => !known.has(c))).toEqual([]);
    expect([...known].filter((c) => !found.includes(c))).toEqual([]);
  });

  it('are looked up by an index when one record is emptied into another', () => {
    for (const m of MOVES) {
      // few rows by nature: credits and links of one shop
      if (m.table === 'sale_credit' || m.table === 'receipt_link_sale') continue;
      const plan = db.raw.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ${m.table} WHERE ${m.column} = 1`).all() as { detail: string }[];
      expect(plan.map((p) => p.detail).join(' '), m.table).toMatch(/SEARCH/);
    }
  });

  it('candidates for one person are found by an index each: never everybody against everybody', () => {
    for (const [name, sql] of Object.entries(DUPLICATE_PROBES)) {
      const plan = db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({
        id: 1,
        phone: '1',
        email: 'e',
        place: 'p',
        lastName: 'l',
        firstName: 'f',
        birthday: 'b',
        initial: 'l',
      }) as { detail: string }[];
      const text = plan.map((p) => p.detail).join(' ');
      expect(text, name).toMatch(/SEARCH c USING INDEX customer_by_/);
      if (name === 'last' || name === 'first') expect(text, name).toMatch(/<expr>=\? AND/);
    }
  });
});
