import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TwilioSim } from '@adapters/practice-carrier/sim';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { SimRefusal } from '@adapters/practice-carrier/types';
import { HOUR } from '@domain/kernel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { aPhone, SENDER, SERVICE } from '../support/carrier';
import { NOON } from '../support/test-ctx';

const dir = mkdtempSync(join(tmpdir(), 'regulars-carrier-restart-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let files = 0;

const who = fc.integer({ min: 0, max: 5 });
const step = fc.oneof(
  fc.record({
    do: fc.constant('text' as const),
    to: who,
    service: fc.boolean(),
    later: fc.option(fc.integer({ min: 1, max: 30 })),
    foreign: fc.boolean(),
  }),
  fc.record({ do: fc.constant('inbound' as const), to: who, body: fc.constantFrom('STOP', 'START', 'hello', 'yes') }),
  fc.record({ do: fc.constant('consent' as const), to: who, service: fc.boolean(), stop: fc.boolean() }),
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 3 * HOUR }) }),
  fc.record({ do: fc.constant('account' as const), active: fc.boolean() }),
  fc.record({
    do: fc.constant('switches' as const),
    to: fc.constantFrom(
      { serviceStop: 'fail' as const },
      { serviceStop: 'reject' as const },
      { quietHours: { from: 8, to: 21 } },
      { quietHours: null },
      { backwards: 0.5, corrected: 0.3 },
      { filters: [{ word: 'sale', share: 0.5 }] },
    ),
  }),
  fc.record({ do: fc.constant('script' as const), to: who, refuse: fc.boolean(), times: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ do: fc.constant('touch' as const), nth: fc.nat(20), what: fc.constantFrom('cancel', 'redact', 'delete') }),
  fc.record({ do: fc.constant('mark' as const), kind: fc.constantFrom('paused' as const, 'resumed' as const, 'cancelled' as const) }),
  fc.record({ do: fc.constant('look-up' as const), to: who }),
  fc.record({ do: fc.constant('restart' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One step; what Twilio would refuse is refused, anything else that goes wrong is a mistake. */
function act(sim: TwilioSim, s: Exclude<Step, { do: 'restart' }>): void {
  const acts: { [K in Exclude<Step, { do: 'restart' }>['do']]: (s: Extract<Step, { do: K }>) => unknown } = {
    text: (t) => {
      const at = t.later === null ? {} : { SendAt: new Date(sim.now() + t.later * HOUR).toISOString(), ScheduleType: 'fixed' };
      const params = { To: aPhone(t.to), ...(t.service ? { MessagingServiceSid: SERVICE } : { From: SENDER }), Body: 'Sale today', ...at };
      return t.foreign ? sim.foreign(params) : sim.create(params);
    },
    inbound: (t) => sim.inbound({ from: aPhone(t.to), body: t.body }),
    consent: (t) => sim.consent({ sender: t.service ? SERVICE : SENDER, contact: aPhone(t.to), stop: t.stop }),
    advance: (t) => sim.changeClock({ advance: t.ms }),
    account: (t) => sim.changeAccount({ active: t.active }),
    switches: (t) => sim.change(t.to),
    script: (t) =>
      sim.script({ to: `${aPhone(t.to).slice(1)}$`, times: t.times, ...(t.refuse ? { refuse: 21612 } : { outcome: { status: 'sent' } }) }),
    touch: (t) => {
      const all = sim.messages();
      const sid = all[t.nth % Math.max(1, all.length)]?.m.sid ?? '';
      return t.what === 'delete' ? sim.delete(sid) : sim.update(sid, t.what === 'cancel' ? { Status: 'canceled' } : { Body: '' });
    },
    mark: (t) => sim.mark(t.kind, { windowMs: 1000 }),
    'look-up': (t) => sim.lookUp(aPhone(t.to)),
  };
  try {
    (acts[s.do] as (s: Step) => unknown)(s);
  } catch (error) {
    if (!(error instanceof SimRefusal)) throw error;
  }
}

function run(steps: readonly Step[], seed: number, restarts: boolean) {
  const stateFile = join(dir, `${files++}.jsonl`);
  const open = () => new TwilioSim({ stateFile, seed, people: 'practice', clock: new SimClock({ now: NOON, rate: 0 }) });
  let sim = open();
  for (const s of steps) {
    if (s.do !== 'restart') act(sim, s);
    else if (restarts) {
      sim.close();
      sim = open();
    }
  }
  const { requests: _requests, ...log } = sim.assertionLog();
  const day = { from: '2026-11-01', to: '2026-12-31' };
  const seen = {
    messages: sim.messages(),
    stats: sim.stats(),
    assertions: sim.assertions(),
    log,
    usage: sim.usage({ ...day, step: 'day' }),
    balance: sim.balance(),
    now: sim.now(),
  };
  sim.close();
  return seen;
}

describe('what a restart keeps', () => {
  test('whatever is done between, any number of restarts changes nothing (property)', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50, size: 'max' }), fc.integer(), (steps, seed) => {
        expect(run(steps, seed, true)).toEqual(run(steps, seed, false));
      }),
      { numRuns: 80 },
    );
  });

  test('whatever is done, nobody who stopped is texted by the shop, every text has one end, and money adds up (property)', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50, size: 'max' }), fc.integer(), (steps, seed) => {
        // A shop that tells the carrier "they agreed" lifts a stop that the person meant: that is not the carrier's doing.
        const calm = steps.filter((s) => s.do !== 'switches' && s.do !== 'consent' && !(s.do === 'text' && s.later !== null));
        const seen = run(calm, seed, false);
        for (const t of Object.values(seen.assertions)) expect(t.createdAfterStop).toBe(0);
        let spent = 0;
        for (const v of seen.messages) {
          const ends = v.m.steps.filter((s) => ['delivered', 'undelivered', 'failed', 'canceled', 'received'].includes(s.status));
          expect(ends.length).toBeLessThanOrEqual(1);
          for (let i = 1; i < v.m.steps.length; i++) expect(v.m.steps[i]?.at).toBeGreaterThanOrEqual(v.m.steps[i - 1]?.at ?? 0);
          if (v.price !== null) spent += Math.round(-Number(v.price) * 1e6);
        }
        const lookUps = calm.filter((s) => s.do === 'look-up').length * 8000;
        expect(Number(seen.balance)).toBeCloseTo(125 - (spent + lookUps) / 1e6, 6);
        const total = seen.usage.filter((u) => u.category === 'totalprice').reduce((n, u) => n + u.micros, 0);
        expect(total).toBe(spent + lookUps);
      }),
      { numRuns: 80 },
    );
  });
});
