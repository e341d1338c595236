import { app } from 'electron';

/** Started by the system at login: in the background, without a window. */
export const HIDDEN = '--hidden';

/** The window stays away at first: the argument our own login item passes, or, on a Mac, which passes none, its own word. */
export const startsHidden = (argv: readonly string[]): boolean =>
  argv.includes(HIDDEN) || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
