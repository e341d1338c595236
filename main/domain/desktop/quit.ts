import { type Leaving, needsThisComputer } from '../outbox/leaving';

/** Who wants the app to end: a menu or shortcut, the window's own close button, the tray, or the system that shuts down. */
export type QuitCause = 'menu' | 'window' | 'tray' | 'system';
/** What closing the window means while texts still have to leave. Of this computer. */
export type OnClose = 'ask' | 'background' | 'quit';
export type QuitStep = 'quit' | 'ask' | 'background';
/** What somebody answered. */
export type QuitChoice = 'background' | 'quit' | 'cancel';

/**
 * What to do when the app is about to end. `leaving` null: there is no shop to leave anything behind (it never opened, its backend is gone);
 * 'unknown': it is open and did not answer in time, so that somebody has to say. The system that
 * shuts down is never held up; nothing waiting ends at once; a plain "Quit" asks as long as texts would stay behind.
 */
export function beforeQuit(cause: QuitCause, o: { leaving: Leaving | 'unknown' | null; onClose: OnClose }): QuitStep {
  if (cause === 'system' || o.leaving === null) return 'quit';
  if (o.leaving !== 'unknown' && !needsThisComputer(o.leaving)) return 'quit';
  if (cause === 'window' && o.onClose !== 'ask') return o.onClose;
  return 'ask';
}

/** What a remembered answer makes of the setting: only closing the window can be settled for good. */
export const rememberedAs = (cause: QuitCause, choice: QuitChoice): OnClose | null =>
  cause === 'window' && choice !== 'cancel' ? choice : null;
