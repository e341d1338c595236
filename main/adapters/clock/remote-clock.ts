import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';

interface Answer {
  now: number;
  rate: number;
  version: number;
}

interface Sleeper {
  due: number;
  wake(): void;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const RETRY_MS = 200;
/** Timers of Node overflow beyond this. */
const LONGEST_TIMER_MS = 2_000_000_000;

/**
 * Time as the practice carrier tells it (REGULARS_CLOCK_URL, e.g. http://127.0.0.1:4010/__sim/clock): `now` is reckoned from the
 * last answer and its rate, sleepers wake when that time has passed, changes arrive by long poll. This machine only.
 * `close()` ends the polling; sleepers stay asleep.
 */
export async function connectRemoteClock(address: string): Promise<Clock & { close(): void }> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) throw new AppError('input.invalid', { field: 'clock' });
  if (url.pathname === '/') url.pathname = '/__sim/clock';

  const abort = new AbortController();
  const sleepers = new Set<Sleeper>();
  let timer: NodeJS.Timeout | undefined;
  let at: Answer = { now: 0, rate: 0, version: 0 };
  let heard = 0;

  const now = () => Math.floor(at.now + (performance.now() - heard) * at.rate);

  async function ask(version: number | null): Promise<void> {
    const asked = new URL(url as URL);
    if (version !== null) asked.searchParams.set('version', String(version));
    const response = await fetch(asked, { signal: abort.signal });
    if (!response.ok) throw new AppError('sms.unreachable', { status: response.status });
    const answer = (await response.json()) as Answer;
    if (typeof answer.now !== 'number' || typeof answer.rate !== 'number') throw new AppError('sms.unreachable', { why: 'broken-answer' });
    // The same anchor told again (a poll that ran out) must not make time step back by the travel of the answer.
    const same = answer.version === at.version && heard !== 0;
    if (!same) {
      at = answer;
      heard = performance.now();
    }
    wakeDue();
  }

  function wakeDue(): void {
    clearTimeout(timer);
    const t = now();
    const due = [...sleepers].filter((s) => s.due <= t).sort((a, b) => a.due - b.due);
    for (const s of due) {
      sleepers.delete(s);
      s.wake();
    }
    let next = Number.POSITIVE_INFINITY;
    for (const s of sleepers) next = Math.min(next, s.due);
    if (at.rate <= 0 || next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(wakeDue, Math.min(LONGEST_TIMER_MS, Math.ceil((next - t) / at.rate)));
  }

  async function follow(): Promise<void> {
    while (!abort.signal.aborted) {
      try {
        await ask(at.version);
      } catch {
        if (abort.signal.aborted) return;
        await wait(RETRY_MS); // the carrier is being restarted; time runs on at the last rate
      }
    }
  }

  await ask(null);
  void follow();

  return {
    now: () => now() as UtcMs,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (ms <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const stop = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          due: now() + ms,
          wake() {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        wakeDue();
      });
    },
    close() {
      abort.abort();
      clearTimeout(timer);
    },
  };
}
