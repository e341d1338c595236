import type { Db } from '@db/open';
import {
  campaignsNamed,
  duesAhead,
  headsOfNumbers,
  leftSince,
  plannedAhead,
  promisesOf,
  queuedAhead,
  readersAmong,
  silentSteps,
  spokenPrices,
  standingBefore,
} from '@db/queries/ahead';
import {
  campaignsOfClub,
  clubCounts,
  clubNamesOf,
  clubsOf,
  joinedSince,
  membersOfClub,
  numbersOfClub,
  stillAbout,
} from '@db/queries/clubs';
import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/**
 * A shop's file has no statistics: what the calendar and a club's page ask about must be found by an index whatever the planner believes,
 * for people, texts and permissions are many and both pages are opened often.
 */
const at = 1_790_000_000_000 as UtcMs;
const one = [1 as CampaignId];

const ASKED: readonly [string, (db: Db) => unknown][] = [
  ['what is written and has not left', (db) => queuedAhead(db, at)],
  ['campaigns by name', (db) => campaignsNamed(db, one)],
  ['planned campaigns', (db) => plannedAhead(db, at)],
  ['whose moment comes', (db) => duesAhead(db, at)],
  ['follow-ups', (db) => [silentSteps(db), standingBefore(db, one)]],
  ['what left lately', (db) => leftSince(db, at)],
  ['promises of some people', (db) => promisesOf(db, [1])],
  ['readers of e-mails among some', (db) => [readersAmong(db, [1], true), readersAmong(db, [1], false)]],
  ['prices of automations', (db) => spokenPrices(db)],
  ['clubs of somebody', (db) => [clubsOf(db, 1 as CustomerId), clubNamesOf(db, 1 as CustomerId)]],
  ['people of every club', (db) => [clubCounts(db), joinedSince(db, at)]],
  ['members of a club', (db) => [membersOfClub(db, 'news', { offset: 0, limit: 9 }), numbersOfClub(db, 'news')]],
  ['what is said to a club', (db) => [campaignsOfClub(db, 'news', 5), stillAbout(db, 'news')]],
];

/** Of these there are as many as people, or more. */
const LARGE = new Set(
  'outbox|mail|customer|customer_permission|consent_state|consent_event|address_book|automation_due|automation_event|campaign_person|ladder_move|contact'.split(
    '|',
  ),
);

/** These hold what waits and nothing else. */
const WAITING = /USING INDEX (outbox_waiting|outbox_scheduled|mail_waiting)$/;

/** Steps of a plan that read one of them through, under whatever name the statement gives it. */
function through(db: Db, sql: string): string[] {
  const named = new Map([...LARGE].map((t) => [t, t]));
  for (const m of sql.matchAll(/\b(\w+) (?:AS )?(\w+)\b/g))
    if (LARGE.has(m[1] ?? '') && !/^[A-Z]+$/.test(m[2] ?? '')) named.set(m[2] ?? '', m[1] ?? '');
  const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1);
  const byName = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((m) => [m[1], 1]));
  const rows = db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values, ...(sql.includes('@') ? [byName] : [])) as { detail: string }[];
  return rows.map((r) => r.detail).filter((d) => /^SCAN /.test(d) && !WAITING.test(d) && named.has(/^SCAN (\w+)/.exec(d)?.[1] ?? ''));
}

describe('what the calendar and clubs ask, in a file without statistics', () => {
  it.each(ASKED)('%s: found by an index', (_name, ask) => {
    const db = createDb();
    const heard: string[] = [];
    const prepare = db.raw.prepare.bind(db.raw);
    db.raw.prepare = ((sql: string) => {
      heard.push(sql);
      return prepare(sql);
    }) as typeof db.raw.prepare;
    ask(db);
    db.raw.prepare = prepare as typeof db.raw.prepare;
    expect(heard.length).toBeGreaterThan(0);
    for (const sql of heard) expect(through(db, sql), sql).toEqual([]);
    db.close();
  });

  it('who shares a number is found in the order of numbers', () => {
    const db = createDb();
    expect(headsOfNumbers(db).size).toBe(0);
    const plan = db.raw
      .prepare('EXPLAIN QUERY PLAN SELECT phone, min(id) FROM customer WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 1')
      .all();
    expect((plan as { detail: string }[]).map((r) => r.detail).join()).toMatch(/USING COVERING INDEX/);
    db.close();
  });
});
