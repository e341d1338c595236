import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, isDiskFull } from '@domain/errors';

/** Whatever cannot be written where the owner chose is said in one way; a full disk in its own. */
function atPlace<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError || isDiskFull(error)) throw error;
    if (error instanceof Error && 'syscall' in error) throw new AppError('privacy.no-place');
    throw error;
  }
}

/** A name every system takes for a file; letters of any language stay. */
export const fileName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80) || 'export';

/** A new folder of that name; the second of a day gets a number. */
export function newFolder(parent: string, name: string): string {
  return atPlace(() => {
    for (let n = 1; ; n++) {
      const path = join(parent, n === 1 ? fileName(name) : `${fileName(name)} (${n})`);
      if (existsSync(path)) continue;
      mkdirSync(path);
      return path;
    }
  });
}

export const write = (path: string, content: string | Uint8Array): void => atPlace(() => writeFileSync(path, content));

/** A file written line by line: whole under its name, or not there at all. */
export class LineFile {
  private readonly part: string;
  private readonly fd: number;
  private held: string[] = [];
  private open = true;

  constructor(readonly path: string) {
    this.part = `${path}.part`;
    this.fd = atPlace(() => openSync(this.part, 'w'));
  }

  line(text: string): void {
    this.held.push(text);
    if (this.held.length >= 500) this.flush();
  }

  private flush(): void {
    if (this.held.length) atPlace(() => writeSync(this.fd, `${this.held.join('\n')}\n`));
    this.held = [];
  }

  done(): void {
    this.flush();
    atPlace(() => fsyncSync(this.fd));
    this.close();
    atPlace(() => renameSync(this.part, this.path));
  }

  drop(): void {
    this.close();
    rmSync(this.part, { force: true });
  }

  private close(): void {
    if (this.open) closeSync(this.fd);
    this.open = false;
  }
}
