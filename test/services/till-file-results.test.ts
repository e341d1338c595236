import { countPeople, outcomeRows } from '@db/queries/outcomes';
import { startedCampaigns } from '@db/queries/reports';
import { type CampaignId, type CustomerId, DAY, HOUR, type UtcMs } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { issueCodes } from '@services/offers/codes';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { campaignReport } from '@services/reports/campaign';
import { marginsNow } from '@services/results/margins';
import { expect, it } from 'vitest';
import { aFile, importFile, undo } from '../support/imports';
import { ResultsShop } from '../support/results-shop';
import { shopify } from '../support/shop-systems';
import { clerk, NOON, owner } from '../support/test-ctx';

const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString().slice(0, 19).replace('T', ' ');
const order = (no: string, code: string, hours: number, phone = '', more: Record<string, string> = {}) => ({
  Name: no,
  Id: no.slice(1).padStart(13, '1'),
  Subtotal: '45.00',
  Total: '45.00',
  'Discount Code': code,
  'Discount Amount': '5.00',
  'Lineitem name': 'Boots',
  'Lineitem price': '50.00',
  'Created at': `${at(hours)} +0000`,
  'Paid at': `${at(hours)} +0000`,
  ...(phone ? { Phone: `'${phone}` } : {}),
  ...more,
});

it('a code the till redeemed stands in its campaign’s results once, goes with its file, and comes again with it', async () => {
  const shop = new ResultsShop();
  const { ctx } = shop;
  shop.people(1, 3);
  const personal = saveOffer(ctx, owner, { id: null, name: 'Suits', kind: 'percent', percent: 10, codeMode: 'personal', validDays: 14 }).id;
  saveOffer(ctx, owner, { id: null, name: 'All', kind: 'percent', percent: 10, codeMode: 'shared', sharedCode: 'SUMMER10', validDays: 14 });
  const id = shop.campaign(1, { at: NOON, text: [1, 2, 3], offer: personal }) as CampaignId;
  const codes = ctx.db.tx((trx) =>
    issueCodes(ctx, trx, {
      offerId: personal,
      campaignId: id,
      customerIds: [1, 2, 3] as CustomerId[],
      expiresAt: (NOON + 20 * DAY) as UtcMs,
    }),
  );
  const [one, two] = [1, 2].map((p) => codes.get(p as CustomerId) as string) as [string, string];
  ctx.clock.set((NOON + 5 * HOUR) as UtcMs);
  redeem(ctx, clerk, { code: two, how: 'code' });
  ctx.clock.set((NOON + 3 * DAY) as UtcMs);

  const told = async () => {
    await shop.settle();
    const head = startedCampaigns(ctx.db, 1)[0];
    if (head)
      expect(outcomeRows(ctx.db, id)).toEqual(countPeople(ctx.db, head, marginsNow(ctx), { after: Number.MIN_SAFE_INTEGER, limit: 9 }));
    const before = shop.credits();
    expect(await recomputeCredits(ctx)).toEqual({ tied: 0, changed: 0 });
    expect(shop.credits()).toEqual(before);
    const r = await campaignReport(ctx, id);
    const step = (name: string) => r.funnel.find((f) => f.name === name)?.count;
    return { ...r.takings, redeemed: step('redeemed'), came: step('came'), uses: r.redemptionsByDay.at(-1)?.total };
  };
  const nothing = await told();
  expect(nothing).toMatchObject({ direct: { sales: 0 }, influenced: { sales: 0 }, redeemed: 1, came: 1, uses: 1 });

  // the first receipt carries two codes of ours and no name, the second the one the counter recorded, the third no code
  const rows = [
    order('#1001', `${one}, SUMMER10`, 4),
    order('#1002', two, 5, '+12125550002'),
    order('#1003', '', 6, '+12125550003', { 'Discount Amount': '', Subtotal: '50.00', Total: '50.00' }),
  ];
  const bring = () => importFile(ctx, aFile(shopify.orders(rows)));
  const file = await bring();
  const all = await told();
  expect(all).toMatchObject({
    direct: { sales: 2, net: 9000 },
    provisional: { redemptions: 0 },
    discounts: 1000, // five dollars a receipt, however many codes stand on it
    redeemed: 2,
    uses: 2,
  });
  // the same file once more, with something new in it
  await importFile(ctx, aFile(shopify.orders(rows.map((r) => ({ ...r, 'Shipping Name': 'Ana' })))));
  expect(await told()).toEqual(all);
  await undo(ctx, file.id);
  const without = await told();
  expect(without.redeemed).toBe(1);
  expect(without.direct.sales).toBeLessThanOrEqual(1); // a receipt somebody's record stands on may stay
  await bring();
  expect(await told()).toEqual(all);
});
