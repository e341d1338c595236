import { parentPort, workerData } from 'node:worker_threads';
import { openDb } from '@db/open';
import { AppError, codeOfError } from '@domain/errors';
import { makePlan } from './imports/plan';
import type { FromWorker, WorkerStart } from './imports/runner';

/** Entry of the import thread: reads the till file and the shop (read-only), writes the plan, and ends. */
const port = parentPort;
if (!port) throw new Error('the import runs as a worker');
const { shopFile, job } = workerData as WorkerStart;
const post = (m: FromWorker) => port.postMessage(m);
const EVERY_MS = 100;

let last = 0;
function report(done: number, total: number): void {
  const t = performance.now();
  if (t - last < EVERY_MS) return;
  last = t;
  post({ t: 'progress', done, total });
}

const shop = openDb(shopFile, { readonly: true });
makePlan(shop, job, report, new AbortController().signal)
  .then(
    (plan) => post({ t: 'done', plan }),
    (error: unknown) => {
      const app = error instanceof AppError;
      post({
        t: 'failed',
        code: codeOfError(error),
        params: app ? error.params : {},
        detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    },
  )
  .finally(() => shop.close());
