import { HOUR, MINUTE, type PhoneE164, SECOND, type UtcMs } from '@domain/kernel';
import { backoffMs } from '@domain/outbox/backoff';
import { type BrakeFacts, brake, drawByChance, drawFirst, FIRST_TEXTS } from '@domain/outbox/brake';
import {
  afterGood,
  afterOverflow,
  afterTooMany,
  fullBucket,
  NO_EASE,
  PARALLEL_START,
  type Parallel,
  pace,
  refill,
  shareAt,
  take,
  WINDOW,
  waitMs,
} from '@domain/outbox/pacing';
import { afterLook, type Found, matchLost } from '@domain/outbox/reconcile';
import {
  advance,
  type CarrierState,
  carrierState,
  isAtCarrier,
  isFinal,
  type OutboxAction,
  RANK,
  validitySeconds,
} from '@domain/outbox/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const T0 = Date.UTC(2026, 10, 17, 16) as UtcMs;
const carrierWord = fc.constantFrom<CarrierState>('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed');
const action: fc.Arbitrary<OutboxAction> = fc.oneof(
  fc.constantFrom<OutboxAction>(
    { do: 'show' },
    { do: 'claim' },
    { do: 'skip' },
    { do: 'cancel' },
    { do: 'reject' },
    { do: 'put-back' },
    { do: 'lose-sight' },
    { do: 'resend' },
  ),
  carrierWord.map((as) => ({ do: 'accept', as }) as const),
  fc.record({ do: fc.constant('report' as const), as: carrierWord, newer: fc.boolean() }),
);

describe('the life of a text', () => {
  it('is posted once unless the owner asks or the POST never arrived', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let state = advance('staged', { do: 'show' }) ?? 'staged';
        let posts = 0;
        let allowed = 1;
        for (const a of actions) {
          const next = advance(state, a);
          if (next === null) continue;
          if (a.do === 'claim') posts++;
          if (a.do === 'put-back' || a.do === 'resend') allowed++;
          state = next;
        }
        expect(posts).toBeLessThanOrEqual(allowed);
      }),
    );
  });

  it('never goes back at the carrier, and never leaves it', () => {
    fc.assert(
      fc.property(carrierWord, fc.array(action, { maxLength: 40 }), (start, actions) => {
        let state: CarrierState = start;
        for (const a of actions) {
          const next = advance(state, a);
          if (next === null) continue;
          if (!isAtCarrier(next)) throw new Error(`left the carrier: ${next}`);
          expect(RANK[next]).toBeGreaterThanOrEqual(RANK[state]);
          state = next;
        }
      }),
    );
  });

  it('corrects a final receipt only by a newer one', () => {
    expect(advance('delivered', { do: 'report', as: 'undelivered', newer: true })).toBe('undelivered');
    expect(advance('delivered', { do: 'report', as: 'undelivered', newer: false })).toBeNull();
    expect(advance('delivered', { do: 'report', as: 'sent', newer: true })).toBeNull();
  });

  it('keeps an ended text ended', () => {
    for (const s of ['rejected', 'skipped', 'cancelled'] as const) {
      expect(isFinal(s)).toBe(true);
      fc.assert(fc.property(action, (a) => advance(s, a) === null || (s === 'rejected' && a.do === 'resend')));
    }
  });

  it('reads every status word of the carrier', () => {
    expect(['accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'canceled'].map(carrierState)).toEqual([
      'accepted',
      'scheduled',
      'queued',
      'queued',
      'sent',
      'delivered',
      'delivered',
      'failed',
      'failed',
    ]);
    expect(carrierState('received')).toBeNull();
  });

  it('never lets the carrier keep a text past closing time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10 * HOUR, max: 30 * HOUR }), (left) => {
        const s = validitySeconds(T0, (T0 + left) as UtcMs);
        if (s === null) expect(left).toBeLessThan(5 * SECOND);
        else {
          expect(s * SECOND).toBeLessThanOrEqual(left);
          expect(s).toBeGreaterThanOrEqual(5);
          expect(s).toBeLessThanOrEqual(36_000);
        }
      }),
    );
  });
});

describe('backing off', () => {
  it('stays in 0.25–30 s, grows in its ceiling and never undercuts the carrier', () => {
    const random = fc.double({ min: 0, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1000), random, fc.option(fc.nat(120_000)), (streak, r, after) => {
        const ms = backoffMs(streak, r, after);
        expect(ms).toBeGreaterThanOrEqual(Math.max(250, after ?? 0));
        expect(ms).toBeLessThanOrEqual(Math.max(30_000, after ?? 0));
        expect(backoffMs(streak + 1, r, after)).toBeGreaterThanOrEqual(ms);
      }),
    );
  });
});

describe('pacing', () => {
  it('never lets more through than 0.8 of the rate plus one bucket', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 120, noNaN: true }),
        fc.array(fc.record({ wait: fc.nat(3000), segments: fc.integer({ min: 1, max: 6 }) }), { maxLength: 200 }),
        (known, steps) => {
          const rate = pace(known);
          let bucket = fullBucket(T0, rate);
          let now = T0 as number;
          let sent = 0;
          for (const s of steps) {
            now += s.wait;
            bucket = refill(bucket, now as UtcMs, rate);
            const next = take(bucket, s.segments, rate);
            if (!next) {
              expect(waitMs(bucket, s.segments, rate)).toBeGreaterThan(0);
              continue;
            }
            bucket = next;
            sent += s.segments;
            expect(sent).toBeLessThanOrEqual(Math.max(1, rate) + 6 + ((now - T0) / 1000) * known * 0.8 + 1e-6);
          }
        },
      ),
    );
  });

  it('waits exactly as long as it says', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 }),
        (rate, texts) => {
          let now = T0;
          let bucket = fullBucket(now, rate);
          for (const segments of texts) {
            now = (now + waitMs(bucket, segments, rate)) as UtcMs;
            bucket = refill(bucket, now, rate);
            const next = take(bucket, segments, rate);
            expect(next).not.toBeNull();
            bucket = next ?? bucket;
          }
        },
      ),
    );
  });

  it('halves on "too many" and creeps back, within the window', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (good) => {
        let p = PARALLEL_START;
        for (const g of good) {
          p = g ? afterGood(p) : afterTooMany(p, T0, T0);
          expect(p.allowed).toBeGreaterThanOrEqual(1);
          expect(p.allowed).toBeLessThanOrEqual(WINDOW);
        }
      }),
    );
    expect(afterTooMany({ allowed: 8, good: 3, cutAt: null }, T0, T0).allowed).toBe(4);
  });

  it('takes eight refusals of one moment for one sign', () => {
    let p: Parallel = { allowed: 8, good: 0, cutAt: null };
    for (let i = 0; i < 8; i++) p = afterTooMany(p, T0, (T0 + 100 + i) as UtcMs);
    expect(p.allowed).toBe(4);
    // A POST begun after that and refused again is another sign.
    expect(afterTooMany(p, (T0 + 1000) as UtcMs, (T0 + 1100) as UtcMs).allowed).toBe(2);
    // Not frozen by a clock that was set back since.
    expect(afterTooMany(p, (T0 - HOUR) as UtcMs, (T0 - HOUR + 100) as UtcMs).allowed).toBe(2);
  });

  it('goes slower when a queue runs over, once per moment, and wins it back', () => {
    let e = NO_EASE;
    for (let i = 0; i < 50; i++) e = afterOverflow(e, (T0 + i * SECOND) as UtcMs);
    expect(shareAt(e, T0)).toBe(0.5);
    e = afterOverflow(e, (T0 + 2 * MINUTE) as UtcMs);
    expect(e.share).toBe(0.25);
    expect(shareAt(e, (T0 + 13 * MINUTE) as UtcMs)).toBe(0.5);
    expect(shareAt(e, (T0 + 23 * MINUTE) as UtcMs)).toBe(1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -HOUR, max: HOUR }), { maxLength: 60 }), (steps) => {
        let ease = NO_EASE;
        let now = T0 as number;
        for (const step of steps) {
          now += step;
          ease = afterOverflow(ease, now as UtcMs);
          expect(shareAt(ease, now as UtcMs)).toBeGreaterThanOrEqual(1 / 8);
          expect(shareAt(ease, now as UtcMs)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the brake', () => {
  const calm: BrakeFacts = {
    first: { unsent: 0, pending: 0, lastLeftAt: T0 },
    finals: 20,
    errors: [],
    texted: 20,
    optOuts: 0,
    raised: {},
    now: T0,
  };

  it('sends the first texts, waits for their results, then goes', () => {
    expect(brake({ ...calm, finals: 0, texted: 0, first: { unsent: 20, pending: 0, lastLeftAt: null } })).toEqual({ kind: 'first' });
    const waiting = { ...calm, finals: 3, first: { unsent: 0, pending: 17, lastLeftAt: T0 } };
    expect(brake(waiting)).toEqual({ kind: 'wait', until: T0 + 10 * MINUTE });
    expect(brake({ ...waiting, now: (T0 + 10 * MINUTE) as UtcMs })).toEqual({ kind: 'go', pace: 'half' });
    expect(brake({ ...waiting, now: (T0 + 10 * MINUTE) as UtcMs, finals: 100 })).toEqual({ kind: 'go', pace: 'full' });
    expect(brake(calm)).toEqual({ kind: 'go', pace: 'full' });
  });

  it('stops at five of the first with one permanent error, or a tenth of a hundred', () => {
    const bad = (first: number, all: number, finals: number, permanent = true) =>
      brake({ ...calm, finals, texted: finals, errors: [{ code: 30006, first, all, permanent }] }).kind;
    expect(bad(5, 5, 20)).toBe('stop');
    expect(bad(4, 4, 20)).toBe('go');
    expect(bad(0, 9, 99)).toBe('go');
    expect(bad(0, 10, 100)).toBe('stop');
    expect(bad(20, 20, 100, false)).toBe('go');
  });

  it('stops when texts are filtered as spam', () => {
    const filtered = (all: number, finals: number) =>
      brake({ ...calm, finals, texted: finals, errors: [{ code: 30007, first: 0, all, permanent: false }] }).kind;
    expect(filtered(1, 10)).toBe('go');
    expect(filtered(2, 60)).toBe('stop');
    expect(filtered(3, 100)).toBe('go');
    expect(filtered(4, 100)).toBe('stop');
  });

  it('stops when surely more than 4 % ask to stop', () => {
    const stops = (optOuts: number, texted: number) => brake({ ...calm, texted, optOuts }).kind;
    expect(stops(2, 20)).toBe('go');
    expect(stops(3, 20)).toBe('stop');
    expect(stops(6, 100)).toBe('go');
    expect(stops(10, 100)).toBe('stop');
  });

  it('does not stop twice for the same figure once the owner went on', () => {
    const f = { ...calm, texted: 100, finals: 100, optOuts: 10 };
    expect(brake(f).kind).toBe('stop');
    expect(brake({ ...f, raised: { 'opt-outs': 1 } }).kind).toBe('go');
    expect(brake({ ...f, optOuts: 20, raised: { 'opt-outs': 1 } }).kind).toBe('stop');
  });

  it('draws from a hundred thousand ids without reading them, all in the pot alike, and gives up where nearly nobody is', () => {
    const hits = new Map<number, number>();
    let seed = 5;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    for (let i = 0; i < 4000; i++) {
      const drawn = drawByChance({ low: 100, high: 179 }, (id) => id % 2 === 0, random, 20);
      if (drawn === null) throw new Error('half of the ids are in the pot');
      expect(new Set(drawn).size).toBe(20);
      for (const id of drawn) hits.set(id, (hits.get(id) ?? 0) + 1);
    }
    expect([...hits.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => 100 + 2 * i));
    for (const n of hits.values()) expect(Math.abs(n - 2000)).toBeLessThan(200); // sd 32
    expect(drawByChance({ low: 1, high: 1_000_000 }, (id) => id === 7, random, 1)).toBeNull();
  });

  it('draws without repeats, all people alike', () => {
    const hits = new Map<number, number>();
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const people = Array.from({ length: 100 }, (_, i) => i);
    for (let i = 0; i < 2000; i++) {
      const drawn = drawFirst(people, random);
      expect(new Set(drawn).size).toBe(FIRST_TEXTS);
      for (const p of drawn) hits.set(p, (hits.get(p) ?? 0) + 1);
    }
    for (const p of people) expect(hits.get(p)).toBeGreaterThan(300); // 400 expected, 5 sd = 90
  });
});

describe('finding a lost text', () => {
  const to = '+12125550123' as PhoneE164;
  const lost = { to, body: 'Shoes are in', startedAt: T0, sender: '+12125550100', twins: 0 };
  const found = (over: Partial<Found> = {}): Found => ({
    sid: 'SM1',
    direction: 'outbound',
    from: '+12125550100',
    to,
    messagingServiceSid: null,
    body: 'Shoes are in',
    createdAt: T0,
    ...over,
  });
  const none = () => false;

  it('adopts the one message that can be ours', () => {
    expect(matchLost(lost, [found()], none)).toEqual({ kind: 'adopt', message: found(), duplicate: false });
    const viaService = found({ messagingServiceSid: 'MG1', from: null });
    expect(matchLost({ ...lost, sender: 'MG1' }, [viaService], none).kind).toBe('adopt');
  });

  it('adopts nothing that differs in any respect', () => {
    const wrong: Partial<Found>[] = [
      { direction: 'inbound' },
      { to: '+12125550124' },
      { body: 'Shoes are in.' },
      { from: '+12125550199' },
      { createdAt: (T0 - 61 * SECOND) as UtcMs },
      { createdAt: (T0 + 161 * SECOND) as UtcMs },
    ];
    for (const w of wrong) expect(matchLost(lost, [found(w)], none)).toEqual({ kind: 'none' });
    expect(matchLost(lost, [found()], () => true)).toEqual({ kind: 'none' });
  });

  it('takes the oldest of several and says so', () => {
    const two = [found({ sid: 'SM2', createdAt: (T0 + 5 * SECOND) as UtcMs }), found(), found()];
    expect(matchLost(lost, two, none)).toMatchObject({ kind: 'adopt', message: { sid: 'SM1' }, duplicate: true });
    expect(matchLost({ ...lost, twins: 1 }, two, none)).toMatchObject({ duplicate: false });
  });

  it('looks at once, then at 1, 5, 15 and 60 minutes, then asks the owner', () => {
    const waits = (n: number, elapsed: number) => afterLook(elapsed, n);
    expect(waits(0, 0)).toEqual({ looks: 1, inMs: MINUTE });
    expect(waits(1, MINUTE)).toEqual({ looks: 2, inMs: 4 * MINUTE });
    expect(waits(2, 5 * MINUTE)).toEqual({ looks: 3, inMs: 10 * MINUTE });
    expect(waits(3, 15 * MINUTE)).toEqual({ looks: 4, inMs: 45 * MINUTE });
    expect(waits(4, HOUR)).toEqual({ looks: 5, inMs: null });
    // The computer slept: still four looks, a minute apart.
    expect(waits(1, 5 * HOUR)).toEqual({ looks: 2, inMs: MINUTE });
  });

  it('counts no look that comes before its time, so a clock set forward cannot use them up', () => {
    expect(afterLook(2 * MINUTE, 3)).toEqual({ looks: 3, inMs: 13 * MINUTE });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), { maxLength: 40 }), (jumps) => {
        // `elapsed` is by the carrier's clock; a jump of ours only moves when we look.
        let elapsed = 0;
        let looks = 0;
        for (const jump of [...jumps, ...Array<number>(6).fill(0)]) {
          const next = afterLook(elapsed, looks);
          if (next.inMs === null) {
            expect(elapsed).toBeGreaterThanOrEqual(HOUR - 10 * SECOND);
            return;
          }
          expect(next.inMs).toBeLessThanOrEqual(HOUR);
          expect(next.inMs).toBeGreaterThan(0);
          looks = next.looks;
          elapsed += Math.max(0, Math.min(next.inMs, next.inMs - Math.max(0, jump)));
        }
      }),
    );
  });
});
