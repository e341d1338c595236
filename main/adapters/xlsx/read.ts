import { open } from 'node:fs/promises';
import { AppError } from '@domain/errors';

/**
 * What a workbook may unpack to, in bytes: the library holds it all in memory (some six times that), and an import must not weigh on the
 * counter. About 20,000 rows of 30 columns; people and months of sales fit, a year of sales is exported as CSV.
 */
const MOST = 24 * 1024 * 1024;
const MOST_ROWS = 200_000;

/**
 * The first sheet as rows of text, row numbers as in the spreadsheet (the first is row 1, blank ones included). Days as ISO text,
 * numbers without a float's noise and without exponents, results of formulas as they were saved.
 * @throws AppError import.wrong-file {found: xlsx-large | xlsx} | the signal's reason
 */
export async function readWorkbook(path: string, signal?: AbortSignal): Promise<string[][]> {
  const unpacked = await unpackedSize(path);
  if (unpacked > MOST) throw new AppError('import.wrong-file', { found: 'xlsx-large' });
  signal?.throwIfAborted();
  const { readSheet } = await import('read-excel-file/node');
  let rows: unknown[][];
  try {
    rows = (await within(5_000 + unpacked / 1000, readSheet(path))) as unknown[][];
  } catch {
    throw new AppError('import.wrong-file', { found: 'xlsx' });
  }
  signal?.throwIfAborted();
  if (rows.length > MOST_ROWS) throw new AppError('import.wrong-file', { found: 'xlsx-large' });
  return rows.map((row) => row.map(cellText));
}

/** The library waits for ever on some damaged archives (a part whose length is wrong): it has its time, by size, and no more. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the workbook cannot be unpacked')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A cell as a careful program would have written it into a CSV. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' ? numberText(value) : String(value);
}

/**
 * Spreadsheets keep 15 digits: what stands behind them is noise of the binary form (`0.30000000000000004`). Whole numbers with more
 * digits have lost their last ones for good; they stay in exponent form, which no id is read from.
 */
function numberText(n: number): string {
  if (!Number.isFinite(n)) return '';
  if (Math.abs(n) >= 1e15) return n.toExponential().toUpperCase();
  const short = Number(n.toPrecision(15));
  return short !== 0 && Math.abs(short) < 1e-6 ? short.toFixed(12).replace(/0+$/, '') : String(short);
}

/** Serial days are clocks without a zone; the library gives them as UTC. Times of day alone lie in the year 1899. */
function dayText(at: Date): string {
  const ms = Math.round(at.getTime() / 1000) * 1000;
  if (!Number.isFinite(ms)) return '';
  const iso = new Date(ms).toISOString();
  const [day, clock] = [iso.slice(0, 10), iso.slice(11, 19)];
  if (iso.startsWith('1899-12-3')) return clock;
  return clock === '00:00:00' ? day : `${day} ${clock}`;
}

/** Bytes the archive unpacks to, as its directory says (ZIP APPNOTE 4.3.12, 4.3.16). @throws AppError import.wrong-file {found: xlsx} */
async function unpackedSize(path: string): Promise<number> {
  const broken = new AppError('import.wrong-file', { found: 'xlsx' });
  const file = await open(path).catch(() => {
    throw new AppError('import.unreadable');
  });
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 66_000));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
    if (end < 0 || end + 22 > tail.length) throw broken;
    const bytes = tail.readUInt32LE(end + 12);
    const at = tail.readUInt32LE(end + 16);
    if (at + bytes > size || bytes > 4_000_000) throw broken;
    const directory = Buffer.alloc(bytes);
    await file.read(directory, 0, bytes, at);
    let sum = 0;
    for (let i = 0; i + 46 <= bytes; ) {
      if (directory.readUInt32LE(i) !== 0x02014b50) throw broken;
      sum += directory.readUInt32LE(i + 24);
      i += 46 + directory.readUInt16LE(i + 28) + directory.readUInt16LE(i + 30) + directory.readUInt16LE(i + 32);
    }
    return sum;
  } finally {
    await file.close();
  }
}
