import { open } from 'node:fs/promises';
import { headerKey } from '@domain/imports/cells';
import type { Delimiter, Encoding } from '@domain/imports/plan';
import { PROFILES } from '@domain/imports/profiles/index';
import { makeDecoder } from './decode';
import { firstRecords } from './tokenize';

/** Rows looked at to find the column names and the delimiter. */
export const HEAD_ROWS = 60;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

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

/**
 * The delimiter, guessed on whole records (a line break inside quotes is no record): the one that cuts most records into the same
 * number of cells, with known column names as the tie-break.
 */
export function guessDelimiter(text: string): Delimiter {
  // a first line `sep=;` is how some programs tell Excel
  const told = /^"?sep=(.)"?[\r\n]/i.exec(text)?.[1];
  if (told && (DELIMITERS as readonly string[]).includes(told)) return told as Delimiter;
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const records = firstRecords(text, delimiter, HEAD_ROWS).filter((r) => r.length > 1 || r[0]?.trim());
    if (!records.length) continue;
    const widths = new Map<number, number>();
    for (const r of records) widths.set(r.length, (widths.get(r.length) ?? 0) + 1);
    const [width, times] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] as [number, number];
    if (width < 2) continue;
    const marks = records.slice(0, 30).reduce((n, r) => Math.max(n, r.filter((c) => known.has(headerKey(c))).length), 0);
    const score = (times / records.length) * (1 + Math.log2(width)) + marks * 10;
    if (score > bestScore) {
      bestScore = score;
      best = delimiter;
    }
  }
  if (bestScore > 0 || !text.trimStart().startsWith('"')) return best;
  // every line one cell: perhaps whole rows were put into quotes (unwrapped, below)
  const inner = firstRecords(text, ',', HEAD_ROWS).map((r) => r[0] ?? '');
  return inner.some((line) => line.trimStart().startsWith('"')) || !inner.length ? best : guessDelimiter(`${inner.join('\n')}\n`);
}

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
