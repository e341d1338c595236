import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic } from '@contract/define';
import { AppError } from '@domain/errors';
import { app, type BrowserWindow } from 'electron';
import { connectRouter } from '../ipc/router';
import { BackendHost, type BackendState } from './backend-host';
import { Background } from './background';
import { CustomerWindow } from './customer-window';
import { openDesktop } from './desktop';
import { setMenu } from './menu';
import { paperToPdf } from './paper-window';
import { QuitGuard } from './quit-guard';
import { openSecrets, vaultKind } from './secrets';
import { lockWhileTurned } from './turned';

export type ShopKind = 'real' | 'practice';

/** The shell's one long-lived object: which shop is open and how to reach its backend. */
export interface Shell {
  readonly host: BackendHost;
  readonly window: BrowserWindow;
  /** The second window, that faces customers; there once the shop is being opened. */
  customer: CustomerWindow | undefined;
  /** Tray, sleep, login; and whoever wants to quit. There once the window is. */
  background: Background | undefined;
  quit: QuitGuard | undefined;
  /** The one window is a customer's until a PIN comes: no menu, no shortcuts, and it cannot be closed. */
  isTurned(): boolean;
  setTurned(on: boolean): void;
  kind(): ShopKind;
  vault(): 'system' | 'passphrase' | 'new';
  openShop(kind: ShopKind): Promise<void>;
  unlockVault(passphrase: string): Promise<void>;
  restoreKeys(recoveryCode: string): Promise<void>;
  restoreNewestBackup(): Promise<void>;
}

/** Development and tests only: a packaged app never reads these. */
const devOnly = (name: string): string | undefined => (app.isPackaged ? undefined : process.env[name]);

/** Answers calls at once (they wait in the host); the shop itself opens when `drawn` says the page is out. */
export async function startShell(window: BrowserWindow, shops: string, drawn: Promise<void>, hidden = false): Promise<void> {
  mkdirSync(shops, { recursive: true });
  const lastFile = join(shops, 'last-shop');
  let kind: ShopKind = existsSync(lastFile) && readFileSync(lastFile, 'utf8').trim() === 'practice' ? 'practice' : 'real';
  const dirOf = (k: ShopKind) => join(shops, k);
  const send = (event: 'changed' | 'backend' | 'menu' | 'notice' | 'quit', payload: unknown) => {
    if (!window.isDestroyed()) window.webContents.send('event', event, payload);
    if (event === 'changed' || event === 'backend') shell.customer?.send(event, payload);
  };
  const host = new BackendHost(app.getAppPath(), {
    changed: (topics: Topic[]) => {
      send('changed', topics);
      shell.background?.changed(topics);
    },
    notice: (notice) => send('notice', notice),
    print: (paper) => paperToPdf(paper),
    state: (state: BackendState, errorCode: string | null) => {
      send('backend', { state, errorCode });
      shell.background?.backend(state);
    },
  });

  const begin = () => ({
    dir: dirOf(kind),
    kind,
    packaged: app.isPackaged,
    ...(devOnly('REGULARS_TWILIO_URL') ? { twilioUrl: devOnly('REGULARS_TWILIO_URL') as string } : {}),
    ...(devOnly('REGULARS_CLOCK_URL') ? { clockUrl: devOnly('REGULARS_CLOCK_URL') as string } : {}),
  });

  async function open(passphrase: string | undefined, extra: { recoveryCode?: string; mend?: boolean } = {}): Promise<void> {
    mkdirSync(dirOf(kind), { recursive: true });
    const secrets = openSecrets(dirOf(kind), passphrase);
    if (!secrets) host.needPassphrase(null);
    else await host.start({ ...begin(), ...extra }, secrets);
  }

  if (devOnly('REGULARS_PERF')) {
    const { meterLoop } = await import('@adapters/log/loop-meter');
    meterLoop('main', (line) => process.stdout.write(line));
  }

  let passphrase = devOnly('REGULARS_PASSPHRASE');
  const turned = lockWhileTurned(window, () => setMenu((what) => send('menu', what)));
  const shell: Shell = {
    host,
    window,
    customer: undefined,
    background: undefined,
    quit: undefined,
    isTurned: turned.is,
    setTurned: turned.set,
    kind: () => kind,
    vault: () => vaultKind(dirOf(kind)),
    async openShop(next) {
      await host.stop();
      kind = next;
      writeFileSync(lastFile, kind);
      await open(passphrase);
    },
    async unlockVault(typed) {
      if (host.state !== 'needs-passphrase') return;
      await open(typed); // throws secrets.wrong-passphrase before anything starts
      passphrase = typed;
    },
    async restoreKeys(recoveryCode) {
      await host.stop();
      await open(passphrase, { recoveryCode });
    },
    async restoreNewestBackup() {
      await host.stop();
      await open(passphrase, { mend: true });
    },
  };
  if (devOnly('REGULARS_E2E')) Object.assign(globalThis, { regularsShell: shell }); // lets a test end the backend the hard way
  connectRouter(shell);
  setMenu((what) => send('menu', what));
  const windowId = window.id;
  window.on('closed', () => host.forgetWindow(windowId));

  const e2e = devOnly('REGULARS_E2E') !== undefined;
  const desktop = await openDesktop(window, e2e);
  shell.background = new Background(window, host, desktop, hidden);
  shell.quit = new QuitGuard(window, host, shell.background, {
    isTurned: turned.is,
    tell: () => send('quit', null),
    // tests close windows all the time, texts or not
    asks: !e2e || devOnly('REGULARS_QUIT_GUARD') !== undefined,
  });
  if (hidden && !shell.background.trayIsSeen) window.minimize();
  await drawn;
  shell.customer = new CustomerWindow(window, host, devOnly('REGULARS_CUSTOMER_DISPLAY') === '1');
  await open(passphrase).catch((error: unknown) => {
    host.needPassphrase(error instanceof AppError ? error.code : 'bug');
  });
}
