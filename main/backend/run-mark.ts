import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LastRun } from '@domain/desktop/away';
import type { Ctx } from '@services/ctx';
import { tellLastRun } from '@services/desktop/away';

const BEAT_MS = 15_000;

const fileOf = (dir: string) => join(dir, 'last-run.json');

function readLast(dir: string): LastRun | null {
  try {
    return JSON.parse(readFileSync(fileOf(dir), 'utf8')) as LastRun;
  } catch {
    return null; // the first run, or cut off while being written: then there is nothing to tell
  }
}

function write(dir: string, run: LastRun): void {
  try {
    const next = `${fileOf(dir)}.new`;
    writeFileSync(next, JSON.stringify(run));
    renameSync(next, fileOf(dir));
  } catch {
    // a full disk says so elsewhere; this is only how we know when we ended
  }
}

/**
 * Tells how the run before ended and leaves a mark of this one beside the shop, so that the next knows when this one was last alive. Of
 * this computer, not of the shop: a file, not a row that a backup would bring back. Returns what a clean end has to call.
 */
export function beginRun(ctx: Ctx, afterFailure: boolean): () => void {
  tellLastRun(ctx, readLast(ctx.dir), afterFailure);
  const startedAt = ctx.clock.now();
  const beat = () => write(ctx.dir, { startedAt, beatAt: ctx.clock.now(), endedAt: null });
  beat();
  const timer = setInterval(beat, BEAT_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    write(ctx.dir, { startedAt, beatAt: ctx.clock.now(), endedAt: ctx.clock.now() });
  };
}
