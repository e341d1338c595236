import { reports } from '@contract/reports';
import { HOUR } from '@domain/kernel';
import { campaignReport } from '@services/reports/campaign';
import { campaignTrend } from '@services/reports/campaign-trend';
import { expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';

/**
 * Only a whole path can be compared with the people left out, so what follow-ups sold was in its profit. What their texts cost was not:
 * a path of three texts looked as cheap as one.
 */
it('the profit of a path pays for the texts of its follow-ups too', async () => {
  const shop = new ResultsShop();
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  shop.people(1, 400);
  const root = shop.campaign(1, { text: range(1, 320), control: range(321, 400) });
  for (const who of [...range(1, 60), ...range(321, 325)]) shop.sold(who, { at: START + 30 * HOUR });
  await shop.settle();
  const before = await campaignReport(shop.ctx, root);
  expect(before.pathCost).toBeNull();
  shop.run("INSERT INTO ladder (root_id, state, updated_at) VALUES (1, 'ended', 0)");
  shop.campaign(2, { at: START + 5 * 24 * HOUR, text: range(61, 320), price: 1_000_000 });
  shop.run(
    "INSERT INTO ladder_step (campaign_id, root_id, parent_id, reaction, after_days, at_minute) VALUES (2, 1, 1, 'nothing', 5, 600)",
  );
  await shop.settle();
  const after = await campaignReport(shop.ctx, root);
  reports['reports/campaign'].output.parse(after);
  expect(after.pathCost).toBe(before.cost.known + 260_000_000);
  const profit = (r: typeof after) => r.comparison?.verdict.range?.estimate as number;
  // 260 texts of a dollar each
  expect(profit(before) - profit(after)).toBeCloseTo(26_000, 6);
  expect(before.comparison?.verdict.code).toBe('made-money');
  expect(after.comparison?.verdict.code).not.toBe('made-money');
  expect(after.cost).toEqual(before.cost); // its own texts are its own
  const line = (await campaignTrend(shop.ctx, 52)).campaigns.find((c) => c.id === root);
  expect(line?.measured?.profit?.estimate).toBeCloseTo(profit(after), 6);
  expect(line?.measured?.cost).toBe(Math.round((after.pathCost as number) / 10_000));
});
