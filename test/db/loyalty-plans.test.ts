import type { Db, Trx } from '@db/open';
import { loyaltyVersions, memberSince, notesOf, punchOfReceipt, rewardOfCode } from '@db/queries/loyalty';
import { loyaltyFacts } from '@db/queries/loyalty-facts';
import { byHandSince, movedBetween, reasonsOf, someBuyers } from '@db/queries/loyalty-report';
import {
  accountRow,
  bookedOf,
  collectorsPage,
  entriesOfPerson,
  isBehind,
  lapsingOf,
  ledgersOf,
  loyaltyOwed,
  loyaltyTodo,
  mayCollect,
  noteByCalendar,
  noteLoyalty,
  putAccount,
  walkLoyalty,
} from '@db/queries/points';
import type { CustomerId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/*
 * A shop's file has no statistics, so each question about a card must name its way. These are asked once per person whose purchases changed,
 * or while somebody stands at the counter: none may read a table through.
 */
const one = 1 as CustomerId;
const day = '2026-11-01' as ShopDay;
const now = 1_790_000_000_000 as UtcMs;
const facts = { now, zone: 'America/New_York' as Zone, lines: true };
const page = { offset: 0, limit: 9 };
const row = { balance: 1, unconfirmed: 0, ready: -1, missing: 9, tier: -1, figure: 0, expiresOn: null, expiresPoints: 0, changesOn: day };

const FEW: readonly [string, (trx: Trx) => unknown][] = [
  ['all that decides about one account', (trx) => loyaltyFacts(trx, one, facts)],
  ['what was booked of one person', (trx) => [bookedOf(trx, one), accountRow(trx, one), entriesOfPerson(trx, one, page)]],
  ['whether somebody is behind', (trx) => [isBehind(trx, one), mayCollect(trx, one), memberSince(trx, one), notesOf(trx, one)]],
  ['an account written', (trx) => [putAccount(trx, one, row), putAccount(trx, one, null)]],
  ['who is behind', (trx) => [noteLoyalty(trx, one), loyaltyTodo(trx, 9), loyaltyOwed(trx, 9), walkLoyalty(trx, 0, 9)]],
  ['whom the calendar changed', (trx) => noteByCalendar(trx, day, 9)],
  ['a receipt that was typed', (trx) => punchOfReceipt(trx, 'a7', day)],
  ['a code that is a reward', (trx) => rewardOfCode(trx, 'X')],
  ['people for automations', (trx) => [collectorsPage(trx, 0, 9), lapsingOf(trx, [one]), ledgersOf(trx, [one])]],
  ['a page of buyers of a preview', (trx) => someBuyers(trx, { since: day, every: 3, after: 0, limit: 9 })],
  ['a month of the report', (trx) => [movedBetween(trx, day, day), byHandSince(trx, now)]],
  ['reasons of some notes', (trx) => reasonsOf(trx, ['x'])],
];

const LARGE = 'sale|sale_line|customer|points_entry|points_account|loyalty_note|loyalty_member|loyalty_reward|offer_code|redemption';

function through(db: Db, sql: string): string[] {
  const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((m) => [m[1], 1]));
  const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1);
  const rows = db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values, ...(sql.includes('@') ? [named] : [])) as { detail: string }[];
  const names = [...sql.matchAll(new RegExp(`\\b(?:${LARGE})(?: (?:AS )?(?!WHERE|JOIN|LEFT|ON|SET|ORDER|GROUP|LIMIT)(\\w+))?`, 'g'))];
  const large = new Set(names.flatMap((m) => [m[0].split(' ')[0] as string, ...(m[1] ? [m[1]] : [])]));
  return rows
    .map((r) => r.detail)
    .filter((d) => large.has(/^(?:SCAN|SEARCH) (\w+)/.exec(d)?.[1] ?? '') && /^SCAN |\((state=\?|kind=\?)\)/.test(d));
}

describe('what cards are kept from, in a file without statistics', () => {
  it.each(FEW)('%s: asked one by one', (_name, ask) => {
    const db = createDb();
    db.raw.exec(`
      INSERT INTO customer (id, created_at, updated_at) VALUES (1, 1, 1);
      INSERT INTO loyalty_version (from_day, state, terms, at) VALUES ('2026-01-01', 'on', '{"rewards":[]}', 1);
      INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (1, 'x', 'x', 1, 'p', 'square', '{}', 'done', 1);
      INSERT INTO sale (id, source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, import_id)
        VALUES (1, 'square', 's1', 'sale', 'completed', ${now}, '2026-11-01', 1, 'USD', 5000, 5000, 1);`);
    expect(loyaltyVersions(db)).toHaveLength(1);
    const heard: string[] = [];
    const prepare = db.raw.prepare.bind(db.raw);
    db.raw.prepare = ((sql: string) => {
      heard.push(sql);
      return prepare(sql);
    }) as typeof db.raw.prepare;
    db.tx((trx) => void ask(trx));
    const asked = [...new Set(heard)].filter(
      (sql) => /^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)/i.test(sql) && !/^INSERT.*VALUES/is.test(sql),
    );
    expect(asked.length).toBeGreaterThan(0);
    for (const sql of asked) expect(through(db, sql), sql).toEqual([]);
    db.close();
  });
});
