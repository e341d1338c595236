import { createReadStream } from 'node:fs';
import { AppError } from '@domain/errors';
import type { Delimiter, Encoding } from '@domain/imports/plan';
import { CsvError, parse } from 'csv-parse';
import { makeDecoder } from './decode';

/** One record: `row` as a spreadsheet counts it (cells with line breaks are one row), `line` where it begins in the file. */
export interface CsvRecord {
  row: number;
  line: number;
  cells: string[];
}

export interface ReadOptions {
  encoding: Encoding;
  delimiter: Delimiter;
  signal?: AbortSignal;
  /** Bytes read so far. */
  onBytes?: (bytes: number) => void;
}

/** No honest receipt or person fills a quarter of a million characters: a quote was left open. */
const MAX_RECORD = 250_000;

/**
 * The records of a file, in batches, streaming. Quotes doubled or stray inside a cell are taken as written; a quote that is never
 * closed stops with its line number instead of swallowing the rest of the file.
 * @throws AppError import.unclosed-quote {line} | import.unreadable
 */
export async function* readRecords(path: string, options: ReadOptions): AsyncGenerator<CsvRecord[]> {
  const { delimiter, signal } = options;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_RECORD,
    info: true,
  });
  let out: CsvRecord[] = [];
  let failure: unknown = null;
  let row = 0;
  let lastLine = 0;
  let width = 0;
  parser.on('readable', () => {
    for (;;) {
      const item = parser.read() as { record: string[]; info: { lines: number } } | null;
      if (item === null) break;
      const { record } = item;
      row++;
      width = Math.max(width, record.length);
      const swallowed = record.length > 0 && item.info.lines - lastLine > 2 && record.some((c) => hidesRows(c, delimiter, width));
      if (swallowed) failure ??= new AppError('import.unclosed-quote', { line: lastLine + 1 });
      out.push({ row, line: lastLine + 1, cells: record });
      lastLine = item.info.lines;
    }
  });
  parser.on('error', (error: unknown) => {
    const quote = error instanceof CsvError && (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE');
    failure ??= quote ? new AppError('import.unclosed-quote', { line: lastLine + 1 }) : error;
  });
  const decoder = makeDecoder(options.encoding);
  let bytes = 0;
  const take = function* (): Generator<CsvRecord[]> {
    if (failure) throw failure;
    if (!out.length) return;
    const batch = out;
    out = [];
    yield batch;
  };
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 }) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      await new Promise<void>((resolve) => {
        if (parser.destroyed) resolve();
        else parser.write(decoder.write(chunk), () => resolve());
      });
      options.onBytes?.(bytes);
      yield* take();
    }
    const rest = decoder.end();
    await new Promise<void>((resolve) => {
      if (parser.destroyed || failure) return resolve();
      parser.once('end', () => resolve());
      parser.once('error', () => resolve());
      if (rest) parser.write(rest);
      parser.end();
    });
    yield* take();
  } catch (error) {
    if (error instanceof AppError || signal?.aborted) throw error;
    throw error instanceof Error && 'syscall' in error ? new AppError('import.unreadable') : error;
  } finally {
    parser.destroy();
  }
}

/** A cell holding a line break and then as many delimiters as a whole row has: the closing quote of an earlier row was lost. */
function hidesRows(cell: string, delimiter: string, width: number): boolean {
  if (width < 3 || !/[\r\n]/.test(cell)) return false;
  return cell
    .split(/\r\n|\n|\r/)
    .slice(1, -1)
    .some((line) => line.split(delimiter).length >= width);
}
