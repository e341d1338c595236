import type { CampaignId } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { campaignReport } from '@services/reports/campaign';
import { expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';

/** "Came in after the text": somebody greeted at the counter that morning, and a receipt of that day without an hour, were counted as well. */
it('nobody came because of a text they had not got yet', async () => {
  const shop = new ResultsShop();
  shop.people(1, 10);
  shop.campaign(1, { text: [] });
  for (let who = 1; who <= 10; who++) {
    shop.run(
      "INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, till_fixed, drawn_at) VALUES (1, ?, (SELECT phone FROM customer WHERE id = ?), 'text', 1, ?)",
      who,
      who,
      START,
    );
    shop.text(1, who, START + 2 * DAY); // the third day of a campaign that is spread
  }
  shop.run('INSERT INTO visit_note (customer_id, at) VALUES (1, ?)', START + DAY);
  shop.run('INSERT INTO visit_note (customer_id, at) VALUES (2, ?)', START + 3 * DAY);
  shop.sold(3, { at: START + 2 * DAY + HOUR, timeKnown: false });
  shop.sold(4, { at: START + 4 * DAY, timeKnown: false });
  shop.sold(5, { at: START + 2 * DAY - HOUR });
  shop.sold(6, { at: START + 2 * DAY + HOUR });
  await shop.settle();
  const { funnel } = await campaignReport(shop.ctx, 1 as CampaignId);
  expect(funnel.find((f) => f.name === 'came')?.count).toBe(3); // 2, 4 and 6
  expect(shop.all('SELECT customer_id FROM campaign_outcome WHERE came = 1 ORDER BY 1')).toEqual(
    [2, 4, 6].map((customer_id) => ({ customer_id })),
  );
});
