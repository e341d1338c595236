import { join } from 'node:path';
import { app } from 'electron';
import { registerAppScheme } from './shell/protocol';
import { openWindow, showWindow } from './shell/window';

// Boot order, and nothing else: window first with its static shell, everything heavy after it has begun to load.
const startedAt = process.getCreationTime() ?? Date.now();
const dataDir = process.env['REGULARS_DATA_DIR'];
if (dataDir) app.setPath('userData', join(dataDir, 'app'));

if (!app.requestSingleInstanceLock()) {
  app.quit(); // the first copy shows its window instead
} else {
  app.on('second-instance', showWindow);
  registerAppScheme();
  void app.whenReady().then(async () => {
    const window = openWindow(startedAt);
    const { startShell } = await import('./shell/start');
    await startShell(window, dataDir ?? join(app.getPath('userData'), 'shops'));
  });
}
