import { makeBirthday, parseBirthday } from '@domain/customers/birthday';
import { shortName, showName, splitName, tidyName } from '@domain/customers/name';
import { echoPhone, showPhone, toE164, toEmail } from '@domain/customers/phone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('phone numbers', () => {
  it.each([
    '212-555-0123',
    '(212) 555.0123',
    '+1 212 555 0123',
    '12125550123',
    "'2125550123",
    '2125550123.0',
    'tel:+12125550123',
    '\u200e212\u2011555\u20110123',
    '212 555 0123 (cell)',
    'Cell: 212-555-0123',
    '２１２５５５０１２３',
  ])('reads %s as one US number', (raw) => {
    expect(toE164(raw, 'US')).toMatchObject({ ok: true, phone: '+12125550123' });
  });

  it.each([
    ['', 'empty'],
    ['-', 'empty'],
    ['5550123', 'too-short'],
    ['212555012', 'too-short'],
    ['21255501234', 'too-long'],
    ['442071234567', 'too-long'],
    ['4.41E+11', 'spreadsheet'],
    ['2.125550123e9', 'spreadsheet'],
    ['212 555 0123 x5', 'extension'],
    ['212 555 0123 / 917 555 0123', 'several'],
    ['ask Maria', 'letters'],
    ['1-800-FLOWERS', 'letters'],
    ['(999) 555-0123', 'not-valid'],
    ['0000000000', 'not-valid'],
  ])('refuses %s and says why: %s', (raw, why) => {
    expect(toE164(raw, 'US')).toEqual({ ok: false, why });
  });

  it('takes the country only from the shop or from a plus sign', () => {
    expect(toE164('07400 123456', 'GB')).toMatchObject({ ok: true, phone: '+447400123456', kind: 'mobile' });
    expect(toE164('07400 123456', 'US')).toMatchObject({ ok: false });
    expect(toE164('+44 7400 123456', 'US')).toMatchObject({ ok: true, country: 'GB' });
    expect(toE164('800 555 0199', 'US')).toMatchObject({ ok: true, kind: 'toll-free' });
  });

  it('keeps exactly the digits that were written, whatever stands between them', () => {
    const separators = fc.constantFrom('', ' ', '-', '.', ' - ', '\u00a0');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999999 }), separators, separators, (rest, a, b) => {
        const line = String(rest).padStart(7, '0');
        const raw = `212${a}${line.slice(0, 3)}${b}${line.slice(3)}`;
        const read = toE164(raw, 'US');
        if (read.ok) expect(read.phone).toBe(`+1212${line}`);
        else expect(read.why).toBe('not-valid');
      }),
    );
  });

  it('never throws and never answers anything but E.164', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('US', 'CA', 'GB', 'MX', 'DE'), (raw, country) => {
        const read = toE164(raw, country);
        if (read.ok) expect(read.phone).toMatch(/^\+\d{8,15}$/);
      }),
    );
  });

  it('reads back what it shows', () => {
    expect(showPhone('+12125550123')).toBe('(212) 555-0123');
    expect(showPhone('+447400123456')).toBe('+44 7400 123456');
    expect(echoPhone('2125550123')).toBe('(212) 555-0123');
    expect(toE164(showPhone('+12125550123'), 'US')).toMatchObject({ phone: '+12125550123' });
  });
});

describe('e-mail addresses', () => {
  it('are lower-cased and trimmed, or refused', () => {
    expect(toEmail(' Ana.Gomez@Example.COM ')).toBe('ana.gomez@example.com');
    expect(toEmail("'ana@example.com")).toBe('ana@example.com');
    for (const bad of ['', 'ana', 'ana@', '@example.com', 'ana@example', 'a b@example.com', 'a@b..com']) expect(toEmail(bad)).toBeNull();
  });
});

describe('names', () => {
  it('are tidied, split and shown', () => {
    expect(tidyName('  Ana \u200b  María\n')).toBe('Ana María');
    expect(splitName('Gómez, Ana')).toEqual({ first: 'Ana', last: 'Gómez' });
    expect(splitName('Ana de la Cruz')).toEqual({ first: 'Ana', last: 'de la Cruz' });
    expect(showName({ firstName: '', lastName: '', company: 'Acme' })).toBe('Acme');
    expect(shortName({ firstName: 'Ana', lastName: 'Ñuñez' })).toBe('Ana Ñ.');
  });
});

describe('birthdays', () => {
  it('are read in the order of their column', () => {
    expect(parseBirthday('03/04/1980', 'mdy')).toBe('1980-03-04');
    expect(parseBirthday('03/04/1980', 'dmy')).toBe('1980-04-03');
    expect(parseBirthday('1980-03-04', 'dmy')).toBe('1980-03-04');
    expect(parseBirthday('02/29', 'mdy')).toBe('--02-29');
    expect(parseBirthday('--02-29', 'mdy')).toBe('--02-29');
    expect(parseBirthday('0000-05-09', 'mdy')).toBe('--05-09');
    for (const bad of ['', '02/30/1980', '13/13/1980', 'spring', '29.02.1981']) expect(parseBirthday(bad, 'dmy')).toBeNull();
    expect(makeBirthday(2001, 2, 29)).toBeNull();
  });
});
