import { app, type BrowserWindow, Notification } from 'electron';
import { showWindow } from './window';

/** Kept until it was clicked or closed: a notification that is collected loses its click. */
const shown = new Set<Notification>();

/**
 * The system's own notification, only while the window is not in front (there it is said on screen). A click brings the window to the
 * screen it is about. Where the system has none, nothing happens.
 */
export function notify(
  window: BrowserWindow,
  { go, ...words }: { title: string; body: string; go: 'import' | 'replies' | 'campaigns' | 'this-week' },
): void {
  if (window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return;
  if (process.platform === 'win32') app.setAppUserModelId('example.regulars.app'); // as in electron-builder.yml; without it Windows shows none
  const n = new Notification({ ...words, silent: true });
  shown.add(n);
  n.on('click', () => {
    showWindow();
    window.webContents.send('event', 'menu', { go });
  });
  n.on('close', () => shown.delete(n));
  n.show();
}
