import { Worker } from 'node:worker_threads';
import type { Db } from '@db/open';
import { Staging } from '@db/queries/import-staging';
import { AppError, type ErrorCode, type ErrorParams } from '@domain/errors';
import type { PlanSummary } from '@domain/imports/plan';
import type { ImportRunner, PlanJob } from '@ports/import-runner';

/** What travels between the backend and the import worker. */
export interface WorkerStart {
  shopFile: string;
  job: PlanJob;
}
export type FromWorker =
  | { t: 'progress'; done: number; total: number }
  | { t: 'done'; plan: PlanSummary }
  | { t: 'failed'; code: ErrorCode; params: ErrorParams; detail: string };

/**
 * Plans imports in a thread with its own read-only connection when the built worker is given, else in this thread (tests, command
 * line): the same code either way.
 */
export function makeImportRunner(options: { db: Db; workerFile?: string | undefined }): ImportRunner {
  const { db, workerFile } = options;
  // the CSV reader is loaded on first use: the counter is open before it
  const look: ImportRunner['look'] = async (path, decisions) => (await import('./table')).lookAt(path, decisions);
  if (!workerFile || db.raw.memory) {
    return { look, plan: async (job, report, signal) => (await import('./plan')).makePlan(db, job, report, signal) };
  }
  return { look, plan: (job, report, signal) => inThread(workerFile, { shopFile: db.raw.name, job }, report, signal) };
}

function inThread(
  workerFile: string,
  start: WorkerStart,
  report: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<PlanSummary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: start });
    const stop = () => {
      // a long sort cannot hear a message; the thread is ended and its half-made plan thrown away
      void worker.terminate().then(() => {
        Staging.remove(start.job.stagingFile);
        reject(signal.reason as Error);
      });
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (m: FromWorker) => {
      if (m.t === 'progress') return report(m.done, m.total);
      signal.removeEventListener('abort', stop);
      if (m.t === 'done') resolve(m.plan);
      else reject(m.code === 'bug' ? new Error(m.detail) : new AppError(m.code, m.params));
    });
    worker.once('error', (error) => {
      signal.removeEventListener('abort', stop);
      Staging.remove(start.job.stagingFile);
      reject(error);
    });
    if (signal.aborted) stop();
  });
}
