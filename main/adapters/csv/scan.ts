import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { AppError } from '@domain/errors';
import type { Encoding } from '@domain/imports/plan';
import { looksUtf16 } from './decode';

/** What a file is, before any of it is read as a table. */
export interface FileScan {
  size: number;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  encoding: Encoding;
  /** True when neither a byte order mark nor valid UTF-8 settled it. */
  guessed: boolean;
}

/** Files people hand over instead of a CSV, by their first bytes. */
const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['zip', [0x1f, 0x8b]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
];

function refuseForeign(head: Buffer): void {
  for (const [found, bytes] of MAGIC) {
    if (bytes.every((b, i) => head[i] === b)) {
      const zipOnly = found === 'xlsx' && !/\[Content_Types\]|xl\/|_rels/.test(head.toString('latin1'));
      throw new AppError('import.wrong-file', { found: zipOnly ? 'zip' : found });
    }
  }
  if (/^\s*(?:<!doctype html|<html|<\?xml)/i.test(head.toString('latin1', 0, 200)))
    throw new AppError('import.wrong-file', { found: 'web-page' });
}

/**
 * Reads the whole file once at disk speed: size, hash, encoding. Refuses what is no text table.
 * @throws AppError import.unreadable | import.wrong-file | import.no-rows
 */
export async function scanFile(path: string, signal?: AbortSignal): Promise<FileScan> {
  let size: number;
  let head: Buffer;
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError('import.unreadable');
    size = info.size;
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(4096);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      head = buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('import.unreadable');
  }
  if (size === 0) throw new AppError('import.no-rows');
  refuseForeign(head);
  const bom = bomOf(head);
  const wide = bom ? null : looksUtf16(head);
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  let odd = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(chunk);
    if (bom || wide || !valid) continue;
    for (let i = 0; i < chunk.length; i += 64) if ((chunk[i] as number) < 9) odd++;
    try {
      utf8.decode(chunk, { stream: true });
    } catch {
      valid = false;
    }
  }
  if (valid && !bom && !wide) {
    try {
      utf8.decode();
    } catch {
      valid = false;
    }
  }
  // neither text encoding nor text: one byte in twenty below the tab is no table
  if (!bom && !wide && odd > Math.max(20, size / 64 / 20)) throw new AppError('import.unreadable');
  const encoding = bom ?? wide ?? (valid ? 'utf-8' : 'windows-1252');
  return { size, hash: hash.digest('hex'), encoding, guessed: encoding === 'windows-1252' || wide !== null };
}

function bomOf(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}
