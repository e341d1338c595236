import { tillCheck as contract } from '@contract/till-check';
import { insertCustomer } from '@db/queries/customers';
import { type CustomerId, DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import { issueCodes } from '@services/offers/codes';
import { type OfferInput, saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { tillCheckReport, tillCheckRows, unexplainedDiscounts } from '@services/results/till-check';
import { shownRow, tillCheckCsv } from '@services/results/till-check-file';
import { expect, it } from 'vitest';
import { aFile, importFile, undo } from '../support/imports';
import { shopify } from '../support/shop-systems';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

/**
 * A till that writes the code itself on its receipt redeems it (rules.md §6). The till check went on asking why that receipt had no code,
 * and a clerk stood there as one who gives discounts away.
 */
const usual: OfferInput = { id: null, name: 'Suits', kind: 'percent', percent: 10, codeMode: 'personal', validDays: 14 };
const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString().slice(0, 19).replace('T', ' ');
const order = (no: string, code: string, hours: number, off = '5.00') => ({
  Name: no,
  Id: no.slice(1).padStart(13, '1'),
  Subtotal: String(50 - Number(off)),
  Total: String(50 - Number(off)),
  'Discount Code': code,
  'Discount Amount': off,
  'Lineitem name': 'Boots',
  'Lineitem price': '50.00',
  'Created at': `${at(hours)} +0000`,
  'Paid at': `${at(hours)} +0000`,
});

it('a code the till wrote on its receipt explains that receipt, and is said apart from what the counter recorded', async () => {
  const ctx = aCtx();
  const people = [1, 2, 3].map((i) =>
    ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone: `+1212555012${i}` as PhoneE164 }, NOON)),
  ) as CustomerId[];
  const { id: offerId } = saveOffer(ctx, owner, usual);
  saveOffer(ctx, owner, { ...usual, name: 'For all', codeMode: 'shared', sharedCode: 'SUMMER10' });
  const codes = ctx.db.tx((trx) =>
    issueCodes(ctx, trx, { offerId, campaignId: null, customerIds: people, expiresAt: (NOON + 9 * DAY) as UtcMs }),
  );
  const [proven, recorded, tooMuch] = people.map((p) => codes.get(p) as string) as [string, string, string];
  ctx.clock.set((NOON + 3 * HOUR) as UtcMs);
  redeem(ctx, clerk, { code: recorded, how: 'code' });
  ctx.clock.set((NOON + 3 * DAY) as UtcMs);
  const file = await importFile(
    ctx,
    aFile(
      shopify.orders([
        order('#1001', proven, 2),
        order('#1002', recorded, 3),
        order('#1003', tooMuch, 4, '20.00'),
        order('#1004', 'SUMMER10', 5),
        order('#1005', `${'FRIENDS'}`, 6),
      ]),
    ),
  );
  const r = tillCheckReport(ctx, 28);
  contract['till-check/report'].output.parse(r);
  // the counter recorded one: what the till wrote by itself is no record of the counter's
  expect(r.sums).toMatchObject({ till: 4, counter: 1, matched: 1, tillCode: 2, differs: 1, tillOnly: 0, counterOnly: 0 });
  expect(r.sums).toMatchObject({ tillCodeDiscount: 1000, tillOnlyDiscount: 0, differsBy: 1500 });
  expect(r.open).toEqual({ receipts: 0, discount: 0 });
  expect(unexplainedDiscounts(ctx)).toBe(0);
  const rows = tillCheckRows(ctx, { days: 28, show: 'till-code' }).map(shownRow);
  contract['till-check/rows'].output.parse({ total: rows.length, rows });
  expect(rows.map((x) => [x.receiptNo, x.by, x.staffName])).toEqual([
    ['#1004', 'code', null],
    ['#1001', 'code', null],
  ]);
  expect(tillCheckCsv(ctx, { days: 28, show: 'till-code' }).text).toContain('the code is on the receipt, not recorded at the counter');
  // every receipt and every use is in one row only
  const all = tillCheckRows(ctx, { days: 28, show: 'all' });
  expect(all).toHaveLength(4);
  // taken back, only the receipt that somebody's record stands on is left
  await undo(ctx, file.id);
  expect(tillCheckReport(ctx, 28).sums).toMatchObject({ till: 1, counter: 1, matched: 1, tillCode: 0, differs: 0 });
});
