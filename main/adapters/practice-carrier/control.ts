import { setTimeout as wait } from 'node:timers/promises';
import type { CreateParams } from './create-rules';
import type { Fault } from './faults';
import type { CarrierServer, ControlRequest } from './server';
import type { TwilioSim } from './sim';
import type { SimSwitches } from './switches';
import type { Mark } from './tallies';
import { type SimAccount, SimRefusal, type SimScript } from './types';

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
      const wake = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const stop = sim.clock.watch(wake);
      const timer = setTimeout(wake, LONG_POLL_MS);
    });
  }
  return clockState(sim);
}

const done = (body: object = {}) => ({ status: 200, body });
const wrong = (error: string) => ({ status: 400, body: { error } });
type Answered = { status: number; body: object };

function changeClock(sim: TwilioSim, to: { advance?: number; set?: number; rate?: number; dateSkewMs?: number }): Answered {
  const { dateSkewMs, ...change } = to;
  const given = [to.advance, to.set, to.rate, dateSkewMs].filter((v) => v !== undefined);
  if (given.length === 0 || given.some((v) => typeof v !== 'number' || !Number.isFinite(v))) return wrong('bad clock');
  if (dateSkewMs !== undefined) sim.change({ dateSkewMs });
  if (Object.keys(change).length) sim.changeClock(change);
  return done(clockState(sim));
}

function textsOf(sim: TwilioSim): object[] {
  return sim.messages().map((v) => ({
    sid: v.m.sid,
    direction: v.m.direction,
    from: v.m.from,
    to: v.m.to,
    body: v.m.body,
    serviceSid: v.m.serviceSid,
    status: v.status,
    errorCode: v.errorCode,
    createdAt: v.m.createdAt,
    /** When it left or will leave for the phone's network. */
    leftAt: v.m.steps.find((s) => s.status === 'sending')?.at ?? null,
    sentAt: v.sentAt,
    deleted: v.m.deleted ?? false,
    foreign: v.m.foreign ?? false,
  }));
}

/** A text of somebody else on the account; what Twilio would refuse comes back as a refusal. */
function foreign(sim: TwilioSim, input: { to: string; from?: string; service?: string; body: string; sendAt?: string }): Answered {
  const params: CreateParams = {
    To: input.to,
    From: input.from,
    MessagingServiceSid: input.service,
    Body: input.body,
    ...(input.sendAt === undefined ? {} : { SendAt: input.sendAt, ScheduleType: 'fixed' }),
  };
  try {
    return done({ sid: sim.foreign(params).m.sid });
  } catch (error) {
    if (error instanceof SimRefusal) return { status: error.httpStatus, body: { code: error.code } };
    throw error;
  }
}

/** Refuses connections for a while of real time; answered before it begins. */
function unplug(server: CarrierServer, forMs: number): Answered {
  if (!Number.isFinite(forMs) || forMs <= 0) return wrong('how long?');
  void (async () => {
    await wait(20);
    await server.unplug();
    await wait(forMs);
    await server.plugIn();
  })();
  return done();
}

const readInput = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * The drawer's own handles: /__sim/{clock, inbound, foreign, script, faults, switches, lists, account, mark, unplug, state,
 * messages, assertions, log}. Only development programs hand this to the server.
 */
export async function control(server: CarrierServer, request: ControlRequest): Promise<Answered> {
  const { sim, faults } = server;
  const input = readInput(request.body);
  if (typeof input !== 'object' || input === null) return wrong('not JSON');
  switch (`${request.method} ${request.path.slice('/__sim/'.length)}`) {
    case 'GET clock':
      return done(await watchClock(sim, request.query));
    case 'POST clock':
      return changeClock(sim, input);
    case 'POST inbound': {
      const texts = (Array.isArray(input) ? input : [input]) as { from: string; to?: string; body: string }[];
      const sids = texts.map((t) => sim.inbound(t));
      return done(Array.isArray(input) ? { sids } : { sid: sids[0] ?? null });
    }
    case 'POST foreign':
      return foreign(sim, input as { to: string; body: string });
    case 'POST script':
      sim.script(input as SimScript);
      return done();
    case 'POST faults':
      return done({ id: faults.add(input as Fault) });
    case 'GET faults':
      return done({ faults: faults.list(), hits: faults.hits });
    case 'DELETE faults': {
      const id = request.query.get('id');
      faults.clear(id === null ? undefined : Number(id));
      return done();
    }
    // `lists` of old: { lag, staleMs }
    case 'POST lists': {
      const { lag, staleMs } = input as { lag?: SimSwitches['listLag']; staleMs?: number };
      sim.change({ ...(lag === undefined ? {} : { listLag: lag }), ...(staleMs === undefined ? {} : { listStaleMs: staleMs }) });
      return done();
    }
    case 'POST switches':
      sim.change(input as Partial<SimSwitches>);
      return done(sim.switches);
    case 'GET switches':
      return done(sim.switches);
    case 'POST account':
      sim.changeAccount(input as Partial<SimAccount>);
      return done();
    case 'GET account':
      return done(sim.account);
    case 'POST mark': {
      const { kind, ...o } = input as { kind?: Mark['kind']; body?: string; windowMs?: number };
      if (kind !== 'paused' && kind !== 'resumed' && kind !== 'cancelled') return wrong('what was done?');
      sim.mark(kind, o);
      return done();
    }
    case 'POST unplug':
      return unplug(server, Number((input as { forMs?: number }).forMs));
    case 'GET state':
      return done({ ...sim.stats(), hits: faults.hits });
    case 'GET messages':
      return done({ messages: textsOf(sim) });
    case 'GET assertions':
      return done(sim.assertions());
    case 'GET log':
      return done(sim.assertionLog());
    default:
      return { status: 404, body: { error: 'unknown' } };
  }
}
