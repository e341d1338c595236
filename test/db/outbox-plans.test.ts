import { Db } from '@db/open';
import { kinOf } from '@db/queries/foreign-texts';
import { marketingLeft } from '@db/queries/outbox';
import { brakeFigures, waitingIds } from '@db/queries/outbox-brake';
import { anythingDue, dueOfCampaign, duePersonal, nextDue } from '@db/queries/outbox-due';
import { failedToLookAt } from '@db/queries/outbox-resend';
import {
  lastLeftAt,
  leftSince,
  oldestUnpriced,
  openAtCarrier,
  openBetween,
  openToSend,
  postponeStragglers,
  pullBackLooks,
  stragglers,
  stragglersDue,
  uncertainTo,
} from '@db/queries/outbox-results';
import { dueToLookFor, nextLook } from '@db/queries/outbox-sender';
import { segmentsLeftSince, spentSince } from '@db/queries/outbox-spend';
import { endedInARow } from '@db/queries/phone-facts';
import { lastRestore, notLeft, restoredTo } from '@db/queries/restore';
import type { CampaignId, Micros, PhoneE164, UtcMs } from '@domain/kernel';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/** Remembers what was asked. */
class Listening extends Db {
  readonly asked: string[] = [];
  override prepare(sql: string) {
    this.asked.push(sql);
    return super.prepare(sql);
  }
}

const at = 1 as UtcMs;
const id = 1 as CampaignId;
const QUESTIONS: readonly [string, (db: Db) => unknown][] = [
  ['nextLook', nextLook],
  ['dueToLookFor', (db) => dueToLookFor(db, at, at, 5)],
  ['lastRestore', lastRestore],
  ['restoredTo', (db) => restoredTo(db, ['+16465550101'])],
  ['notLeft', (db) => notLeft(db, { campaignId: 1 }, 5)],
  ['uncertainTo', (db) => uncertainTo(db, ['+16465550101'])],
  ['openAtCarrier', (db) => openAtCarrier(db, at)],
  ['brakeFigures', (db) => brakeFigures(db, id)],
  ['stragglers', (db) => stragglers(db, { now: at, fromStep: 0, limit: 5 })],
  ['stragglersDue', (db) => stragglersDue(db, at)],
  ['postponeStragglers', (db) => db.tx((trx) => postponeStragglers(trx, { now: at, since: at, step: 0, again: at, limit: 5 }))],
  ['pullBackLooks', (db) => db.tx((trx) => pullBackLooks(trx, { now: at, uncertain: at, others: at }))],
  ['openBetween', (db) => openBetween(db, at, at)],
  ['leftSince', (db) => leftSince(db, at)],
  ['lastLeftAt', lastLeftAt],
  ['kinOf a stranger', (db) => kinOf(db, { to: '+16465550101', body: 'x' })],
  ['endedInARow', (db) => endedInARow(db, '+16465550101' as PhoneE164, 30003)],
  ['oldestUnpriced', (db) => oldestUnpriced(db, at, at)],
  ['openToSend', (db) => openToSend(db, id, 0 as UtcMs)],
  ['duePersonal', (db) => duePersonal(db, at, 5)],
  ['dueOfCampaign', (db) => dueOfCampaign(db, id, true, at, 5)],
  ['dueOfCampaign, everybody', (db) => dueOfCampaign(db, id, false, at, 5)],
  ['anythingDue', (db) => anythingDue(db, [{ id, state: 'sending' }], at)],
  ['nextDue', (db) => nextDue(db, [{ id, state: 'sending' }])],
  ['waitingIds', (db) => waitingIds(db, id)],
  ['spentSince', (db) => spentSince(db, at, (at + 1) as UtcMs, 1 as Micros, 'USD')],
  ['segmentsLeftSince', (db) => segmentsLeftSince(db, at)],
  ['failedToLookAt', (db) => failedToLookAt(db, { since: at, codes: [30500], most: 2, limit: 5 })],
  ['marketingLeft', (db) => marketingLeft(db, '+16465550101' as PhoneE164, at)],
];

describe('what the sender asks at every turn', () => {
  it.each(QUESTIONS)('%s never reads the whole outbox', (_name, ask) => {
    const { raw } = createDb();
    const db = new Listening(raw);
    ask(db);
    expect(db.asked.length).toBeGreaterThan(0);
    for (const sql of db.asked) {
      const values = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1);
      const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map((m) => [m[1], 1]));
      const plan = raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values, ...(sql.includes('@') ? [named] : [])) as { detail: string }[];
      const bare = plan.map((p) => p.detail).filter((d) => /^(SCAN|SEARCH) (outbox|o)\b/.test(d) && !/USING .*INDEX|PRIMARY KEY/.test(d));
      expect(bare, sql).toEqual([]);
      expect(
        plan.some((p) => /^SCAN (outbox|o) USING INDEX outbox_by_(cause|address)/.test(p.detail)),
        sql,
      ).toBe(false);
    }
    raw.close();
  });
});
