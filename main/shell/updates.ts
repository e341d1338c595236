import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/**
 * Asked by the owner, never by itself. A package built with a signed update feed carries app-update.yml; without one there is
 * nothing to ask, and the screen says so.
 */
export async function checkForUpdates(): Promise<{
  state: 'no-feed' | 'current' | 'available' | 'unreachable';
  version: string;
  latest: string | null;
}> {
  const version = app.getVersion();
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return { state: 'no-feed', version, latest: null };
  const { autoUpdater } = await import('electron-updater');
  autoUpdater.autoDownload = false;
  try {
    const found = await autoUpdater.checkForUpdates();
    const latest = found?.updateInfo.version ?? null;
    return { state: latest && latest !== version ? 'available' : 'current', version, latest };
  } catch {
    return { state: 'unreachable', version, latest: null };
  }
}
