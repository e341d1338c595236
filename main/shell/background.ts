import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic } from '@contract/define';
import type { OnClose } from '@domain/desktop/quit';
import { staysAwake, type TrayState, trayIsSeen, trayView } from '@domain/desktop/tray';
import type { Desktop, TrayAct } from '@ports/desktop';
import { app, type BrowserWindow } from 'electron';
import type { ShellAnswer } from '../backend/rpc';
import type { BackendHost, BackendState } from './backend-host';
import { notify } from './notify';
import { trayPage } from './tray-words';
import { showWindow } from './window';

/** Of this computer, not of the shop. */
interface Choice {
  onClose: OnClose;
  keepAwake: boolean;
}

export interface BackgroundState extends Choice {
  login: { supported: boolean; on: boolean; blocked: boolean };
  /** Whether the tray icon is where people look for it on this desktop. */
  trayIsSeen: boolean;
  system: 'windows' | 'mac' | 'linux';
}

/** After something changed the tray follows within this time; while nothing does it is looked after by the minute. */
const FOLLOWS_MS = 5000;
const BY_ITSELF_MS = 60_000;
const WORTH_A_LOOK: readonly Topic[] = ['outbox', 'campaigns', 'settings'];

const choiceFile = () => join(app.getPath('userData'), 'background.json');

function readChoice(): Choice {
  const usual: Choice = { onClose: 'ask', keepAwake: true };
  try {
    const c = JSON.parse(readFileSync(choiceFile(), 'utf8')) as Partial<Choice>;
    return {
      onClose: c.onClose === 'background' || c.onClose === 'quit' ? c.onClose : usual.onClose,
      keepAwake: c.keepAwake !== false,
    };
  } catch {
    return usual;
  }
}

/** Running without a window: the tray, staying awake while texts leave, starting at login, and what sleep means for the backend. */
export class Background {
  private choice = readChoice();
  private hidden: boolean;
  private timer: NodeJS.Timeout | undefined;
  private readonly byItself: NodeJS.Timeout;
  private over = false;
  private lastState: TrayState | undefined;
  /** Set by the quit guard: what "Quit" in the tray does. */
  onQuit: () => void = () => app.quit();

  constructor(
    private readonly window: BrowserWindow,
    private readonly host: BackendHost,
    readonly desktop: Desktop,
    startedHidden: boolean,
  ) {
    this.hidden = startedHidden;
    desktop.power.on('suspend', () => host.power('suspend'));
    desktop.power.on('resume', () => {
      host.power('resume');
      this.soon();
    });
    desktop.power.on('on-battery', () => this.soon());
    desktop.power.on('on-ac', () => this.soon());
    window.on('show', () => {
      this.hidden = false;
      this.soon();
    });
    this.byItself = setInterval(() => void this.refresh(), BY_ITSELF_MS);
    this.soon();
  }

  get onClose(): OnClose {
    return this.choice.onClose;
  }

  get trayIsSeen(): boolean {
    return trayIsSeen(process.platform, process.env['XDG_CURRENT_DESKTOP'] ?? '');
  }

  state(): BackgroundState {
    const { platform } = process;
    return {
      ...this.choice,
      login: this.desktop.login.state(),
      trayIsSeen: this.trayIsSeen,
      system: platform === 'win32' ? 'windows' : platform === 'darwin' ? 'mac' : 'linux',
    };
  }

  choose(change: { onClose?: OnClose | undefined; keepAwake?: boolean | undefined; startAtLogin?: boolean | undefined }): void {
    if (change.startAtLogin !== undefined) this.desktop.login.set(change.startAtLogin);
    this.choice = { onClose: change.onClose ?? this.choice.onClose, keepAwake: change.keepAwake ?? this.choice.keepAwake };
    try {
      writeFileSync(choiceFile(), JSON.stringify(this.choice));
    } catch {
      // asked again next time
    }
    void this.refresh();
  }

  /** The window goes, everything else stays. Where nobody would find a tray icon it stays in the list of windows instead. */
  hideWindow(): void {
    this.hidden = true;
    if (this.trayIsSeen) this.window.hide();
    else this.window.minimize();
    void this.refresh();
  }

  changed(topics: readonly Topic[]): void {
    if (topics.some((t) => WORTH_A_LOOK.includes(t))) this.soon();
  }

  /** Whoever started it hidden has to be asked for a passphrase, or told that the shop does not open. */
  backend(state: BackendState): void {
    if (this.hidden && (state === 'needs-passphrase' || state === 'failed')) showWindow();
    this.soon();
  }

  end(): void {
    this.over = true;
    clearInterval(this.byItself);
    clearTimeout(this.timer);
    this.desktop.tray.hide();
    this.desktop.awake.set(false);
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.refresh();
    }, FOLLOWS_MS);
  }

  /** Asks the shop only when somebody would see the answer: the tray, or a computer that may fall asleep. */
  async refresh(): Promise<void> {
    const tray = this.hidden || this.choice.onClose === 'background' || this.desktop.login.state().on;
    if (!tray) this.desktop.tray.hide();
    if (!tray && !this.choice.keepAwake) {
      this.desktop.awake.set(false);
      return;
    }
    const answer = await this.host.ask('glance', this.window.isDestroyed() ? 0 : this.window.id, 5000);
    if (this.over) return;
    this.showTray(tray, answer);
    const onBattery = this.desktop.power.onBattery();
    this.desktop.awake.set(staysAwake({ leaving: answer?.leaving ?? null, allowed: this.choice.keepAwake, onBattery }));
  }

  private showTray(tray: boolean, answer: ShellAnswer | null): void {
    if (!tray) return;
    const view = trayView({ leaving: answer?.leaving ?? null, backend: this.host.state, halted: answer?.halted ?? false });
    const page = trayPage(view, app.getLocale() || 'en-US');
    // Nobody looks at a tray icon all day: trouble that began without a window is said once.
    if (this.hidden && view.state === 'problem' && this.lastState !== 'problem') {
      notify(this.window, { title: 'Regulars', body: page.says, go: 'campaigns' });
    }
    this.lastState = view.state;
    this.desktop.tray.show(page, (act) => void this.act(act));
  }

  private async act(act: TrayAct): Promise<void> {
    if (act === 'open') showWindow();
    else if (act === 'quit') this.onQuit();
    else {
      const answer = await this.host.ask(
        act === 'pause' ? 'pause-all' : 'resume-all',
        this.window.isDestroyed() ? 0 : this.window.id,
        5000,
      );
      // Letting texts leave again is the owner's: their PIN is asked for in the window.
      if (act === 'resume' && answer?.leaving.pausedSince !== null) showWindow();
      await this.refresh();
    }
  }
}
