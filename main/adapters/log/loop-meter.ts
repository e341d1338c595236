const EVERY_MS = 5;

/**
 * Bench only (REGULARS_PERF): how late a 5 ms timer fires on this thread, told once a second as one line
 * `LOOP {thread, at, samples, late: [ms, …]}` with every delay of a millisecond or more.
 */
export function meterLoop(thread: string, write: (line: string) => void): void {
  let last = performance.now();
  let late: number[] = [];
  let samples = 0;
  let told = last;
  setInterval(() => {
    const now = performance.now();
    const delay = now - last - EVERY_MS;
    last = now;
    samples++;
    if (delay >= 1) late.push(Math.round(delay * 10) / 10);
    if (now - told >= 1000) {
      write(`LOOP ${JSON.stringify({ thread, at: Math.round(performance.timeOrigin + now), samples, late })}\n`);
      told = now;
      late = [];
      samples = 0;
    }
  }, EVERY_MS).unref();
}
