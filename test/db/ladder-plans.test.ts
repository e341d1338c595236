import { peopleAt } from '@db/queries/ladder-facts';
import type { CampaignId } from '@domain/kernel';
import { expect, it } from 'vitest';
import { createDb } from '../support/test-db';

it('what somebody at a step did is asked by the person, whatever the shop’s figures say about its tables', () => {
  const db = createDb();
  // with the figures of a large shop the index by time looked as cheap: without the others it is seen that it cannot be chosen at all
  for (const index of ['redemption_by_customer', 'redemption_of_campaigns', 'redemption_by_campaign', 'redemption_by_offer'])
    db.raw.exec(`DROP INDEX ${index}`);
  const at = { rootId: 1 as CampaignId, fromId: 1 as CampaignId, parentId: null, bought: null };
  const sql: string[] = [];
  const prepare = db.raw.prepare.bind(db.raw);
  db.raw.prepare = ((text: string) => {
    sql.push(text);
    return prepare(text);
  }) as typeof db.raw.prepare;
  peopleAt(db, at, 0, 100);
  const plan = prepare(`EXPLAIN QUERY PLAN ${sql.at(-1)}`).all({ root: 1, from: 1, parent: null, cause: '1', after: 0, limit: 100 }) as {
    detail: string;
  }[];
  const of = (alias: string) => plan.map((p) => p.detail).filter((d) => new RegExp(`^(SEARCH|SCAN) ${alias}\\b`).test(d));
  expect(of('r').length).toBeGreaterThan(0);
  for (const line of of('r')) expect(line).not.toContain('redemption_by_time');
  expect(of('x').some((line) => line.includes('outbox_by_address (address=?'))).toBe(true);
});
