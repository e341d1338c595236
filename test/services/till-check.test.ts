import { tillCheck as contract } from '@contract/till-check';
import type { OfferId, SaleId } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { settleReceipt, tillCheckReport, tillCheckRows, unexplainedDiscounts } from '@services/results/till-check';
import { shownRow, tillCheckCsv } from '@services/results/till-check-file';
import { sayTillNames, tillNames } from '@services/results/till-names';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems, squareTransactions, undo } from '../support/imports';
import { aCtx, clerk, owner, type TestCtx } from '../support/test-ctx';
import { clover } from '../support/tills';

const two = (n: number) => String(n).padStart(2, '0');
/** Receipt i of 10 November, one every half hour from 9:00. */
const clock = (i: number) => ({ hour: 9 + Math.floor(i / 2), minute: (i % 2) * 30 });
const timeOf = (i: number) => `${two(clock(i).hour)}:${two(clock(i).minute)}:00`;
const instantOf = (i: number) => Date.UTC(2026, 10, 10, 14 + Math.floor(i / 2), (i % 2) * 30 + 2);

/** A receipt of $50 with 20 % off under a name. */
const sold = (i: number, name: string, more: Record<string, string> = {}) => ({
  Time: timeOf(i),
  'Transaction ID': `T${i}`,
  'Payment ID': `R${two(i)}Zxyz`,
  'Gross Sales': '$50.00',
  Discounts: '-$10.00',
  'Net Sales': '$40.00',
  Tax: '$3.20',
  'Total Collected': '$43.20',
  Card: '$43.20',
  'Discount Name': name,
  'Staff Name': i % 3 === 0 ? 'Luis' : 'Dana',
  'Device Name': 'Counter',
  ...more,
});
const TEXT = 'Text 20 %';

function anOffer(ctx: TestCtx): OfferId {
  return saveOffer(ctx, owner, {
    id: null,
    name: 'Fall boots',
    kind: 'percent',
    percent: 20,
    codeMode: 'shared',
    sharedCode: 'FALL20',
    validDays: 60,
    untilDay: '2026-12-31' as never,
  }).id;
}
const record = (ctx: TestCtx, i: number, more: { receiptNo?: string; amount?: number } = {}) =>
  redeem(ctx, clerk, { code: 'FALL20', how: 'code', occurredAt: instantOf(i) as never, ...(more as object) });

/** The till shows 14 "Text 20 %", the counter recorded nine; one friend’s discount beside them. */
async function fourteenAndNine(): Promise<TestCtx> {
  const ctx = aCtx();
  anOffer(ctx);
  await importFile(ctx, aFile(squareTransactions([...Array.from({ length: 14 }, (_, i) => sold(i, TEXT)), sold(14, 'Friends')])));
  ctx.clock.set(Date.UTC(2026, 10, 17, 16) as never);
  for (let i = 0; i < 9; i++) record(ctx, i, i % 2 ? { receiptNo: `R${two(i)}Z` } : {});
  return ctx;
}

describe('discounts nobody could explain', () => {
  it('the till shows 14, the counter recorded nine: the five stand there by receipt and clerk', async () => {
    const ctx = await fourteenAndNine();
    // before the owner has said what the name means nothing is claimed
    expect(tillCheckReport(ctx, 28)).toMatchObject({ undecided: 15, sums: { till: 0 }, open: { receipts: 0 } });
    expect(unexplainedDiscounts(ctx)).toBe(0);
    const { names } = tillNames(ctx);
    expect(names.map((n) => [n.name, n.suggested, n.receipts])).toEqual([
      [TEXT, 'says-text', 14],
      ['Friends', null, 1],
    ]);
    sayTillNames(ctx, owner, [
      { name: TEXT, said: { meaning: 'text', offerId: null } },
      { name: 'Friends', said: { meaning: 'other', offerId: null } },
    ]);
    const r = tillCheckReport(ctx, 28);
    contract['till-check/report'].output.parse(r);
    expect(r.sums).toMatchObject({ till: 14, counter: 9, matched: 9, tillOnly: 5, counterOnly: 0, differs: 0, tillOnlyDiscount: 5000 });
    expect(r).toMatchObject({ undecided: 0, open: { receipts: 5, discount: 5000 } });
    expect(r.clerks.map((c) => [c.name, c.tillOnly])).toEqual([
      ['Dana', 3],
      ['Luis', 2],
    ]);
    const five = tillCheckRows(ctx, { days: 28, show: 'open' }).map(shownRow);
    expect(five.map((x) => x.receiptNo)).toEqual(['R13Z', 'R12Z', 'R11Z', 'R10Z', 'R09Z']);
    contract['till-check/rows'].output.parse({ total: five.length, rows: five });
    expect(unexplainedDiscounts(ctx)).toBe(5);
    const csv = tillCheckCsv(ctx, { days: 28, show: 'open' });
    expect(csv.text.trim().split('\r\n')).toHaveLength(6);
    expect(csv.text).toContain('2026-11-10,15:30,at the till only,R13Z');
    expect(csv.text).toContain('Dana,Text 20 %,50,10');
    // the same by plain SQL
    expect(ctx.db.raw.prepare("SELECT count(*) FROM sale WHERE discount_label = 'Text 20 %'").pluck().get()).toBe(14);
  });

  it('what was tied by receipt meanwhile changes nothing, and a looked-into receipt is off the list and can come back', async () => {
    const ctx = await fourteenAndNine();
    sayTillNames(ctx, owner, [{ name: TEXT, said: { meaning: 'text', offerId: null } }]);
    await recomputeCredits(ctx);
    expect(tillCheckReport(ctx, 28).sums).toMatchObject({ matched: 9, tillOnly: 5 });
    const [row] = tillCheckRows(ctx, { days: 28, show: 'open' });
    settleReceipt(ctx, owner, row?.till?.saleId as SaleId, 'forgotten');
    expect(tillCheckReport(ctx, 28)).toMatchObject({ sums: { tillOnly: 5 }, open: { receipts: 4, discount: 4000 } });
    expect(unexplainedDiscounts(ctx)).toBe(4);
    settleReceipt(ctx, owner, row?.till?.saleId as SaleId, null);
    expect(unexplainedDiscounts(ctx)).toBe(5);
  });

  it('a code recorded late, a use taken back, and other amounts', async () => {
    const ctx = await fourteenAndNine();
    sayTillNames(ctx, owner, [{ name: TEXT, said: { meaning: 'text', offerId: null } }]);
    record(ctx, 13, { receiptNo: 'r13z' });
    expect(unexplainedDiscounts(ctx)).toBe(4);
    await importFile(
      ctx,
      aFile(
        squareTransactions([sold(20, TEXT, { Discounts: '-$25.00', 'Net Sales': '$25.00', 'Total Collected': '$28.20', Card: '$28.20' })]),
        'more.csv',
      ),
    );
    record(ctx, 20);
    expect(tillCheckReport(ctx, 28).sums).toMatchObject({ differs: 1, differsBy: 1500 });
  });
});

describe('what the till does and does not tell', () => {
  it('a file with amounts and no names says so; the transactions file brings the names', async () => {
    const ctx = aCtx();
    anOffer(ctx);
    const item = { ...sold(3, ''), Date: '2026-11-10' };
    await importFile(ctx, aFile(squareItems([{ ...item, 'Discount Name': '' }])));
    expect(tillCheckReport(ctx, 28).tells).toEqual({ any: true, named: 0, unnamed: 1, unnamedDiscount: 1000 });
    await importFile(ctx, aFile(squareTransactions([sold(3, TEXT)]), 'tx.csv'));
    expect(tillCheckReport(ctx, 28).tells).toMatchObject({ named: 1, unnamed: 0 });
  });

  it('a till that writes no names at all (Clover): codes wait or stand alone, nothing is accused', async () => {
    const ctx = aCtx();
    anOffer(ctx);
    await importFile(
      ctx,
      aFile(clover.orders([{ 'Order ID': 'A1', Discount: '-6.00', 'Order Total': '25.00', 'Payments Total': '25.00' }])),
    );
    ctx.clock.set(Date.UTC(2026, 10, 17, 16) as never);
    record(ctx, 5);
    const r = tillCheckReport(ctx, 28);
    expect(r.tells).toMatchObject({ named: 0, unnamed: 1 });
    expect(r.sums).toMatchObject({ till: 0, tillOnly: 0, counterOnly: 1 });
    expect(unexplainedDiscounts(ctx)).toBe(0);
  });

  it('an offer’s own key needs no word; a refund row takes its sale off the list; undoing the import leaves nothing', async () => {
    const ctx = aCtx();
    const id = anOffer(ctx);
    saveOffer(ctx, owner, {
      id,
      name: 'Fall boots',
      kind: 'percent',
      percent: 20,
      codeMode: 'shared',
      sharedCode: 'FALL20',
      validDays: 60,
      untilDay: '2026-12-31' as never,
      tillKey: 'text-20%',
    });
    const back = sold(30, '', {
      Time: '16:00:00',
      'Event Type': 'Refund',
      'Gross Sales': '-$50.00',
      Discounts: '$10.00',
      'Net Sales': '-$40.00',
      Tax: '-$3.20',
      'Total Collected': '-$43.20',
      Card: '-$43.20',
    });
    const done = await importFile(ctx, aFile(squareTransactions([sold(1, 'TEXT 20%'), sold(2, 'TEXT 20%'), back])));
    const r = tillCheckReport(ctx, 28);
    expect(r.sums).toMatchObject({ till: 2, returned: 1, tillOnly: 1 });
    expect(tillNames(ctx).names[0]).toMatchObject({ known: true, meaning: 'text', offerId: id });
    const [row] = tillCheckRows(ctx, { days: 28, show: 'open' });
    settleReceipt(ctx, owner, row?.till?.saleId as SaleId, 'mistake');
    await undo(ctx, done.id);
    expect(tillCheckReport(ctx, 28).sums.till).toBe(0);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM till_settled').pluck().get()).toBe(0);
  });
});
