import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, nativeTheme, screen, session } from 'electron';
import { serveApp } from './protocol';

export const APP_ORIGIN = 'app://bundle';
let main: BrowserWindow | undefined;

interface Placement {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximized: boolean;
}
const placementFile = () => join(app.getPath('userData'), 'window.json');

function placement(): Placement {
  const usual: Placement = { width: 1280, height: 800, maximized: false };
  try {
    const p = { ...usual, ...(JSON.parse(readFileSync(placementFile(), 'utf8')) as Partial<Placement>) };
    const { x, y } = p;
    // A screen that is gone must not swallow the window.
    const seen =
      x !== undefined && y !== undefined && screen.getAllDisplays().some((d) => x >= d.bounds.x && x < d.bounds.x + d.bounds.width);
    return seen ? p : { width: p.width, height: p.height, maximized: p.maximized };
  } catch {
    return usual;
  }
}

function rememberPlacement(w: BrowserWindow): void {
  try {
    writeFileSync(placementFile(), JSON.stringify({ ...w.getNormalBounds(), maximized: w.isMaximized() }));
  } catch {
    // only comfort
  }
}

/** No remote content, no new windows, no permissions: the app shows its own pages and nothing else. */
function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  app.on('web-contents-created', (_e, contents) => {
    contents.on('will-navigate', (e, url) => {
      if (new URL(url).origin !== APP_ORIGIN) e.preventDefault();
    });
    contents.on('will-attach-webview', (e) => e.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** What any page of ours may do: show itself and call through the preload. */
export const PAGE_RIGHTS = () =>
  ({
    preload: join(app.getAppPath(), 'out/preload/index.js'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    spellcheck: false,
    v8CacheOptions: 'bypassHeatCheck',
  }) as const;

/** `hidden`: started by the system at login; the window waits until somebody wants it. */
export function openWindow(startedAt: number, hidden = false): BrowserWindow {
  lockDown();
  const at = placement();
  const w = new BrowserWindow({
    ...at,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Regulars',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#191714' : '#f8f6f2',
    webPreferences: PAGE_RIGHTS(),
  });
  main = w;
  if (at.maximized) w.maximize();
  if (!hidden) w.once('ready-to-show', () => w.show());
  w.on('close', () => rememberPlacement(w));
  const marks: Record<string, number> = {};
  ipcMain.on('mark', (event, name: unknown) => {
    if (event.sender !== w.webContents || typeof name !== 'string') return;
    marks[name] ??= Date.now() - startedAt;
    if (process.env['REGULARS_PERF'] && !app.isPackaged) process.stdout.write(`PERF ${JSON.stringify({ ...marks, pid: process.pid })}\n`);
  });
  const dev = process.env['ELECTRON_RENDERER_URL'];
  if (dev && !app.isPackaged) void w.loadURL(dev);
  else {
    serveApp(join(app.getAppPath(), 'out/renderer'));
    void w.loadURL(`${APP_ORIGIN}/${process.env['REGULARS_PAGE'] === 'gallery' && !app.isPackaged ? 'gallery' : 'index'}.html`);
  }
  return w;
}

export function showWindow(): void {
  if (!main || main.isDestroyed()) return;
  if (main.isMinimized()) main.restore();
  main.show();
  main.focus();
}
