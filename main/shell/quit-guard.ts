import { beforeQuit, type QuitCause, type QuitChoice, rememberedAs } from '@domain/desktop/quit';
import type { Leaving } from '@domain/outbox/leaving';
import { app, type BrowserWindow, dialog } from 'electron';
import type { BackendHost } from './backend-host';
import type { Background } from './background';
import { markQuitting } from './turned';
import { showWindow } from './window';

/** What the window asks; `leaving` null: whoever is at the screen is not the owner and sees no numbers. */
export interface QuitQuestion {
  cause: QuitCause;
  leaving: Leaving | null;
  trayIsSeen: boolean;
  system: 'windows' | 'mac' | 'linux';
}

/** A shop that is open and says nothing by then is asked about as if texts waited. */
const ANSWERS_WITHIN_MS = 3000;
/** A page that does not show the question by then is broken: the system's own box asks instead. */
const PAGE_ASKS_WITHIN_MS = 3000;
/** Systems that shut down wait about five seconds for an app. */
const SYSTEM_WAITS_MS = 4000;
const PERSON_WAITS_MS = 10_000;

/**
 * Every way this app ends goes through here: nothing waiting ends at once, texts that would stay behind are asked about, a system that
 * shuts down is never held up. Ending always means: the backend finishes what it is writing first.
 */
export class QuitGuard {
  private phase: 'open' | 'asking' | 'ending' | 'ended' = 'open';
  private question: QuitQuestion | null = null;
  private answer: ((choice: QuitChoice, remember: boolean) => void) | undefined;
  private pageAsked: (() => void) | undefined;

  constructor(
    private readonly window: BrowserWindow,
    private readonly host: BackendHost,
    private readonly background: Background,
    private readonly o: { isTurned: () => boolean; tell: () => void; asks: boolean },
  ) {
    app.on('before-quit', (e) => {
      if (this.phase === 'ended') return;
      e.preventDefault();
      void this.request('menu');
    });
    window.on('close', (e) => {
      if (this.phase === 'ending' || this.phase === 'ended') return;
      e.preventDefault();
      void this.request('window');
    });
    // only a window that died by itself gets here while nobody is ending
    app.on('window-all-closed', () => void this.end(PERSON_WAITS_MS));
    background.onQuit = () => void this.request('tray');
    background.desktop.power.on('shutdown', () => void this.end(SYSTEM_WAITS_MS));
    // how a session of Linux or a Mac's launcher ends what does not end by itself
    if (process.platform !== 'win32')
      for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(s, () => void this.end(SYSTEM_WAITS_MS));
  }

  /** The question now open, for the window; asking for it says that the window shows it. */
  current(): QuitQuestion | null {
    this.pageAsked?.();
    return this.question;
  }

  reply(choice: QuitChoice, remember: boolean): void {
    this.answer?.(choice, remember);
  }

  private async request(cause: QuitCause): Promise<void> {
    if (this.phase === 'asking') showWindow();
    if (this.phase !== 'open') return;
    // A customer has the screen: staff take it back with their PIN first. Whoever asks the app itself (there is no menu) is the system.
    if (this.o.isTurned()) {
      if (cause === 'menu') await this.end(PERSON_WAITS_MS);
      else showWindow();
      return;
    }
    this.phase = 'asking';
    const known = this.o.asks ? await this.host.ask('leaving', this.window.id, ANSWERS_WITHIN_MS) : null;
    if (this.phase !== 'asking') return; // the system shut down meanwhile
    const silent = this.o.asks && this.host.state === 'ready' ? 'unknown' : null;
    const step = beforeQuit(cause, { leaving: known?.leaving ?? silent, onClose: this.background.onClose });
    if (step === 'quit') return this.end(PERSON_WAITS_MS);
    if (step === 'background') return this.stay();
    const { trayIsSeen, system } = this.background.state();
    this.question = { cause, leaving: known?.owner ? known.leaving : null, trayIsSeen, system };
    const { choice, remember } = await this.ask();
    this.question = null;
    if (this.phase !== 'asking') return;
    const settled = remember ? rememberedAs(cause, choice) : null;
    if (settled) this.background.choose({ onClose: settled });
    if (choice === 'quit') await this.end(PERSON_WAITS_MS);
    else if (choice === 'background') this.stay();
    else {
      this.phase = 'open';
      this.o.tell();
    }
  }

  private ask(): Promise<{ choice: QuitChoice; remember: boolean }> {
    return new Promise((resolve) => {
      this.answer = (choice, remember) => {
        this.answer = undefined;
        resolve({ choice, remember });
      };
      const broken = setTimeout(() => void this.askPlainly(), PAGE_ASKS_WITHIN_MS);
      this.pageAsked = () => clearTimeout(broken);
      showWindow();
      this.o.tell();
    });
  }

  /** The page is gone: the same question in the system's own box, in the computer's language. */
  private async askPlainly(): Promise<void> {
    const es = app.getLocale().toLowerCase().startsWith('es');
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'question',
      message: es ? 'Quedan mensajes por enviar' : 'Some texts have not left yet',
      detail: es ? 'Si sales, esperan hasta que Regulars esté abierto otra vez.' : 'If you quit, they wait until Regulars is open again.',
      buttons: es ? ['Seguir en segundo plano', 'Salir', 'Cancelar'] : ['Keep running in the background', 'Quit', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
    });
    this.reply((['background', 'quit', 'cancel'] as const)[response] ?? 'cancel', false);
  }

  private stay(): void {
    this.phase = 'open';
    this.o.tell();
    this.background.hideWindow();
  }

  /** Lets the backend finish, then the app goes. */
  private async end(withinMs: number): Promise<void> {
    if (this.phase === 'ending' || this.phase === 'ended') return;
    this.phase = 'ending';
    markQuitting();
    this.background.end();
    await this.host.stop(withinMs).catch(() => undefined);
    this.phase = 'ended';
    app.quit();
  }
}
