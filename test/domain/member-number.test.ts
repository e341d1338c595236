import { memberNumber, readMemberNumber, showMemberNumber } from '@domain/customers/member-number';
import { readCode } from '@domain/offers/code';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const serial = fc.integer({ min: 0, max: 9_999_999 });

describe('member numbers', () => {
  it('reads back what it made, however it is typed', () => {
    fc.assert(
      fc.property(serial, (n) => {
        const made = memberNumber(n);
        for (const typed of [made, made.toLowerCase(), showMemberNumber(made), ` ${made} `])
          expect(readMemberNumber(typed)).toEqual({ kind: 'ok', number: made });
      }),
    );
  });

  it('finds every single wrong digit and every swap of neighbours: nobody is taken for somebody else', () => {
    fc.assert(
      fc.property(serial, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const made: string = memberNumber(n);
        const wrong = made.slice(0, at) + ((Number(made[at]) + by) % 10) + made.slice(at + 1);
        expect(readMemberNumber(wrong)).toEqual({ kind: 'typo' });
        if (at < 8 && made[at] !== made[at + 1]) {
          const swapped = made.slice(0, at) + made[at + 1] + made[at] + made.slice(at + 2);
          expect(readMemberNumber(swapped)).toEqual({ kind: 'typo' });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes nothing else for one: a receipt number, a phone, a code', () => {
    for (const text of ['12345678', '4155550123', 'K7M-4Q9X', 'Maria', 'M1234567', 'M123456789', ''])
      expect(readMemberNumber(text).kind).toBe('no');
  });

  it('and no card is a valid offer code', () => {
    fc.assert(
      fc.property(serial, (n) => {
        expect(readCode(memberNumber(n)).kind).not.toBe('ok');
      }),
      { numRuns: 2000 },
    );
  });
});
