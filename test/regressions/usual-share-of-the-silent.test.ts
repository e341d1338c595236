import { usualBuyers } from '@db/queries/attribution';
import { DAY } from '@domain/kernel';
import { expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';

/** "Usually 6 of 100 come" also counted the people left out of follow-ups: those who had not come so far. The usual looked rarer than it is. */
it('the usual share is of people drawn for a campaign, not of those who reached a follow-up by doing nothing', async () => {
  const shop = new ResultsShop();
  shop.people(1, 20);
  shop.campaign(1, { text: [1, 2], control: [11, 12, 13, 14] });
  shop.campaign(2, { text: [1, 2], control: [13, 14], at: START + 5 * DAY });
  shop.run("INSERT INTO ladder (root_id, state, updated_at) VALUES (1, 'ended', 0)");
  shop.run(
    "INSERT INTO ladder_step (campaign_id, root_id, parent_id, reaction, after_days, at_minute) VALUES (2, 1, 1, 'nothing', 5, 600)",
  );
  for (const who of [11, 12]) shop.sold(who, { at: START + DAY });
  await shop.settle();
  expect(usualBuyers(shop.ctx.db)).toEqual({ people: 4, buyers: 2 });
});
