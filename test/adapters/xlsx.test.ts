import { readWorkbook } from '@adapters/xlsx/read';
import { AppError } from '@domain/errors';
import { inspectFile } from '@services/imports/preview';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { aWorkbook } from '../support/workbook';

const refusal = async (content: Buffer) => {
  const error = await readWorkbook(aFile(content, 'a.xlsx')).catch((e: unknown) => e);
  return error instanceof AppError ? { code: error.code, ...error.params } : error;
};

describe('an Excel workbook', () => {
  it('reads as the CSV of it would', async () => {
    const day = new Date(Date.UTC(2026, 6, 18));
    const rows = await readWorkbook(
      aFile(
        aWorkbook([
          ['Day', 'Name', 'Amount', 'Id', 'Yes', 'Sum'],
          [],
          [day, 'José & <Söhne>', 0.1 + 0.2, 123456789012345, true, { formula: 'A1+1', value: 42 }],
          [new Date(day.getTime() + 50_700_000), '0042', -12.5, '123456789012345678', null, { formula: '"a"&"b"', value: 'ab' }],
          [new Date(Date.UTC(1899, 11, 30) + 50_700_000), null, 1e15, 1.5e-7, false, 1_770_000_000],
        ]),
        'a.xlsx',
      ),
    );
    expect(rows).toEqual([
      ['Day', 'Name', 'Amount', 'Id', 'Yes', 'Sum'],
      ['', '', '', '', '', ''],
      ['2026-07-18', 'José & <Söhne>', '0.3', '123456789012345', 'TRUE', '42'],
      ['2026-07-18 14:05:00', '0042', '-12.5', '123456789012345678', '', 'ab'],
      ['14:05:00', '', '1E+15', '0.00000015', 'FALSE', '1770000000'],
    ]);
  });

  it('is imported like any other file', async () => {
    const ctx = aCtx();
    const lines = squareItems([
      { 'Transaction ID': 'A' },
      { 'Transaction ID': 'B', 'Gross Sales': '$5.00', 'Net Sales': '$5.00' },
      { 'Transaction ID': '1.2E+12' },
    ]);
    const rows = lines
      .trimEnd()
      .split('\n')
      .map((l) => l.split(','));
    const path = aFile(aWorkbook(rows), 'items.xlsx');
    expect(await inspectFile(ctx, path)).toMatchObject({ profile: { till: 'Square' }, headerRow: 1 });
    const { counts } = await importFile(ctx, path);
    expect(counts).toMatchObject({ sales: { new: 2 }, rejectedBy: { 'scientific-id': 1 } });
    const again = await importFile(ctx, aFile(lines));
    expect(again.counts?.sales).toMatchObject({ new: 0, same: 2 });
  });

  it('too large, cut off, or no workbook at all: refused with words', async () => {
    const book = aWorkbook([['a'], ['b']]);
    expect(await refusal(book.subarray(0, book.length - 30))).toEqual({ code: 'import.wrong-file', found: 'xlsx' });
    expect(await refusal(Buffer.from('PK\u0003\u0004[Content_Types].xml'))).toEqual({ code: 'import.wrong-file', found: 'xlsx' });
    const large = Buffer.from(book);
    large.writeUInt32LE(0x7fffffff, large.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
    expect(await refusal(large)).toEqual({ code: 'import.wrong-file', found: 'xlsx-large' });
  });

  it('whose archive says a wrong length does not keep anybody waiting', async () => {
    const book = aWorkbook([['Name'], ['Ana']]);
    const broken = Buffer.concat([book.subarray(0, 400), Buffer.from('"'), book.subarray(400)]);
    expect(await refusal(broken)).toMatchObject({ code: 'import.wrong-file' });
  });

  it('with any of its bytes changed: rows or a refusal, never a crash', async () => {
    const book = aWorkbook([
      ['Name', 'Phone'],
      ['Ana', 2125550123],
    ]);
    for (let i = 0; i < book.length; i += 9) {
      const broken = Buffer.from(book);
      broken[i] = (broken[i] as number) ^ 0x5a;
      const error = await readWorkbook(aFile(broken, 'a.xlsx')).then(
        () => null,
        (e: unknown) => e,
      );
      if (error !== null) expect(error).toBeInstanceOf(AppError);
    }
  });
});
