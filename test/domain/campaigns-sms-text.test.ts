import { countSegments, isGsm, toGsmFriendly } from '@domain/campaigns/sms-text';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';

const oracle = (text: string) => {
  const m = new SegmentedMessage(text, 'auto', false);
  return { encoding: m.encodingName, segments: text === '' ? 0 : m.segmentsCount };
};
const ours = (text: string) => {
  const { encoding, segments } = countSegments(text);
  return { encoding, segments };
};

const gsm = fc.constantFrom(...'abc XYZ019@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r');
const extension = fc.constantFrom(...'^{}\\[~]|€');
const unicode = fc.constantFrom('á', 'ç', '’', '–', '`', 'ł', '中', '😀', '🎉', '👍🏽', '👨‍👩‍👧‍👦', '🇺🇸', '❤️', '\u00a0', '\t');

describe('countSegments', () => {
  it.each([
    ['', 'GSM-7', 0],
    ['a'.repeat(160), 'GSM-7', 1],
    ['a'.repeat(161), 'GSM-7', 2],
    ['a'.repeat(306), 'GSM-7', 2],
    ['a'.repeat(307), 'GSM-7', 3],
    ['€'.repeat(80), 'GSM-7', 1],
    [`${'a'.repeat(159)}€`, 'GSM-7', 2],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3], // the pair may not straddle: 152 + 153 + 1
    ['á'.repeat(70), 'UCS-2', 1],
    ['á'.repeat(71), 'UCS-2', 2],
    ['😀'.repeat(35), 'UCS-2', 1],
    ['😀'.repeat(67), 'UCS-2', 3], // 33 pairs fit a part of 67 units
  ])('%#: counts like the carrier', (text, encoding, segments) => {
    expect(ours(text)).toEqual({ encoding, segments });
    expect(oracle(text)).toEqual({ encoding, segments });
  });

  it('agrees with the carrier’s own calculator on any mix', () => {
    const text = fc
      .array(fc.oneof({ weight: 8, arbitrary: gsm }, { weight: 2, arbitrary: extension }), { minLength: 0, maxLength: 480 })
      .map((a) => a.join(''));
    fc.assert(
      fc.property(text, (t) => {
        expect(ours(t)).toEqual(oracle(t));
      }),
      { numRuns: 300 },
    );
    const mixed = fc
      .array(fc.oneof({ weight: 8, arbitrary: gsm }, { weight: 2, arbitrary: extension }, { weight: 1, arbitrary: unicode }), {
        maxLength: 240,
      })
      .map((a) => a.join(''));
    fc.assert(
      fc.property(mixed, (t) => {
        expect(ours(t)).toEqual(oracle(t));
      }),
      { numRuns: 300 },
    );
  });

  it('names the characters that cost the cheap alphabet', () => {
    expect(countSegments('Hola José y Ángel – ¡ven! á').unicode).toEqual(['Á', '–', 'á']);
  });

  it('is fast enough for a whole list', () => {
    const text = 'Corner Shoes: Ana, 20% off boots until Sunday. Show code K7M-4Q9X at the till. Reply STOP to opt out.'.repeat(2);
    const t = performance.now();
    for (let i = 0; i < 10_000; i++) countSegments(text);
    expect(performance.now() - t).toBeLessThan(500);
  });
});

describe('toGsmFriendly', () => {
  it('replaces look-alikes and says so', () => {
    const r = toGsmFriendly('“Hi” – it’s on…\u00a0Now\r\nGo');
    expect(r.text).toBe('"Hi" - it\'s on... Now\nGo');
    expect(countSegments(r.text).encoding).toBe('GSM-7');
    expect(r.changes).toContainEqual({ from: '’', to: "'", count: 1 });
    expect(r.changes).toHaveLength(6);
  });

  it('keeps the owner’s accents unless asked, and GSM letters always', () => {
    expect(toGsmFriendly('José, ¡mañana! Ángel').text).toBe('José, ¡mañana! Ángel');
    expect(toGsmFriendly('José, ¡mañana! Ángel, Łukasz, François', { foldAccents: true }).text).toBe(
      'José, ¡mañana! Angel, Lukasz, Francois',
    );
    expect(toGsmFriendly('Jose\u0301', { foldAccents: true })).toEqual({ text: 'José', changes: [] });
  });

  it('a wide grave accent becomes an apostrophe at once: the plain one would still have made the text dear', () => {
    expect(toGsmFriendly('\uff40').text).toBe("'");
  });

  it('leaves emoji and other scripts alone', () => {
    expect(toGsmFriendly('👨‍👩‍👧 王', { foldAccents: true }).text).toBe('👨‍👩‍👧 王');
  });

  it('every replacement travels in the cheap alphabet, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.boolean(), (t, foldAccents) => {
        const once = toGsmFriendly(t, { foldAccents });
        const twice = toGsmFriendly(once.text, { foldAccents });
        expect(twice.text).toBe(once.text);
        for (const c of once.changes) expect([...c.to].every(isGsm)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
