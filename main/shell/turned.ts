import { type BrowserWindow, Menu } from 'electron';

let quitting = false;
/** Nobody can change their mind any more (quit-guard.ts); asking to quit alone does not unlock anything. */
export const markQuitting = (): void => {
  quitting = true;
};
/** The app is going: windows that cannot be closed by hand go with it. */
export const isQuitting = (): boolean => quitting;

/**
 * While the one window is turned to a customer nothing around the page works either: no menu and so no accelerators, no shortcuts, no
 * closing. `restoreMenu` puts the menu back. Quitting by the system (shutting down) still works: it asks the app, not the window.
 */
export function lockWhileTurned(window: BrowserWindow, restoreMenu: () => void): { is: () => boolean; set: (on: boolean) => void } {
  let on = false;
  window.webContents.on('before-input-event', (e, input) => {
    if (on && (input.control || input.meta || input.alt || /^F\d+$/.test(input.key))) e.preventDefault();
  });
  window.on('close', (e) => {
    if (on && !quitting) e.preventDefault();
  });
  return {
    is: () => on,
    set(next) {
      if (on === next) return;
      on = next;
      if (on) Menu.setApplicationMenu(null);
      else restoreMenu();
    },
  };
}
