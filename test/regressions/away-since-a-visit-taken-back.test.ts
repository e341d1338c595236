import type { ShopDay } from '@domain/kernel';
import { keepDues } from '@services/automations/keep';
import { afterEach, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';

let shop: AutomationShop;
afterEach(() => shop?.close());

/*
 * Story: the clerk pressed "she's here" for the wrong Ana and took it back at once. The automation for whoever stays away went on reckoning from
 * that minute: the Ana who had not come was thought to have, and was written to a week too late.
 */
it('a visit that was noted by mistake and taken back moves nobody’s day', async () => {
  shop = await anAutomationShop({ people: 1 });
  const { ctx, people } = shop;
  for (const day of ['2026-09-21', '2026-10-05', '2026-10-19']) shop.sold(0, day as ShopDay);
  await running(ctx, 'late');
  const due = async () => {
    await keepDues(ctx);
    return ctx.db.prepare('SELECT cause, due_at FROM automation_due').all();
  };
  const before = await due();
  expect(before).toHaveLength(1);
  ctx.db.prepare("INSERT INTO visit_note (customer_id, at, note) VALUES (?, ?, '')").run(people[0]?.id, ctx.clock.now());
  expect(await due()).not.toEqual(before);
  ctx.db.prepare("DELETE FROM visit_note WHERE note = ''").run();
  expect(await due()).toEqual(before);
});
