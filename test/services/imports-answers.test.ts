import { expect, it } from 'vitest';
import { aFile, importFile, preview, undo } from '../support/imports';
import { aCtx } from '../support/test-ctx';

const HEAD =
  'Date,Receipt number,Receipt type,Gross sales,Discounts,Net sales,Taxes,Total collected,Cost of goods,Gross profit,Payment type,Description,Dining option,POS,Store,Cashier name,Customer name,Customer contacts,Status';
const receipts = (...days: string[]) =>
  aFile(
    `${HEAD}\n${days.map((d, i) => `${d} 10:0${i},1-${d.replaceAll('/', '')}${i},Sale,12.50,0.00,12.50,0.00,12.50,5.00,7.50,Cash,1 x Tea,,POS 1,Shop,Ann,,,Closed`).join('\n')}\n`,
  );

it('an answer about day and month is asked once per till, and never outweighs what a later file proves', async () => {
  const ctx = aCtx();
  const first = receipts('02/03/2025', '04/03/2025');
  expect((await preview(ctx, first)).plan?.questions).toMatchObject([{ kind: 'date-order', field: 'date' }]);
  const told = await importFile(ctx, first, { decisions: { dateOrder: { date: 'dmy' } } });
  expect(told.plan?.months.map((m) => m.month)).toEqual(['2025-03']);

  const next = await importFile(ctx, receipts('05/04/2025', '06/04/2025'));
  expect(next.plan).toMatchObject({ questions: [], reading: { dateOrder: { date: 'dmy' }, asBefore: ['date'] } });
  expect(next.plan?.months.map((m) => m.month)).toEqual(['2025-04']);
  // the answer itself is remembered, not only for the next file
  expect((await preview(ctx, receipts('07/05/2025'))).plan).toMatchObject({ questions: [], reading: { asBefore: ['date'] } });

  const proves = await preview(ctx, receipts('05/04/2025', '05/24/2025'));
  expect(proves.plan).toMatchObject({ questions: [], reading: { dateOrder: { date: 'mdy' }, asBefore: [] } });
  expect((await preview(ctx, receipts('24/05/2025', '05/24/2025'))).plan?.questions).toHaveLength(1);

  await undo(ctx, told.id);
  expect((await preview(ctx, receipts('08/05/2025'))).plan?.questions).toHaveLength(1);
});
