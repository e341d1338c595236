import type { TrayState } from '@domain/desktop/tray';
import type { TrayIcon } from '@ports/desktop';
import { Menu, type NativeImage, nativeImage, Tray } from 'electron';
import { trayPixels } from './tray-picture';

const POINTS = process.platform === 'linux' ? 22 : 16;

function picture(state: TrayState): NativeImage {
  const mac = process.platform === 'darwin';
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 2]) {
    const size = POINTS * scaleFactor;
    image.addRepresentation({ scaleFactor, width: size, height: size, buffer: trayPixels(state, size, mac) });
  }
  if (image.isEmpty()) return nativeImage.createFromBitmap(trayPixels(state, POINTS, mac), { width: POINTS, height: POINTS });
  if (mac) image.setTemplateImage(true);
  return image;
}

/** The system's tray. The menu is set anew with each change: indicators on Linux show it as it was, and tell of no click. */
export function systemTray(): TrayIcon {
  let tray: Tray | undefined;
  let shown: TrayState | undefined;
  return {
    show(page, act) {
      tray ??= new Tray(picture(page.state));
      if (shown !== page.state) tray.setImage(picture(page.state));
      shown = page.state;
      tray.setToolTip(page.says);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: page.says, enabled: false },
          { type: 'separator' },
          ...page.menu.map((m) => ({ label: m.label, click: () => act(m.act) })),
        ]),
      );
      tray.removeAllListeners('click');
      // A Mac opens the menu by itself; elsewhere a click means the window.
      if (process.platform !== 'darwin') tray.on('click', () => act('open'));
    },
    hide() {
      tray?.destroy();
      tray = undefined;
      shown = undefined;
    },
  };
}
