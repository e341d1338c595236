import { readDate } from '@domain/imports/dates';
import { expect, it } from 'vitest';
import { aFile, preview, squareTransactions } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/** `20Â6-11-10` looked like a day of a year that is no number, and one such cell stopped the whole file (found by the broken-files soak). */
it.each(['20Â6-11-10', '1e9 -11-10', '    -11-10', '0206-11-10', '2026-1 -10', '2026-11- 1', '2026-+1-01'])('%j is no day', (text) => {
  expect(readDate(text, 'mdy')).toBeNull();
});

it('a row with a damaged day is refused, the rest of the file is read', async () => {
  const rows = ['2026-11-10', '20Â6-11-10'].map((day, i) => ({
    'Transaction ID': `T${i}`,
    Date: day,
    'Net Sales': '-$1.00',
    'Event Type': 'Refund',
  }));
  const r = await preview(aCtx(), aFile(squareTransactions(rows)));
  expect(r.counts).toMatchObject({ rows: 2, rejected: 1, rejectedBy: { 'bad-date': 1 }, sales: { new: 1 } });
});
