import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { control } from './control';
import { type Fault, FaultBox } from './faults';
import { answer, errorJson, type SimAnswer, type SimRequest } from './routes';
import { chance } from './seeded';
import { type SimOptions, TwilioSim } from './sim';
import { SimClock } from './sim-clock';

export interface CarrierServerOptions extends Omit<SimOptions, 'clock'> {
  port?: number | undefined;
  /** The process's clock when embedded; default the computer's. Only `now` is used. */
  clock?: SimClock | { now(): number } | undefined;
  /** Shorthands of `account`. */
  accountSid?: string | undefined;
  keySid?: string | undefined;
  keySecret?: string | undefined;
  /** Shorthand of `people: 'practice'`. */
  customers?: boolean | undefined;
  /** Opens /__sim/*: only for tests and demonstrations. */
  control?: boolean | undefined;
  /** Requests handled at once before 429; default no limit. */
  maxConcurrent?: number | undefined;
  /** Sees every exchange with Twilio's paths; tests validate them against the specification. */
  observe?: ((request: SimRequest, answer: SimAnswer) => void) | undefined;
  /** What the `crash` fault does; only the stand-alone process passes one. */
  crash?: (() => void) | undefined;
}

export interface CarrierServer {
  url: string;
  sim: TwilioSim;
  faults: FaultBox;
  close(): Promise<void>;
}

const LARGEST_BODY = 1_000_000;

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(res: ServerResponse, status: number, body: object | null, headers: Record<string, string> = {}): void {
  const text = body === null ? '' : JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json;charset=utf-8', 'content-length': Buffer.byteLength(text), ...headers });
  res.end(text);
}

/** Does to the connection what the fault says. `real` is the answer the carrier gave (null before it did anything). */
function strike(fault: Fault, res: ServerResponse, real: SimAnswer | null, crash: () => void): void {
  const { effect } = fault;
  const text = JSON.stringify(real?.body ?? {});
  const half = text.slice(0, Math.max(1, text.length >> 1));
  const status = real?.status ?? 200;
  const json = { 'content-type': 'application/json;charset=utf-8' };
  switch (effect.kind) {
    case 'status': {
      const code = effect.code ?? (effect.status === 429 ? 20429 : 20500);
      const headers = effect.retryAfter === undefined ? {} : { 'retry-after': effect.retryAfter };
      sendJson(res, effect.status, errorJson(effect.status, code, 'Fault'), headers);
      return;
    }
    case 'html':
      res.writeHead(effect.status, { 'content-type': 'text/html' });
      res.end('<html><body><h1>Bad gateway</h1></body></html>');
      return;
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'truncated':
      res.writeHead(status, { ...json, 'content-length': Buffer.byteLength(half) });
      res.end(half);
      return;
    case 'cut':
      res.writeHead(status, { ...json, 'content-length': Buffer.byteLength(text) });
      res.write(half, () => res.socket?.destroy());
      return;
    case 'empty':
      res.writeHead(status, { ...json, 'content-length': 0 });
      res.end();
      return;
    case 'crash':
      crash();
      res.socket?.destroy();
      return;
    case 'slow':
      return; // handled by the caller: the real answer follows
  }
}

/**
 * The practice carrier behind real HTTP, on this machine only. Requests say in `x-twilio-host` which Twilio host they were meant
 * for; without it they mean api.twilio.com.
 */
export async function startCarrierServer(options: CarrierServerOptions = {}): Promise<CarrierServer> {
  const { accountSid, keySid, keySecret } = options;
  const clock =
    options.clock instanceof SimClock ? options.clock : new SimClock({}, options.clock ? () => options.clock?.now() ?? 0 : Date.now);
  const sim = new TwilioSim({
    ...options,
    clock,
    account: {
      ...options.account,
      ...(accountSid === undefined ? {} : { accountSid }),
      ...(keySid === undefined ? {} : { keySid }),
      ...(keySecret === undefined ? {} : { keySecret }),
    },
    people: options.people ?? (options.customers ? 'practice' : 'none'),
  });
  const faults = new FaultBox((n) => chance(sim.seed, 'fault', n));
  const crash = options.crash ?? (() => {});
  let busy = 0;

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    const path = decodeURIComponent(url.pathname);
    const method = (req.method ?? 'GET').toUpperCase();
    const body = await readBody(req);
    if (path.startsWith('/__sim/')) {
      if (!options.control) return sendJson(res, 404, errorJson(404, 20404, 'Not found'));
      const result = await control({ sim, faults }, { method, path, query: url.searchParams, body, gone: () => res.destroyed });
      return sendJson(res, result.status, result.body);
    }
    const list = /^\/deactivations\/(\d{4}-\d{2}-\d{2})\.txt$/.exec(path)?.[1];
    if (list !== undefined && method === 'GET') {
      res.writeHead(200, { 'content-type': 'text/plain' });
      res.end(
        sim
          .deactivated(list)
          .map((n) => `${n.slice(1)}\n`)
          .join(''),
      );
      return;
    }
    const request: SimRequest = {
      host: String(req.headers['x-twilio-host'] ?? 'api.twilio.com'),
      method,
      path,
      query: url.searchParams,
      form: new URLSearchParams(body),
    };
    if (options.maxConcurrent !== undefined && busy > options.maxConcurrent) {
      return sendJson(res, 429, errorJson(429, 20429, 'Too many concurrent requests'));
    }
    const fault = faults.match({ method, path, body });
    const slow = fault?.effect.kind === 'slow' ? fault.effect.ms : 0;
    if (fault?.when !== 'after') {
      if (slow > 0) await wait(slow);
      else if (fault) return strike(fault, res, null, crash);
    }
    const real = answer(sim, request, req.headers.authorization);
    options.observe?.(request, real);
    if (fault?.when === 'after') {
      if (slow === 0) return strike(fault, res, real, crash);
      await wait(slow);
    }
    sendJson(res, real.status, real.body, { 'twilio-concurrent-requests': String(busy), ...real.headers });
  }

  const server = createServer((req, res) => {
    busy += 1;
    handle(req, res)
      .catch((error: unknown) => {
        if (res.headersSent) res.destroy();
        else sendJson(res, 500, errorJson(500, 20500, error instanceof Error ? error.message : 'Internal error'));
      })
      .finally(() => {
        busy -= 1;
      });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  sim.url = `http://127.0.0.1:${port}`;
  return {
    url: sim.url,
    sim,
    faults,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      sim.close();
    },
  };
}
