import { join } from 'node:path';
import { app } from 'electron';
import { HIDDEN, startsHidden } from './shell/hidden';
import { registerAppScheme } from './shell/protocol';
import { openWindow, showWindow } from './shell/window';

// Boot order, and nothing else: window first with its static shell, everything heavy after it has begun to load.
const startedAt = process.getCreationTime() ?? Date.now();
/** A page that never comes must not keep the backend (and with it waiting texts) from starting. */
const PATIENCE_MS = 1500;
const dataDir = process.env['REGULARS_DATA_DIR'];
if (dataDir) app.setPath('userData', join(dataDir, 'app'));

if (!app.requestSingleInstanceLock()) {
  app.quit(); // the first copy shows its window instead
} else {
  // The login item of a copy that runs already wants no window.
  app.on('second-instance', (_e, argv) => {
    if (!argv.includes(HIDDEN)) showWindow();
  });
  app.on('activate', showWindow);
  registerAppScheme();
  void app.whenReady().then(async () => {
    const hidden = startsHidden(process.argv);
    const window = openWindow(startedAt, hidden);
    // The page is served by this thread: starting the backend before it is out holds the first paint back by half a second.
    const drawn = new Promise<void>((resolve) => {
      window.webContents.once('dom-ready', () => resolve());
      setTimeout(resolve, PATIENCE_MS);
    });
    const { startShell } = await import('./shell/start');
    await startShell(window, dataDir ?? join(app.getPath('userData'), 'shops'), drawn, hidden);
  });
}
