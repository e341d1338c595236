import type { Fault, FaultBox } from './faults';
import type { TwilioSim } from './sim';
import type { SimAccount, SimScript } from './types';

interface ControlRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  /** True once the asker hung up. */
  gone: () => boolean;
}

/** A watcher is answered at the latest after this long, changed or not. */
const LONG_POLL_MS = 25_000;

const clockState = (sim: TwilioSim) => ({ now: sim.now(), rate: sim.clock.rate, version: sim.clock.version });

/**
 * `?version=` (or `?after=<now>` of the last answer) holds the answer until the clock was changed by somebody; a clock that
 * merely runs on needs no news.
 */
async function watchClock(sim: TwilioSim, query: URLSearchParams): Promise<object> {
  const after = query.get('after');
  const version = query.get('version');
  const changed = () => {
    if (version !== null) return sim.clock.version !== Number(version);
    if (after === null) return true;
    return sim.clock.rate === 0 && sim.now() !== Number(after);
  };
  if (!changed()) {
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const stop = sim.clock.watch(done);
      const timer = setTimeout(done, LONG_POLL_MS);
    });
  }
  return clockState(sim);
}

/** The drawer's own handles: /__sim/{clock, inbound, script, faults, lists, account, state, messages, assertions}. */
export async function control(
  { sim, faults }: { sim: TwilioSim; faults: FaultBox },
  request: ControlRequest,
): Promise<{ status: number; body: object }> {
  const what = `${request.method} ${request.path.slice('/__sim/'.length)}`;
  const input = (): unknown => (request.body === '' ? {} : JSON.parse(request.body));
  switch (what) {
    case 'GET clock':
      return { status: 200, body: await watchClock(sim, request.query) };
    case 'POST clock': {
      const to = input() as { advance?: number; set?: number; rate?: number };
      const given = [to.advance, to.set, to.rate].filter((v) => v !== undefined);
      if (given.length === 0 || given.some((v) => typeof v !== 'number' || !Number.isFinite(v)))
        return { status: 400, body: { error: 'bad clock' } };
      sim.changeClock(to);
      return { status: 200, body: clockState(sim) };
    }
    case 'POST inbound': {
      const text = input() as { from: string; to?: string; body: string };
      return { status: 200, body: { sid: sim.inbound(text) } };
    }
    case 'POST script':
      sim.script(input() as SimScript);
      return { status: 200, body: {} };
    case 'POST faults':
      faults.add(input() as Fault);
      return { status: 200, body: {} };
    case 'DELETE faults':
      faults.clear();
      return { status: 200, body: {} };
    case 'POST lists': {
      const to = input() as { lag?: { ms: number; share?: number } | null; staleMs?: number };
      if (to.lag !== undefined) sim.listLag = to.lag;
      if (to.staleMs !== undefined) sim.listStaleMs = to.staleMs;
      return { status: 200, body: {} };
    }
    case 'POST account': {
      sim.changeAccount(input() as Partial<SimAccount>);
      return { status: 200, body: {} };
    }
    case 'GET state':
      return { status: 200, body: { ...sim.stats(), hits: faults.hits } };
    case 'GET messages': {
      const messages = sim.messages().map((v) => ({
        sid: v.m.sid,
        direction: v.m.direction,
        from: v.m.from,
        to: v.m.to,
        body: v.m.body,
        status: v.status,
        errorCode: v.errorCode,
        createdAt: v.m.createdAt,
        deleted: v.m.deleted ?? false,
      }));
      return { status: 200, body: { messages } };
    }
    case 'GET assertions':
      return { status: 200, body: sim.assertions() };
    default:
      return { status: 404, body: { error: 'unknown' } };
  }
}
