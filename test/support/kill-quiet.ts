import { MINUTE } from '@domain/kernel';

/** Nothing changes for so long (of the machine's time, while the shop's hours pass): it will never end. */
export const NO_END_MS = 60_000;
/** While nothing happens the shop waits for a later look at the carrier's list; its hours then pass in steps. */
const QUIET_MS = 2000;
export const STEP_MS = 3 * MINUTE;

/** How long nothing has changed. */
export class Quiet {
  private last = '';
  private since = Date.now();
  private stepped = 0;

  for(state: string): number {
    if (state !== this.last) this.since = Date.now();
    this.last = state;
    return Date.now() - this.since;
  }

  /** Once a second while it is quiet. */
  stepDue(): boolean {
    const now = Date.now();
    if (now - this.since < QUIET_MS || now - this.stepped < 1000) return false;
    this.stepped = now;
    return true;
  }
}
