import { carrierError, isAccountLevel, isKnownCode, knownCodes, marksNumber, resendSafe } from '@domain/outbox/twilio-errors';
import { describe, expect, test } from 'vitest';

describe('what a carrier error means', () => {
  test.each([
    [20003, 'account'],
    [21608, 'account'],
    [30034, 'account'],
    [30454, 'account'],
    [30032, 'account'],
    [21606, 'account'],
    [21408, 'account'],
    [21211, 'recipient'],
    [21610, 'recipient'],
    [30003, 'recipient'],
    [30005, 'recipient'],
    [30007, 'content'],
    [21617, 'content'],
    [20429, 'transient'],
    [30023, 'transient'],
    [20500, 'uncertain'],
  ] as const)('%i is a matter of the %s', (code, kind) => {
    expect(isKnownCode(code)).toBe(true);
    expect(carrierError(code).class).toBe(kind);
    expect(isAccountLevel(code)).toBe(kind === 'account');
  });

  test('numbers without a phone behind them are marked at once, a phone that is off after three times', () => {
    for (const code of [30005, 30006, 21614]) expect(marksNumber(code, 1)).toBe(true);
    expect([1, 2, 3, 4].map((n) => marksNumber(30003, n))).toEqual([false, false, true, true]);
    for (const code of [30007, 30008, 20003, 21610, 99999]) expect(marksNumber(code, 50)).toBe(false);
  });

  test('only what certainly never left may be sent again', () => {
    for (const code of [30001, 30036, 30500, 20429, 21611]) expect(resendSafe(code)).toBe(true);
    // Undelivered texts were handed to a carrier and are charged; server errors may have sent.
    for (const code of [30003, 30005, 30006, 30007, 30008, 30022, 30023, 20500, 20503, 21610, 99999]) expect(resendSafe(code)).toBe(false);
  });

  test('only transient codes, or what an account held back, are ever resent', () => {
    for (const code of knownCodes) if (resendSafe(code)) expect(['transient', 'account']).toContain(carrierError(code).class);
  });

  test('an unknown code neither pauses a campaign nor is sent again, and still has words', () => {
    const e = carrierError(39999);
    expect(isKnownCode(39999)).toBe(false);
    expect(isAccountLevel(39999)).toBe(false);
    expect(e.class).toBe('recipient');
    expect(e.title).not.toBe('');
  });

  test('every code has a short title and a next step in shop words', () => {
    for (const code of knownCodes) {
      const { title, whatToDo } = carrierError(code);
      expect(title.length, String(code)).toBeLessThanOrEqual(50);
      expect(whatToDo, String(code)).toMatch(/\S[.:”a-z]$/);
      expect(`${title} ${whatToDo}`).not.toMatch(/\b(API|HTTP|payload|endpoint|webhook|10DLC|contact list|recipient)\b/);
    }
  });
});
