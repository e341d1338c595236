import { countSegments } from '@domain/campaigns/sms-text';
import { sha256Hex } from '@domain/consent/hmac';
import { type WordingKind, wordingOf } from '@domain/consent/wording';
import { describe, expect, it } from 'vitest';

const shop = { name: 'Twenty Letter Shoe Co', phone: '(212) 555-0140', email: 'hello@shop.example', website: 'https://shop.example/' };
const named = { ...shop, name: 'X'.repeat(20) };
const texts: WordingKind[] = ['confirmation', 'double-opt-in', 'help', 'stop-confirmation'];

describe('permission texts', () => {
  for (const kind of texts) {
    for (const language of ['en', 'es'] as const) {
      it(`${kind} ${language}: one GSM-7 message for a shop name of 20 letters, naming the shop`, () => {
        const w = wordingOf(kind, language, named, 30);
        const c = countSegments(w.text);
        expect(c).toMatchObject({ encoding: 'GSM-7', segments: 1, unicode: [] });
        expect(c.units).toBeLessThanOrEqual(160);
        expect(w.text.startsWith(`${named.name}:`)).toBe(true);
        expect(w.hash).toBe(sha256Hex(w.text));
      });
    }
  }

  it('says all that CTIA asks for at sign-up, in both languages', () => {
    const en = wordingOf('sign-up', 'en', shop, 4).text;
    for (const part of [
      shop.name,
      'recurring',
      'marketing texts',
      'automated',
      'not a condition of purchase',
      '4 msgs/month',
      'Msg & data rates may apply',
      'STOP',
      'HELP',
      shop.phone,
      'shop.example/terms',
      'shop.example/privacy',
      'not shared',
    ])
      expect(en, part).toContain(part);
    const es = wordingOf('sign-up', 'es', shop, 4).text;
    for (const part of [
      shop.name,
      'recurrentes',
      'marketing',
      'automatizado',
      'No es requisito de compra',
      '4 mensajes al mes',
      'cargos',
      'STOP',
      'HELP',
      shop.phone,
      'shop.example/terms',
      'shop.example/privacy',
      'no se comparte',
    ])
      expect(es, part).toContain(part);
    expect(es).not.toMatch(/[áíóú]/);
    for (const part of ['4/mo', 'Msg&data rates', 'HELP', 'STOP']) {
      expect(wordingOf('confirmation', 'en', shop, 4).text).toContain(part);
      expect(wordingOf('double-opt-in', 'en', shop, 4).text).toContain(part);
    }
    expect(wordingOf('double-opt-in', 'en', shop, 4).text).toContain('Reply Y');
  });

  it('gives another hash for any other words', () => {
    expect(wordingOf('sign-up', 'en', shop, 4).hash).not.toBe(wordingOf('sign-up', 'en', shop, 5).hash);
    expect(wordingOf('sign-up', 'en', shop, 4).hash).not.toBe(wordingOf('sign-up', 'en', { ...shop, name: 'Other' }, 4).hash);
  });

  it('stays plain with accents and curly quotes in the name', () => {
    const w = wordingOf('confirmation', 'en', { ...shop, name: 'José’s Zapatería' }, 4);
    expect(w.text.startsWith("José's Zapateria:")).toBe(true);
    expect(countSegments(w.text).encoding).toBe('GSM-7');
  });
});
