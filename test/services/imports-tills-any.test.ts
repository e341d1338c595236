import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales, clover, loyverse, sumup, toast, vend } from '../support/tills';

type Row = Record<string, string>;

interface Bought {
  no: number;
  day: number;
  lines: { item: string; cents: number }[];
  refund: boolean;
  state: 'good' | 'bad';
  who: number;
}

const bought: fc.Arbitrary<Omit<Bought, 'no'>> = fc.record({
  day: fc.integer({ min: 13, max: 28 }),
  lines: fc.array(fc.record({ item: fc.constantFrom('Tea', 'Hat, red', 'Pen'), cents: fc.integer({ min: 1, max: 99_999 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  refund: fc.constantFrom(false, false, false, true),
  state: fc.constantFrom('good' as const, 'good' as const, 'bad' as const),
  who: fc.integer({ min: 0, max: 2 }),
});

const money = (cents: number) => (cents / 100).toFixed(2);
const sum = (b: Bought) => b.lines.reduce((n, l) => n + l.cents, 0);
const sign = (b: Bought) => (b.refund ? -1 : 1);
const contact = ['', 'ann@x.example', '+49 151 23456789'];

/** One till: the rows of one receipt, the file they make, what they are worth. */
interface Till {
  rows: (b: Bought) => Row[];
  file: (rows: readonly Row[]) => string;
  /** Takings of a good receipt, before tax, minor units. */
  worth: (b: Bought) => number;
}

const TILLS: Record<string, Till> = {
  'Clover orders': {
    rows: (b) => [
      {
        'Order ID': `O${b.no}`,
        'Order Date': `${b.day}-Oct-2026 02:44 PM EST`,
        'Order Total': money(sum(b)),
        Tip: '1.00',
        'Refunds Total': b.refund ? money(sum(b)) : '0.00',
        'Order Payment State': b.state === 'good' ? 'Paid' : 'Open',
      },
    ],
    file: clover.orders,
    worth: (b) => (b.refund ? 0 : sum(b)),
  },
  'Clover payments': {
    rows: (b) =>
      b.lines.map((l, i) => ({
        'Order ID': `O${b.no}`,
        'Payment ID': `P${b.no}-${i}`,
        'Payment Date': `${b.day}-Oct-2026 02:4${i} PM EST`,
        Amount: money(l.cents),
        'Refund Amount': b.refund ? money(l.cents) : '',
        Result: b.state === 'good' ? 'SUCCESS' : 'FAIL',
      })),
    file: clover.payments,
    worth: (b) => (b.refund ? 0 : sum(b)),
  },
  'Toast items': {
    rows: (b) =>
      b.lines.map((l, i) => ({
        'Order Id': `90000000012345${String(b.no).padStart(4, '0')}`,
        'Item Selection Id': `${b.no}${i}`,
        'Order Date': `10/${b.day}/26 5:40 PM`,
        'Menu Item': l.item,
        'Gross Price': money(sign(b) * l.cents),
        'Net Price': money(sign(b) * l.cents),
        'Void?': b.state === 'good' ? 'false' : 'true',
      })),
    file: toast.items,
    worth: (b) => sign(b) * sum(b),
  },
  'Loyverse receipts': {
    rows: (b) => [
      {
        'Receipt number': `1-${b.no}`,
        Date: `${b.day}/10/2026 14:05`,
        'Receipt type': b.refund ? 'Refund' : 'Sale',
        'Gross sales': money(sum(b)),
        'Net sales': money(sign(b) * sum(b)),
        'Total collected': money(sign(b) * sum(b)),
        Description: b.lines.map((l) => `1 x ${l.item}`).join(', '),
        'Customer contacts': contact[b.who] ?? '',
        Status: b.state === 'good' ? 'Closed' : 'Cancelled',
      },
    ],
    file: loyverse.receipts,
    worth: (b) => sign(b) * sum(b),
  },
  'Loyverse receipts by item': {
    rows: (b) =>
      b.lines.map((l) => ({
        'Receipt number': `1-${b.no}`,
        Date: `${b.day}/10/2026 14:05`,
        'Receipt type': b.refund ? 'Refund' : 'Sale',
        Item: l.item,
        'Gross sales': money(l.cents),
        'Net sales': money(sign(b) * l.cents),
        'Customer contacts': contact[b.who] ?? '',
        Status: b.state === 'good' ? 'Closed' : 'Voided',
      })),
    file: loyverse.items,
    worth: (b) => sign(b) * sum(b),
  },
  'SumUp transactions': {
    rows: (b) => {
      const row = { Datum: `2026-10-${b.day} 10:00:00`, 'Transaktions-ID': `T${b.no}`, 'Betrag inkl. MwSt.': money(sum(b)) };
      const sale = { ...row, Netto: money(sum(b)), Steuerbetrag: '0.0', Beschreibung: b.lines.map((l) => `1 x ${l.item}`).join(', ') };
      if (b.state === 'bad') return [{ ...sale, Status: 'Fehlgeschlagen' }];
      const paid = [sale, { ...row, 'E-Mail': '', Zahlungsart: 'Auszahlung', Status: 'Gezahlt' }];
      const back = { 'Betrag inkl. MwSt.': money(-sum(b)), Netto: money(-sum(b)), Zahlungsart: 'Rückerstattung', Status: '' };
      return b.refund ? [...paid, { ...sale, ...back }] : paid;
    },
    file: sumup.german,
    worth: (b) => (b.refund ? 0 : sum(b)),
  },
  'Lightspeed X sales': {
    rows: (b) => {
      const row = {
        'Receipt Number': String(b.no),
        Date: `2026-10-${b.day} 10:00:00`,
        Status: b.state === 'good' ? 'CLOSED' : 'VOIDED',
        'Customer Code': ['', 'A', 'B'][b.who] ?? '',
      };
      return [
        { ...row, 'Line Type': 'Sale', Subtotal: money(sign(b) * sum(b)), 'Sales Tax': '0.00', Total: money(sign(b) * sum(b)) },
        ...b.lines.map((l) => ({
          ...row,
          'Line Type': 'Sale Line',
          Quantity: String(sign(b)),
          Subtotal: money(sign(b) * l.cents),
          Total: money(sign(b) * l.cents),
          Details: l.item,
        })),
        { ...row, 'Line Type': 'Payment', Total: money(sign(b) * sum(b)), Details: 'Cash' },
      ];
    },
    file: vend.sales,
    worth: (b) => sign(b) * sum(b),
  },
};

const european = () => aCtx({ settings: { shop: { name: 'Laden', country: 'DE', currency: 'USD', zone: 'Europe/Berlin' as never } } });
const facts = (ctx: TestCtx) => ({
  sales: allSales(ctx).map(({ customer_id: _, ...s }) => s),
  lines: allLines(ctx).map(({ sale_id: _, ...l }) => l),
  people: allPeople(ctx)
    .map((p) => [p['email'], p['phone'], p['visits'], p['spend']])
    .sort(),
});

describe('any file of a till', () => {
  it.each(Object.entries(TILLS))(
    '%s: its rows in any order, in overlapping parts and again make the same sales, and go out again',
    async (_, till) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(bought, { minLength: 1, maxLength: 6 }).map((all) => all.map((b, i): Bought => ({ ...b, no: i + 1 }))),
          fc.infiniteStream(fc.nat()),
          fc.nat(),
          async (all, seeds, cut) => {
            const rows = all.flatMap(till.rows);
            const whole = european();
            const empty = dump(whole.db);
            const first = await importFile(whole, aFile(till.file(rows)));
            expect(first.counts).toMatchObject({ rejected: 0 });
            expect(first.plan?.months.reduce((n, m) => n + m.net, 0) ?? 0).toBe(
              all.filter((b) => b.state === 'good').reduce((n, b) => n + till.worth(b), 0),
            );
            // the same rows in another order
            const shuffled = rows
              .map((r) => ({ r, at: seeds.next().value as number }))
              .sort((a, b) => a.at - b.at)
              .map(({ r }) => r);
            expect((await preview(whole, aFile(till.file(shuffled)))).counts?.sales).toMatchObject({ new: 0, changed: 0 });
            // overlapping parts, cut between receipts as exports are, the later first
            const parts = european();
            const at = cut % all.length;
            await importFile(parts, aFile(till.file(all.slice(at).flatMap(till.rows))));
            await importFile(parts, aFile(till.file(all.slice(0, at + 1).flatMap(till.rows))));
            expect(facts(parts)).toEqual(facts(whole));
            await undo(whole, first.id);
            expect(dump(whole.db)).toBe(empty);
          },
        ),
        { numRuns: 6 },
      );
    },
  );
});
