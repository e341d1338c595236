import { Worker } from 'node:worker_threads';
import type { Db } from '@db/open';
import { Staging } from '@db/queries/import-staging';
import { AppError, type ErrorCode, type ErrorParams } from '@domain/errors';
import type { Decisions, FileLook, PlanSummary } from '@domain/imports/plan';
import type { ImportRunner, LogKeeper, PlanJob } from '@ports/import-runner';

/** What travels between the backend and the import worker. */
export interface WorkerStart {
  shopFile: string;
  /** Null = see to the log when asked to, or only look. */
  job: PlanJob | null;
  look?: { path: string; decisions: Decisions };
}
export type FromWorker =
  | { t: 'kept'; pages: number }
  | { t: 'progress'; done: number; total: number }
  | { t: 'done'; plan: PlanSummary }
  | { t: 'looked'; look: FileLook }
  | { t: 'failed'; code: ErrorCode; params: ErrorParams; detail: string };

/**
 * Rows die young: with a small nursery they are collected before they spread over the memory of a till computer. What a plan keeps
 * (people, names) may grow.
 */
const LIMITS = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 2048 };

/**
 * Plans imports in a thread with its own read-only connection when the built worker is given, else in this thread (tests, command
 * line): the same code either way.
 */
export function makeImportRunner(options: { db: Db; workerFile?: string | undefined }): ImportRunner {
  const { db, workerFile } = options;
  // the CSV reader is loaded on first use: the counter is open before it
  const look: ImportRunner['look'] = async (path, decisions) => (await import('./table')).lookAt(path, decisions);
  if (!workerFile || db.raw.memory) {
    return {
      look,
      plan: async (job, report, signal) => (await import('./plan')).makePlan(db, job, report, signal),
      logKeeper: () => null,
    };
  }
  const shopFile = db.raw.name;
  return {
    // a workbook is unpacked and read whole: not on the thread of the counter
    look: (path, decisions) => (/\.xls[xm]$/i.test(path) ? lookInThread(workerFile, shopFile, { path, decisions }) : look(path, decisions)),
    plan: (job, report, signal) => inThread(workerFile, shopFile, job, report, signal),
    logKeeper: () => logThread(workerFile, shopFile),
  };
}

function logThread(workerFile: string, shopFile: string): LogKeeper {
  const worker = new Worker(workerFile, { workerData: { shopFile, job: null } satisfies WorkerStart, resourceLimits: LIMITS });
  /** Answers come in the order of the questions. */
  const waiting: { resolve: (pages: number) => void; reject: (e: Error) => void }[] = [];
  let failed: Error | null = null;
  worker.on('message', (m: FromWorker) => {
    if (m.t === 'kept') waiting.shift()?.resolve(m.pages);
  });
  worker.once('error', (error: Error) => {
    failed = error;
    for (const w of waiting.splice(0)) w.reject(error);
  });
  const ask = (what: 'sync' | 'copy') =>
    new Promise<number>((resolve, reject) => {
      if (failed) {
        reject(failed);
        return;
      }
      waiting.push({ resolve, reject });
      worker.postMessage(what);
    });
  return {
    sync: async () => void (await ask('sync')),
    copy: () => ask('copy'),
    end: () =>
      new Promise((resolve) => {
        if (failed) return resolve();
        worker.once('exit', () => resolve());
        worker.postMessage('end');
      }),
  };
}

function lookInThread(workerFile: string, shopFile: string, what: { path: string; decisions: Decisions }): Promise<FileLook> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, {
      workerData: { shopFile, job: null, look: what } satisfies WorkerStart,
      resourceLimits: LIMITS,
    });
    worker.once('message', (m: FromWorker) => {
      if (m.t === 'looked') resolve(m.look);
      else if (m.t === 'failed') reject(m.code === 'bug' ? new Error(m.detail) : new AppError(m.code, m.params));
      void worker.terminate(); // a damaged workbook may keep the library waiting
    });
    worker.once('error', reject);
  });
}

function inThread(
  workerFile: string,
  shopFile: string,
  job: PlanJob,
  report: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<PlanSummary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: { shopFile, job } satisfies WorkerStart, resourceLimits: LIMITS });
    const stop = () => {
      // a long sort cannot hear a message; the thread is ended and its half-made plan thrown away
      void worker.terminate().then(() => {
        Staging.remove(job.stagingFile);
        reject(signal.reason as Error);
      });
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (m: FromWorker) => {
      if (m.t === 'progress') return report(m.done, m.total);
      if (m.t === 'kept') return;
      signal.removeEventListener('abort', stop);
      if (m.t === 'done') resolve(m.plan);
      else if (m.t === 'failed') reject(m.code === 'bug' ? new Error(m.detail) : new AppError(m.code, m.params));
    });
    worker.once('error', (error) => {
      signal.removeEventListener('abort', stop);
      Staging.remove(job.stagingFile);
      reject(error);
    });
    if (signal.aborted) stop();
  });
}
