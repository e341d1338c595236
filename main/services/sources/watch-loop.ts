import { importsIn } from '@db/queries/imports';
import { watchFolder, webSheets } from '@db/queries/sources';
import type { Ctx } from '../ctx';
import { discardImport } from '../imports/preview';
import { liveOf } from './live';
import { FolderWatcher } from './watch';

/** While something is on its way, and otherwise: network drives do not ring, so the folder is looked at without it too. */
const SOON_MS = 1000;
const NOW_AND_THEN_MS = 30_000;

/** Looks after the watched folder until the shop closes; after a start it catches up with what came meanwhile. */
export async function watchForEver(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const live = liveOf(ctx);
  const watcher = new FolderWatcher(ctx);
  let bell: { path: string; close(): Promise<void> } | undefined;
  let rung = false;
  let wakeUp: (() => void) | undefined;
  live.wake = () => {
    rung = true;
    wakeUp?.();
  };
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const rest = async (ms: number) => {
    let timer: NodeJS.Timeout | undefined;
    const woken = new Promise<void>((resolve) => {
      wakeUp = resolve;
      timer = setTimeout(resolve, ms);
      timer.unref();
      if (rung) resolve();
    });
    await Promise.race([woken, stopped]);
    clearTimeout(timer);
    wakeUp = undefined;
  };
  live.running = true;
  try {
    dropOwnPreviews(ctx);
    while (!signal.aborted) {
      rung = false;
      let soon = false;
      try {
        // a network drive may take minutes to say that it is gone: closing the shop does not wait for it
        const look = watcher.sweep(signal);
        look.catch(() => undefined);
        await Promise.race([look.then((r) => (soon = r.soon)), stopped]);
        if (signal.aborted) break;
        const folder = watchFolder(ctx.db);
        const wanted = folder && !folder.paused && live.folder === 'fine' ? folder.path : undefined;
        if (bell && bell.path !== wanted) {
          await bell.close();
          bell = undefined;
        }
        if (wanted !== undefined && !bell) {
          bell = { path: wanted, ...(await ctx.sources.bell.hang(wanted, () => live.wake())) };
          soon = true; // what came between the look and the bell
        }
      } catch (error) {
        if (!signal.aborted) ctx.log.error('watched folder', error);
      }
      await rest(soon ? SOON_MS : NOW_AND_THEN_MS);
    }
  } finally {
    live.running = false;
    live.wake = () => {};
    await bell?.close();
  }
}

/** Previews the watcher made and could not finish (a crash): nobody else would throw them away. */
function dropOwnPreviews(ctx: Ctx): void {
  if (ctx.settings().onboarding.finishedAt === null) return;
  const ofSheets = new Set(webSheets(ctx.db).map((s) => s.importId));
  for (const row of importsIn(ctx.db, ['previewed'])) if (row.staffId === null && !ofSheets.has(row.id)) discardImport(ctx, row.id);
}
