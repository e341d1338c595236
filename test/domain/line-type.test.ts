import { cannotWhy, kindOfLookUp, ruleFor } from '@domain/customers/line-type';
import type { PhoneE164 } from '@domain/kernel';
import { makeCode, showCode } from '@domain/offers/code';
import { codesIn } from '@domain/offers/codes-in';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const rule = (phone: string) => ruleFor(phone as PhoneE164);

describe('what the digits alone say', () => {
  it.each([
    ['+18005551234', 'toll-free'],
    ['+18335551234', 'toll-free'],
    ['+19005551234', 'premium'],
    ['+12125550123', 'made-up'],
    ['+12125550100', 'made-up'],
    ['+12125550199', 'made-up'],
    ['+10125551234', 'invalid'],
    ['+12121551234', 'invalid'],
    ['+447911123456', 'mobile'],
    ['+442079460958', 'landline'],
  ])('%s is %s', (phone, kind) => expect(rule(phone)).toBe(kind));

  it('never tells a mobile from a landline in the United States or Canada', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000_000, max: 9_999_999 }), fc.constantFrom('212', '646', '310', '416', '604'), (n, area) => {
        expect(['made-up', 'invalid', null]).toContain(rule(`+1${area}${n}`));
      }),
    );
  });
});

describe('what a look-up says', () => {
  it.each([
    ['mobile', 'mobile'],
    ['landline', 'landline'],
    ['fixedVoip', 'voip'],
    ['nonFixedVoip', 'voip'],
    ['tollFree', 'toll-free'],
    ['premium', 'toll-free'],
    ['pager', 'landline'],
    ['personal', null],
    ['unknown', null],
    [null, null],
  ] as const)('%s means %s', (type, kind) => expect(kindOfLookUp({ valid: true, type })).toBe(kind));
  it('a number that cannot exist is none, whatever else it says', () => {
    expect(kindOfLookUp({ valid: false, type: 'mobile' })).toBe('invalid');
  });
});

it('who can be texted as far as anybody knows has no reason against it', () => {
  for (const phoneKind of ['unknown', 'mobile', 'voip']) expect(cannotWhy({ phone: '+1', phoneKind, phoneProblem: null })).toBeNull();
  expect(cannotWhy({ phone: '+1', phoneKind: 'mobile', phoneProblem: '30640' })).toBe('refused');
});

it('codes are found in any text, in the way they are printed or typed', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), fc.boolean(), fc.boolean(), (bytes, hyphen, lower) => {
      const code = makeCode((n) => Uint8Array.from({ length: n }, () => bytes.next().value as number));
      const shown = hyphen ? showCode(code) : code;
      expect(codesIn(`Hello Ana! Show ${lower ? shown.toLowerCase() : shown}, until Friday. 212-555-0140`)).toContain(code);
    }),
    { numRuns: 50 },
  );
  expect(codesIn('Winter boots are in. Call 212-555-0140')).toEqual([]);
});
