import type { ChannelDef } from '@contract/define';
import type { Envelope } from '@contract/errors';
import { contract, shellContract } from '@contract/index';
import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import type { Shell } from '../shell/start';
import { APP_ORIGIN } from '../shell/window';
import { answerShell } from './shell-handlers';

/** Only our own page in one of our two windows may call; a frame of anything else gets no answer. */
function trusted(frame: WebFrameMain | null): boolean {
  if (!frame || frame.parent) return false;
  const dev = process.env['ELECTRON_RENDERER_URL'];
  return frame.url.startsWith(`${APP_ORIGIN}/`) || (dev !== undefined && frame.url.startsWith(dev));
}

/** What the frame of a window that is turned to a customer may still ask of the shell. */
const WHILE_TURNED: ReadonlySet<string> = new Set(['shell/status', 'shell/restart-backend']);

/** Which of our windows this is; null = none. */
function callingWindow(shell: Shell, sender: WebContents): number | null {
  if (sender === shell.window.webContents) return shell.window.id;
  return shell.customer?.owns(sender) ? shell.customer.id : null;
}

/** One door: trusted sender → known channel → zod → shell or backend → envelope. */
export function connectRouter(shell: Shell): void {
  ipcMain.handle('call', async (event, channel: unknown, input: unknown): Promise<Envelope<unknown>> => {
    const windowId = callingWindow(shell, event.sender);
    if (!trusted(event.senderFrame) || windowId === null || typeof channel !== 'string') {
      return { ok: false, error: { code: 'input.invalid', params: {} } };
    }
    const own = (shellContract as Record<string, ChannelDef>)[channel];
    const def = own ?? (contract as Record<string, ChannelDef>)[channel];
    // The display's few channels, and nothing of the shell; the backend asks the same again by the window's own number.
    if (windowId !== shell.window.id && def?.role !== 'display') return { ok: false, error: { code: 'session.locked', params: {} } };
    if (own && shell.isTurned() && !WHILE_TURNED.has(channel)) return { ok: false, error: { code: 'session.locked', params: {} } };
    if (!def) return { ok: false, error: { code: 'input.invalid', params: { channel } } };
    const parsed = def.input.safeParse(input ?? {});
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return { ok: false, error: { code: 'input.invalid', params: { field: issue?.path.join('.') ?? '' } } };
    }
    if (own) return answerShell(shell, channel, parsed.data);
    const answer = await shell.host.call(channel, parsed.data, windowId);
    // The window's own picture of itself decides: it asks again after every turn, PIN and restart.
    if (channel === 'session/state' && answer.ok) shell.setTurned((answer.value as { turned?: boolean }).turned === true);
    return answer;
  });
}
