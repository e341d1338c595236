import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { mkdir, open, rename, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Facts that come together are copied together. */
const SOON_MS = 1500;
const AGAIN_MS = 5 * 60_000;

const COMPARED = 256;

/** Whether `to` (`size` bytes) ends as the source has it there. */
async function sameEnd(source: string, to: string, size: number): Promise<boolean> {
  const from = Math.max(0, size - COMPARED);
  const end = async (path: string) => {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  };
  return (await end(source)).equals(await end(to));
}

/**
 * The journal a second time, at the backup place: new bytes follow within seconds, off the way of whoever waits for the counter. A
 * missing stick or a slow share is tried again later and never holds anything up; the first journal stays the one that counts.
 */
export class JournalMirror {
  private timer: NodeJS.Timeout | null = null;
  private work: Promise<void> = Promise.resolve();
  private anew = false;
  private closed = false;

  constructor(
    private readonly source: string,
    /** Where it goes; null = nowhere for now. Asked anew each time. */
    private readonly target: () => string | null,
    private readonly onTrouble: (error: unknown) => void = () => {},
  ) {}

  /** The source has grown, or (`anew`) is another file. */
  follow(anew: boolean): void {
    this.anew ||= anew;
    if (this.closed || this.timer) return;
    this.timer = setTimeout(() => this.start(), SOON_MS);
    this.timer.unref();
  }

  private start(): void {
    this.timer = null;
    this.work = this.work
      .then(() => this.copy())
      .catch((error: unknown) => {
        this.onTrouble(error);
        if (this.closed) return;
        this.timer ??= setTimeout(() => this.start(), AGAIN_MS);
        this.timer.unref();
      });
  }

  private async copy(): Promise<void> {
    const to = this.target();
    if (to === null || !existsSync(this.source) || !existsSync(dirname(dirname(to)))) return;
    await mkdir(dirname(to), { recursive: true });
    const size = statSync(this.source).size;
    const there = statSync(to, { throwIfNoEntry: false })?.size ?? 0;
    // not a beginning of ours: another life's, kept under another name, never overwritten
    const other = there > 0 && !this.anew && (there > size || !(await sameEnd(this.source, to, there)));
    if (other) await rename(to, `${to}.older`);
    const whole = this.anew || other || there === 0;
    if (whole) {
      await pipeline(createReadStream(this.source, { end: Math.max(0, size - 1) }), createWriteStream(`${to}.part`, { mode: 0o600 }));
      await rename(`${to}.part`, to);
      this.anew = false;
    } else if (size > there) {
      try {
        await pipeline(createReadStream(this.source, { start: there, end: size - 1 }), createWriteStream(to, { flags: 'a', mode: 0o600 }));
      } catch (error) {
        await truncate(to, there).catch(() => undefined);
        throw error;
      }
    }
  }

  /** Copies what is left, at most `ms`. */
  async close(ms = 3000): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.start();
    let late: NodeJS.Timeout | undefined;
    await Promise.race([this.work, new Promise<void>((resolve) => (late = setTimeout(resolve, ms)))]);
    clearTimeout(late);
  }
}
