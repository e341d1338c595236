import type { UtcMs } from '../kernel';
import { type Leaving, leavesNow, nextLeaving } from '../outbox/leaving';

/** What the tray shows at a glance; a count or a name never stands there, staff and customers see it. */
export type TrayState = 'leaving' | 'waiting' | 'paused' | 'problem' | 'idle';

export interface TrayView {
  state: TrayState;
  /** When the next texts leave; null = none known. */
  next: UtcMs | null;
  /** Whether "Pause all sending" (true) or "Resume" (false) is offered; null: neither, the shop is not open. */
  mayPause: boolean | null;
}

/**
 * What the tray says. A problem comes first: somebody has to look. `leaving` null: the shop is not open; `open` false with a failure is a
 * problem, while it is still opening nothing is said. `halted`: nothing leaves although it should (wrong clock, refused account).
 */
export function trayView(o: {
  leaving: Leaving | null;
  backend: 'starting' | 'ready' | 'needs-passphrase' | 'failed';
  halted: boolean;
}): TrayView {
  const { leaving: l, backend } = o;
  if (backend === 'failed' || backend === 'needs-passphrase') return { state: 'problem', next: null, mayPause: null };
  if (l === null) return { state: 'idle', next: null, mayPause: null };
  const mayPause = l.pausedSince === null;
  const next = mayPause ? nextLeaving(l) : null;
  if (!mayPause) return { state: 'paused', next: null, mayPause };
  if (o.halted) return { state: 'problem', next, mayPause };
  if (leavesNow(l)) return { state: 'leaving', next, mayPause };
  return { state: next === null && l.later.count === 0 ? 'idle' : 'waiting', next, mayPause };
}

/**
 * Whether the computer is kept from falling asleep by itself: only while texts really leave, where the owner allows it, and never on
 * battery: an empty laptop sends nothing either.
 */
export const staysAwake = (o: { leaving: Leaving | null; allowed: boolean; onBattery: boolean }): boolean =>
  o.allowed && !o.onBattery && o.leaving !== null && leavesNow(o.leaving);

/** A system tray is where it is looked for: GNOME shows none without an extension (Ubuntu brings one along). */
export function trayIsSeen(platform: string, desktop: string): boolean {
  if (platform !== 'linux') return true;
  const names = desktop.toLowerCase().split(':');
  return !names.includes('gnome') || names.includes('ubuntu');
}
