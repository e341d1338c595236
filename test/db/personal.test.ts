import { NOT_PERSONAL, PERSONAL, personalRows } from '@db/queries/personal';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

describe('what is held about a person', () => {
  const db = createDb();
  const tables = db.raw
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_search_%' ORDER BY name",
    )
    .pluck()
    .all() as string[];

  it('is either exported or said not to be about them: a forgotten table would make both export and erasure a lie', () => {
    const known = [...PERSONAL.map((p) => p.table), ...Object.keys(NOT_PERSONAL)];
    expect(tables.filter((t) => !known.includes(t))).toEqual([]);
    expect(known.filter((t) => !tables.includes(t))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it('every column that names a person, a number or an e-mail stands in an exported table, or the reason says why not', () => {
    const names = /(^|_)customer_id$|^phone$|^email$|address$/;
    const loose = tables
      .filter((t) => t in NOT_PERSONAL)
      .filter((t) => (db.raw.pragma(`table_info(${t})`) as { name: string }[]).some((c) => names.test(c.name)));
    // each of these is looked at by hand: derived, or a key to rows already told
    expect(loose).toEqual([
      'address_book',
      'automation_due',
      'automation_todo',
      'bought',
      'campaign_outcome',
      'customer_permission',
      'duplicate_todo',
      'erasure_return',
      'history_todo',
      'loyalty_todo',
      'outcome_todo',
      'points_account',
      'receipt_link_sale',
      'visit_day',
    ]);
  });

  it('can be asked for each part', () => {
    for (const part of PERSONAL) expect(personalRows(db, part, { ids: [1], addresses: ['+1'], hmacs: ['x'] }), part.table).toEqual([]);
    expect(new Set(PERSONAL.map((p) => p.part)).size).toBe(PERSONAL.length);
  });
});
