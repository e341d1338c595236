import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * The journal beside the shop file: one encrypted line per fact, fsynced before the caller goes on. A half-written last line
 * (power cut) is ignored when reading: its fact was never confirmed to anyone.
 */
export class JournalFile<T extends object> {
  private fd: number | null = null;

  constructor(
    readonly path: string,
    private readonly key: Uint8Array,
  ) {}

  append(entries: readonly T[]): void {
    if (!entries.length) return;
    this.fd ??= openSync(this.path, 'a', 0o600);
    const lines = entries.map((e) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', this.key, iv);
      const data = Buffer.concat([cipher.update(JSON.stringify(e), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64');
    });
    writeSync(this.fd, `${lines.join('\n')}\n`);
    fsyncSync(this.fd);
  }

  /** Every readable entry in order. */
  read(): T[] {
    if (!existsSync(this.path)) return [];
    const out: T[] = [];
    for (const line of readFileSync(this.path, 'utf8').split('\n')) {
      if (!line) continue;
      try {
        const raw = Buffer.from(line, 'base64');
        const decipher = createDecipheriv('aes-256-gcm', this.key, raw.subarray(0, 12));
        decipher.setAuthTag(raw.subarray(12, 28));
        out.push(JSON.parse(Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')) as T);
      } catch {
        // torn or foreign line
      }
    }
    return out;
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }
}
