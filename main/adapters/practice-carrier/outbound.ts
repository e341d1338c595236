import { addDays, instantOf, localTime, shopDay } from '@domain/calendar';
import { placeOf } from '@domain/campaigns/quiet-hours';
import { countSegments } from '@domain/campaigns/sms-text';
import type { PhoneE164, UtcMs, Zone } from '@domain/kernel';
import { type Accepted, type CreateParams, checkCreate } from './create-rules';
import { lineOf } from './lines';
import { decide } from './outcome';
import { seededReply } from './people';
import { LONGEST_QUEUE_MS, planOutbound } from './plan';
import { chance, simSid } from './seeded';
import type { SimState } from './state';
import { type SimMessage, type SimNumber, SimRefusal, type SimScript } from './types';

const MINUTE = 60_000;

/** What a request to create a text comes to: the text, or a refusal that leaves a trace. */
export interface Made {
  m: SimMessage;
  afterStop: boolean;
}

/** The commonest letters smart encoding replaces (facts/twilio.md §8). */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201b]/g, "'"],
  [/[\u201c\u201d\u201e]/g, '"'],
  [/[\u2010-\u2015]/g, '-'],
  [/\u2026/g, '...'],
  [/\u00a0/g, '  '],
];

/** What the carrier keeps and sends of a body. */
function storedBody(ok: Accepted, asked: string | undefined, wins: 'request' | 'service'): string {
  const on = asked === 'true' || (ok.service?.smartEncoding === true && (asked === undefined || wins === 'service'));
  return on ? PLAIN.reduce((text, [from, to]) => text.replace(from, to), ok.body) : ok.body;
}

const scriptOf = (state: SimState, to: string, body: string): number =>
  state.scripts.findIndex((s) => s.left > 0 && (!s.to || new RegExp(s.to).test(to)) && (!s.body || new RegExp(s.body).test(body)));

/** The first moment from `now` on at which it is between `from` and `to` o'clock in every zone the number may be in. */
export function openingFor(to: string, now: number, hours: { from: number; to: number }): number {
  const { zones } = placeOf({ phone: to as PhoneE164, postalCode: null, zone: null, shopZone: 'America/New_York' as Zone });
  const open = (at: number) =>
    zones.every((z) => {
      const { hour } = localTime(at as UtcMs, z);
      return hour >= hours.from && hour < hours.to;
    });
  if (open(now)) return now;
  const openings: number[] = zones.flatMap((z) =>
    [0, 1, 2].map((d) => {
      const [y, m, day] = addDays(shopDay(now as UtcMs, z), d)
        .split('-')
        .map(Number) as [number, number, number];
      return instantOf(z, y, m, day, hours.from);
    }),
  );
  return openings.sort((a, b) => a - b).find((at) => at > now && open(at)) ?? now;
}

/** Works out a text as the carrier would take it. Changes nothing; throws SimRefusal as Twilio would answer. */
export function makeOutbound(state: SimState, practice: boolean, params: CreateParams, now: number, foreign: boolean): Made {
  const { account, switches, seed } = state;
  const ok = checkCreate(params, account, now, switches.scheduleWithoutService);
  ok.body = storedBody(ok, params.SmartEncoded, switches.smartEncoding);
  if (account.landlines === 'refuse' && lineOf(seed, practice, account, ok.to).type === 'landline')
    throw new SimRefusal(400, 21614, "'To' number is not a valid mobile number.");
  const sid = simSid('SM', seed, state.n + 1);
  // A service keeps to one number per person, unless told not to.
  const turn = ok.service?.stickySender === false ? sid : ok.to;
  const sender = ok.pool[Math.floor(chance(seed, 'sender', turn) * ok.pool.length)];
  if (!sender) throw new SimRefusal(400, 21703, 'No suitable sender.');
  const stopped = state.optOuts.isBlocked(sender.number, ok.to);
  if (stopped && ok.sendAt === null && (!ok.service || switches.serviceStop !== 'fail'))
    throw new SimRefusal(400, 21610, 'Attempt to send to unsubscribed recipient');
  if (!ok.service && ok.sendAt === null && state.senderFreeAt(sender.number, null) - now > LONGEST_QUEUE_MS)
    throw new SimRefusal(400, 21611, "This 'From' number has exceeded its queue.");
  const index = scriptOf(state, ok.to, ok.body);
  const script = state.scripts[index] ?? null;
  if (script?.refuse !== undefined) throw new ScriptedRefusal(script.refuse, index);
  const quiet = ok.sendAt === null && switches.quietHours ? openingFor(ok.to, now, switches.quietHours) : now;
  const m = message(state, practice, { ok, sid, sender, stopped, script, now, putOffTo: quiet > now ? quiet : null });
  if (index >= 0) m.script = index;
  if (foreign) m.foreign = true;
  return { m, afterStop: stopped };
}

/** A refusal a script asked for. */
export class ScriptedRefusal extends SimRefusal {
  constructor(
    code: number,
    readonly script: number,
  ) {
    super(code === 20003 ? 401 : code === 20429 ? 429 : 400, code, 'Refused');
  }
}

function message(
  state: SimState,
  practice: boolean,
  i: {
    ok: Accepted;
    sid: string;
    sender: SimNumber;
    stopped: boolean;
    script: SimScript | null;
    now: number;
    putOffTo: number | null;
  },
): SimMessage {
  const { ok, sid, sender, now } = i;
  const { account, switches, seed } = state;
  const segments = Math.max(1, countSegments(ok.body).segments);
  const sendAt = ok.sendAt ?? i.putOffTo;
  const { deliveredAt, cap, ...plan } = planOutbound({
    seed,
    sid,
    now,
    viaService: ok.service !== null,
    segments,
    mps: sender.mps ?? 1,
    senderFreeAt: state.senderFreeAt(sender.number, sendAt),
    validityMs: ok.validityMs,
    sendAt,
    putOff: i.putOffTo !== null,
    switches,
    decide: (leavesAt) =>
      decide(
        {
          seed,
          practice,
          account,
          switches,
          sid,
          to: ok.to,
          body: ok.body,
          sender,
          service: ok.service,
          script: i.script,
          stopped: i.stopped,
          networkStopped: state.optOuts.isBlockedInNetwork(sender.number, ok.to),
          today: state.tallies.today(now),
          inMinute: state.tallies.inMinute(sender.number, now) + 1,
          taken: (key) => state.caps.get(key) ?? 0,
          segments,
        },
        leavesAt,
      ),
  });
  const m: SimMessage = {
    sid,
    n: state.n + 1,
    direction: 'outbound-api',
    from: sender.number,
    to: ok.to,
    serviceSid: ok.service?.sid ?? null,
    body: ok.body,
    segments,
    createdAt: now,
    ...plan,
  };
  if (cap !== null) m.cap = cap;
  const reply = deliveredAt === null ? null : replyTo(state, practice, m, i.script);
  if (reply && deliveredAt !== null) m.reply = { at: deliveredAt + reply.afterMs, body: reply.body };
  return m;
}

/** What the person will answer. */
function replyTo(state: SimState, practice: boolean, m: SimMessage, script: SimScript | null): { body: string; afterMs: number } | null {
  if (script?.reply) return script.reply;
  if (script || !practice) return null;
  const turn = 6 + Math.floor(8 * chance(state.seed, 'stop-turn'));
  const mustStop = !state.someoneStopped && !state.tallies.has(m.to) && state.tallies.people + 1 >= turn;
  return seededReply(state.seed, { to: m.to, body: m.body, sid: m.sid, mustStop });
}

/** Magic numbers of test credentials: nothing is kept and nobody is texted (facts/twilio.md §5). */
const MAGIC_FROM: Record<string, number> = { '+15005550001': 21212, '+15005550007': 21606, '+15005550008': 21611 };
const MAGIC_TO: Record<string, number> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

export function makeTest(state: SimState, params: CreateParams, now: number): SimMessage {
  const refuse = (code: number) => {
    throw new SimRefusal(400, code, 'Test credentials');
  };
  const { From: from = '', To: to = '', Body: body = '' } = params;
  if (to === '') refuse(21604);
  if (from === '') refuse(21603);
  if (body === '') refuse(21602);
  if (from !== '+15005550006') refuse(MAGIC_FROM[from] ?? 21606);
  if (MAGIC_TO[to] !== undefined) refuse(MAGIC_TO[to] as number);
  return {
    sid: simSid('SM', state.seed, 'test', now, to),
    n: 0,
    direction: 'outbound-api',
    from,
    to,
    serviceSid: null,
    body,
    segments: Math.max(1, countSegments(body).segments),
    createdAt: now,
    senderKnownAt: now,
    freeAt: 0,
    steps: [{ at: now, status: 'queued' }],
    price: null,
    priceAt: now + MINUTE,
  };
}
