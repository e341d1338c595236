import { createReadStream } from 'node:fs';
import { AppError } from '@domain/errors';
import type { Delimiter, Encoding } from '@domain/imports/plan';
import { makeDecoder } from './decode';
import { BadRecord, Tokenizer } from './tokenize';

/** Records in a row of a file: `firstRow` as a spreadsheet counts it (a cell with line breaks is still one row). */
export interface CsvBatch {
  firstRow: number;
  rows: string[][];
}

export interface ReadOptions {
  encoding: Encoding;
  delimiter: Delimiter;
  signal?: AbortSignal;
  /** Bytes read so far. */
  onBytes?: (bytes: number) => void;
}

/** Large reads cost the least; cutting small pieces of them is fastest, for their rows die before the collector copies them. */
const READ = 1 << 18;
const PIECE = 1 << 15;

/**
 * The records of a file, streaming, some hundred rows at a time; the next piece is read when the last was taken. How quotes and line
 * ends are read: tokenize.ts.
 * @throws AppError import.unclosed-quote {line} | import.unreadable; the signal's reason
 */
export async function* readRecords(path: string, options: ReadOptions): AsyncGenerator<CsvBatch> {
  const { signal, encoding } = options;
  const tokenizer = new Tokenizer(options.delimiter);
  const decoder = makeDecoder(encoding);
  let bytes = 0;
  let firstRow = 1;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ }) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      for (let i = 0; i < chunk.length; i += PIECE) {
        const piece = chunk.subarray(i, i + PIECE);
        const rows = tokenizer.push(decoder.write(piece));
        bytes += piece.length;
        options.onBytes?.(bytes);
        if (rows.length) yield { firstRow, rows };
        firstRow += rows.length;
      }
    }
    const rows = [...tokenizer.push(decoder.end()), ...tokenizer.end()];
    if (rows.length) yield { firstRow, rows };
  } catch (error) {
    if (error instanceof BadRecord) throw await named(error, path, encoding);
    throw error instanceof Error && 'syscall' in error ? new AppError('import.unreadable') : error;
  }
}

async function named(bad: BadRecord, path: string, encoding: Encoding): Promise<AppError> {
  if (bad.why !== 'unclosed-quote') return new AppError('import.unreadable');
  return new AppError('import.unclosed-quote', { line: await lineAt(path, encoding, bad.at) });
}

/** The line of the file in which its `at`-th character stands. Counted only when somebody must be told. */
async function lineAt(path: string, encoding: Encoding, at: number): Promise<number> {
  const decoder = makeDecoder(encoding);
  let line = 1;
  let left = at;
  let half = false;
  for await (const chunk of createReadStream(path, { highWaterMark: READ }) as AsyncIterable<Buffer>) {
    const text = decoder.write(chunk).slice(0, left);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 13 || (c === 10 && !half)) line++;
      half = c === 13;
    }
    left -= text.length;
    if (left <= 0) break;
  }
  return line;
}
