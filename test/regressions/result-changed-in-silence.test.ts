import { reports } from '@contract/reports';
import type { CampaignId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { changedSince } from '@renderer/screens/reports/campaign/how';
import { explain } from '@renderer/strings/explain';
import { campaignReport } from '@services/reports/campaign';
import { expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';
import { NOON } from '../support/test-ctx';

/**
 * A result follows what the till and the carrier tell later, as it must; but an owner who had read "yes" found "too early to tell" there a
 * month later without a word.
 */
it('a result that says something else than it said first says so, and when', async () => {
  const shop = new ResultsShop();
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  shop.people(1, 400);
  const id = shop.campaign(1, { text: range(1, 300), control: range(301, 400) });
  const came = [...range(1, 60), ...range(301, 306)];
  for (const who of came) shop.sold(who, { at: START + 3 * DAY });
  const read = async () => {
    await shop.settle();
    const r = await campaignReport(shop.ctx, id as CampaignId);
    reports['reports/campaign'].output.parse(r);
    return r;
  };
  const first = await read();
  expect([first.finding.code, first.firstSaid]).toEqual(['made-money', null]);
  for (const who of range(1, 45)) shop.sold(who, { kind: 'refund', at: START + 30 * DAY });
  shop.ctx.clock.advance(DAY);
  const later = await read();
  expect(later.finding.code).not.toBe('made-money');
  expect(later.firstSaid).toEqual({ code: 'made-money', at: NOON });
  const said = changedSince(later, explain.en, { date: () => 'Tue 17 Nov' } as never);
  expect(said).toContain('On Tue 17 Nov, when its days were first over, this said “yes”');
  // what was said first is never written over, and goes with its campaign only
  await shop.settle();
  expect(shop.all('SELECT code FROM verdict_said')).toEqual([{ code: 'made-money' }]);
});

it('says nothing of a result before its days are over', async () => {
  const shop = new ResultsShop();
  shop.people(1, 10);
  shop.file();
  shop.campaign(1, { text: [1, 2, 3], at: NOON - DAY });
  await shop.settle();
  expect(shop.all('SELECT * FROM verdict_said')).toEqual([]);
  expect((await campaignReport(shop.ctx, 1 as CampaignId)).firstSaid).toBeNull();
});
