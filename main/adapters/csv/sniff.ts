import { open } from 'node:fs/promises';
import { headerKey } from '@domain/imports/cells';
import type { Delimiter, Encoding } from '@domain/imports/plan';
import { PROFILES } from '@domain/imports/profiles/index';
import { makeDecoder } from './decode';
import { guessDelimiterBy } from './delimiter';
import { firstRecords } from './tokenize';

/** The first part of a file as text, up to the last line break in it. */
export async function readHead(path: string, encoding: Encoding, bytes = 1 << 17): Promise<string> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, 0);
    const decoder = makeDecoder(encoding);
    const text = decoder.write(buffer.subarray(0, bytesRead));
    if (bytesRead < bytes) return text + decoder.end();
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return end > 0 ? text.slice(0, end + 1) : text;
  } finally {
    await file.close();
  }
}

const known = new Set(PROFILES.flatMap((p) => p.marks.flat().map(headerKey)));

/** The delimiter of a till's file: column names of the tills we know are the tie-break. */
export const guessDelimiter = (text: string): Delimiter => guessDelimiterBy(text, known);

/**
 * A row that stands in one quoted cell, taken apart: a spreadsheet that expects another delimiter takes each line for one cell and puts
 * it into quotes when it saves. Only when its cells are more than two and, where known, as many as the table has columns.
 */
export function unwrapped(row: string[], delimiter: Delimiter, width?: number): string[] {
  const [cell] = row;
  if (row.length !== 1 || cell === undefined || !cell.includes(delimiter)) return row;
  const inner = firstRecords(cell, delimiter, 2);
  const [cells] = inner;
  return inner.length === 1 && cells && (width === undefined ? cells.length > 2 : cells.length === width) ? cells : row;
}
