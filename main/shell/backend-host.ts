import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Topic } from '@contract/define';
import type { Envelope, ErrorParams } from '@contract/errors';
import type { Notice } from '@domain/sources/notice';
import type { Printable } from '@ports/paper-printer';
import type { SecretStore } from '@ports/secrets';
import type { BackendStart, FromBackend, ShellAnswer, ShellQuestion, ToBackend } from '../backend/rpc';

export type BackendState = 'starting' | 'ready' | 'needs-passphrase' | 'failed';

export interface HostEvents {
  changed(topics: Topic[]): void;
  notice(notice: Notice): void;
  /** Rejects when it cannot be printed. */
  print(paper: Printable): Promise<Uint8Array>;
  state(state: BackendState, errorCode: string | null): void;
}

const RESTARTS = 3;
const WITHIN_MS = 60_000;

/**
 * The backend runs in a worker thread (docs/DECISIONS.md 3). This file is the only one that knows: a utilityProcess would be
 * started here. Calls wait until it is ready; when it dies they fail with backend.restarted and it is started again, at most
 * three times a minute.
 */
export class BackendHost {
  private worker: Worker | undefined;
  private seq = 0;
  private readonly pending = new Map<number, (e: Envelope<unknown>) => void>();
  private queue: ToBackend[] = [];
  private readonly displays = new Set<number>();
  private deaths: number[] = [];
  private stopping = false;
  private begin: Omit<BackendStart, 'secrets'> | undefined;
  private secrets: SecretStore | undefined;
  state: BackendState = 'starting';
  errorCode: string | null = null;
  errorParams: ErrorParams = {};

  constructor(
    private readonly appPath: string,
    private readonly events: HostEvents,
  ) {}

  private setState(state: BackendState, errorCode: string | null = null): void {
    this.state = state;
    this.errorCode = errorCode;
    this.events.state(state, errorCode);
  }

  /** Starts (or restarts with other settings). Resolves once the worker runs, not once the shop is open. */
  async start(begin: Omit<BackendStart, 'secrets'>, secrets: SecretStore, afterFailure = false): Promise<void> {
    this.begin = begin;
    this.secrets = secrets;
    this.stopping = false;
    this.setState('starting');
    const values: BackendStart['secrets'] = {};
    for (const name of ['hmac-key', 'journal-key', 'twilio-key-secret', 'mail-password'] as const) {
      const value = await secrets.get(name);
      if (value) values[name] = value;
    }
    const worker = new Worker(join(this.appPath, 'out/main/backend.js'), {
      workerData: { ...begin, secrets: values, afterFailure } satisfies BackendStart,
      ...(begin.packaged ? {} : { execArgv: ['--enable-source-maps'] }),
    });
    this.worker = worker;
    worker.on('message', (m: FromBackend) => this.onMessage(worker, m));
    worker.on('error', () => undefined); // 'exit' follows
    worker.on('exit', () => this.onExit(worker));
  }

  private onMessage(worker: Worker, m: FromBackend): void {
    if (worker !== this.worker) return;
    if (m.t === 'reply') {
      this.pending.get(m.id)?.(m.envelope);
      this.pending.delete(m.id);
    } else if (m.t === 'changed') this.events.changed(m.topics);
    else if (m.t === 'print') {
      const done = (pdf: Uint8Array | null) => worker.postMessage({ t: 'printed', id: m.id, pdf } satisfies ToBackend);
      this.events.print(m.paper).then(done, () => done(null));
    } else if (m.t === 'notice') this.events.notice(m.notice);
    else if (m.t === 'ready') {
      for (const windowId of this.displays) worker.postMessage({ t: 'display-window', windowId } satisfies ToBackend);
      this.setState('ready');
      for (const q of this.queue.splice(0)) worker.postMessage(q);
    } else if (m.t === 'failed') {
      this.setState('failed', m.code);
      this.errorParams = m.params;
      this.failAll({ ok: false, error: { code: m.code as 'bug', params: m.params } });
    } else if (m.t === 'store-secret') {
      const kept = m.value === null ? this.secrets?.remove(m.name) : this.secrets?.set(m.name, m.value);
      Promise.resolve(kept).then(
        () => worker.postMessage({ t: 'secret-stored', id: m.id, ok: true } satisfies ToBackend),
        () => worker.postMessage({ t: 'secret-stored', id: m.id, ok: false } satisfies ToBackend),
      );
    } else if (m.t === 'restart') void this.restart();
  }

  private failAll(envelope: Envelope<unknown>): void {
    this.queue = [];
    for (const answer of this.pending.values()) answer(envelope);
    this.pending.clear();
  }

  private onExit(worker: Worker): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    this.failAll({ ok: false, error: { code: 'backend.restarted', params: {} } });
    if (this.stopping || !this.begin || !this.secrets) return;
    const now = performance.now();
    this.deaths = [...this.deaths.filter((t) => now - t < WITHIN_MS), now];
    if (this.deaths.length > RESTARTS) this.setState('failed', 'bug');
    else void this.start(this.begin, this.secrets, true);
  }

  call(channel: string, input: unknown, windowId: number): Promise<Envelope<unknown>> {
    if (this.state === 'failed' || this.state === 'needs-passphrase') {
      const code = (this.errorCode ?? (this.state === 'failed' ? 'bug' : 'secrets.unavailable')) as 'bug';
      return Promise.resolve({ ok: false, error: { code, params: {} } });
    }
    return new Promise((resolve) => {
      const m: ToBackend = { t: 'call', id: ++this.seq, channel, input, windowId };
      this.pending.set(m.id, resolve);
      if (this.state === 'ready' && this.worker) this.worker.postMessage(m);
      else this.queue.push(m);
    });
  }

  /** A question of the shell itself; null when the shop is not open or does not answer in time. */
  async ask(what: ShellQuestion, windowId: number, withinMs = 1500): Promise<ShellAnswer | null> {
    const { worker } = this;
    if (this.state !== 'ready' || !worker) return null;
    const id = ++this.seq;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.pending.delete(id);
        resolve(null);
      }, withinMs);
      this.pending.set(id, (e) => {
        clearTimeout(late);
        resolve(e.ok ? (e.value as ShellAnswer) : null);
      });
      worker.postMessage({ t: 'ask', id, windowId, what } satisfies ToBackend);
    });
  }

  power(event: 'suspend' | 'resume'): void {
    this.worker?.postMessage({ t: 'power', event } satisfies ToBackend);
  }

  /** A window that faces customers; told again to every new backend, before anything else is asked of it. */
  displayWindow(windowId: number): void {
    this.displays.add(windowId);
    if (this.state === 'ready') this.worker?.postMessage({ t: 'display-window', windowId } satisfies ToBackend);
  }

  forgetWindow(windowId: number): void {
    this.displays.delete(windowId);
    this.worker?.postMessage({ t: 'window-closed', windowId } satisfies ToBackend);
  }

  needPassphrase(errorCode: string | null): void {
    this.setState('needs-passphrase', errorCode);
  }

  /** Lets the backend finish what it is writing, at most `withinMs`; a system that shuts down waits less than ten seconds. */
  async stop(withinMs = 10_000): Promise<void> {
    const worker = this.worker;
    this.stopping = true;
    if (!worker) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, withinMs);
      worker.once('exit', () => {
        clearTimeout(limit);
        resolve();
      });
      worker.postMessage({ t: 'stop' } satisfies ToBackend);
    });
    await worker.terminate();
    this.worker = undefined;
  }

  async restart(change: Partial<Omit<BackendStart, 'secrets'>> = {}, secrets?: SecretStore): Promise<void> {
    const begin = this.begin;
    const store = secrets ?? this.secrets;
    if (!begin || !store) return;
    await this.stop();
    await this.start({ ...begin, ...change }, store);
  }
}
