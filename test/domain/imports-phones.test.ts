import { toE164 } from '@domain/customers/phone';
import { describe, expect, it } from 'vitest';

const read = (text: string, country: string) => {
  const r = toE164(text, country);
  return r.ok ? `${r.phone} ${r.kind}` : r.why;
};

describe('phone numbers as exports write them', () => {
  it.each([
    // three shapes in one file
    ['2125550123', 'US', '+12125550123 unknown'],
    ['212-555-0123', 'US', '+12125550123 unknown'],
    ['+12125550123', 'US', '+12125550123 unknown'],
    ['2124567890.0', 'US', '+12124567890 unknown'],
    ["'+31612345678", 'NL', '+31612345678 mobile'],
    ['0031612345678', 'NL', '+31612345678 mobile'],
    ['07974322099', 'GB', '+447974322099 mobile'],
    // the trunk zero kept behind the country: read, because only one number can be meant
    ['+88001712345678', 'BD', '+8801712345678 mobile'],
    ['8801712345678', 'BD', '+8801712345678 mobile'],
    ['+49 (0)151 12345678', 'DE', '+4915112345678 mobile'],
  ])('%s in %s is %s', (text, country, want) => expect(read(text, country)).toBe(want));

  it.each([
    ['4915112345678', 'DE', 'not-valid'], // two numbers could be meant
    ['674.587.2786', 'US', 'not-valid'],
    ['07974322099', 'US', 'too-long'],
    ['9999999999', 'US', 'not-valid'],
    ['212-555-0123 x45', 'US', 'extension'],
    ['1-800-FLOWERS', 'US', 'letters'],
    ['2.124567890E9', 'US', 'spreadsheet'],
    ['5550123', 'US', 'too-short'],
  ])('%s in %s is refused: %s', (text, country, why) => expect(read(text, country)).toBe(why));

  it.each([
    ['(800) 555-0199', 'US', 'toll-free'],
    ['888-555-1234', 'US', 'toll-free'],
    ['030 901820', 'DE', 'landline'],
    ['020 7946 0018', 'GB', 'landline'],
    ['876 555 0123', 'JM', 'mobile'],
    ['416-555-0123', 'US', 'unknown'], // NANP numbers do not tell mobiles from landlines
  ])('%s in %s may be %s', (text, country, kind) => expect(toE164(text, country)).toMatchObject({ ok: true, kind }));
});
