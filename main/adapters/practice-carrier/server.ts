import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FaultBox } from './faults';
import { answer, errorJson, type SimAnswer, type SimRequest } from './routes';
import { chance } from './seeded';
import { type SimOptions, TwilioSim } from './sim';
import { SimClock } from './sim-clock';
import { sendJson, strike } from './strike';

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
  /** Answers /__sim/* (control.ts): handed in by tests and demonstrations only, so that no shipped program contains it. */
  control?: ControlHandler | undefined;
  /** Shorthand of the switch: requests handled at once before 429; default no limit. */
  maxConcurrent?: number | undefined;
  /** Sees every exchange with Twilio's paths; tests validate them against the specification. */
  observe?: ((request: SimRequest, answer: SimAnswer) => void) | undefined;
  /** What the `crash` fault does; only the stand-alone process passes one. */
  crash?: (() => void) | undefined;
}

export interface ControlRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

export type ControlHandler = (server: CarrierServer, request: ControlRequest) => Promise<{ status: number; body: object }>;

export interface CarrierServer {
  url: string;
  sim: TwilioSim;
  faults: FaultBox;
  /** Pulls the plug: connections are refused, as without internet, until `plugIn`. Same address afterwards. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
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
    switches: { ...options.switches, ...(options.maxConcurrent === undefined ? {} : { maxConcurrent: options.maxConcurrent }) },
  });
  const faults = new FaultBox((fault, n) => chance(sim.seed, 'fault', fault, n));
  const crash = options.crash ?? (() => {});
  let busy = 0;

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    const path = decodeURIComponent(url.pathname);
    const method = (req.method ?? 'GET').toUpperCase();
    const body = await readBody(req);
    if (path.startsWith('/__sim/')) {
      if (!options.control) return sendJson(res, 404, errorJson(404, 20404, 'Not found'));
      const result = await options.control(carrier, { method, path, query: url.searchParams, body });
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
    busy += 1;
    res.once('close', () => {
      busy -= 1;
    });
    const host = String(req.headers['x-twilio-host'] ?? 'api.twilio.com');
    await api(res, { host, method, path, query: url.searchParams, form: new URLSearchParams(body) }, body, req.headers.authorization);
  }

  /** One request to Twilio's own paths. */
  async function api(res: ServerResponse, request: SimRequest, body: string, authorization: string | undefined): Promise<void> {
    const started = performance.now();
    const { maxConcurrent, latencyMs } = sim.switches;
    const concurrent = busy;
    /** The carrier's own time, whatever the computer's is. */
    const stamp = () => {
      res.setHeader('date', new Date(sim.now() + sim.switches.dateSkewMs).toUTCString());
      res.setHeader('twilio-concurrent-requests', String(concurrent));
      res.setHeader('twilio-request-duration', ((performance.now() - started) / 1000).toFixed(3));
    };
    stamp();
    if (maxConcurrent !== null && concurrent > maxConcurrent)
      return sendJson(res, 429, errorJson(429, 20429, 'Too many concurrent requests'));
    if (latencyMs > 0) await wait(latencyMs / 2);
    const fault = faults.match({ method: request.method, path: request.path, body }, sim.now());
    const slow = fault?.effect.kind === 'slow' ? fault.effect.ms : 0;
    if (fault?.when !== 'after') {
      if (slow > 0) await wait(slow);
      else if (fault) return strike(fault, res, null, crash);
    }
    const real = answer(sim, request, authorization);
    options.observe?.(request, real);
    if (latencyMs > 0) await wait(latencyMs / 2);
    if (fault?.when === 'after') {
      if (slow === 0) return strike(fault, res, real, crash);
      await wait(slow);
    }
    if (!res.headersSent) stamp();
    sendJson(res, real.status, real.body, real.headers);
  }

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      if (res.headersSent) res.destroy();
      else sendJson(res, 500, errorJson(500, 20500, error instanceof Error ? error.message : 'Internal error'));
    });
  });
  server.keepAliveTimeout = 60_000;
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const unplug = async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  sim.url = `http://127.0.0.1:${port}`;
  const carrier: CarrierServer = {
    url: sim.url,
    sim,
    faults,
    unplug,
    async plugIn() {
      if (!server.listening) await listen(port);
    },
    async close() {
      await unplug();
      sim.close();
    },
  };
  return carrier;
}
