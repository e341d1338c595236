import { lookAt } from '@backend/imports/table';
import { describe, expect, it } from 'vitest';
import { aFile, preview } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { WRONG } from '../support/wrong-headers';

const refused = (found: string) => ({ code: 'import.wrong-file', params: { found } });

describe('a wrong file', () => {
  it.each(WRONG)('%s: %s', async (id, header) => {
    const columns = header.split(',');
    const row = columns.map((_, i) => (i === 0 ? '2026-11-01' : '1.00'));
    const quoted = (cells: readonly string[]) => cells.map((c) => `"${c}"`).join(';');
    for (const text of [
      `${header}\n${row.join(',')}\n`,
      `\ufeff${quoted(columns)}\r\n${quoted(row)}\r\n`,
      `My shop\n\n${header}\n${row.join(',')}\n`,
    ]) {
      await expect(lookAt(aFile(text), {})).rejects.toMatchObject(refused(id));
    }
  });

  it('is refused before anything of it is kept', async () => {
    const ctx = aCtx();
    const file = aFile('Date,Description,Debit,Credit,Balance\n2026-11-01,Rent,100.00,,900.00\n');
    await expect(preview(ctx, file)).rejects.toMatchObject(refused('bank-statement'));
    expect(ctx.db.raw.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 0 });
  });

  it('a French bank statement in Latin-1 with lines above its table', async () => {
    const text =
      'Compte courant;n° 0001\nPériode;du 01/11/2026 au 30/11/2026\n\nDate;Libellé;Débit;Crédit\n02/11/2026;LOYER;-850,00;\n03/11/2026;REMISE CB;;1 204,50\n';
    await expect(lookAt(aFile(Buffer.from(text, 'latin1')), {})).rejects.toMatchObject(refused('bank-statement'));
  });

  it('a summary that looks like its till’s own export is called what it is, not an export with a column missing', async () => {
    const text =
      'Date,Gross Sales,Discounts & Comps,Net Sales,Tax,Tip,Partial Refunds,Total Collected,Fees,Net Total\n2026-11-01,$1.00,$0.00,$1.00,$0,$0,$0,$1,$0,$1\n';
    await expect(lookAt(aFile(text), {})).rejects.toMatchObject(refused('square-sales-summary'));
  });
});
