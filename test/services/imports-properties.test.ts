import type { ImportId } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, squareCustomers, squareItems, squareTransactions, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';

const RUNS = process.env['SOAK'] === 'rules' ? Math.ceil(Number(process.env['SOAK_RUNS'] ?? 20_000) / 100) : 12;
const money = (n: number) => `${n < 0 ? '-' : ''}$${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`;

type Row = Record<string, string>;
interface Receipt {
  id: number;
  day: number;
  minute: number;
  who: number;
  refund: boolean;
  lines: { item: string; cents: number }[];
}
const receipt = fc.record({
  id: fc.integer({ min: 1, max: 40 }),
  day: fc.integer({ min: 1, max: 28 }),
  minute: fc.integer({ min: 0, max: 59 }),
  who: fc.integer({ min: 0, max: 6 }),
  refund: fc.boolean(),
  lines: fc.array(fc.record({ item: fc.constantFrom('Boots', 'Socks', 'Laces, red'), cents: fc.integer({ min: 1, max: 99_999 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
});
const receipts = fc.uniqueArray(receipt, { selector: (r) => r.id, minLength: 1, maxLength: 12 });

const common = (r: Receipt): Row => ({
  'Transaction ID': `T${r.id}`,
  'Payment ID': `p${r.id}XYZ`,
  Date: `2026-10-${String(r.day).padStart(2, '0')}`,
  Time: `12:${String(r.minute).padStart(2, '0')}:00`,
  'Customer ID': r.who ? `C${r.who}` : '',
  'Event Type': r.refund ? 'Refund' : 'Payment',
});
const itemRows = (rs: readonly Receipt[]): Row[] =>
  rs.flatMap((r) =>
    r.lines.map((l) => {
      const net = money(r.refund ? -l.cents : l.cents);
      return { ...common(r), Item: l.item, 'Net Sales': net, 'Gross Sales': net, Tax: '$0.00', Qty: r.refund ? '-1.0' : '1.0' };
    }),
  );
const totalRows = (rs: readonly Receipt[]): Row[] =>
  rs.map((r) => {
    const net = r.lines.reduce((n, l) => n + l.cents, 0) * (r.refund ? -1 : 1);
    const cell = money(net);
    return {
      ...common(r),
      'Net Sales': cell,
      'Gross Sales': cell,
      Tax: '$0.00',
      Tip: r.refund ? '$0.00' : '$1.00',
      'Total Collected': cell,
      Card: cell,
    };
  });
const person = fc.record({
  who: fc.integer({ min: 1, max: 8 }),
  mail: fc.integer({ min: 0, max: 3 }),
  phone: fc.boolean(),
  city: fc.constantFrom('', 'Ulster', 'Kingston'),
});
const people = fc.uniqueArray(person, { selector: (p) => p.who, minLength: 1, maxLength: 6 });
const personRows = (ps: readonly { who: number; mail: number; phone: boolean; city: string }[]): Row[] =>
  ps.map((p) => ({
    'Square Customer ID': `C${p.who}`,
    'First Name': `Ann${p.who}`,
    'Email Address': p.mail ? `ann${p.who}.${p.mail}@x.example` : '',
    'Phone Number': p.phone ? `212-555-01${10 + p.who}` : '',
    City: p.city,
  }));

/** Any one file the till may write. */
const anyFile = fc.oneof(
  receipts.map((rs) => squareItems(itemRows(rs))),
  receipts.map((rs) => squareTransactions(totalRows(rs))),
  people.map((ps) => squareCustomers(personRows(ps))),
);

/** Receipts as the shop has them, whichever files they came in and in whichever order. */
const bare = (ctx: TestCtx): string => {
  const all = (sql: string) => ctx.db.raw.prepare(sql).all() as Record<string, unknown>[];
  const sales = all('SELECT * FROM sale ORDER BY source_sale_id').map(({ id: _, import_id: __, ...s }) => s);
  const lines = all(
    'SELECT s.source_sale_id, l.line_no, l.name, l.net, l.tax FROM sale_line l JOIN sale s ON s.id = l.sale_id ORDER BY 1, 2',
  );
  return JSON.stringify([sales, lines], null, 1);
};

/** The same with who they belong to, by the till's own id. */
const known = (ctx: TestCtx): string =>
  JSON.stringify(
    ctx.db.raw
      .prepare(
        `SELECT s.source_sale_id, i.source_customer_id FROM sale s LEFT JOIN customer_identity i ON i.customer_id = s.customer_id ORDER BY 1, 2`,
      )
      .all(),
  );

describe('any files, one after the other', () => {
  it('each undone in turn, newest first, leaves the shop as it was before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFile, { minLength: 1, maxLength: 4 }), async (files) => {
        const ctx = aCtx();
        const before: string[] = [];
        const ids: ImportId[] = [];
        for (const text of files) {
          before.push(dump(ctx.db));
          ids.push((await importFile(ctx, aFile(text))).id);
        }
        while (ids.length) {
          const report = await undo(ctx, ids.pop() as ImportId);
          expect(report.counts?.keptTotal).toBe(0);
          expect(dump(ctx.db)).toBe(before.pop());
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('imported again say nothing new, and change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyFile, async (first, second) => {
        const ctx = aCtx();
        await importFile(ctx, aFile(first));
        await importFile(ctx, aFile(second));
        const before = dump(ctx.db);
        const again = await importFile(ctx, aFile(second));
        expect(again.counts).toMatchObject({ sales: { new: 0, changed: 0 }, people: { new: 0, changed: 0 } });
        expect(dump(ctx.db)).toBe(before);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a sheet cut into pieces', () => {
  const pieces = (n: number) =>
    fc
      .array(fc.tuple(fc.nat({ max: n - 1 }), fc.nat({ max: n - 1 })), { minLength: 1, maxLength: 4 })
      .map((cuts) => cuts.map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const));

  it('in any order, overlapping, however often: the whole, when every receipt is whole in one of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        receipts.chain((rs) => fc.tuple(fc.constant(rs), pieces(itemRows(rs).length), fc.nat())),
        async ([rs, cuts, at]) => {
          const rows = itemRows(rs);
          const whole = aCtx();
          await importFile(whole, aFile(squareItems(rows)));
          // the pieces are cut anywhere, through receipts too; one that holds everything comes at any turn among them
          const all = [...cuts];
          all.splice(at % (cuts.length + 1), 0, [0, rows.length]);
          const parts = aCtx();
          for (const [from, to] of all) await importFile(parts, aFile(squareItems(rows.slice(from, to))));
          expect(bare(parts)).toBe(bare(whole));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('cut between receipts, the pieces alone are the whole', async () => {
    await fc.assert(
      fc.asyncProperty(receipts, fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), fc.boolean(), async (rs, at, backwards) => {
        const whole = aCtx();
        await importFile(whole, aFile(squareItems(itemRows(rs))));
        const edges = [0, ...at.map((n) => n % (rs.length + 1)), rs.length].sort((a, b) => a - b);
        // each piece reaches one receipt into the next
        const parts = edges.slice(1).map((to, i) => rs.slice(edges[i], Math.min(rs.length, to + 1)));
        const ctx = aCtx();
        for (const part of backwards ? parts.reverse() : parts) if (part.length) await importFile(ctx, aFile(squareItems(itemRows(part))));
        expect(bare(ctx)).toBe(bare(whole));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the order of the rows', () => {
  it('does not matter: neither for receipts nor for whom they belong to, nor for their numbers', async () => {
    await fc.assert(
      fc.asyncProperty(
        receipts.chain((rs) =>
          fc.tuple(
            fc.constant(itemRows(rs)),
            fc.shuffledSubarray(
              itemRows(rs).map((_, i) => i),
              { minLength: itemRows(rs).length },
            ),
          ),
        ),
        people,
        async ([rows, order], ps) => {
          const [a, b] = [aCtx(), aCtx()];
          for (const ctx of [a, b]) await importFile(ctx, aFile(squareCustomers(personRows(ps))));
          await importFile(a, aFile(squareItems(rows)));
          await importFile(b, aFile(squareItems(order.map((i) => rows[i] as Row))));
          expect(dump(b.db)).toBe(dump(a.db));
          expect(known(b)).toBe(known(a));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('nor when the first rows promise another way of writing than the rest of the file proves', async () => {
    const day = (i: number) => ({
      'Transaction ID': `T${i}`,
      Date: i < 2100 ? '02/03/2026' : '25/03/2026',
      'Net Sales': '$1.00',
      'Gross Sales': '$1.00',
    });
    const rows = Array.from({ length: 2110 }, (_, i) => day(i));
    const [a, b] = [aCtx(), aCtx()];
    await importFile(a, aFile(squareItems(rows)));
    await importFile(b, aFile(squareItems([...rows].reverse())));
    expect(bare(b)).toBe(bare(a));
    expect(a.db.raw.prepare('SELECT DISTINCT shop_day FROM sale ORDER BY 1').pluck().all()).toEqual(['2026-03-02', '2026-03-25']);
  });
});

describe('what was done since', () => {
  it('older sales lose the person an import gave them, even when the person stays; what staff gave them stays', async () => {
    const ctx = aCtx();
    const sold = (id: string, who: string) => ({ 'Transaction ID': id, 'Customer ID': who });
    await importFile(ctx, aFile(squareItems([sold('A', 'C1'), sold('B', 'C1'), sold('C', 'C2')])));
    const list = [
      { 'Square Customer ID': 'C1', 'Email Address': 'one@x.example' },
      { 'Square Customer ID': 'C2', 'Email Address': 'two@x.example' },
    ];
    const { id } = await importFile(ctx, aFile(squareCustomers(list)));
    const of = () => ctx.db.raw.prepare('SELECT source_sale_id AS sale, customer_id AS who FROM sale ORDER BY 1').all();
    const [one, two] = ctx.db.raw.prepare('SELECT id FROM customer ORDER BY email').pluck().all() as [number, number];
    expect(of()).toEqual([
      { sale: 'A', who: one },
      { sale: 'B', who: one },
      { sale: 'C', who: two },
    ]);
    ctx.db.raw.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, 5)').run(one);
    const other = ctx.db.raw
      .prepare("INSERT INTO customer (first_name, created_at, updated_at) VALUES ('Zoe', 1, 1)")
      .run().lastInsertRowid;
    ctx.db.raw.prepare("UPDATE sale SET customer_id = ? WHERE source_sale_id = 'C'").run(other);
    const report = await undo(ctx, id);
    expect(report.counts?.kept).toEqual(
      expect.arrayContaining([{ what: 'person', id: one, why: 'visited' }, expect.objectContaining({ what: 'sale', why: 'linked' })]),
    );
    expect(of()).toEqual([
      { sale: 'A', who: null },
      { sale: 'B', who: null },
      { sale: 'C', who: Number(other) },
    ]);
    expect(await preview(ctx, aFile(squareCustomers(list)))).toMatchObject({ counts: { people: { new: 1 } } });
  });
});
