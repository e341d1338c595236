import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Envelope } from '@contract/errors';
import type { ChannelInput, ChannelOutput } from '@contract/index';
import type { shell as shellChannels } from '@contract/shell';
import { AppError, codeOfError } from '@domain/errors';
import { app, clipboard, dialog } from 'electron';
import { copyPicture } from '../shell/copy-picture';
import { writeFolder } from '../shell/folder';
import { notify } from '../shell/notify';
import { paperToPdf } from '../shell/paper-window';
import { readPhoto } from '../shell/photo';
import { pictureOf } from '../shell/picture';
import type { Shell } from '../shell/start';
import { checkForUpdates } from '../shell/updates';

type ShellChannel = keyof typeof shellChannels;
type ShellHandlers = { [C in ShellChannel]: (shell: Shell, input: ChannelInput<C>) => Promise<ChannelOutput<C>> | ChannelOutput<C> };

const status = (shell: Shell): ChannelOutput<'shell/status'> => ({
  backend: shell.host.state,
  errorCode: shell.host.errorCode,
  errorParams: { ...shell.host.errorParams },
  shop: shell.kind(),
  version: app.getVersion(),
  vault: shell.vault(),
});

async function askWhere(shell: Shell, name: string, extension: string): Promise<string | null> {
  const answer = await dialog.showSaveDialog(shell.window, {
    defaultPath: join(app.getPath('documents'), basename(name)),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}

/** Before the shell has looked at the screens. */
const NO_DISPLAY: ChannelOutput<'shell/customer-display'> = { on: false, displayId: null, open: false, displays: [] };

const NO_BACKGROUND: ChannelOutput<'shell/background'> = {
  onClose: 'ask',
  keepAwake: true,
  login: { supported: false, on: false, blocked: false },
  trayIsSeen: true,
  system: 'linux',
};

const paperSize = () => (['en-US', 'en-CA', 'es-MX', 'fr-CA'].includes(app.getLocale()) ? 'Letter' : 'A4');

/** The margins of a sheet take the window's own colour; paper is white. */
async function onWhitePaper<R>(shell: Shell, work: () => Promise<R>): Promise<R> {
  const background = shell.window.getBackgroundColor();
  shell.window.setBackgroundColor('#ffffff');
  try {
    return await work();
  } finally {
    shell.window.setBackgroundColor(background);
  }
}

const handlers: ShellHandlers = {
  'shell/status': status,
  async 'shell/unlock-vault'(shell, { passphrase }) {
    await shell.unlockVault(passphrase);
    return status(shell);
  },
  async 'shell/restore-keys'(shell, { recoveryCode }) {
    await shell.restoreKeys(recoveryCode);
    return status(shell);
  },
  async 'shell/restore-newest-backup'(shell) {
    await shell.restoreNewestBackup();
    return status(shell);
  },
  async 'shell/restart-backend'(shell) {
    await shell.host.restart();
    return status(shell);
  },
  async 'shell/open-shop'(shell, { kind }) {
    await shell.openShop(kind);
    return status(shell);
  },
  async 'shell/pick-file'(shell, { kind }) {
    const filters =
      kind === 'csv'
        ? [
            { name: 'Spreadsheet text', extensions: ['csv', 'tsv', 'txt'] },
            { name: 'All files', extensions: ['*'] },
          ]
        : kind === 'shop'
          ? [{ name: 'Regulars shop', extensions: ['regulars-move', 'sqlite'] }]
          : [{ name: 'Regulars backup', extensions: ['sqlite'] }];
    const answer = await dialog.showOpenDialog(shell.window, { properties: ['openFile'], filters });
    const path = answer.filePaths[0];
    return answer.canceled || !path ? null : { path, name: basename(path), size: statSync(path).size };
  },
  async 'shell/pick-files'(shell) {
    const filters = [
      { name: 'Till exports', extensions: ['csv', 'tsv', 'txt', 'xlsx'] },
      { name: 'All files', extensions: ['*'] },
    ];
    const answer = await dialog.showOpenDialog(shell.window, { properties: ['openFile', 'multiSelections'], filters });
    return answer.canceled ? [] : answer.filePaths.map((path) => ({ path, name: basename(path) }));
  },
  async 'shell/pick-folder'(shell) {
    const answer = await dialog.showOpenDialog(shell.window, { properties: ['openDirectory', 'createDirectory'] });
    const path = answer.filePaths[0];
    return answer.canceled || !path ? null : { path };
  },
  async 'shell/save-text'(shell, { name, text }) {
    const path = await askWhere(shell, name, name.split('.').pop() ?? 'txt');
    if (!path) return null;
    writeFileSync(path, text, 'utf8');
    return { path };
  },
  async 'shell/save-folder'(shell, { name, files }) {
    const answer = await dialog.showOpenDialog(shell.window, {
      defaultPath: app.getPath('documents'),
      properties: ['openDirectory', 'createDirectory'],
    });
    const parent = answer.filePaths[0];
    if (answer.canceled || !parent) return null;
    return { path: writeFolder(parent, name, files) };
  },
  'shell/picture': (shell, size) => pictureOf(shell.window, size),
  async 'shell/save-pdf'(shell, { name, landscape }) {
    const path = await askWhere(shell, name, 'pdf');
    if (!path) return null;
    await onWhitePaper(shell, async () => {
      writeFileSync(path, await shell.window.webContents.printToPDF({ printBackground: true, pageSize: paperSize(), landscape }));
    });
    return { path };
  },
  async 'shell/save-paper'(shell, { paper }) {
    const path = await askWhere(shell, paper.file, 'pdf');
    if (!path) return null;
    writeFileSync(path, await paperToPdf(paper));
    return { path };
  },
  async 'shell/copy-picture'(_shell, { png }) {
    await copyPicture(new Uint8Array(Buffer.from(png, 'base64')));
    return { done: true };
  },
  async 'shell/save-picture'(shell, { name, png }) {
    const path = await askWhere(shell, name, 'png');
    if (!path) return null;
    writeFileSync(path, Buffer.from(png, 'base64'));
    return { path };
  },
  async 'shell/print'(shell) {
    const printed = await onWhitePaper(
      shell,
      () =>
        new Promise<boolean>((done) => shell.window.webContents.print({ printBackground: true, pageSize: paperSize() }, (ok) => done(ok))),
    );
    return { printed };
  },
  'shell/notify'(shell, words) {
    notify(shell.window, words);
    return { done: true };
  },
  'shell/customer-display': (shell) => shell.customer?.state() ?? NO_DISPLAY,
  'shell/set-customer-display'(shell, choice) {
    shell.customer?.choose(choice);
    return shell.customer?.state() ?? NO_DISPLAY;
  },
  async 'shell/pick-photo'(shell) {
    const filters = [{ name: 'JPG, PNG, HEIC', extensions: ['jpg', 'jpeg', 'png', 'heic', 'heif', 'webp', 'bmp'] }];
    const answer = await dialog.showOpenDialog(shell.window, { properties: ['openFile'], filters });
    const path = answer.filePaths[0];
    return answer.canceled || !path ? null : { name: basename(path), ...(await readPhoto(path)) };
  },
  'shell/background': (shell) => shell.background?.state() ?? NO_BACKGROUND,
  'shell/set-background'(shell, change) {
    shell.background?.choose(change);
    return shell.background?.state() ?? NO_BACKGROUND;
  },
  'shell/quit-question': (shell) => shell.quit?.current() ?? null,
  'shell/answer-quit'(shell, { choice, remember }) {
    shell.quit?.reply(choice, remember);
    return { done: true };
  },
  'shell/copy'(_shell, { text }) {
    clipboard.writeText(text);
    return { done: true };
  },
  'shell/check-updates': () => checkForUpdates(),
};

/** Same envelope as the backend's answers. Output shapes are checked by the compiler: the data never left this process. */
export async function answerShell(shell: Shell, channel: string, input: unknown): Promise<Envelope<unknown>> {
  try {
    const handler = handlers[channel as ShellChannel] as (shell: Shell, input: unknown) => unknown;
    return { ok: true, value: await handler(shell, input) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: { code: error.code, params: { ...error.params } } };
    const code = codeOfError(error);
    if (code !== 'bug') return { ok: false, error: { code, params: {} } };
    return { ok: false, error: { code, params: {}, details: error instanceof Error ? (error.stack ?? '') : String(error) } };
  }
}
