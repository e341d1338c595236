import { parentPort, workerData } from 'node:worker_threads';
import { checkDatabase } from '@db/backup';

parentPort?.postMessage(checkDatabase((workerData as { path: string }).path));
