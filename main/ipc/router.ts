import type { ChannelDef } from '@contract/define';
import type { Envelope } from '@contract/errors';
import { contract, shellContract } from '@contract/index';
import { ipcMain, type WebFrameMain } from 'electron';
import type { Shell } from '../shell/start';
import { APP_ORIGIN } from '../shell/window';
import { answerShell } from './shell-handlers';

/** Only our own page in our own window may call; a frame of anything else gets no answer. */
function trusted(frame: WebFrameMain | null): boolean {
  if (!frame || frame.parent) return false;
  const dev = process.env['ELECTRON_RENDERER_URL'];
  return frame.url.startsWith(`${APP_ORIGIN}/`) || (dev !== undefined && frame.url.startsWith(dev));
}

/** One door: trusted sender → known channel → zod → shell or backend → envelope. */
export function connectRouter(shell: Shell): void {
  ipcMain.handle('call', async (event, channel: unknown, input: unknown): Promise<Envelope<unknown>> => {
    if (!trusted(event.senderFrame) || typeof channel !== 'string') {
      return { ok: false, error: { code: 'input.invalid', params: {} } };
    }
    const own = (shellContract as Record<string, ChannelDef>)[channel];
    const def = own ?? (contract as Record<string, ChannelDef>)[channel];
    if (!def) return { ok: false, error: { code: 'input.invalid', params: { channel } } };
    const parsed = def.input.safeParse(input ?? {});
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return { ok: false, error: { code: 'input.invalid', params: { field: issue?.path.join('.') ?? '' } } };
    }
    if (own) return answerShell(shell, channel, parsed.data);
    return shell.host.call(channel, parsed.data, shell.window.id);
  });
}
