import { dryRun } from '@services/automations/dry-run';
import { theAutomation } from '@services/automations/look';
import { makeAutomation } from '@services/automations/save';
import { saveGroup } from '@services/segments/segments';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, PATTERN } from '../support/automation-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());

/** "It would have sent 20": for an automation of one group, people of no group were counted, and those who are left out by lot. */
it('last month is played for its groups and its comparison, once a month and person', async () => {
  shop = await anAutomationShop({ people: 20 });
  const { ctx } = shop;
  const tagged = saveGroup(ctx, { id: null, name: 'Tagged', rule: { is: 'tag', tag: 'vip' } });
  for (let n = 0; n < 20; n++) {
    shop.born(n, `--10-${String(n + 1).padStart(2, '0')}`);
    if (n < 15) ctx.db.prepare('UPDATE customer SET tags = \'["vip"]\' WHERE id = ?').run(shop.people[n]?.id);
  }
  const make = (o: Partial<typeof PATTERN>, mostPerDay: number | null = null) =>
    theAutomation(
      ctx,
      makeAutomation(ctx, owner, 'birthday', { name: 'b', terms: { daysBefore: 0 }, mostPerDay, pattern: { ...PATTERN, ...o } }),
    );
  expect(await dryRun(ctx, make({}))).toMatchObject({ people: 20, texts: 20, heldOut: 0, leftOut: [] });
  expect(await dryRun(ctx, make({ segmentId: tagged }))).toMatchObject({
    people: 20,
    texts: 15,
    leftOut: [{ reason: 'no-group', count: 5 }],
  });
  const half = await dryRun(ctx, make({ holdout: 'half' }));
  expect(half.heldOut).toBeGreaterThan(2);
  expect(half.texts + half.heldOut).toBe(20);
  for (const n of [0, 1, 2, 3]) shop.born(n, '--10-09');
  // two a day; worth saying for two days
  const few = await dryRun(ctx, make({ segmentId: tagged }, 2));
  expect(Math.max(...few.days.map((x) => x.texts))).toBe(2);
});
