import { membersOf, shopFacts } from '@db/queries/segments';
import type { CustomerId } from '@domain/kernel';
import { thisWeek } from '@services/reports/week';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems } from '../support/imports';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const customers = squareCustomers([{ 'Square Customer ID': 'CUST1', 'First Name': 'Ana', 'Phone Number': '2125550123' }]);
interface Row {
  id: string;
  day: string;
  net: string;
  item?: string;
  till?: string;
  refund?: boolean;
}
const items = (rows: Row[]) =>
  squareItems(
    rows.map((r) => ({
      Date: r.day,
      Item: r.item ?? 'Boots',
      Qty: r.refund ? '-1.0' : '1.0',
      'Gross Sales': r.net,
      'Net Sales': r.net,
      Tax: '$0.00',
      'Transaction ID': r.id,
      'Customer ID': r.till ?? '',
      'Event Type': r.refund ? 'Refund' : 'Payment',
    })),
  );
const ana = (ctx: TestCtx) =>
  ctx.db.raw.prepare('SELECT id, visits, spend, first_visit_at, last_visit_at, gap_count, last_item FROM customer').get() as Record<
    string,
    unknown
  >;

describe('an exchange', () => {
  const bought: Row = { id: 'A', day: '2026-10-01', net: '$50.00', till: 'CUST1' };
  const exchange: Row[] = [
    { id: 'B', day: '2026-11-10', net: '-$50.00', till: 'CUST1', refund: true },
    { id: 'C', day: '2026-11-10', net: '$60.00', item: 'Sandals', till: 'CUST1' },
  ];

  it('is no visit, whichever file comes first; what she took home is what she has', async () => {
    for (const order of [[[bought], exchange], [exchange, [bought]], [[bought, ...exchange]]]) {
      const ctx = aCtx();
      await importFile(ctx, aFile(customers));
      for (const rows of order) await importFile(ctx, aFile(items(rows)));
      expect(ana(ctx)).toMatchObject({ visits: 1, spend: 6000, gap_count: 0, last_item: 'Sandals' });
      expect(ana(ctx)['last_visit_at']).toBe(ana(ctx)['first_visit_at']);
      const shop = shopFacts(ctx.db, NOON, ctx.settings().shop.zone);
      const in_ = (rule: Parameters<typeof membersOf>[1]) => membersOf(ctx.db, rule, shop);
      expect(in_({ is: 'visits', op: 'at-least', count: 1, days: 15 })).toEqual([]);
      expect(in_({ is: 'bought', what: 'item', name: 'Sandals', days: 15, did: true })).toEqual([ana(ctx)['id'] as CustomerId]);
    }
  });

  it('of two different people on one day is none', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(customers));
    await importFile(ctx, aFile(items([{ ...(exchange[0] as Row), till: '' }, exchange[1] as Row])));
    expect(ana(ctx)).toMatchObject({ visits: 1 });
  });
});

describe('refunds without a sale', () => {
  const rows: Row[] = [
    { id: 'S1', day: '2026-11-16', net: '$100.00', till: 'CUST1' },
    { id: 'S2', day: '2026-11-16', net: '$40.00' },
    { id: 'R1', day: '2026-11-16', net: '-$30.00', refund: true },
    { id: 'R2', day: '2026-11-16', net: '-$20.00', till: 'CUST1', refund: true },
    { id: 'S2', day: '2026-11-16', net: '-$5.00', refund: true },
  ];

  it('take takings off on a line of their own: in the file’s months and in the week', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(customers));
    const plan = await preview(ctx, aFile(items(rows)));
    expect(plan.plan?.months).toMatchObject([{ month: '2026-11', net: 8500, refunds: 3, looseRefunds: 1, looseNet: -3000 }]);
    await importFile(ctx, aFile(items(rows)));
    const { week } = await thisWeek(ctx);
    expect(week).toMatchObject({ takings: 8500, looseRefunds: 1, looseNet: -3000 });
  });

  it('a shop without them shows no such line', async () => {
    const ctx = aCtx();
    const plan = await importFile(ctx, aFile(items(rows.slice(0, 2))));
    expect(plan.plan?.months[0]?.looseRefunds ?? 0).toBe(0);
    expect((await thisWeek(ctx)).week).toMatchObject({ looseRefunds: 0, looseNet: 0 });
  });
});
