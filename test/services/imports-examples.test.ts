import { firstRows, importExamples } from '@services/imports/examples';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems, squareTransactions } from '../support/imports';
import { aCtx } from '../support/test-ctx';

const page = { offset: 0, limit: 50 };

describe('what an import would do, sale by sale and person by person', () => {
  it('is told from the plan before, and from the shop after', async () => {
    const ctx = aCtx();
    const first = squareItems([
      { 'Transaction ID': 'A', Item: 'Boots', 'Gross Sales': '$12.00', 'Net Sales': '$12.00', 'Customer ID': 'C1' },
      { 'Transaction ID': 'A', Item: 'Laces' },
      { 'Transaction ID': 'B', 'Event Type': 'Refund', Qty: '-1.0', 'Gross Sales': '-$10.00', 'Net Sales': '-$10.00', Tax: '-$0.80' },
    ]);
    const planned = await preview(ctx, aFile(first));
    const before = importExamples(ctx, planned.id, 'sales', 'new', page);
    expect(before.map((e) => [e.title, e.cents, e.refund, e.items])).toEqual([
      ['A', 2200, false, 'Boots, Laces'],
      ['B', -1000, true, 'Boots'],
    ]);
    const done = await importFile(ctx, aFile(first));
    const after = importExamples(ctx, done.id, 'sales', 'new', page);
    expect(after.map((e) => [e.title, e.cents, e.refund, e.items])).toEqual(before.map((e) => [e.title, e.cents, e.refund, e.items]));
    expect(importExamples(ctx, planned.id, 'sales', 'new', page)).toEqual([]); // replaced: its plan is gone
  });

  it('names each changed value, before and after, in the plan and in the report', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(squareItems([{ 'Transaction ID': 'A' }])));
    const file = aFile(squareTransactions([{ 'Transaction ID': 'A', Tip: '$2.00', 'Total Collected': '$12.80', 'Net Sales': '$9.50' }]));
    const plan = await preview(ctx, file);
    const fields = (id: typeof plan.id) =>
      importExamples(ctx, id, 'sales', 'changed', page)[0]?.changes.map((c) => [c.field, c.as, c.before, c.after]);
    expect(fields(plan.id)).toContainEqual(['net', 'money', 1000, 950]);
    expect(fields(plan.id)).toContainEqual(['tip', 'money', 0, 200]);
    const done = await importFile(ctx, file);
    expect(fields(done.id)).toContainEqual(['net', 'money', 1000, 950]);
  });

  it('people likewise, with the name they have', async () => {
    const ctx = aCtx();
    const ann = { 'Square Customer ID': 'C1', 'First Name': 'Ann', 'Last Name': 'Lee', 'Phone Number': '(212) 555-0173' };
    const one = await importFile(ctx, aFile(squareCustomers([ann])));
    expect(importExamples(ctx, one.id, 'people', 'new', page)).toMatchObject([{ title: 'Ann Lee', who: '+12125550173' }]);
    const two = await preview(ctx, aFile(squareCustomers([{ ...ann, City: 'Kingston' }])));
    expect(importExamples(ctx, two.id, 'people', 'changed', page)).toMatchObject([
      { title: 'Ann Lee', changes: [{ field: 'city', before: null, after: 'Kingston' }] },
    ]);
  });
});

it('the first rows stand beside what they mean, without card numbers, and go when the plan goes', async () => {
  const ctx = aCtx();
  const file = aFile('Day;Paid;Who;Memo\n31.05.2026;1.234,50;Ann;4111 1111 1111 1111\n01.06.2026;x;Bo;\n', 'list.csv');
  const mapping = { kind: 'sales' as const, till: '', columns: { date: [0], total: [1], fullName: [2], note: [3] } };
  const plan = await preview(ctx, file, { mapping });
  const rows = firstRows(ctx, plan.id);
  expect(rows?.columns.map((c) => c.name)).toEqual(['Day', 'Paid', 'Who', 'Memo']);
  expect(rows?.rows[0]?.map((c) => c.says)).toEqual([
    { is: 'day', day: '2026-05-31', minutes: null },
    { is: 'money', cents: 123450 },
    { is: 'text' },
    { is: 'blank' },
  ]);
  expect(rows?.rows[1]?.[1]).toEqual({ raw: 'x', says: { is: 'unread', why: 'bad-amount' } });
  const done = await importFile(ctx, file, { mapping });
  expect(firstRows(ctx, done.id)).toBeNull();
});

it('what does not count is counted by its kind', async () => {
  const ctx = aCtx();
  const text = squareTransactions([
    { 'Transaction ID': 'A' },
    { 'Transaction ID': 'B', 'Transaction Status': 'Failed' },
    { 'Transaction ID': 'C', 'Transaction Status': 'Voided' },
    { 'Transaction ID': 'D', 'Transaction Status': 'Voided' },
  ]);
  const again = text.split('\n')[0] as string;
  const { counts } = await preview(ctx, aFile(`${text}${again}\n`));
  expect(counts).toMatchObject({ excluded: 3, excludedBy: { failed: 1, void: 2 }, skipped: 1, skippedBy: { header: 1 } });
});
