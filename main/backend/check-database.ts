import { Worker } from 'node:worker_threads';
import type { FileState } from '@db/backup';

/** Reads every page of a file in a thread of its own: seconds for a big shop, and the counter must not wait. */
export function checkDatabaseInThread(workerFile: string, path: string): Promise<FileState> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: { path } });
    worker.once('message', (state: FileState) => resolve(state));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`check worker left with ${code}`)));
  });
}
