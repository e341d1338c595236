import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import type { JournalRead } from '@domain/backups/journal';

const AGAIN_MS = 5000;
/** Lines of a rewrite between two turns of the loop. */
const STEP = 200;

/**
 * The journal beside the shop file: one encrypted line per fact, fsynced before the caller goes on. A half-written last line
 * (power cut) is ignored when reading: its fact was never confirmed to anyone.
 *
 * What is journalled is already committed in the shop file. So a disk too full for the line is no reason to tell somebody that
 * their stop was not saved: the line is owed, and written with the next one, a few seconds later, or when the shop closes.
 */
export class JournalFile<T extends object> {
  private fd: number | null = null;
  private owed: string[] = [];
  private again: NodeJS.Timeout | null = null;

  constructor(
    readonly path: string,
    private readonly key: Uint8Array,
    private readonly onOwing: (error: unknown) => void = () => {},
    /** Called whenever the file on disk is longer, or another one (`anew`). */
    private readonly onWritten: (anew: boolean) => void = () => {},
  ) {}

  /** Nothing to append still lets a second journal catch up. */
  append(entries: readonly T[]): void {
    if (!entries.length) {
      this.onWritten(false);
      return;
    }
    for (const e of entries) {
      this.owed.push(this.lock(e));
    }
    this.pay();
  }

  private lock(entry: T): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const data = Buffer.concat([cipher.update(JSON.stringify(entry), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64');
  }

  /** Null for a torn or foreign line. */
  private unlock(line: string): T | null {
    try {
      const raw = Buffer.from(line, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', this.key, raw.subarray(0, 12));
      decipher.setAuthTag(raw.subarray(12, 28));
      return JSON.parse(Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')) as T;
    } catch {
      return null;
    }
  }

  /**
   * The whole journal anew, each entry as `change` answers it (null = left out): somebody was erased, and their number must not stay
   * in it. Written beside and swapped in once it is on disk; what was appended meanwhile is kept. A line under another key stays.
   */
  async rewrite(change: (entry: T) => T | null): Promise<void> {
    this.pay();
    if (this.owed.length) throw new Error('the journal owes lines: no room');
    if (!existsSync(this.path)) return;
    const beside = `${this.path}.new`;
    rmSync(beside, { force: true });
    const fd = openSync(beside, 'wx', 0o600);
    try {
      let at = 0;
      for (let last = false; !last; ) {
        const all = readFileSync(this.path);
        const end = all.lastIndexOf(10) + 1;
        const lines = all.subarray(at, end).toString('utf8').split('\n');
        at = end;
        // what came while the first pass gave way to others is done in one go
        last = lines.length <= STEP;
        for (let i = 0; i < lines.length; i += STEP) {
          const out = lines.slice(i, i + STEP).flatMap((line) => {
            const entry = line ? this.unlock(line) : null;
            if (entry === null) return line ? [line] : [];
            const now = change(entry);
            return now === null ? [] : now === entry ? [line] : [this.lock(now)];
          });
          if (out.length) writeSync(fd, `${out.join('\n')}\n`);
          if (!last) await new Promise((resolve) => setImmediate(resolve));
        }
      }
      fsyncSync(fd);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
    renameSync(beside, this.path);
    this.whole = true;
    this.onWritten(true);
  }

  private pay(): void {
    if (this.again) clearTimeout(this.again);
    this.again = null;
    if (!this.owed.length) return;
    try {
      this.write(`${this.owed.join('\n')}\n`);
      this.owed = [];
      this.onWritten(false);
    } catch (error) {
      this.onOwing(error);
      this.again = setTimeout(() => this.pay(), AGAIN_MS);
      this.again.unref();
    }
  }

  /** All of it or none: a line begun on a full disk would swallow the next one. */
  private write(text: string): void {
    this.fd ??= openSync(this.path, 'a+', 0o600);
    const size = fstatSync(this.fd).size;
    const bytes = Buffer.from(size > 0 && !this.endsWell() ? `\n${text}` : text);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.fd, bytes, at);
      fsyncSync(this.fd);
    } catch (error) {
      ftruncateSync(this.fd, size);
      throw error;
    }
    this.whole = true;
  }

  private whole = false;
  /** Whether the file ends with a whole line; only the first look after opening has to read it. */
  private endsWell(): boolean {
    if (!this.whole && this.fd !== null) {
      const last = Buffer.alloc(1);
      readSync(this.fd, last, 0, 1, fstatSync(this.fd).size - 1);
      this.whole = last[0] === 10;
    }
    return this.whole;
  }

  /** Every readable entry in order. */
  read(): T[] {
    return this.readAll().entries;
  }

  /** Every readable entry in order, and what could not be read: a line cut off at the end is no loss, one between others is. */
  readAll(): JournalRead<T> {
    const lines = existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n') : [];
    const unfinished = lines.pop() ?? ''; // what stands behind the last line end
    const entries: T[] = [];
    let unreadable = 0;
    for (const line of lines) {
      if (!line) continue;
      const entry = this.unlock(line);
      if (entry === null) unreadable++;
      else entries.push(entry);
    }
    const last = unfinished ? this.unlock(unfinished) : null;
    if (last !== null) entries.push(last);
    return { entries, unreadable, torn: unfinished !== '' && last === null };
  }

  close(): void {
    this.pay();
    if (this.again) clearTimeout(this.again);
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }
}
