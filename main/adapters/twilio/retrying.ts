import { setTimeout as wait } from 'node:timers/promises';
import { CarrierFailure } from './failure';

/** GETs are always safe to repeat: two more tries after a short pause. */
export const GET_PAUSES_MS = [250, 1000];
/** A longer Retry-After is the caller's to wait for. */
const LONGEST_PAUSE_MS = 5000;

/** Runs a GET, repeating it a little on 429, 5xx and a lost connection. Throws CarrierFailure. */
export async function retrying<T>(pauses: readonly number[], ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const pause = pauses[attempt];
      const again =
        error instanceof CarrierFailure && error.kind !== 'rejected' && error.kind !== 'timeout' && error.kind !== 'broken-answer';
      if (!again || pause === undefined) throw error;
      const asked = error.retryAfterMs ?? 0;
      if (asked > LONGEST_PAUSE_MS) throw error;
      await wait(Math.max(asked, pause * (0.5 + Math.random())));
    }
  }
}
