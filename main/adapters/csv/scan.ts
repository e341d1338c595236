import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { AppError } from '@domain/errors';
import type { Encoding } from '@domain/imports/plan';
import { looksUtf16 } from './decode';
import { foreignKind } from './foreign';

/** What a file is, before any of it is read as a table. */
export interface FileScan {
  size: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  encoding: Encoding;
  /** True when neither a byte order mark nor valid UTF-8 settled it. */
  guessed: boolean;
  /** An Excel workbook (adapters/xlsx), no text. */
  workbook: boolean;
}

/** Enough to tell what a file is and to find its column names. */
const HEAD = 1 << 16;
/** Large reads run at disk speed. */
const READ = 1 << 20;

/**
 * Hash and encoding of a file, from its bytes as they come by: also usable beside a reader that needs the bytes anyway. Text without
 * a byte order mark is UTF-8 as long as nothing contradicts it.
 */
export class ByteScan {
  private readonly hash = createHash('sha256');
  private readonly fixed: Encoding | null;
  private readonly wide: Encoding | null;
  private utf8 = true;
  private rest: Buffer | null = null;
  private odd = 0;
  private size = 0;

  private readonly workbook: boolean;

  /** `head`: the first bytes of the file. */
  constructor(head: Buffer) {
    this.workbook = foreignKind(head) === 'xlsx';
    this.fixed = this.workbook ? 'utf-8' : bomOf(head);
    this.wide = this.fixed ? null : looksUtf16(head);
  }

  /** The encoding as far as it is known; can change from UTF-8 to Windows-1252 while bytes come by. */
  get encoding(): Encoding {
    return this.fixed ?? this.wide ?? (this.utf8 ? 'utf-8' : 'windows-1252');
  }

  push(chunk: Buffer): void {
    this.hash.update(chunk);
    this.size += chunk.length;
    if (this.fixed || this.wide) return;
    // one byte in 64 tells text from bytes well enough
    for (let i = 0; i < chunk.length; i += 64) if ((chunk[i] as number) < 9) this.odd++;
    if (!this.utf8) return;
    const all = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    const whole = wholeUtf8(all);
    this.rest = whole < all.length ? Buffer.from(all.subarray(whole)) : null;
    this.utf8 = isUtf8(all.subarray(0, whole));
  }

  /** @throws AppError import.unreadable when it is no text: one byte in twenty below the tab is no table */
  end(): FileScan {
    if (this.rest) this.utf8 = false;
    if (!this.fixed && !this.wide && this.odd > Math.max(20, this.size / 64 / 20)) throw new AppError('import.unreadable');
    const { encoding } = this;
    const guessed = encoding === 'windows-1252' || this.wide !== null;
    return { size: this.size, hash: this.hash.digest('hex'), encoding, guessed, workbook: this.workbook };
  }
}

/** Bytes up to the last complete character. */
function wholeUtf8(b: Buffer): number {
  for (let back = 1; back <= 3 && back <= b.length; back++) {
    const c = b[b.length - back] as number;
    if (c < 0x80) return b.length;
    if (c >= 0xc0) return back < (c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2) ? b.length - back : b.length;
  }
  return b.length;
}

/**
 * The first bytes of a file and its size. Refuses what is neither a text table nor a workbook.
 * @throws AppError import.unreadable | import.wrong-file {found} | import.no-rows
 */
export async function readHeadBytes(path: string): Promise<{ head: Buffer; size: number }> {
  let size: number;
  let head: Buffer;
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError('import.unreadable');
    size = info.size;
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(HEAD);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      head = buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('import.unreadable');
  }
  if (size === 0) throw new AppError('import.no-rows');
  const found = foreignKind(head);
  if (found && found !== 'xlsx') throw new AppError('import.wrong-file', { found });
  return { head, size };
}

/**
 * Reads the whole file once at disk speed: size, hash, encoding. Refuses what is neither a text table nor a workbook.
 * @throws AppError import.unreadable | import.wrong-file | import.no-rows; the signal's reason
 */
export async function scanFile(path: string, signal?: AbortSignal): Promise<FileScan> {
  const { head } = await readHeadBytes(path);
  const scan = new ByteScan(head);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ }) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      scan.push(chunk);
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? new AppError('import.unreadable') : error;
  }
  return scan.end();
}

function bomOf(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}
