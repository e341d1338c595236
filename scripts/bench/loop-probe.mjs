// Loaded into a backend under measurement (NODE_OPTIONS=--expose-gc --import=…): how late a 5 ms timer fires, one line a second in the
// file LOOP_PROBE; on SIGUSR2 what memory is kept after a collection, in bytes.
import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 5;
const file = process.env.LOOP_PROBE;
if (file && isMainThread) {
  let due = performance.now() + EVERY_MS;
  let samples = 0;
  let late = [];
  const tick = () => {
    const now = performance.now();
    const by = now - due;
    samples++;
    if (by > 1) late.push(Math.round(by * 10) / 10);
    due = now + EVERY_MS;
    setTimeout(tick, EVERY_MS).unref();
  };
  setTimeout(tick, EVERY_MS).unref();
  process.on('SIGUSR2', () => {
    globalThis.gc?.();
    fs.appendFileSync(file, `${JSON.stringify({ at: Date.now(), heap: process.memoryUsage().heapUsed })}\n`);
  });
  setInterval(() => {
    fs.appendFileSync(file, `${JSON.stringify({ at: Date.now(), samples, late })}\n`);
    samples = 0;
    late = [];
  }, 1000).unref();
}
