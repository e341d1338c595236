import { moveEverything } from '@db/queries/merges';
import type { CustomerId } from '@domain/kernel';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';

let shop: AutomationShop;
afterEach(() => shop?.close());

/*
 * Story: Ana stood in the file twice. One record had been told of her birthday, the other's text still waited for last week's to be five days
 * old. The two were made one, the waiting one was kept, and in the next month's campaign she was wished a happy birthday again.
 */
it.each([
  ['the one that stays was told', 0],
  ['the one that goes was told', 1],
])('of two records of one person the text that was told stands: %s', async (_, told) => {
  shop = await anAutomationShop({ people: 2 });
  const { ctx, people } = shop;
  const id = await running(ctx, 'birthday', { terms: { daysBefore: 0, goodFor: 30 } });
  const put = ctx.db.prepare(
    `INSERT INTO automation_event (automation_id, customer_id, cause, due_at, outcome, reason, campaign_id, again_at, at)
     VALUES (?, ?, 'birthday:2026', 0, ?, NULL, NULL, ?, 1)`,
  );
  put.run(id, people[told]?.id, 'text', null);
  put.run(id, people[1 - told]?.id, 'waiting', 5);
  ctx.db.tx((trx) => moveEverything(trx, people[0]?.id as CustomerId, people[1]?.id as CustomerId));
  expect(shop.told(id)).toEqual(['0 birthday:2026 text']);
});
