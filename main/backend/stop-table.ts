import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readRecords } from '@adapters/csv/read';
import { scanFile } from '@adapters/csv/scan';
import { guessDelimiter, readHead } from '@adapters/csv/sniff';
import { firstRecords } from '@adapters/csv/tokenize';
import { AppError } from '@domain/errors';
import { pastedRows } from '@domain/privacy/stop-list';
import type { StopTable } from '@services/consent/stop-list';

/** The largest list taken: some 2 million numbers. */
const LARGEST = 100_000_000;

/**
 * A stop list as rows of cells, from a file or from pasted text.
 * @throws AppError import.unreadable | import.wrong-file | privacy.no-list
 */
export async function stopTable(source: { path: string } | { text: string }): Promise<StopTable> {
  if ('text' in source) return pasted(source.text);
  const { path } = source;
  const scan = await scanFile(path);
  if (scan.workbook) throw new AppError('import.wrong-file', { found: 'xlsx' });
  if ((await stat(path)).size > LARGEST) throw new AppError('privacy.no-list');
  const delimiter = guessDelimiter(await readHead(path, scan.encoding));
  return {
    fileName: basename(path),
    hash: scan.hash,
    async *rows() {
      for await (const batch of readRecords(path, { encoding: scan.encoding, delimiter })) {
        for (const [i, cells] of batch.rows.entries()) yield { row: batch.firstRow + i, cells };
      }
    },
  };
}

function pasted(text: string): StopTable {
  const rows = tableOf(text);
  return {
    fileName: '',
    hash: createHash('sha256').update(text).digest('hex'),
    async *rows() {
      for (const [i, cells] of rows.entries()) yield { row: i + 1, cells };
    },
  };
}

/** Pasted from a spreadsheet it has columns; bare numbers come one a line or between commas. */
function tableOf(text: string): string[][] {
  const records = firstRecords(text, guessDelimiter(text), 2_000_000).filter((r) => r.some((c) => c.trim() !== ''));
  const letters = records.some((r) => r.some((c) => /[a-z]{3}/i.test(c)));
  return letters ? records : pastedRows(text);
}
