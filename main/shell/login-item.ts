import { homedir } from 'node:os';
import { join } from 'node:path';
import { linuxLoginItem } from '@adapters/desktop/autostart';
import type { LoginItem } from '@ports/desktop';
import { app } from 'electron';
import { HIDDEN } from './hidden';

const unsupported: LoginItem = { state: () => ({ supported: false, on: false, blocked: false }), set: () => {} };

/** Starting at login, as each system wants it. A copy run from its source folder registers nothing. */
export function systemLoginItem(): LoginItem {
  if (!app.isPackaged) return unsupported;
  if (process.platform === 'linux') {
    const program = process.env['APPIMAGE'] ?? process.execPath; // an AppImage's own path is gone after it ends
    return linuxLoginItem(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), [program, HIDDEN]);
  }
  // Windows compares the arguments too: asked without them it says "off".
  const ours = process.platform === 'win32' ? { path: process.execPath, args: [HIDDEN] } : {};
  return {
    state() {
      const s = app.getLoginItemSettings(ours);
      const blocked = process.platform === 'win32' ? s.openAtLogin && !s.executableWillLaunchAtLogin : s.status === 'requires-approval';
      return { supported: true, on: s.openAtLogin || blocked, blocked };
    },
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, ...ours }),
  };
}
