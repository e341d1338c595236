import { namesShop } from '@domain/campaigns/checks';
import { countSegments } from '@domain/campaigns/sms-text';
import { isTextKind, type Language, WORDING_KINDS, type WordingShop, wordingOf } from '@domain/consent/wording';
import { DEFAULT_WORDING } from '@domain/consent/wording-defaults';
import { checkWording, REQUIRED } from '@domain/consent/wording-elements';
import { smsName } from '@domain/consent/wording-fit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const TEXTS = WORDING_KINDS.filter(isTextKind);
const LANGUAGES: readonly Language[] = ['en', 'es'];
const shop: WordingShop = { name: 'Corner Shoes', phone: '(212) 555-0140', email: 'hello@shop.example', website: 'https://shop.example' };

/** Names as shops have them, 20 letters: accents, ampersands, apostrophes, brackets that cost double, signs no carrier knows. */
const letter = fc.constantFrom(...'ABCXYZabcxyzáéíóúñüçÁÉÑçøœß0189', ' ', '&', "'", '’', '.', '-', '!', '[', '€', '☕', '®', '—');
const name20 = fc
  .array(letter, { minLength: 20, maxLength: 20 })
  .map((a) => a.join(''))
  .filter((s) => (s.match(/[\p{L}\p{N}]/gu) ?? []).length >= 12 && (s.match(/[[€]/g) ?? []).length <= 4);
const phone = fc.constantFrom('', '(212) 555-0140', '1-800-SHOES-4-U', '+1 (212) 555-0140 ext. 12345');
const email = fc.constantFrom('', 'a@b.co', 'hello@shop.example', 'customer.service.department@corner-shoes-of-new-york.example');
const website = fc.constantFrom('', 'https://www.corner-shoes-of-new-york-and-beyond.example/', 'shop.example');

describe('the permission texts', () => {
  it('stay one message for any shop name of 20 letters, any promise, and the longest phone, e-mail or web address', () => {
    fc.assert(
      fc.property(name20, phone, email, website, fc.integer({ min: 1, max: 30 }), (name, p, e, w, n) => {
        for (const kind of TEXTS)
          for (const language of LANGUAGES) {
            const { text } = wordingOf(kind, language, { name, phone: p, email: e, website: w }, n);
            expect(countSegments(text), `${kind} ${language}: ${text}`).toMatchObject({ segments: 1, encoding: 'GSM-7' });
          }
      }),
      { numRuns: 600 },
    );
  });

  it('every form of our own words, the short ones too, says all that its kind must say', () => {
    for (const kind of WORDING_KINDS)
      for (const language of LANGUAGES)
        for (const [i, template] of DEFAULT_WORDING[kind][language].templates.entries()) {
          const check = checkWording(kind, language, template, shop, 4, { word: 'JOIN', number: '(212) 555-0100' });
          const missing = check.elements.filter((e) => !e.said).map((e) => e.element);
          expect(missing, `${kind} ${language} ${i}`).toEqual([]);
          expect(check.unknown).toEqual([]);
          expect(check.ok, `${kind} ${language} ${i} ${check.count?.with20}`).toBe(true);
        }
  });

  it('tell LESS and PREFS in confirmation and HELP where there is room, and never at the price of a second message', () => {
    const short = { ...shop, name: 'Zoe' };
    expect(wordingOf('confirmation', 'en', short, 4).text).toMatch(/LESS/);
    expect(wordingOf('help', 'es', short, 4).text).toMatch(/LESS.*PREFS/);
    expect(wordingOf('stop-confirmation', 'en', short, 4).text).not.toMatch(/LESS/);
    expect(wordingOf('double-opt-in', 'en', short, 4).text).not.toMatch(/LESS/);
    const long = { ...shop, name: 'Twenty Letters Shoes' };
    expect(wordingOf('confirmation', 'es', long, 4).text).not.toMatch(/LESS/);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), (n) => {
        const { text } = wordingOf('confirmation', 'en', { ...shop, name: 'A'.repeat(n) }, 4);
        expect(countSegments(text).segments).toBe(1);
        expect(text).toContain('STOP to cancel');
      }),
    );
  });

  it('drop signs the carriers lack from the name, but never so much that nobody knows the shop', () => {
    expect(smsName('☕ Café Olé ☕')).toBe('Café Olé');
    expect(smsName('Zapatería Núñez')).toBe('Zapateria Nuñez');
    expect(smsName('寿司まつ')).toBe('寿司まつ');
    expect(smsName('Привет')).toBe('Привет');
  });
});

describe('the name in a permission text', () => {
  it('is recognised by the gate however it had to be spelled: else nobody would ever be confirmed', () => {
    const names = ['☕ Café Olé ☕', 'Łukasz Cœur™', 'Zapatería Núñez', 'Café 寿', 'J & J’s — Shoes', '1½ Shoes', '寿司まつ', 'Straße Ø'];
    for (const name of names)
      for (const kind of TEXTS) {
        const { text } = wordingOf(kind, 'en', { ...shop, name }, 4);
        expect(namesShop(text, name), `${kind}: ${text}`).toBe(true);
      }
    fc.assert(
      fc.property(name20, (name) => namesShop(wordingOf('help', 'es', { ...shop, name }, 4).text, name)),
      { numRuns: 400 },
    );
    expect(namesShop('Corner Boots: hello', 'Corner Shoes')).toBe(false);
  });
});

describe('the checker', () => {
  const check = (kind: (typeof WORDING_KINDS)[number], template: string, language: Language = 'en', s = shop) =>
    checkWording(kind, language, template, s, 4, { word: 'JOIN', number: '(212) 555-0100' });
  const missing = (c: ReturnType<typeof check>) => c.elements.filter((e) => !e.said).map((e) => e.element);

  it('misses each element when just that is taken out', () => {
    const parts: Record<string, string> = {
      who: '{shop}',
      recurring: 'recurring ',
      automated: ', sent by an automated system',
      number: ', at the number I entered',
      'not-a-condition': ' Consent is not a condition of purchase.',
      'how-often': ' Up to {n} msgs/month.',
      rates: ' Msg & data rates may apply.',
      stop: 'STOP to cancel, ',
      help: 'HELP for help',
      contact: '{contact}',
      'no-sharing': ' My number is not shared with third parties for marketing.',
      terms: 'Terms: {terms} ',
      privacy: ' Privacy: {privacy}',
    };
    const whole = DEFAULT_WORDING['sign-up'].en.templates[0];
    for (const [element, part] of Object.entries(parts)) {
      expect(whole, element).toContain(part);
      expect(missing(check('sign-up', whole.replace(part, ''))), element).toEqual([element]);
    }
  });

  it('is not fooled by a shop whose name says it', () => {
    const s = { ...shop, name: 'HELP STOP Texts Offers' };
    expect(missing(check('confirmation', '{shop}: welcome', 'en', s))).toEqual(
      expect.arrayContaining(['what', 'texts', 'stop', 'help', 'rates', 'how-often']),
    );
  });

  it('refuses an unknown placeholder, a second message, an emoji, and an advertisement in a stop confirmation', () => {
    const ours = DEFAULT_WORDING.confirmation.en.templates[0];
    expect(check('confirmation', ours.replace('{n}', '{n} {count}'))).toMatchObject({ ok: false, unknown: ['count'] });
    const long = check('confirmation', `${ours} We are so happy that you are here with us today.`);
    expect(long).toMatchObject({ ok: false });
    expect(long.count?.with20).toBe(2);
    const emoji = check('confirmation', `${ours} 👟`);
    expect(emoji).toMatchObject({ ok: false });
    expect(emoji.count?.breaks).toEqual(['👟']);
    expect(missing(check('stop-confirmation', "{shop}: You won't get any more texts from us. 20% off if you come back!"))).toEqual([
      'no-advertising',
    ]);
  });

  it('writes Spanish accents that would double the price without them, and says so', () => {
    const c = check('help', '{shop}: información de mensajes de texto. Preguntas: {contact}. Pueden aplicar cargos. STOP: cancelar.', 'es');
    expect(c.text).toContain('informacion');
    expect(c.changes).toEqual([{ from: 'ó', to: 'o', count: 1 }]);
    expect(c.ok).toBe(true);
    // on paper and on the screen nothing is dearer: there it stays as it is written
    expect(check('sign', `¡Únete! ${DEFAULT_WORDING.sign.es.templates[0]}`, 'es').text).toContain('¡Únete!');
  });

  it('accepts addresses written out instead of {terms} and {privacy}', () => {
    const t = DEFAULT_WORDING['sign-up'].en.templates[0]
      .replace('{terms}', 'https://shop.example/sms')
      .replace('{privacy}', 'shop.example/p');
    expect(check('sign-up', t).ok).toBe(true);
    expect(missing(check('sign-up', t.replace('https://shop.example/sms', 'somewhere')))).toEqual(['terms']);
  });

  it('asks every kind for who is speaking', () => {
    for (const kind of WORDING_KINDS) expect(REQUIRED[kind][0]).toBe('who');
  });
});
