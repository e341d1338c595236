import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CustomerId } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, squareCustomers, squareItems, squareTransactions, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';

const shared = resolve(import.meta.dirname, '../../../shared/data/pos/square');
const sales = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT * FROM sale ORDER BY source_sale_id').all() as Record<string, unknown>[];
const people = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT * FROM customer ORDER BY id').all() as Record<string, unknown>[];

describe('real Square files', () => {
  it.each([
    ['square_items-2026-05.csv', { sales: 163, refunds: 1, net: 173900, month: '2026-05' }],
    ['square_items-2026-07-18-2026-07-19.csv', { sales: 103, refunds: 0, net: 102700, month: '2026-07' }],
    ['square_transactions_2018_example.csv', { sales: 4, refunds: 0, net: 243400, month: '2018-11' }],
  ])('%s: in once, however often it is imported, and out again', async (name, want) => {
    const file = resolve(shared, name);
    if (!existsSync(file)) return expect(existsSync(shared), 'the sample files are not beside this checkout: skipped').toBe(false);
    const ctx = aCtx();
    const empty = dump(ctx.db);
    const first = await importFile(ctx, file);
    expect(first.counts).toMatchObject({ rejected: 0, refunds: want.refunds, sales: { new: want.sales, changed: 0, same: 0 } });
    expect(first.plan?.months.reduce((n, m) => n + m.net, 0)).toBe(want.net);
    expect(first.plan?.months[0]?.month).toBe(want.month);
    expect((ctx.db.raw.prepare('SELECT sum(net) AS n FROM sale').get() as { n: number }).n).toBe(want.net);
    const after = dump(ctx.db);
    const again = await importFile(ctx, file);
    expect(again.counts?.sales).toEqual({ new: 0, changed: 0, same: want.sales });
    expect(again.sameFileAt).not.toBeNull();
    expect(dump(ctx.db)).toBe(after);
    const undone = await undo(ctx, first.id);
    expect(undone).toMatchObject({ state: 'undone', counts: { keptTotal: 0 } });
    expect(dump(ctx.db)).toBe(empty);
  });

  it('shuffled rows make the same sales', async () => {
    const file = resolve(shared, 'square_items-2026-05.csv');
    if (!existsSync(file)) return;
    const straight = aCtx();
    await importFile(straight, file);
    const [header, ...rows] = readFileSync(file, 'utf8').trim().split('\n') as [string, ...string[]];
    const shuffled = fc.sample(fc.shuffledSubarray(rows, { minLength: rows.length }), { numRuns: 1, seed: 7 })[0] as string[];
    const other = aCtx();
    await importFile(other, aFile([header, ...shuffled].join('\n')));
    const again = await preview(other, file);
    expect(again.counts?.sales).toMatchObject({ new: 0, changed: 0 });
    expect(dump(other.db)).toBe(dump(straight.db));
  });
});

const day = fc.integer({ min: 1, max: 28 }).map((d) => `2026-10-${String(d).padStart(2, '0')}`);
const cents = fc.integer({ min: 1, max: 99_999 });
const money = (n: number) => `${n < 0 ? '-' : ''}$${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`;

describe('any Square items file', () => {
  it('does not depend on the order of its rows, and importing it in two overlapping parts is importing it once', async () => {
    const line = fc.record({ receipt: fc.integer({ min: 1, max: 6 }), item: fc.constantFrom('Boots', 'Socks', 'Laces'), net: cents });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 14 }),
        fc.array(day, { minLength: 7, maxLength: 7 }),
        fc.nat(),
        async (lines, days, cut) => {
          const rows = lines.map((l) => ({
            Date: days[l.receipt] as string,
            Item: l.item,
            'Net Sales': money(l.net),
            'Gross Sales': money(l.net),
            'Transaction ID': `T${l.receipt}`,
          }));
          const whole = aCtx();
          await importFile(whole, aFile(squareItems(rows)));
          const parts = aCtx();
          // exports are cut between receipts, never within one
          const at = 1 + (cut % 6);
          const some = [...rows].reverse().filter((r) => Number(r['Transaction ID'].slice(1)) <= at);
          if (some.length) await importFile(parts, aFile(squareItems(some)));
          await importFile(parts, aFile(squareItems([...rows].reverse())));
          const bare = (c: TestCtx) => sales(c).map(({ id: _, import_id: __, ...s }) => s);
          expect(bare(parts)).toEqual(bare(whole));
          expect((parts.db.raw.prepare('SELECT count(*) AS n FROM sale_line').get() as { n: number }).n).toBe(rows.length);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('one receipt from two exports', () => {
  const item = { 'Transaction ID': 'T1', 'Payment ID': 'PAYX123', 'PAN Suffix': '4555' };
  const items = squareItems([
    { ...item, Item: 'Socks', 'Gross Sales': '$10.00', Discounts: '-$1.00', 'Net Sales': '$9.00', Tax: '$0.72' },
    { ...item, Item: 'Boots', 'Gross Sales': '$50.00', 'Net Sales': '$50.00', Tax: '$4.00' },
  ]);
  const transactions = squareTransactions([
    {
      ...item,
      'Gross Sales': '$60.00',
      Discounts: '-$1.00',
      'Net Sales': '$59.00',
      Tax: '$4.72',
      Tip: '$5.00',
      'Total Collected': '$68.72',
      Card: '$68.72',
      'Discount Name': 'Friends',
      'Staff Name': 'Mei',
    },
  ]);

  it('merges them into the same sale, whichever comes first', async () => {
    const [a, b] = [aCtx(), aCtx()];
    await importFile(a, aFile(items));
    await importFile(a, aFile(transactions));
    await importFile(b, aFile(transactions));
    await importFile(b, aFile(items));
    const [sale] = sales(a);
    expect(sale).toMatchObject({
      net: 5900,
      tax: 472,
      discount: 100,
      tip: 500,
      total: 6872,
      discount_label: 'Friends',
      payment_methods: 'card',
    });
    expect(sale).toMatchObject({ receipt_no: 'PAYX', card_last4: '4555', staff_name: 'Mei' });
    expect(sales(a)).toHaveLength(1);
    expect(dump(a.db).split('sale_line\n')[1]).toContain('Boots');
    const bare = (c: TestCtx) => sales(c).map(({ import_id: _, ...s }) => s);
    expect(bare(b)).toEqual(bare(a));
  });

  it('says nothing is new when both come again', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(items));
    await importFile(ctx, aFile(transactions));
    for (const file of [items, transactions]) {
      expect((await preview(ctx, aFile(file))).counts?.sales).toEqual({ new: 0, changed: 0, same: 1 });
    }
  });

  it('undo of the later one leaves the earlier one as it was', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(items));
    const before = dump(ctx.db);
    const { id } = await importFile(ctx, aFile(transactions));
    expect(dump(ctx.db)).not.toBe(before);
    await undo(ctx, id);
    expect(dump(ctx.db)).toBe(before);
  });

  it('undo of the earlier one keeps what the later one built on, and says so', async () => {
    const ctx = aCtx();
    const { id } = await importFile(ctx, aFile(items));
    await importFile(ctx, aFile(transactions));
    const report = await undo(ctx, id);
    expect(report.counts?.kept).toEqual([{ what: 'sale', id: 1, why: 'later-import' }]);
    expect(sales(ctx)).toHaveLength(1);
  });
});

describe('what counts', () => {
  it('gift cards, tips and voids are no takings; refunds subtract; split payments are one sale', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        squareItems([
          { 'Transaction ID': 'A', Item: 'Boots' },
          {
            'Transaction ID': 'A',
            Item: 'eGift Card',
            'Net Sales': '$25.00',
            'Gross Sales': '$25.00',
            Tax: '$0.00',
            'Itemization Type': 'Gift Card',
          },
          {
            'Transaction ID': 'B',
            Item: 'Boots',
            Qty: '-1.0',
            'Net Sales': '-$10.00',
            'Gross Sales': '-$10.00',
            Tax: '-$0.80',
            'Event Type': 'Refund',
          },
        ]),
      ),
    );
    const [a, b] = sales(ctx);
    expect(a).toMatchObject({ kind: 'sale', net: 1000, gift_card: 2500 });
    expect(b).toMatchObject({ kind: 'refund', net: -1000, tax: -80, source_sale_id: expect.stringMatching(/^B~refund:/) });
    const tx = aCtx();
    const report = await importFile(
      tx,
      aFile(
        squareTransactions([
          {
            'Transaction ID': 'S',
            'Payment ID': 'p1',
            'Net Sales': '$4.00',
            'Gross Sales': '$4.00',
            Tax: '$0.32',
            'Total Collected': '$4.32',
            Card: '$4.32',
          },
          {
            'Transaction ID': 'S',
            'Payment ID': 'p2',
            'Net Sales': '$6.00',
            'Gross Sales': '$6.00',
            Tax: '$0.48',
            'Total Collected': '$6.48',
            Card: '$0.00',
            Cash: '$6.48',
          },
          { 'Transaction ID': 'V', 'Transaction Status': 'Voided' },
          {
            'Transaction ID': 'P',
            'Event Type': 'Refund',
            'Gross Sales': '$0.00',
            'Net Sales': '$0.00',
            Tax: '$0.00',
            'Partial Refunds': '-$3.00',
            'Total Collected': '-$3.00',
            Card: '-$3.00',
          },
        ]),
      ),
    );
    expect(report.counts).toMatchObject({ excluded: 1, refunds: 1 });
    expect(report.plan?.months).toEqual([
      { month: '2026-11', sales: 1, refunds: 1, net: 700, tax: 80, total: 780, looseRefunds: 1, looseNet: -300 },
    ]);
    expect(sales(tx).map((s) => [String(s['source_sale_id']).replace(/:.*/, ''), s['net'], s['status'], s['payment_methods']])).toEqual([
      ['P~refund', -300, 'completed', 'card'],
      ['S', 1000, 'completed', 'card, cash'],
      ['V', 1000, 'void', 'card'],
    ]);
  });

  it('keeps times by the zone of the row', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(squareItems([{ 'Transaction ID': 'A', Date: '2026-11-10', Time: '22:30:00', 'Time Zone': 'Pacific Time (US & Canada)' }])),
    );
    expect(sales(ctx)[0]).toMatchObject({ occurred_at: Date.UTC(2026, 10, 11, 6, 30), shop_day: '2026-11-11', time_known: 1 });
  });
});

describe('people', () => {
  const ann = {
    'Square Customer ID': 'C1',
    'First Name': 'Ann',
    'Last Name': 'Lee',
    'Email Address': 'Ann@X.example',
    'Phone Number': "'(212) 555-0142",
  };

  it('are linked to sales imported before them, and counted', async () => {
    const ctx = aCtx();
    const sold = (id: string, date: string, who: string) => ({
      'Transaction ID': id,
      Date: date,
      'Customer ID': who,
      'Customer Name': 'Ann',
    });
    const first = await importFile(
      ctx,
      aFile(squareItems([sold('A', '2026-11-01', 'C1'), sold('B', '2026-11-05', 'C1'), sold('C', '2026-11-06', 'C9')])),
    );
    expect(people(ctx)).toHaveLength(0); // an id and a name make nobody
    expect(first.counts?.anonymous).toBe(3);
    const before = dump(ctx.db);
    const second = await importFile(ctx, aFile(squareCustomers([ann])));
    expect(second.counts).toMatchObject({ people: { new: 1 }, linked: 2 });
    expect(people(ctx)[0]).toMatchObject({
      phone: '+12125550142',
      email: 'ann@x.example',
      visits: 2,
      spend: 2160,
      median_gap_days: 4,
      last_item: 'Boots',
      weak: 0,
    });
    await importFile(ctx, aFile(squareItems([sold('D', '2026-11-09', 'C1')])));
    expect(people(ctx)[0]).toMatchObject({ visits: 3, spend: 3240 });
    expect((await preview(ctx, aFile(squareCustomers([ann])))).counts?.people).toEqual({ new: 0, changed: 0, same: 1 });
    await undo(ctx, 3 as never);
    await undo(ctx, second.id);
    expect(dump(ctx.db)).toBe(before);
  });

  it('are matched by till id, then e-mail, then number, never by name', async () => {
    const ctx = aCtx();
    const add = ctx.db.raw.prepare(
      'INSERT INTO customer (first_name, last_name, phone, email, created_at, updated_at) VALUES (?, ?, ?, ?, 1, 1)',
    );
    add.run('Ann', '', null, 'ann@x.example');
    add.run('Bob', 'Ray', '+12125550199', null);
    add.run('Cy', 'Dee', null, null);
    const r = await importFile(
      ctx,
      aFile(
        squareCustomers([
          ann,
          { 'Square Customer ID': 'C2', 'First Name': 'Bob', 'Phone Number': '212-555-0199' },
          { 'Square Customer ID': 'C3', 'First Name': 'Cy', 'Last Name': 'Dee' },
          { 'Square Customer ID': 'C4', 'First Name': 'Dana', 'Phone Number': '212 555 0199' },
        ]),
      ),
    );
    expect(r.counts?.people).toEqual({ new: 2, changed: 2, same: 0 });
    expect(people(ctx)).toHaveLength(5);
    expect(people(ctx)[0]).toMatchObject({ first_name: 'Ann', last_name: 'Lee', phone: '+12125550142' });
    expect(r.counts?.notesBy).toMatchObject({ 'shared-phone': 1 });
  });

  it('keep what staff typed; take what the till changed', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(squareCustomers([ann])));
    ctx.db.raw.prepare("UPDATE customer SET phone = '+12125550177', updated_at = updated_at + 1").run();
    const moved = { ...ann, 'Phone Number': '212-555-0188', 'Email Address': 'new@x.example', City: 'Ulster' };
    await importFile(ctx, aFile(squareCustomers([moved])));
    expect(people(ctx)[0]).toMatchObject({ phone: '+12125550177', email: 'new@x.example', city: 'Ulster' });
    expect((await preview(ctx, aFile(squareCustomers([moved])))).counts?.people).toEqual({ new: 0, changed: 0, same: 1 });
    await importFile(ctx, aFile(squareCustomers([{ ...moved, City: '' }])));
    expect(people(ctx)[0]).toMatchObject({ city: 'Ulster' }); // a blank erases nothing
  });

  it('instant profiles and bare names are weak, and a row about nobody is refused', async () => {
    const ctx = aCtx();
    const r = await importFile(
      ctx,
      aFile(
        squareCustomers([
          { 'Square Customer ID': 'C1', 'Instant Profile': 'Yes', 'Email Address': 'x@y.example' },
          { 'Square Customer ID': 'C2', 'First Name': 'Eve' },
          {},
        ]),
      ),
    );
    expect(people(ctx).map((p) => p['weak'])).toEqual([1, 1]);
    expect(r.counts).toMatchObject({ rejected: 1, rejectedBy: { nobody: 1 } });
  });

  it('used since the import are kept at undo and listed', async () => {
    const ctx = aCtx();
    const { id } = await importFile(
      ctx,
      aFile(
        squareCustomers([
          ann,
          { 'Square Customer ID': 'C2', 'First Name': 'Bob', 'Email Address': 'b@x.example' },
          { 'Square Customer ID': 'C3', 'Email Address': 'c@x.example' },
        ]),
      ),
    );
    const [one, two] = people(ctx).map((p) => p['id'] as CustomerId);
    ctx.db.raw.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, 5)').run(one);
    ctx.db.raw.prepare("UPDATE customer SET note = 'likes red' WHERE id = ?").run(two);
    const report = await undo(ctx, id);
    expect(report.counts?.kept).toEqual([
      { what: 'person', id: two, why: 'edited' },
      { what: 'person', id: one, why: 'visited' },
    ]);
    expect(people(ctx)).toHaveLength(2);
  });
});
