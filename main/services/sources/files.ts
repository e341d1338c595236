import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isWatched } from '@domain/sources/watch';

/** A file as the folder shows it. */
export interface FoundFile {
  path: string;
  fileName: string;
  size: number;
  /** Milliseconds, as the disk tells them: only compared, never shown. */
  modifiedAt: number;
}

/** Two looks with the same mark saw the same file. */
export const markOf = (f: Pick<FoundFile, 'size' | 'modifiedAt'>): string => `${f.size} ${f.modifiedAt}`;

/** Files of a folder that could come from a till, oldest first. Sub-folders and links are left alone. Throws what the disk says. */
export async function tablesIn(folder: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !isWatched(entry.name)) continue;
    const path = join(folder, entry.name);
    try {
      const info = await stat(path);
      found.push({ path, fileName: entry.name, size: info.size, modifiedAt: info.mtimeMs });
    } catch {
      // gone or not ours to see between the two looks
    }
  }
  return found.sort((a, b) => a.modifiedAt - b.modifiedAt || (a.fileName < b.fileName ? -1 : 1));
}

/** SHA-256 of the bytes. Throws what the disk says: a file that another program holds cannot be read yet. */
export async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { highWaterMark: 1 << 18, signal }) as AsyncIterable<Buffer>) hash.update(part);
  return hash.digest('hex');
}

/** True when a text file stops in the middle of a line, as one does that is still being written. Workbooks have no lines. */
export async function endsOpen(f: FoundFile): Promise<boolean> {
  if (/\.xlsx$/i.test(f.fileName) || f.size < 2) return false;
  const file = await open(f.path);
  try {
    const tail = Buffer.alloc(2);
    await file.read(tail, 0, 2, f.size - 2);
    return !tail.some((b) => b === 0x0a || b === 0x0d);
  } finally {
    await file.close();
  }
}

/** What the disk says of a file that is in use, or is on its way out: worth another try. */
export const tryAgain = (error: unknown): boolean =>
  ['EBUSY', 'EACCES', 'EPERM', 'EAGAIN', 'EIO', 'ENOENT', 'ETIMEDOUT', 'EMFILE', 'ESTALE'].includes(
    String((error as { code?: unknown } | null)?.code),
  );
