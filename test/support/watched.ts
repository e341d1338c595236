import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALM_MS, CALM_OPEN_END_MS } from '@domain/sources/watch';
import { chooseFolder, folderView } from '@services/sources/folder';
import { FolderWatcher } from '@services/sources/watch';
import { owner, type TestCtx } from './test-ctx';

/** A watched folder whose minutes pass when the test says so; the files are real. */
export async function aWatchedFolder(ctx: TestCtx, before: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-watched-'));
  const signal = new AbortController().signal;
  let elapsed = 0;
  let watcher = new FolderWatcher(ctx, () => elapsed);
  const drop = (name: string, content: string | Uint8Array) => {
    const path = join(dir, name);
    writeFileSync(path, content);
    return path;
  };
  for (const [name, content] of Object.entries(before)) drop(name, content);
  await chooseFolder(ctx, owner, dir);
  const sweep = () => watcher.sweep(signal);
  return {
    dir,
    drop,
    sweep,
    /** Another moment in which the file was written. */
    touch: (name: string, at: number) => utimesSync(join(dir, name), at, at),
    wait: (ms: number) => {
      elapsed += ms;
    },
    /** Looks until nothing is on its way any more. */
    async settle(): Promise<void> {
      for (let i = 0; i < 12; i++) {
        const { soon } = await sweep();
        if (!soon) return;
        elapsed += i === 0 ? CALM_MS : CALM_OPEN_END_MS;
      }
      throw new Error(`still not settled: ${JSON.stringify(folderView(ctx).delayed)}`);
    },
    /** As after a start: nothing is remembered but what stands in the shop file. */
    restart: () => {
      watcher = new FolderWatcher(ctx, () => elapsed);
    },
    view: () => folderView(ctx),
    waiting: () => folderView(ctx).waiting.map((f) => `${f.fileName}: ${f.why}`),
    results: () => folderView(ctx).results.map((f) => f.fileName),
  };
}
