import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic } from '@contract/define';
import { app, BrowserWindow, type Display, nativeTheme, screen, type WebContents } from 'electron';
import type { BackendHost } from './backend-host';
import { isQuitting } from './turned';
import { APP_ORIGIN, PAGE_RIGHTS } from './window';

/** Of this computer, not of the shop: another one has other screens. */
interface Choice {
  on: boolean;
  displayId: number | null;
}

export interface CustomerDisplayState extends Choice {
  open: boolean;
  displays: { id: number; name: string; width: number; height: number; here: boolean }[];
}

/** What such a window is told of: nothing about customers, sales or staff. */
const ITS_TOPICS: readonly Topic[] = ['display', 'settings', 'shop'];

/**
 * The second window: full screen on a display that faces customers, locked. It has no menu, no shortcut leaves it, it cannot be
 * closed from itself, and its calls are a customer's (main/ipc/router.ts, backend role `display`). It comes and goes with its display.
 */
export class CustomerWindow {
  private window: BrowserWindow | undefined;
  private choice: Choice;

  constructor(
    private readonly main: BrowserWindow,
    private readonly host: BackendHost,
    /** Development and tests: an ordinary window instead of a second display. */
    private readonly forced: boolean,
  ) {
    this.choice = forced ? { on: true, displayId: null } : readChoice();
    for (const event of ['display-added', 'display-removed', 'display-metrics-changed'] as const) {
      screen.on(event as 'display-added', () => this.place());
    }
    main.on('closed', () => this.close());
    this.place();
  }

  get id(): number | null {
    return this.window?.id ?? null;
  }

  owns(contents: WebContents): boolean {
    return this.window !== undefined && !this.window.isDestroyed() && contents === this.window.webContents;
  }

  state(): CustomerDisplayState {
    const here = screen.getDisplayMatching(this.main.getBounds()).id;
    return {
      ...this.choice,
      open: this.window !== undefined,
      displays: screen.getAllDisplays().map((d, i) => ({
        id: d.id,
        name: d.label || String(i + 1),
        width: d.size.width,
        height: d.size.height,
        here: d.id === here,
      })),
    };
  }

  choose(choice: Choice): void {
    this.choice = choice;
    try {
      writeFileSync(choiceFile(), JSON.stringify(choice));
    } catch {
      // asked again at the next start
    }
    this.place();
  }

  send(event: 'changed' | 'backend', payload: unknown): void {
    if (!this.window || this.window.isDestroyed()) return;
    if (event === 'changed') {
      const topics = (payload as Topic[]).filter((t) => ITS_TOPICS.includes(t));
      if (topics.length > 0) this.window.webContents.send('event', event, topics);
    } else this.window.webContents.send('event', event, payload);
  }

  /** Opens, moves or closes the window, as the choice and the displays now are. */
  private place(): void {
    if (this.main.isDestroyed()) return;
    const display = this.choice.on ? this.target() : null;
    if (display === null) {
      this.close();
      return;
    }
    if (!this.window) this.open(display);
    else if (!this.forced) {
      this.window.setBounds(display.bounds);
      this.window.setKiosk(true);
    }
  }

  /** The chosen display, else any but the one the staff's window stands on; with one screen there is none. */
  private target(): Display | null {
    const all = screen.getAllDisplays();
    if (this.forced) return all[0] ?? null;
    const here = screen.getDisplayMatching(this.main.getBounds()).id;
    const chosen = all.find((d) => d.id === this.choice.displayId && d.id !== here);
    return chosen ?? all.find((d) => d.id !== here) ?? null;
  }

  private open(display: Display): void {
    const locked = !this.forced;
    const w = new BrowserWindow({
      ...(locked ? display.bounds : { width: 1280, height: 800 }),
      show: false,
      title: 'Regulars',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#191714' : '#f8f6f2',
      autoHideMenuBar: true,
      ...(locked && {
        frame: false,
        kiosk: true,
        fullscreen: true,
        closable: false,
        minimizable: false,
        maximizable: false,
        movable: false,
        resizable: false,
        skipTaskbar: true,
      }),
      webPreferences: { ...PAGE_RIGHTS(), devTools: !locked },
    });
    this.window = w;
    const { id } = w;
    this.host.displayWindow(id);
    if (process.platform !== 'darwin') w.setMenu(null);
    w.once('ready-to-show', () => w.showInactive());
    w.on('close', (e) => {
      if (!isQuitting()) e.preventDefault();
    });
    w.on('closed', () => {
      if (this.window === w) this.window = undefined;
      this.host.forgetWindow(id);
    });
    // Plain typing and touch only: nothing that the system or a menu would hear as a command.
    w.webContents.on('before-input-event', (e, input) => {
      if (input.control || input.meta || input.alt || /^F\d+$/.test(input.key)) e.preventDefault();
    });
    w.webContents.on('will-navigate', (e) => e.preventDefault());
    // A page that died comes back by itself: nobody stands at this window who could.
    w.webContents.on('render-process-gone', () => {
      if (!w.isDestroyed()) w.webContents.reload();
    });
    const dev = process.env['ELECTRON_RENDERER_URL'];
    void w.loadURL(dev && !app.isPackaged ? `${dev}/display.html` : `${APP_ORIGIN}/display.html`);
  }

  close(): void {
    const w = this.window;
    this.window = undefined;
    if (w && !w.isDestroyed()) w.destroy(); // asks no 'close'
  }
}

const choiceFile = () => join(app.getPath('userData'), 'customer-display.json');

function readChoice(): Choice {
  try {
    const c = JSON.parse(readFileSync(choiceFile(), 'utf8')) as Partial<Choice>;
    return { on: c.on === true, displayId: typeof c.displayId === 'number' ? c.displayId : null };
  } catch {
    return { on: false, displayId: null };
  }
}
