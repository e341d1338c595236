import { headerKey } from '@domain/imports/cells';
import type { Delimiter } from '@domain/imports/plan';
import { firstRecords } from './tokenize';

/** Rows looked at to find the column names and the delimiter. */
export const HEAD_ROWS = 60;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/**
 * The delimiter, guessed on whole records (a line break inside quotes is no record): the one that cuts most records into the same
 * number of cells, with column names that are `known` (as keys) as the tie-break.
 */
export function guessDelimiterBy(text: string, known: ReadonlySet<string>): Delimiter {
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
  return inner.some((line) => line.trimStart().startsWith('"')) || !inner.length ? best : guessDelimiterBy(`${inner.join('\n')}\n`, known);
}
