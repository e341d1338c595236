import { setTimeout as wait } from 'node:timers/promises';
import type { UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';

export const realClock: Clock = {
  now: () => Date.now() as UtcMs,
  steady: () => performance.now(),
  async sleep(ms, signal) {
    await wait(Math.max(0, ms), undefined, { ...(signal ? { signal } : {}) });
  },
};
