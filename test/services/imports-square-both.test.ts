import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems, squareTransactions } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { allSales, bothWays } from '../support/tills';

const money = (n: number) => `${n < 0 ? '-' : ''}$${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`;

interface Receipt {
  lines: { item: string; cents: number; off: number }[];
  tenders: ('Card' | 'Cash' | 'Other Tender')[];
  tip: number;
  refund: boolean;
  day: number;
  who: string;
}

const receipt: fc.Arbitrary<Receipt> = fc.record({
  lines: fc.array(
    fc.record({
      item: fc.constantFrom('Boots', 'Socks', 'Laces'),
      cents: fc.integer({ min: 100, max: 20_000 }),
      off: fc.constantFrom(0, 0, 50),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  tenders: fc.uniqueArray(fc.constantFrom('Card' as const, 'Cash' as const, 'Other Tender' as const), { minLength: 1, maxLength: 3 }),
  tip: fc.constantFrom(0, 100, 333),
  refund: fc.constantFrom(false, false, true),
  day: fc.integer({ min: 1, max: 28 }),
  who: fc.constantFrom('', '', 'CUST1', 'CUST2'),
});

/** The same receipts as both of Square's exports tell them: split payments are rows of one number, refunds have numbers of their own. */
function both(receipts: readonly Receipt[]): { items: string; transactions: string; net: number; tax: number } {
  const items: Record<string, string>[] = [];
  const transactions: Record<string, string>[] = [];
  let [net, tax] = [0, 0];
  receipts.forEach((r, i) => {
    const sign = r.refund ? -1 : 1;
    const head = {
      'Transaction ID': `T${i}`,
      Date: `2026-10-${String(r.day).padStart(2, '0')}`,
      'Event Type': r.refund ? 'Refund' : 'Payment',
      'Customer ID': r.refund ? '' : r.who,
    };
    const sums = { gross: 0, off: 0, net: 0, tax: 0 };
    for (const l of r.lines) {
      const lineTax = Math.round(((l.cents - l.off) * 8) / 100);
      sums.gross += l.cents;
      sums.off += l.off;
      sums.net += l.cents - l.off;
      sums.tax += lineTax;
      items.push({
        ...head,
        Item: l.item,
        Qty: `${sign}.0`,
        'Payment ID': `P${i}0`,
        'Gross Sales': money(sign * l.cents),
        Discounts: money(-sign * l.off),
        'Net Sales': money(sign * (l.cents - l.off)),
        Tax: money(sign * lineTax),
      });
    }
    net += sign * sums.net;
    tax += sign * sums.tax;
    // each payment carries its share; the last one takes what rounding left, and the tip
    const left = { ...sums };
    r.tenders.forEach((tender, n) => {
      const last = n === r.tenders.length - 1;
      const part = (of: number, rest: number) => (last ? rest : Math.floor(of / r.tenders.length));
      const p = { gross: part(sums.gross, left.gross), off: part(sums.off, left.off), tax: part(sums.tax, left.tax) };
      left.gross -= p.gross;
      left.off -= p.off;
      left.tax -= p.tax;
      const tip = last && !r.refund ? r.tip : 0;
      const total = p.gross - p.off + p.tax + tip;
      transactions.push({
        ...head,
        'Payment ID': `P${i}${n}`,
        'Gross Sales': money(sign * p.gross),
        Discounts: money(-sign * p.off),
        'Net Sales': money(sign * (p.gross - p.off)),
        Tax: money(sign * p.tax),
        Tip: money(tip),
        'Total Collected': money(sign * total),
        Card: tender === 'Card' ? money(sign * total) : '$0.00',
        Cash: tender === 'Cash' ? money(sign * total) : '$0.00',
        'Other Tender': tender === 'Other Tender' ? money(sign * total) : '$0.00',
      });
    });
  });
  return { items: squareItems(items), transactions: squareTransactions(transactions), net, tax };
}

describe('Square items and transactions of the same period', () => {
  it('count each sale once, with refunds and split payments, in either order, in pieces and again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(receipt, { minLength: 1, maxLength: 7 }), fc.nat(), async (receipts, cut) => {
        const { items, transactions, net, tax } = both(receipts);
        const alone = aCtx();
        await importFile(alone, aFile(items));
        const ctx = await bothWays([items, transactions]);
        const totals = (c: typeof ctx) => c.db.raw.prepare('SELECT sum(net) AS net, sum(tax) AS tax, count(*) AS n FROM sale').get();
        expect(totals(ctx)).toEqual({ net, tax, n: receipts.length });
        expect(totals(alone)).toEqual({ net, tax, n: receipts.length });
        expect(
          allSales(ctx)
            .map((s) => s['tip'])
            .reduce((a, b) => Number(a) + Number(b), 0),
        ).toBe(receipts.reduce((n, r) => n + (r.refund ? 0 : r.tip), 0));
        // a part of one and all of the other, in between
        const parts = aCtx();
        const some = both(receipts.slice(0, cut % (receipts.length + 1)));
        await importFile(parts, aFile(transactions));
        if (cut % (receipts.length + 1)) await importFile(parts, aFile(some.items));
        await importFile(parts, aFile(transactions));
        await importFile(parts, aFile(items));
        expect(allSales(parts)).toEqual(allSales(ctx));
      }),
      { numRuns: 12 },
    );
  });

  it('a split payment names every way it was paid and keeps one line of each article', async () => {
    const { items, transactions } = both([
      {
        lines: [
          { item: 'Boots', cents: 5000, off: 50 },
          { item: 'Socks', cents: 1000, off: 0 },
        ],
        tenders: ['Card', 'Cash'],
        tip: 333,
        refund: false,
        day: 3,
        who: 'CUST1',
      },
      { lines: [{ item: 'Socks', cents: 1000, off: 0 }], tenders: ['Card'], tip: 0, refund: true, day: 5, who: '' },
    ]);
    const ctx = await bothWays([items, transactions]);
    expect(allSales(ctx)).toMatchObject([
      {
        source_sale_id: 'T0',
        gross: 6000,
        discount: 50,
        net: 5950,
        tax: 476,
        tip: 333,
        total: 6759,
        payment_methods: 'card, cash',
        source_customer_id: 'CUST1',
      },
      { source_sale_id: expect.stringMatching(/^T1~refund:/), kind: 'refund', net: -1000, tax: -80, source_customer_id: null },
    ]);
    expect(ctx.db.raw.prepare('SELECT count(*) AS n FROM sale_line').get()).toEqual({ n: 3 });
  });
});
