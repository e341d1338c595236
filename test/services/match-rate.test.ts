import { confirmLink, previewLink } from '@services/links/links';
import { matchReport } from '@services/links/match-rate';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareTransactions } from '../support/imports';
import { aPerson, note, saleId } from '../support/links';
import { aCtx, clerk } from '../support/test-ctx';

describe('the match rate of a shop', () => {
  it('counts by till, register and clerk over the last weeks, and follows links', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const rows = Array.from({ length: 40 }, (_, i) => ({
      no: `R${String(i).padStart(3, '0')}`,
      day: '2026-11-16',
      till: i < 30 ? `CUST${i % 2}` : '',
      staff: i % 2 ? 'Mei' : 'Tom',
      register: 'Front',
    }));
    const transactions = squareTransactions(
      rows.map((r) => ({
        Date: r.day,
        'Transaction ID': `T-${r.no}`,
        'Payment ID': `${r.no}0000`,
        'Staff Name': r.staff,
        'Device Name': r.register,
        'Customer ID': r.till,
      })),
    );
    await importFile(ctx, aFile(transactions));
    const none = await matchReport(ctx, 13);
    expect(none).toMatchObject({ sales: 40, matched: 0, lastDay: '2026-11-16' });
    expect(none.weeks).toHaveLength(13);
    expect(none.rows.find((r) => r.group === 'source')).toMatchObject({
      name: 'Square',
      sales: 40,
      matched: 0,
      advice: { kind: 'tie', named: 30 },
    });
    const linkId = note(ctx, ana, 'R000');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'R000') });
    const some = await matchReport(ctx, 13);
    expect(some.matched).toBe(15);
    expect(some.rows.filter((r) => r.group === 'staff')).toMatchObject([
      { name: 'Mei', sales: 20, matched: 0, advice: { kind: 'ask', others: 0.75 } },
      { name: 'Tom', sales: 20, matched: 15 },
    ]);
    expect(previewLink(ctx, ana, saleId(ctx, 'R001')).sales).toBe(15);
  });

  it('an empty shop has nothing to say', async () => {
    expect(await matchReport(aCtx(), 13)).toMatchObject({ sales: 0, rows: [], lastDay: null });
  });
});
