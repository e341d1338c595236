import { MESSAGE_CLASSES, type MessageClass } from '@domain/consent/gate';
import { DAY, HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import { capDayStart, dailyCap, fitsToday, nextReset, reserved } from '@domain/outbox/daily-cap';
import { type Ended, MOST_RESENDS, RESENT_CODES, refusedForNow, resendAt } from '@domain/outbox/resend';
import { advance, type OutboxState } from '@domain/outbox/state';
import { carrierError, knownCodes } from '@domain/outbox/twilio-errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const T0 = Date.UTC(2026, 10, 17, 16) as UtcMs;
const STATES: readonly OutboxState[] = [
  'staged',
  'waiting',
  'sending',
  'scheduled',
  'accepted',
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'rejected',
  'uncertain',
  'skipped',
  'cancelled',
];
const ended = (over: Partial<Ended> = {}): Ended => ({
  state: 'failed',
  errorCode: 30500,
  messageClass: 'marketing',
  accepted: 1,
  finalAt: T0,
  createdAt: (T0 - HOUR) as UtcMs,
  expiresAt: null,
  causeOpen: true,
  accountBlocked: false,
  ...over,
});
const at = (over: Partial<Ended>, now = T0 as number) => resendAt(ended(over), now as UtcMs);

describe('a text tried again by itself', () => {
  it('is only ever one that failed, with a code that means it never left, at most twice', () => {
    const anything: fc.Arbitrary<Ended> = fc.record({
      state: fc.constantFrom(...STATES),
      errorCode: fc.option(fc.oneof(fc.constantFrom(...knownCodes), fc.constantFrom(...RESENT_CODES), fc.integer({ min: 1, max: 70_000 }))),
      messageClass: fc.constantFrom<MessageClass>(...MESSAGE_CLASSES),
      accepted: fc.integer({ min: 0, max: 5 }),
      finalAt: fc.option(fc.integer({ min: T0 - 3 * DAY, max: T0 + HOUR }).map((n) => n as UtcMs)),
      createdAt: fc.integer({ min: T0 - 5 * DAY, max: T0 }).map((n) => n as UtcMs),
      expiresAt: fc.option(fc.integer({ min: T0 - DAY, max: T0 + 5 * DAY }).map((n) => n as UtcMs)),
      causeOpen: fc.boolean(),
      accountBlocked: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, (e) => {
        const again = resendAt(e, T0);
        if (again === null) return;
        expect(e.state).toBe('failed');
        expect(RESENT_CODES).toContain(e.errorCode);
        expect(carrierError(e.errorCode as number).resendSafe).toBe(true);
        expect(e.accepted).toBeGreaterThanOrEqual(1);
        expect(e.accepted).toBeLessThanOrEqual(MOST_RESENDS);
        expect(e.causeOpen).toBe(true);
        expect(again).toBeGreaterThanOrEqual(T0);
        if (e.expiresAt !== null) expect(again).toBeLessThan(e.expiresAt);
        expect(['help', 'stop-confirmation']).not.toContain(e.messageClass);
      }),
      { numRuns: 3000 },
    );
  });

  it('goes back into the queue from no other state', () => {
    for (const s of STATES) expect(advance(s, { do: 'retry' })).toBe(s === 'failed' ? 'waiting' : null);
  });

  it('waits a while, longer the second time, and not for what is over', () => {
    expect(at({})).toBe(T0 + 5 * MINUTE);
    expect(at({ accepted: 2 })).toBe(T0 + 30 * MINUTE);
    expect(at({ accepted: 3 })).toBeNull();
    expect(at({ errorCode: 30001 })).toBe(T0 + 20 * MINUTE);
    expect(at({ expiresAt: (T0 + MINUTE) as UtcMs })).toBeNull();
    expect(at({ causeOpen: false })).toBeNull();
    expect(at({ createdAt: (T0 - 4 * DAY) as UtcMs })).toBeNull();
    // Its time passed while the computer slept: now, not in the past.
    expect(at({}, T0 + HOUR)).toBe(T0 + HOUR);
  });

  it('waits for the account, and for the carriers’ next day', () => {
    expect(at({ errorCode: 30002, accountBlocked: true })).toBeNull();
    expect(at({ errorCode: 30002 })).toBe(T0);
    // 16:00 UTC is 8:00 in Los Angeles: sixteen hours to midnight there.
    expect(at({ errorCode: 63038 })).toBe(T0 + 16 * HOUR);
    expect(at({ errorCode: 30454 })).toBe(T0 + 16 * HOUR);
  });

  it('never follows a limit that a carrier refused at its own end: that one was undelivered, and charged', () => {
    for (const code of [30003, 30005, 30006, 30007, 30008, 30022, 30023, 21610]) expect(at({ errorCode: code })).toBeNull();
    expect(at({ state: 'undelivered', errorCode: 30500 })).toBeNull();
    expect(at({ state: 'sent', errorCode: 30500 })).toBeNull();
  });

  it('puts back what was refused at once only for being too much, not for what it is', () => {
    expect(refusedForNow(21611)).toBe('slower');
    expect(refusedForNow(63038)).toBe('reset');
    for (const code of [21610, 21211, 20003, 21608, 30034, 21602]) expect(refusedForNow(code)).toBeNull();
  });
});

describe('the carriers’ day', () => {
  it('begins at midnight in Los Angeles, also when the clocks change there', () => {
    expect(capDayStart(T0)).toBe(Date.UTC(2026, 10, 17, 8));
    expect(nextReset(T0)).toBe(Date.UTC(2026, 10, 18, 8));
    const clocksBack = Date.UTC(2026, 10, 1, 12) as UtcMs; // a day of 25 hours
    expect(nextReset(clocksBack) - capDayStart(clocksBack)).toBe(25 * HOUR);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }), (minutes) => {
        const now = (T0 + minutes * MINUTE) as UtcMs;
        expect(capDayStart(now)).toBeLessThanOrEqual(now);
        expect(nextReset(now)).toBeGreaterThan(now);
        expect(capDayStart(nextReset(now))).toBe(nextReset(now));
      }),
    );
  });

  it('keeps something back for what is no marketing, and never holds an answer that is owed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.nat(220_000), fc.integer({ min: 1, max: 6 }), (limit, left, segments) => {
        const fits = (c: MessageClass) => fitsToday({ limit, left, seen: null }, c, segments);
        if (fits('marketing')) {
          expect(fits('service')).toBe(true);
          expect(left + segments).toBeLessThanOrEqual(limit - reserved(limit));
        }
        if (fits('service')) expect(left + segments).toBeLessThanOrEqual(limit);
        expect(fits('stop-confirmation')).toBe(true);
        expect(reserved(limit)).toBeLessThanOrEqual(limit / 2);
      }),
    );
    expect(reserved(2000)).toBe(100);
    expect(reserved(100)).toBe(20);
  });

  it('takes a carrier at its word: one carrier’s “enough” holds marketing, the account’s holds all but owed answers', () => {
    const said = (seen: 'one-carrier' | 'account') => MESSAGE_CLASSES.filter((c) => fitsToday({ limit: null, left: 0, seen }, c, 1)).sort();
    expect(said('one-carrier')).toEqual(MESSAGE_CLASSES.filter((c) => c !== 'marketing').sort());
    expect(said('account')).toEqual(['help', 'stop-confirmation']);
    expect([30023, 63038, 30454, 30007].map(dailyCap)).toEqual(['one-carrier', 'account', 'account', null]);
    expect(fitsToday({ limit: null, left: 1e9, seen: null }, 'marketing', 1)).toBe(true);
  });
});
