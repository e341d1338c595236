import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from './redact';

const MAX_BYTES = 2_000_000;

export interface FileLog {
  info(event: string, fields?: Record<string, string | number | boolean>): void;
  warn(event: string, fields?: Record<string, string | number | boolean>): void;
  error(event: string, error?: unknown): void;
}

/** A small rotating log beside the shop, redacted line by line. Losing a line must never stop the shop, so failures are ignored. */
export function fileLog(dir: string): FileLog {
  const file = join(dir, 'logs', 'backend.log');
  mkdirSync(join(dir, 'logs'), { recursive: true });
  const write = (level: string, event: string, rest: string) => {
    try {
      try {
        if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
      } catch {
        // not there yet
      }
      appendFileSync(file, `${new Date().toISOString()} ${level} ${redact(`${event} ${rest}`)}\n`);
    } catch {
      // a full disk is reported where it matters: at the write that was refused
    }
  };
  return {
    info: (event, fields) => write('info', event, fields ? JSON.stringify(fields) : ''),
    warn: (event, fields) => write('warn', event, fields ? JSON.stringify(fields) : ''),
    error: (event, error) => write('error', event, error instanceof Error ? (error.stack ?? error.message) : String(error ?? '')),
  };
}
