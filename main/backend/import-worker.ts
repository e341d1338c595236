import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openDb } from '@db/open';
import { copyLog, limitCache } from '@db/queries/bulk';
import { AppError, codeOfError } from '@domain/errors';
import type { FromWorker, WorkerStart } from './imports/runner';

/**
 * Entry of the import's threads. One looks at a workbook, or reads the till file and the shop (read-only) and writes the
 * plan, and ends; the other sees to the log while the plan is carried out.
 */
const port = parentPort;
if (!port) throw new Error('the import runs as a worker');
const start = workerData as WorkerStart;
const post = (m: FromWorker) => port.postMessage(m);
const EVERY_MS = 100;

let last = 0;
function report(done: number, total: number): void {
  const t = performance.now();
  if (t - last < EVERY_MS) return;
  last = t;
  post({ t: 'progress', done, total });
}

async function plan(job: NonNullable<WorkerStart['job']>): Promise<void> {
  const shop = openDb(start.shopFile, { readonly: true });
  limitCache(shop, 6); // receipts are looked up in the order of the file, mostly beside each other
  try {
    const { makePlan } = await import('./imports/plan');
    post({ t: 'done', plan: await makePlan(shop, job, report, new AbortController().signal) });
  } catch (error) {
    failed(error);
  } finally {
    shop.close();
  }
}

function failed(error: unknown): void {
  post({
    t: 'failed',
    code: codeOfError(error),
    params: error instanceof AppError ? error.params : {},
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}

async function look(what: NonNullable<WorkerStart['look']>): Promise<void> {
  try {
    const { lookAt } = await import('./imports/table');
    post({ t: 'looked', look: await lookAt(what.path, what.decisions) });
  } catch (error) {
    failed(error);
  }
}

/** Waits for the disk and copies the log, when asked to, so that the thread of the counter does not have to. */
function keepLog(): void {
  const shop = openDb(start.shopFile);
  limitCache(shop, 1); // copies pages, reads none
  const log = openSync(`${start.shopFile}-wal`, 'r+');
  port?.on('message', (m: 'sync' | 'copy' | 'end') => {
    if (m === 'copy') post({ t: 'kept', pages: copyLog(shop) });
    else if (m === 'sync') {
      fdatasyncSync(log);
      post({ t: 'kept', pages: 0 });
    } else {
      closeSync(log);
      shop.close();
      port?.close();
    }
  });
}

if (start.job) void plan(start.job);
else if (start.look) void look(start.look);
else keepLog();
