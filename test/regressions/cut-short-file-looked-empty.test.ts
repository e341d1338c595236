import { inspectFile } from '@services/imports/preview';
import { expect, it } from 'vitest';
import { aFile, squareItems } from '../support/imports';
import { aCtx } from '../support/test-ctx';

/** An export cut off inside its first row was called empty: its owner would have exported a longer period, and again nothing. */
it('a file that breaks off in its first row says so, with the line', async () => {
  const ctx = aCtx();
  const header = squareItems([]).trim();
  await expect(inspectFile(ctx, aFile(`${header}\n2026-11-10,12:00:00,,Shoes,"Boot,1`))).rejects.toMatchObject({
    code: 'import.unclosed-quote',
    params: { line: 2 },
  });
  await expect(inspectFile(ctx, aFile('"Date,Time'))).rejects.toMatchObject({ code: 'import.unclosed-quote', params: { line: 1 } });
  await expect(inspectFile(ctx, aFile(`${header}\n`))).rejects.toMatchObject({ code: 'import.no-rows' });
});
