import { basename } from 'node:path';
import { HEAD_ROWS } from '@adapters/csv/delimiter';
import { type CsvBatch, readRecords } from '@adapters/csv/read';
import { type FileScan, scanFile } from '@adapters/csv/scan';
import { guessDelimiter, readHead, unwrapped } from '@adapters/csv/sniff';
import { firstRecords } from '@adapters/csv/tokenize';
import { AppError } from '@domain/errors';
import { CardScrub, scrubCards } from '@domain/imports/cards';
import {
  columnNames,
  findHeader,
  headerFingerprint,
  type Recognised,
  recognise,
  recogniseWrong,
  shapeFingerprint,
} from '@domain/imports/detect';
import type { Field } from '@domain/imports/fields';
import type { Decisions, Delimiter, Encoding, FileLook } from '@domain/imports/plan';
import { suggestMapping } from '@domain/imports/suggest';

/** A file as a table: what its columns are called and where the data begins. */
export interface OpenTable {
  path: string;
  scan: FileScan;
  encoding: Encoding;
  delimiter: Delimiter;
  /** Spreadsheet row of the column names; 0 = none. */
  headerRow: number;
  header: readonly string[] | null;
  /** Row above the header where the column names of another table stand; 0 = none. */
  otherAbove: number;
  names: string[];
  fingerprint: string;
  recognised: Recognised | null;
  /** Every row goes through it before anything else: rows are not kept with card numbers in them. */
  cards: CardScrub;
  /** The first data rows, for samples; without card numbers. */
  sample: string[][];
  /** All rows, when the file is a workbook. */
  rows: readonly (readonly string[])[] | null;
}

const AT_ONCE = 500;

/** All records of the table's file, as readRecords gives them; whoever takes them may write into them. */
export async function* tableRecords(
  table: OpenTable,
  options: { signal?: AbortSignal; onBytes?: (n: number) => void },
): AsyncGenerator<CsvBatch> {
  const { rows, encoding, delimiter } = table;
  if (!rows) {
    const width = table.names.length;
    for await (const batch of readRecords(table.path, { encoding, delimiter, ...options })) {
      for (let i = 0; i < batch.rows.length; i++) {
        const row = batch.rows[i] as string[];
        if (row.length === 1 && width > 2) batch.rows[i] = unwrapped(row, delimiter, width);
      }
      yield batch;
    }
    return;
  }
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    options.signal?.throwIfAborted();
    yield { firstRow: i + 1, rows: rows.slice(i, i + AT_ONCE).map((r) => [...r]) };
    options.onBytes?.(Math.round((table.scan.size * Math.min(rows.length, i + AT_ONCE)) / rows.length));
  }
}

/** Rows put into quotes whole are taken apart, if that gives a header of several columns. */
function takenApart(written: string[][], delimiter: Delimiter): string[][] {
  const apart = written.map((r) => unwrapped(r, delimiter));
  return (apart[findHeader(apart)]?.length ?? 0) > 2 ? apart : written;
}

/**
 * Opens a file as a table, found out or as the owner decided.
 * @throws AppError import.unreadable | import.wrong-file {found, till} | import.no-rows
 */
export async function openTable(path: string, decisions: Decisions, signal?: AbortSignal): Promise<OpenTable> {
  const scan = await scanFile(path, signal);
  const encoding = decisions.encoding ?? scan.encoding;
  const rows = scan.workbook ? await (await import('@adapters/xlsx/read')).readWorkbook(path, signal) : null;
  const text = rows ? '' : await readHead(path, encoding);
  const delimiter = decisions.delimiter ?? guessDelimiter(text);
  const written = rows?.slice(0, HEAD_ROWS).map((r) => [...r]) ?? firstRecords(text, delimiter, HEAD_ROWS);
  const records = takenApart(written, delimiter);
  if (!records.some((r) => r.some((c) => c.trim()))) {
    if (!rows) await readToItsEnd(path, { encoding, delimiter });
    throw new AppError('import.no-rows');
  }
  const headerRow = decisions.headerRow ?? findHeader(records) + 1;
  const header = headerRow > 0 ? (records[headerRow - 1] ?? null) : null;
  const sample = records.slice(headerRow).filter((r) => r.some((c) => c.trim()));
  const width = Math.max(header?.length ?? 0, ...(header ? [0] : sample.map((r) => r.length)));
  // a file without column names may have its first row, and card numbers in it, taken for them
  const names = columnNames(header, width).map((n) => scrubCards(n).text);
  const recognised = header ? recognise(header) : null;
  const wrong = header && (!recognised || recognised.missing.length) ? recogniseWrong(header) : null;
  if (wrong) throw new AppError('import.wrong-file', { found: wrong.id, till: wrong.till });
  const cards = cardsOf(names, recognised);
  for (const row of sample) cards.clean(row);
  return {
    path,
    scan,
    encoding,
    delimiter,
    headerRow,
    header,
    otherAbove: records.slice(0, Math.max(0, headerRow - 1)).findIndex((r) => recognise(r) ?? recogniseWrong(r)) + 1,
    names,
    fingerprint: header ? headerFingerprint(header) : shapeFingerprint(sample, width),
    recognised,
    cards,
    sample,
    rows,
  };
}

/** Columns of a known till's ids are ids, whatever their digits add up to; a card number in an unknown file's id column is still one. */
const IDS: readonly Field[] = ['saleId', 'paymentId', 'customerId', 'sku'];

function cardsOf(names: readonly string[], recognised: Recognised | null): CardScrub {
  // a till's other ids (Toast's have 18 digits) are none either: telling the owner of card numbers that are not there would frighten
  const ids = names.flatMap((n, i) => (/(?:^|[\s_])id$/i.test(n.trim()) && !/card/i.test(n) ? [i] : []));
  const trusted = new Set(recognised ? [...IDS.flatMap((f) => recognised.columns[f] ?? []), ...ids] : []);
  const phones = new Set(names.flatMap((n, i) => (/phone|\btel\b|telefon|teléfono|téléphone|mobile|handy|\bcell/i.test(n) ? [i] : [])));
  return new CardScrub(names, trusted, phones);
}

/** A quote left open swallows all rows below it: where none are left, the reader says in which line it stands. */
async function readToItsEnd(path: string, form: { encoding: Encoding; delimiter: Delimiter }): Promise<void> {
  const records = readRecords(path, { encoding: form.encoding, delimiter: form.delimiter });
  while (!(await records.next()).done);
}

/** What the screen shows before anything is read in full. */
export async function lookAt(path: string, decisions: Decisions): Promise<FileLook> {
  const t = await openTable(path, decisions);
  if (t.recognised?.missing.length) refuseIncomplete(t.recognised);
  if (!t.sample.length) {
    if (!t.rows) await readToItsEnd(path, t);
    throw new AppError('import.no-rows');
  }
  const rows = t.sample.slice(0, 20);
  return {
    fileName: basename(path),
    fileSize: t.scan.size,
    fingerprint: t.fingerprint,
    profile: t.recognised
      ? { id: t.recognised.profile.id, till: t.recognised.profile.till, title: t.recognised.profile.title, kind: t.recognised.profile.kind }
      : null,
    encoding: t.encoding,
    encodingGuessed: t.scan.guessed && !decisions.encoding,
    delimiter: t.delimiter,
    headerRow: t.headerRow,
    columns: t.names.map((name, index) => ({
      index,
      name: name.slice(0, 200),
      samples: [...new Set(rows.map((r) => (r[index] ?? '').trim().slice(0, 80)).filter(Boolean))].slice(0, 3),
    })),
    suggestion: t.recognised
      ? { kind: t.recognised.profile.kind, till: t.recognised.profile.till, columns: t.recognised.columns }
      : suggestMapping(t.names, rows),
  };
}

/** The till's export, but without a column that makes it usable (people can pick columns): say which. */
export function refuseIncomplete(r: Recognised): never {
  const ref = r.missing.map((f) => r.profile.fields[f]).map((x) => (typeof x === 'string' ? x : Array.isArray(x) ? x[0] : undefined));
  throw new AppError('import.wrong-file', {
    found: 'missing-columns',
    till: r.profile.till,
    title: r.profile.title,
    columns: ref.filter(Boolean).join(', '),
  });
}
