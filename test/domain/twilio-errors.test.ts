import { carrierError, isAccountLevel, isKnownCode, knownCodes, marksNumber, resendSafe } from '@domain/outbox/twilio-errors';
import { describe, expect, test } from 'vitest';

/** Twilio's own numbers for what goes wrong with a text, by what must follow from each (facts of its error pages). */
const STOPS_SENDING = [
  20003, 20005, 10001, 30002, 21212, 21606, 21603, 21408, 21608, 21701, 21703, 21704, 21705, 30024, 30035, 30032, 30033, 30034, 30454,
  63038, 30103, 30104, 30105, 30106, 30107, 30108, 30109, 30110, 30111,
];
const THIS_NUMBER = [21211, 21266, 21610, 21612, 21614, 21635, 30003, 30004, 30005, 30006, 30450, 30640];
const THE_TEXT = [20404, 20001, 20422, 21602, 21617, 30007, 30409, 35111, 35114, 35115, 35118, 35125, 35126];
const LATER = [20429, 21611, 30001, 30008, 30022, 30023, 30036, 30047, 30610, 30500, 12400, 30020, 30021, 63017];
const UNKNOWN_FATE = [20500, 20503, 20504];

describe('what a carrier error means', () => {
  test.each([
    ['account', STOPS_SENDING],
    ['recipient', THIS_NUMBER],
    ['content', THE_TEXT],
    ['transient', LATER],
    ['uncertain', UNKNOWN_FATE],
  ] as const)('every documented code that is a matter of the %s is known as that', (kind, codes) => {
    expect(codes.filter((c) => !isKnownCode(c) || carrierError(c).class !== kind)).toEqual([]);
    expect(codes.filter((c) => isAccountLevel(c) !== (kind === 'account'))).toEqual([]);
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
