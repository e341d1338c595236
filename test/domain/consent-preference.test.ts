import type { ConsentEvent, ConsentKind, ConsentMethod } from '@domain/consent/event';
import { type ChannelChoice, lessPromise, packPreference, unpackPreference } from '@domain/consent/preference';
import { foldConsent, isOwnAct, stateOf } from '@domain/consent/status';
import type { UtcMs, Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ZONE = 'America/New_York' as Zone;
const T0 = Date.UTC(2026, 10, 17, 16) as UtcMs;
const HOUR = 3_600_000;

type Act = Partial<ConsentEvent> & { kind: ConsentKind; method: ConsentMethod };
const ALL: ReadonlySet<ConsentKind> = new Set(['stopped', 'restarted', 'held', 'hold-released', 'preferred']);
const ledger = (acts: readonly Act[]): ConsentEvent[] =>
  acts.map((a, i) => ({
    id: i + 1,
    channel: 'sms',
    purpose: ALL.has(a.kind) ? 'all' : 'marketing',
    promiseMax: null,
    topics: [],
    language: 'en',
    wordingHash: null,
    reason: null,
    staffId: null,
    occurredAt: (T0 + i * HOUR) as UtcMs,
    recordedAt: (T0 + i * HOUR) as UtcMs,
    ...a,
  }));
const fold = (...acts: Act[]) => foldConsent(ledger(acts), { now: (T0 + acts.length * HOUR) as UtcMs, zone: ZONE });
const promise = (...acts: Act[]) => fold(...acts).find((s) => s.purpose === 'marketing')?.promiseMax ?? null;
const topic = (slug: string, ...acts: Act[]) => stateOf(fold(...acts), `topic:${slug}`);
const marketing = (...acts: Act[]) => stateOf(fold(...acts), 'marketing');

const signUp: Act = { kind: 'signed-up', method: 'screen', promiseMax: 4, topics: ['boots'] };
const stop: Act = { kind: 'stopped', method: 'reply' };
const start: Act = { kind: 'restarted', method: 'reply' };
const prefer = (method: ConsentMethod, topics: string[], promiseMax: number | null = null): Act => ({
  kind: 'preferred',
  method,
  topics,
  promiseMax,
});

describe('LESS', () => {
  it('goes down 4, 2, 1 and says when it is as few as it can be', () => {
    expect([10, 5, 4, 3, 2].map(lessPromise)).toEqual([4, 4, 2, 2, 1]);
    expect(lessPromise(1)).toBeNull();
  });
});

describe('preferences', () => {
  it('lower a promise whoever says so, raise it only by the customer’s own hand', () => {
    expect(promise(signUp, prefer('reply', [], 2))).toBe(2);
    expect(promise(signUp, prefer('owner', [], 2))).toBe(2);
    expect(promise(signUp, prefer('counter', [], 8))).toBe(4);
    expect(promise(signUp, prefer('owner', [], 8))).toBe(4);
    for (const own of ['screen', 'reply', 'paper', 'join-text'] as const) expect(promise(signUp, prefer(own, [], 8))).toBe(8);
  });

  it('leave a topic, the rest going on, and come back to it only by their own act', () => {
    expect(topic('boots', signUp, prefer('counter', ['-boots']))).toBe('out');
    expect(marketing(signUp, prefer('counter', ['-boots']))).toBe('in');
    expect(topic('boots', signUp, prefer('counter', ['-boots']), prefer('owner', ['+boots']))).toBe('out');
    expect(topic('boots', signUp, prefer('reply', ['-boots']), { kind: 'attested', method: 'import', topics: ['boots'] })).toBe('out');
    expect(topic('boots', signUp, prefer('counter', ['-boots']), prefer('reply', ['+boots']))).toBe('in');
    expect(topic('boots', signUp, prefer('counter', ['-boots']), signUp)).toBe('in');
    expect(topic('boots', signUp, prefer('counter', ['-boots']), stop, start)).toBe('out');
  });

  it('add a topic only where marketing is in', () => {
    expect(topic('wine', signUp, prefer('screen', ['+wine']))).toBe('in');
    expect(topic('wine', signUp, prefer('counter', ['+wine']))).toBe('never');
    expect(topic('wine', prefer('screen', ['+wine']))).toBe('never');
    expect(topic('wine', signUp, stop, prefer('screen', ['+wine']))).toBe('never');
    expect(topic('wine', signUp, { kind: 'held', method: 'reply' }, prefer('screen', ['+wine']))).toBe('never');
    expect(topic('wine', signUp, stop, signUp, prefer('screen', ['+wine']))).toBe('in');
  });

  it('keep a lower promise through STOP and START', () => {
    expect(promise(signUp, prefer('reply', [], 1), stop, start)).toBe(1);
    expect(promise(signUp, stop, prefer('counter', [], 1), start)).toBe(1);
    expect(promise(signUp, stop, prefer('screen', [], 9), start)).toBe(4);
  });

  it('choose another channel for a purpose, and this one again by their own act', () => {
    const mail = prefer('reply', ['marketing=email']);
    expect(marketing(signUp, mail)).toBe('paused');
    expect(topic('boots', signUp, mail)).toBe('paused');
    expect(marketing(signUp, mail, prefer('counter', ['marketing=both']))).toBe('paused');
    expect(marketing(signUp, mail, prefer('screen', ['marketing=both']))).toBe('in');
    expect(marketing(signUp, mail, start)).toBe('in');
    expect(marketing(signUp, mail, stop, prefer('screen', ['marketing=sms']))).toBe('out');
    expect(marketing(signUp, { kind: 'paused', method: 'system' }, prefer('screen', ['marketing=sms']))).toBe('paused');
    const ready: Act = { kind: 'signed-up', method: 'screen', purpose: 'service' };
    expect(stateOf(fold(signUp, ready, mail), 'service')).toBe('in');
    expect(stateOf(fold(signUp, ready, prefer('reply', ['service=none'])), 'service')).toBe('paused');
  });

  it('does not come back by a form written down late', () => {
    const late: Act = { ...signUp, occurredAt: (T0 - HOUR) as UtcMs };
    expect(topic('boots', signUp, prefer('reply', ['-boots']), late)).toBe('out');
    expect(marketing(signUp, prefer('reply', ['marketing=email']), late)).toBe('paused');
  });

  it('are read back as they were packed', () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}$/);
    const choice = fc.constantFrom<ChannelChoice>('sms', 'email', 'both', 'none');
    fc.assert(
      fc.property(fc.uniqueArray(slug), fc.uniqueArray(slug), fc.option(choice), fc.option(choice), (add, remove, m, s) => {
        const channels = { ...(m ? { marketing: m } : {}), ...(s ? { service: s } : {}) };
        const back = unpackPreference({ topics: packPreference({ topics: { add, remove }, channels }), promiseMax: 3 });
        expect(back).toEqual({ promiseMax: 3, topics: { add: add.filter((t) => !remove.includes(t)), remove }, channels });
      }),
    );
  });

  it('never bring in what was not in, by anybody but the customer', () => {
    const kinds = fc.constantFrom<Act>(
      signUp,
      stop,
      start,
      { kind: 'signed-up', method: 'clerk', topics: ['wine'] },
      { kind: 'asked', method: 'clerk', topics: ['wine'] },
      { kind: 'agreed', method: 'reply' },
      { kind: 'declined', method: 'reply' },
      { kind: 'attest-undone', method: 'import', reason: 'import:1' },
      { kind: 'held', method: 'reply' },
      { kind: 'hold-released', method: 'owner' },
      { kind: 'paused', method: 'system' },
      { kind: 'stopped', method: 'reply', reason: 'carrier-stop: exact' },
      { kind: 'stopped', method: 'reply', purpose: 'topic:boots' },
    );
    const wishes = fc
      .tuple(
        fc.constantFrom<ConsentMethod>('screen', 'reply', 'counter', 'owner', 'import', 'system'),
        fc.subarray(['+boots', '-boots', '+wine', '-wine', 'marketing=email', 'marketing=sms', 'marketing=none', 'service=both']),
        fc.option(fc.integer({ min: 1, max: 9 })),
      )
      .map(([method, topics, n]) => prefer(method, topics, n));
    fc.assert(
      fc.property(fc.array(fc.oneof(kinds, wishes), { maxLength: 16 }), (acts) => {
        for (let n = 0; n < acts.length; n++) {
          const act = acts[n] as Act;
          const before = fold(...acts.slice(0, n));
          const after = foldConsent(ledger(acts.slice(0, n + 1)), { now: (T0 + n * HOUR) as UtcMs, zone: ZONE });
          const own = isOwnAct(act) || (act.kind === 'preferred' && (act.method === 'screen' || act.method === 'reply'));
          for (const s of after) {
            const was = before.find((b) => b.purpose === s.purpose);
            const released = act.kind === 'hold-released' && was?.state === 'hold';
            if (s.state === 'in' && was?.state !== 'in' && !released) expect(own, `${act.kind} by ${act.method}: ${s.purpose}`).toBe(true);
            if (act.kind === 'preferred' && s.purpose === 'marketing' && s.state === 'in') expect(['in', 'paused']).toContain(was?.state);
            if (was?.state === 'in' && s.state === 'in' && !own) {
              expect(s.promiseMax ?? 99, `${act.kind} by ${act.method}`).toBeLessThanOrEqual(was.promiseMax ?? 99);
            }
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
