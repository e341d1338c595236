import type { Desktop, KeepAwake } from '@ports/desktop';
import { app, type BrowserWindow, powerSaveBlocker } from 'electron';
import { systemLoginItem } from './login-item';
import { systemPower } from './power';
import { systemTray } from './tray';

/** The computer may turn its screen off, but not fall asleep by itself. Closing a laptop's lid still does. */
function systemAwake(): KeepAwake {
  let id: number | undefined;
  return {
    set(on) {
      if (on && id === undefined) id = powerSaveBlocker.start('prevent-app-suspension');
      else if (!on && id !== undefined) {
        powerSaveBlocker.stop(id);
        id = undefined;
      }
    },
  };
}

/** The desktop around this app. `fake`: one whose events a test injects; a packaged app never has it. */
export async function openDesktop(window: BrowserWindow, fake: boolean): Promise<Desktop> {
  if (fake && !app.isPackaged) return (await import('@adapters/desktop/fake')).fakeDesktop();
  return { power: systemPower(window), tray: systemTray(), login: systemLoginItem(), awake: systemAwake() };
}
