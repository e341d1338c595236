import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@domain/errors';

/**
 * Several files in one, readable only with a key: AES-256-GCM over everything, the header in the open but proven. It carries a shop
 * from one computer to the next.
 */
export const SEALED_MAGIC = 'REGULARS-MOVE-1\n';
const TAG = 16;
const IV = 12;
const LONGEST_HEADER = 4000;
const CHUNK = 1024 * 1024;

export type SealedHeader = Record<string, string | number>;
export type SealedPart = { name: string; path: string } | { name: string; text: string };

/** Whether a file is a sealed one at all, by its first bytes. */
export function isSealed(path: string): boolean {
  const fd = openSync(path, 'r');
  try {
    const first = Buffer.alloc(SEALED_MAGIC.length);
    readSync(fd, first, 0, first.length, 0);
    return first.toString('latin1') === SEALED_MAGIC;
  } finally {
    closeSync(fd);
  }
}

function head(path: string): { header: SealedHeader; line: Buffer; from: number; size: number } {
  const fd = openSync(path, 'r');
  try {
    const first = Buffer.alloc(SEALED_MAGIC.length + LONGEST_HEADER);
    const read = readSync(fd, first, 0, first.length, 0);
    const end = first.subarray(0, read).indexOf(10, SEALED_MAGIC.length);
    const { size } = fstatSync(fd);
    if (first.subarray(0, SEALED_MAGIC.length).toString('latin1') !== SEALED_MAGIC || end < 0 || size < end + 1 + IV + TAG) {
      throw new AppError('backup.damaged');
    }
    const line = first.subarray(SEALED_MAGIC.length, end);
    return { header: JSON.parse(line.toString('utf8')) as SealedHeader, line, from: end + 1, size };
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('backup.damaged');
  } finally {
    closeSync(fd);
  }
}

/** What stands on the outside. Throws backup.damaged for anything that is no sealed file. */
export const sealedHeader = (path: string): SealedHeader => head(path).header;

/** Writes the file and waits until the disk has it; under its name only once it is whole. */
export async function writeSealed(path: string, key: Uint8Array, header: SealedHeader, parts: readonly SealedPart[]): Promise<void> {
  const partial = `${path}.part`;
  rmSync(partial, { force: true });
  const fd = openSync(partial, 'wx', 0o600);
  try {
    const line = Buffer.from(JSON.stringify(header), 'utf8');
    if (line.length > LONGEST_HEADER) throw new Error('a sealed file’s header is too long');
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(line);
    writeAll(fd, Buffer.concat([Buffer.from(SEALED_MAGIC, 'latin1'), line, Buffer.from('\n'), iv]));
    for (const part of parts) {
      const size = 'path' in part ? statSync(part.path).size : Buffer.byteLength(part.text);
      const begin = Buffer.from(`${JSON.stringify({ name: part.name, size })}\n`, 'utf8');
      writeAll(fd, cipher.update(begin));
      if ('text' in part) writeAll(fd, cipher.update(Buffer.from(part.text, 'utf8')));
      else {
        let left = size;
        for await (const chunk of createReadStream(part.path, { highWaterMark: CHUNK, end: Math.max(0, size - 1) })) {
          if (left === 0) break;
          left -= (chunk as Buffer).length;
          writeAll(fd, cipher.update(chunk as Buffer));
        }
        if (left !== 0) throw new Error('a file grew shorter while it was sealed');
      }
    }
    writeAll(fd, cipher.final());
    writeAll(fd, cipher.getAuthTag());
    fsyncSync(fd);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  renameSync(partial, path);
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/**
 * Unpacks into a folder, or only reads through when there is none. Nothing counts before the end has proven the whole: with another
 * key, or one changed byte, it throws backup.damaged, and what was written is to be thrown away.
 */
export async function openSealed(path: string, key: Uint8Array, into: string | null): Promise<string[]> {
  const { line, from, size } = head(path);
  const fd = openSync(path, 'r');
  const names: string[] = [];
  let out: number | null = null;
  try {
    const iv = Buffer.alloc(IV);
    readSync(fd, iv, 0, IV, from);
    const tag = Buffer.alloc(TAG);
    readSync(fd, tag, 0, TAG, size - TAG);
    const decipher = createDecipheriv('aes-256-gcm', key, iv);
    decipher.setAAD(line);
    decipher.setAuthTag(tag);
    let rest: Buffer = Buffer.alloc(0);
    let left = 0;
    const take = (plain: Buffer) => {
      rest = rest.length > 0 ? Buffer.concat([rest, plain]) : plain;
      while (rest.length > 0) {
        if (left === 0) {
          const end = rest.indexOf(10);
          if (end < 0) {
            if (rest.length > LONGEST_HEADER) throw new AppError('backup.damaged');
            return;
          }
          const part = JSON.parse(rest.subarray(0, end).toString('utf8')) as { name: string; size: number };
          if (!/^[a-z]+\.[a-z]+$/.test(part.name)) throw new AppError('backup.damaged');
          names.push(part.name);
          if (out !== null) closeSync(out);
          out = into === null ? null : openSync(join(into, part.name), 'w', 0o600);
          left = part.size;
          rest = rest.subarray(end + 1);
        } else {
          const now = rest.subarray(0, left);
          if (out !== null) writeAll(out, now);
          left -= now.length;
          rest = rest.subarray(now.length);
        }
      }
    };
    const start = from + IV;
    const stop = size - TAG;
    if (stop > start) {
      for await (const chunk of createReadStream(path, { start, end: stop - 1, highWaterMark: CHUNK }))
        take(decipher.update(chunk as Buffer));
    }
    take(decipher.final());
    if (left !== 0) throw new AppError('backup.damaged');
    return names;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = (error as { code?: string }).code ?? '';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw error;
    throw new AppError('backup.damaged');
  } finally {
    if (out !== null) closeSync(out);
    closeSync(fd);
  }
}
