import { countSegments } from '@domain/campaigns/sms-text';
import { afterHoursText, keptUntil, longestAfterHours, nextOpening, sayOpening, shopIsOpen } from '@domain/inbox/after-hours';
import { replyWordIn, tidyReplyWord } from '@domain/inbox/campaign-words';
import { choiceIn, emailIn, whyIn, writesSpanish } from '@domain/inbox/commands';
import {
  askEmailText,
  emailChosenText,
  lessText,
  longestReplyWordText,
  maskEmail,
  prefsText,
  replyWordText,
  topicAddedText,
  topicsText,
} from '@domain/inbox/menu';
import type { ShopDay, UtcMs, Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ &éñáí0123456789'";
const shopName = fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 20 }).filter((s) => /[a-zA-Z]{2}/.test(s));
const language = fc.constantFrom('en' as const, 'es' as const);
const topicName = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 24 }).filter((s) => s.trim() !== '');
const one = (text: string) => {
  const { segments, encoding } = countSegments(text);
  expect({ text, segments, encoding }).toEqual({ text, segments: 1, encoding: 'GSM-7' });
};

describe('automatic answers', () => {
  it('are each one plain text for any shop of 20 letters, and name it', () => {
    fc.assert(
      fc.property(
        shopName,
        language,
        fc.constantFrom(null, 1, 2, 3, 4, 12, 31),
        topicName,
        fc.emailAddress(),
        (shop, lang, n, topic, email) => {
          for (const text of [
            lessText(shop, n, lang),
            prefsText(shop, n ?? 4, ['less', 'email', 'topics'], lang),
            prefsText(shop, n ?? 4, ['email'], lang),
            askEmailText(shop, lang),
            emailChosenText(shop, email, lang),
            topicAddedText(shop, topic, lang),
          ]) {
            one(text);
            expect(text).toMatch(/^[^:]+: /);
          }
          const answer = { means: 'hold', answerEn: '', answerEs: '' };
          one(replyWordText(shop, answer, '2026-09-30' as ShopDay, '2026-09-01' as ShopDay, lang));
          one(replyWordText(shop, { ...answer, means: 'question' }, '2026-09-30' as ShopDay, '2026-09-01' as ShopDay, lang));
          one(longestAfterHours('', shop, lang));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('list as many topics as one text holds, with what is on', () => {
    fc.assert(
      fc.property(
        shopName,
        language,
        fc.array(fc.record({ name: topicName, on: fc.boolean() }), { minLength: 1, maxLength: 12 }),
        (shop, lang, topics) => {
          const { text, shown } = topicsText(shop, topics, lang, topics[0]);
          one(text);
          expect(shown).toBeGreaterThan(0);
          expect(shown).toBeLessThanOrEqual(Math.min(9, topics.length));
          for (let i = 1; i <= shown; i++) expect(text).toContain(`${i} `);
        },
      ),
      { numRuns: 300 },
    );
    expect(
      topicsText(
        'Corner Shoes',
        [
          { name: 'Boots', on: true },
          { name: 'Events', on: false },
        ],
        'en',
      ).text,
    ).toBe('Corner Shoes: Reply a number to switch: 1 Boots (on), 2 Events (off)');
  });

  it('say how to leave wherever offers are the subject', () => {
    for (const lang of ['en', 'es'] as const) {
      for (const text of [lessText('Shop', 2, lang), lessText('Shop', null, lang), prefsText('Shop', 4, ['less', 'email'], lang)]) {
        expect(text).toContain('STOP');
      }
    }
  });

  it('shows no more of an address than its owner needs to know it again', () => {
    expect(maskEmail('maria.lopez@example.com')).toBe('m***@example.com');
    expect(maskEmail(`a@${'long'.repeat(12)}.com`).length).toBeLessThanOrEqual(28);
  });

  it("keeps the owner's words unless they need a second text", () => {
    const w = { means: 'hold', answerEn: "{shop}: it's yours till {until}!", answerEs: '' };
    expect(replyWordText('Corner Shoes', w, '2026-11-20' as ShopDay, '2026-11-17' as ShopDay, 'en')).toBe(
      "Corner Shoes: it's yours till on Friday!",
    );
    const long = { ...w, answerEn: 'word '.repeat(60) };
    expect(countSegments(replyWordText('Corner Shoes', long, '2026-11-20' as ShopDay, '2026-11-17' as ShopDay, 'en')).segments).toBe(1);
    expect(longestReplyWordText('Corner Shoes', 'Yours!', 'en')).toBe('Corner Shoes: Yours!');
  });
});

describe('what people answer', () => {
  it('takes a number alone as a choice', () => {
    for (const [said, n] of [
      ['1', 1],
      [' 2. ', 2],
      ['#3', 3],
      ['2 please', 2],
      ['3!', 3],
      ['1 por favor', 1],
    ] as const)
      expect(choiceIn(said)).toBe(n);
    for (const said of ['', '0', '12', 'size 8', '1 or 2?', '2 pairs', '10', 'one']) expect(choiceIn(said)).toBeNull();
  });

  it('finds the one address in a text', () => {
    expect(emailIn('it is Maria.Lopez@example.co.uk, thanks')).toBe('Maria.Lopez@example.co.uk');
    expect(emailIn('me@example.com.')).toBe('me@example.com');
    for (const said of ['', 'no thanks', 'a@b', 'a@example.com or b@example.com', '@example.com']) expect(emailIn(said)).toBeNull();
  });

  it('reads the reason in numbers and words', () => {
    for (const [said, why] of [
      ['1', 'too-many'],
      ['1.', 'too-many'],
      ['1 too many', 'too-many'],
      ['Too many texts', 'too-many'],
      ['demasiados', 'too-many'],
      ['2', 'not-for-me'],
      ['not for me', 'not-for-me'],
      ['3', 'other'],
      ['otra causa', 'other'],
    ] as const) {
      expect(whyIn(said), said).toBe(why);
    }
    for (const said of ['4', '12', 'size 1', '1 pair please', 'can I come at 3', '']) expect(whyIn(said), said).toBeNull();
  });

  it('knows in which language it is written', () => {
    for (const es of ['no me manden más mensajes', 'ayuda', '¿Tienen talla 8?', 'ya no quiero', 'apártame uno'])
      expect(writesSpanish(es), es).toBe(true);
    for (const en of ['no', 'no more texts please', 'HELP', 'STOP', 'Do you have size 9?', '👍', '1'])
      expect(writesSpanish(en), en).toBe(false);
  });

  it("knows a campaign's words among others, and not when they are turned round", () => {
    const said = (body: string, ...words: string[]) => replyWordIn(words.length ? words : ['hold'], body);
    expect(said('HOLD')).toEqual({ word: 'hold', rest: '' });
    expect(said('hold 8.5 please')).toEqual({ word: 'hold', rest: '8.5 please' });
    expect(said('Please hold one for me')).toMatchObject({ word: 'hold', rest: 'Please one for me' });
    expect(said('apártame uno')).toEqual({ word: 'hold', rest: 'uno' });
    expect(said('Can you hold two?')).toMatchObject({ word: 'hold' });
    expect(said('VIP', 'vip')).toEqual({ word: 'vip', rest: '' });
    for (const no of ["don't hold it", 'hold on', 'no hold needed', 'what are your hours and do you hold', 'save', 'cancel my hold']) {
      expect(replyWordIn(no === 'save' ? ['vip'] : ['hold'], no), no).toBeNull();
    }
    expect(tidyReplyWord(' Hóld ')).toBe('hold');
    expect(tidyReplyWord('two words')).toBeNull();
  });
});

describe('opening hours in an answer', () => {
  const zone = 'America/New_York' as Zone;
  const day = { open: 10 * 60, close: 18 * 60 };
  const shop = { hours: [day, day, day, day, day, day, null], closedDays: ['2026-11-26'], zone };
  const at = (iso: string) => Date.parse(iso) as UtcMs;

  it('says when the shop opens next, over nights, Sundays, closed days and the change of clocks', () => {
    const say = (iso: string, lang: 'en' | 'es' = 'en') => sayOpening(nextOpening(at(iso), shop), at(iso), shop, lang);
    expect(shopIsOpen(at('2026-11-17T16:00:00Z'), shop)).toBe(true);
    expect(shopIsOpen(at('2026-11-17T23:00:00Z'), shop)).toBe(false); // 18:00 sharp
    expect(say('2026-11-17T13:00:00Z')).toBe('today at 10 am');
    expect(say('2026-11-18T02:00:00Z')).toBe('tomorrow at 10 am');
    expect(say('2026-11-22T02:00:00Z')).toBe('on Monday at 10 am'); // Saturday night
    expect(say('2026-11-26T02:00:00Z', 'es')).toBe('el viernes a las 10:00'); // Thanksgiving tomorrow
    expect(nextOpening(at('2026-03-08T03:00:00Z'), shop)).toBe(at('2026-03-09T14:00:00Z'));
    expect(nextOpening(at('2026-11-17T13:00:00Z'), { ...shop, hours: [] })).toBeNull();
    expect(keptUntil(at('2026-11-24T16:00:00Z'), 2, shop)).toBe('2026-11-27'); // Wednesday, not Thanksgiving, Friday
  });

  it("fills the owner's words in and names the shop", () => {
    expect(afterHoursText('Back {opens}.', 'Corner Shoes', 'tomorrow at 10 am', 'en')).toBe('Corner Shoes: Back tomorrow at 10 am.');
    expect(afterHoursText('', 'Corner Shoes', '', 'en')).toBe(
      "Corner Shoes: Thanks for your message! We're closed now and will answer when we open.",
    );
  });
});
