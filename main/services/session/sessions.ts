import type { StaffId } from '@domain/kernel';
import type { Session } from '../ctx';

const TRIES = 5;
const LOCK_MS = 60_000;

/** Who is signed in at which window. Lives in memory: a restart always comes back locked to the counter. */
export class Sessions {
  private readonly windows = new Map<number, Session>();
  private failures = 0;
  private lockedUntil = 0;

  /** `initial` decides what a new window may do before anyone signs in. */
  constructor(private readonly initial: () => 'staff' | 'owner') {}

  get(windowId: number): Session {
    return this.windows.get(windowId) ?? { windowId, staffId: null, role: this.initial() };
  }

  signIn(windowId: number, staffId: StaffId, role: 'staff' | 'owner'): void {
    this.failures = 0;
    this.windows.set(windowId, { windowId, staffId, role });
  }

  signOut(windowId: number): void {
    this.windows.set(windowId, { windowId, staffId: null, role: this.initial() });
  }

  /** Nobody stays signed in who no longer works here. */
  signOutStaff(staffId: StaffId): void {
    for (const [windowId, s] of this.windows) if (s.staffId === staffId) this.signOut(windowId);
  }

  forget(windowId: number): void {
    this.windows.delete(windowId);
  }

  /** Seconds the PIN pad stays shut, 0 when open. Monotonic time: setting the clock back does not help. */
  secondsLocked(nowMs: number): number {
    return Math.max(0, Math.ceil((this.lockedUntil - nowMs) / 1000));
  }

  failed(nowMs: number): void {
    this.failures++;
    if (this.failures >= TRIES) {
      this.failures = 0;
      this.lockedUntil = nowMs + LOCK_MS;
    }
  }
}
