import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Topic } from '@contract/define';
import { AppError } from '@domain/errors';
import type { Clock } from '@ports/clock';
import type { PaperPrinter } from '@ports/paper-printer';
import type { SecretName, SecretStore } from '@ports/secrets';
import { displayOpened, sessionAt, windowClosed } from '@services/counter/turn';
import { comesBack, goesToSleep } from '@services/desktop/power';
import { dispatch, errorEnvelope } from './dispatch';
import { type OpenShop, openShop } from './open-shop';
import type { BackendStart, FromBackend, ToBackend } from './rpc';
import { beginRun } from './run-mark';
import { answerShell } from './shell-questions';
import { startStanding } from './standing';

/** Entry of the backend thread: owns the database and every service; the shell only forwards calls. */
const port = parentPort;
if (!port) throw new Error('the backend runs as a worker');
const start = workerData as BackendStart;
const post = (m: FromBackend) => port.postMessage(m);

let pendingTopics = new Set<Topic>();
/** Announcements within one turn of the loop travel together. */
function changed(...topics: Topic[]): void {
  if (!pendingTopics.size) {
    setTimeout(() => {
      post({ t: 'changed', topics: [...pendingTopics] });
      pendingTopics = new Set();
    }, 30);
  }
  for (const t of topics) pendingTopics.add(t);
}

/** Secrets as the shell handed them over; changes go back to the shell's store and count once it has kept them. */
function shellSecrets(): SecretStore & { stored(id: number, ok: boolean): void } {
  const values = { ...start.secrets };
  const waiting = new Map<number, (ok: boolean) => void>();
  let seq = 0;
  const store = (name: SecretName, value: string | null) =>
    new Promise<void>((resolve, reject) => {
      const id = ++seq;
      waiting.set(id, (ok) => (ok ? resolve() : reject(new AppError('secrets.unavailable'))));
      post({ t: 'store-secret', id, name, value });
    });
  return {
    get: async (name) => values[name] ?? null,
    async set(name, value) {
      await store(name, value);
      values[name] = value;
    },
    async remove(name) {
      await store(name, null);
      delete values[name];
    },
    stored(id, ok) {
      waiting.get(id)?.(ok);
      waiting.delete(id);
    },
  };
}

/** Pages are drawn and printed by the shell, in a window nobody sees. */
function shellPrinter(): PaperPrinter & { printed(id: number, pdf: Uint8Array | null): void } {
  const waiting = new Map<number, (pdf: Uint8Array | null) => void>();
  let seq = 0;
  return {
    pdf: (paper) =>
      new Promise((resolve, reject) => {
        const id = ++seq;
        waiting.set(id, (pdf) => (pdf ? resolve(pdf) : reject(new AppError('paper.not-made'))));
        post({ t: 'print', id, paper });
      }),
    printed(id, pdf) {
      waiting.get(id)?.(pdf);
      waiting.delete(id);
    },
  };
}

const secrets = shellSecrets();
const paperPrinter = shellPrinter();
const stopping = new AbortController();
setMaxListeners(50, stopping.signal); // everything that stands (standing.ts) sleeps on it
let shop: OpenShop | undefined;
let standing: Promise<void> | undefined;
let endRun: (() => void) | undefined;

async function clockOf(): Promise<Clock | undefined> {
  if (!start.clockUrl || start.packaged) return undefined;
  const { connectRemoteClock } = await import('@adapters/clock/remote-clock');
  return connectRemoteClock(start.clockUrl);
}

async function open(): Promise<OpenShop> {
  const clock = await clockOf();
  return openShop({
    dir: start.dir,
    kind: start.kind,
    secrets,
    paperPrinter,
    changed,
    tell: (notice) => post({ t: 'notice', notice }),
    ...(clock ? { clock } : {}),
    twilioUrl: start.packaged ? undefined : start.twilioUrl,
    recoveryCode: start.recoveryCode,
    mend: start.mend,
    checkWorker: join(__dirname, 'check-worker.js'),
    importWorker: join(__dirname, 'import-worker.js'),
    quiet: async () => {
      stopping.abort(new AppError('backend.restarted'));
      await standing?.catch(() => undefined);
    },
    // The answer to 'backups/restore' leaves first.
    restart: () => setTimeout(() => post({ t: 'restart' }), 200),
  });
}

if (process.env['REGULARS_PERF'] && !start.packaged) {
  void import('@adapters/log/loop-meter').then(({ meterLoop }) => meterLoop('backend', (line) => process.stdout.write(line)));
}

const ready = open().then(
  (opened) => {
    shop = opened;
    if (!opened.readOnly) endRun = beginRun(opened.ctx, start.afterFailure === true);
    post({ t: 'ready' });
    if (!opened.readOnly) standing = startStanding(opened.ctx, stopping.signal);
  },
  (error: unknown) => {
    const { code, params } = errorEnvelope(error);
    post({ t: 'failed', code, params });
  },
);

port.on('message', async (m: ToBackend) => {
  if (m.t === 'secret-stored') {
    secrets.stored(m.id, m.ok); // opening a new shop waits for this
    return;
  }
  if (m.t === 'printed') {
    paperPrinter.printed(m.id, m.pdf);
    return;
  }
  await ready;
  if (m.t === 'call') {
    // another file is taking this one's place: whoever asks now asks again when it is there
    const envelope =
      shop && !shop.leaving()
        ? await dispatch(shop.ctx, sessionAt(shop.ctx, m.windowId), m.channel, m.input, { readOnly: shop.readOnlyWhy })
        : ({ ok: false, error: { code: 'backend.restarted', params: {} } } as const);
    post({ t: 'reply', id: m.id, envelope });
  } else if (m.t === 'display-window') {
    if (shop) displayOpened(shop.ctx, m.windowId);
  } else if (m.t === 'window-closed') {
    if (shop) windowClosed(shop.ctx, m.windowId);
  } else if (m.t === 'ask') {
    post({ t: 'reply', id: m.id, envelope: shop ? answerShell(shop, m) : { ok: false, error: { code: 'backend.restarted', params: {} } } });
  } else if (m.t === 'power') {
    if (shop && !shop.readOnly) (m.event === 'suspend' ? goesToSleep : comesBack)(shop.ctx);
  } else if (m.t === 'stop') {
    endRun?.(); // first: the system may not wait for the rest
    stopping.abort(new AppError('backend.restarted'));
    await standing?.catch(() => undefined);
    await shop?.close();
    post({ t: 'stopped' });
    process.exit(0);
  }
});
