import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { ClockState } from './sim-clock';
import type { SimSwitches } from './switches';
import type { Mark } from './tallies';
import type { SimAccount, SimMessage, SimScript } from './types';

/** One thing that happened. State is nothing but these in order. */
export type SimRecord =
  | { t: 'shop'; seed: string }
  | { t: 'clock'; clock: ClockState }
  | { t: 'out'; m: SimMessage; afterStop?: true }
  | { t: 'in'; m: SimMessage; logged: boolean }
  | { t: 'refused'; to: string; at?: number }
  | { t: 'redact' | 'delete' | 'cancel'; sid: string; at: number }
  | { t: 'account'; patch: Partial<SimAccount>; at?: number }
  | { t: 'switches'; patch: Partial<SimSwitches> }
  | { t: 'script'; script: SimScript }
  | { t: 'used'; script: number }
  | { t: 'mark'; kind: Mark['kind']; at: number; body?: string; windowMs?: number }
  | { t: 'lookup'; at: number; micros: number }
  | { t: 'consent'; sender: string; contact: string; stop: boolean; at: number }
  | { t: 'service'; sid: string; useInboundWebhookOnNumber: boolean };

/**
 * Append-only JSON lines. A line is handed to the operating system before the caller hears "accepted", so killing the process
 * loses nothing; a torn last line (its caller never got an answer) is cut off at the next start.
 */
export class StateFile {
  private readonly fd: number;

  private constructor(path: string, keep: number) {
    this.fd = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
    ftruncateSync(this.fd, keep);
    this.end = keep;
  }
  private end: number;

  /** Opens the file and hands every complete record to `replay`. */
  static open(path: string, replay: (r: SimRecord) => void): StateFile {
    let keep = 0;
    if (existsSync(path)) {
      const bytes = readFileSync(path);
      for (let start = 0; start < bytes.length; ) {
        const stop = bytes.indexOf(10, start);
        if (stop < 0) break;
        let record: SimRecord;
        try {
          record = JSON.parse(bytes.toString('utf8', start, stop)) as SimRecord;
        } catch {
          break; // damaged from here on: nothing after it can be trusted
        }
        replay(record);
        keep = stop + 1;
        start = stop + 1;
      }
    }
    return new StateFile(path, keep);
  }

  append(record: SimRecord): void {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
    for (let done = 0; done < bytes.length; ) {
      const n = writeSync(this.fd, bytes, done, bytes.length - done, this.end);
      done += n;
      this.end += n;
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}
