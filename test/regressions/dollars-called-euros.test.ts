import type { CampaignId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { campaignReport } from '@services/reports/campaign';
import { overview } from '@services/reports/overview';
import { expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';
import { aCtx } from '../support/test-ctx';

/** An account billed in euros was connected, and last year's dollars stood there as euros, and went into the profit as such. */
it('what texts cost stays in the money it was charged in', async () => {
  const shop = new ResultsShop(
    aCtx({
      settings: { money: { marginPercent: 40 }, shop: { name: 'Corner Shoes', currency: 'EUR' }, texting: { priceCurrency: 'EUR' } },
    }),
  );
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  shop.people(1, 200);
  shop.campaign(1, { text: range(1, 100), control: range(101, 200) });
  for (const who of [...range(1, 30), ...range(101, 110)]) shop.sold(who, { at: START + DAY });
  await shop.settle();
  const r = await campaignReport(shop.ctx, 1 as CampaignId);
  expect(r.cost.currency).toBe('USD');
  expect((await overview(shop.ctx)).campaigns[0]?.currency).toBe('USD');
  expect(r.comparison?.verdict.measure).toBe('buyers'); // no exchange rate is guessed
  shop.run("UPDATE outbox SET price_currency = 'EUR'");
  expect((await campaignReport(shop.ctx, 1 as CampaignId)).comparison?.verdict.measure).toBe('profit');
});
