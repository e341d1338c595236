import type { ShopDay } from '@domain/kernel';
import { judgePage, type PageItem, wordsOfPage } from '@domain/registration/page-check';
import { type PageFacts, privacyPage, termsPage } from '@domain/registration/pages';
import {
  campaignDescription,
  FLOW_MAX,
  FLOW_MIN,
  type FlowFacts,
  messageFlow,
  sampleTexts,
  WAYS,
  waysAllowed,
} from '@domain/registration/texts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const FLOW: FlowFacts = {
  shopName: 'Corner Shoes',
  place: '12 Main St, Kingston, NY',
  ways: ['screen', 'paper', 'word', 'clerk'],
  wording: 'Yes, text me. Up to 4 msgs/month.',
  sign: 'By texting JOIN you agree.',
  confirmation: 'Corner Shoes: you are in.',
  doubleOptIn: 'Corner Shoes: Reply Y.',
  script: 'May we text you?',
  joinWords: ['JOIN', 'CLUB'],
  number: '(212) 555-0140',
  proofUrl: 'https://cornershoes.com/proof.png',
  termsUrl: 'https://cornershoes.com/terms',
  privacyUrl: 'https://cornershoes.com/privacy',
  ageGate: false,
};

describe('how people say yes, for the reviewer', () => {
  it('names the ways in use, and no other', () => {
    const says: Record<(typeof WAYS)[number], RegExp> = {
      screen: /Sign-up screen/,
      display: /faces the customer/,
      paper: /Paper form/,
      word: /texts JOIN, CLUB to \(212\) 555-0140/,
      clerk: /Reply Y/,
    };
    for (const way of WAYS) {
      const text = messageFlow({ ...FLOW, ways: [way] });
      for (const other of WAYS) {
        if (other === 'screen' && way === 'display') continue; // a display is a sign-up screen too
        expect(says[other].test(text), `${way}: ${other}`).toBe(other === way);
      }
    }
  });

  it('always fits the field, and keeps the words in use as long as they fit at all', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...WAYS), { minLength: 1 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 900 }),
        fc.boolean(),
        (ways, long, script, ageGate) => {
          const wording = `Words ${'x'.repeat(long)}`;
          const text = messageFlow({
            ...FLOW,
            ways,
            ageGate,
            wording,
            script: 's'.repeat(script),
            sign: wording,
            confirmation: 'c'.repeat(160),
          });
          expect(text.length).toBeGreaterThanOrEqual(FLOW_MIN);
          expect(text.length).toBeLessThanOrEqual(FLOW_MAX);
          const boxed = ways.some((w) => w === 'screen' || w === 'display' || w === 'paper');
          if (boxed && long < 700) expect(text).toContain(wording);
        },
      ),
    );
  });

  it('leaves out what is not needed before what is', () => {
    const text = messageFlow({ ...FLOW, wording: 'w'.repeat(1000), script: 's'.repeat(600) });
    expect(text).not.toContain('sss');
    expect(text).toContain('https://cornershoes.com/privacy');
    expect(text).toContain('www');
  });

  it('with an age gate only the form that asks for it counts', () => {
    expect(waysAllowed(WAYS, true)).toEqual(['paper']);
    expect(waysAllowed(['word'], false)).toEqual(['word']);
  });
});

describe('sample texts', () => {
  it('are the shop’s own campaigns first, with brackets, its name and STOP', () => {
    const samples = sampleTexts('Corner Shoes', ['Hi {first name|there}, boots are in till {ends}!', '{shop}: Sale. Reply STOP to end']);
    expect(samples[0]).toBe('Corner Shoes: Hi [first name], boots are in till [date]! Reply STOP to opt out.');
    expect(samples[1]).toBe('Corner Shoes: Sale. Reply STOP to end');
    expect(samples).toHaveLength(3);
  });

  it('whatever was written before, there are at least two good ones', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 200 }), { maxLength: 4 }), (bodies) => {
        const samples = sampleTexts('Corner Shoes', [...bodies, '{no such field}', '']);
        expect(samples.filter((s) => /Corner Shoes/i.test(s) && /\bSTOP\b/.test(s)).length).toBeGreaterThanOrEqual(2);
        expect(samples.join()).not.toMatch(/[{]shop[}]/);
      }),
    );
  });

  it('the description says who, to whom, about what and how often', () => {
    const text = campaignDescription({ shopName: 'Corner Shoes', place: 'Kingston, NY', promiseMax: 4, topics: ['Offers', 'Events'] });
    expect(text).toContain('offers, events, at most 4 marketing messages a month');
    expect(text.length).toBeGreaterThan(40);
  });
});

const PAGE: PageFacts = {
  shopName: 'Corner Shoes',
  legalName: 'Corner Shoes LLC',
  street: '12 Main St',
  city: 'Kingston',
  region: 'NY',
  postalCode: '12401',
  phone: '(845) 555-0142',
  email: 'hello@cornershoes.com',
  website: 'cornershoes.com',
  promiseMax: 4,
  topics: ['Offers', 'Events'],
  joinWords: ['JOIN'],
  termsUrl: 'https://cornershoes.com/terms',
  privacyUrl: 'https://cornershoes.com/privacy',
  day: '2026-11-22' as ShopDay,
  ageGate: false,
};
const FACTS = { shopName: 'Corner Shoes', phone: '+18455550142', email: 'hello@cornershoes.com' };
const found = (kind: 'terms' | 'privacy', html: string) =>
  judgePage(kind, html, FACTS)
    .items.filter((i) => i.found)
    .map((i) => i.item);

describe('the pages', () => {
  it('stand alone: nothing is fetched from anywhere', () => {
    for (const html of [termsPage(PAGE, 'en'), termsPage(PAGE, 'es'), privacyPage(PAGE, 'en'), privacyPage(PAGE, 'es')]) {
      expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/i);
      for (const m of html.matchAll(/href="([^"]*)"/g)) expect(m[1]).toMatch(/^https:\/\/cornershoes\.com\//);
      expect(html).toMatch(/^<!doctype html>\n<html lang="(en|es)">/);
    }
    expect(termsPage(PAGE, 'en')).toContain('November 22, 2026');
    expect(termsPage(PAGE, 'es')).toContain('22 de noviembre de 2026');
  });

  it('a shop’s name with marks in it stays words', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (name) => {
        const html = termsPage({ ...PAGE, shopName: name, joinWords: [name], topics: [name], email: name }, 'en');
        // what was typed never opens a tag of its own
        expect(
          html
            .replace(/<style>[\s\S]*?<\/style>/, '')
            .match(/<(?!\/?(?:!doctype|html|head|meta|title|style|body|main|h1|h2|p|a|address|br|footer)\b)/i),
        ).toBeNull();
      }),
    );
    expect(termsPage({ ...PAGE, shopName: '<script>alert(1)</script>' }, 'en')).not.toContain('<script');
  });

  it('have every line reviewers look for, each missed when it is taken out', () => {
    const lines: [PageItem, RegExp][] = [
      ['frequency', /Message frequency: up to 4 messages per month\./],
      ['rates', /Message and data rates may apply\./],
      ['carriers', /Carriers are not liable for delayed or undelivered messages\./],
      ['shop', /Corner Shoes/g],
    ];
    const html = termsPage(PAGE, 'en');
    for (const [item, line] of lines) {
      expect(html).toMatch(line);
      expect(found('terms', html)).toContain(item);
      expect(found('terms', html.replace(line, '')), item).not.toContain(item);
    }
  });
});

describe('looking at a page', () => {
  it.each([
    ['Mobile opt-in data is not shared with third parties.', true],
    ['We never sell, rent or share your phone number with third parties for marketing.', true],
    ['No mobile information will be shared with third parties or affiliates.', true],
    ['We don’t share your number with third&nbsp;parties.', true],
    ['No third parties receive or are sold your data.', true],
    ['Tu número no se comparte con terceros.', true],
    ['Nunca vendemos tus datos a otras empresas.', true],
    ['We may share your information with third parties.', false],
    ['We share numbers with third parties. We do not like spam.', false],
    ['Third parties are not nice people. We share recipes.', false],
    ['We do not send spam.', false],
    ['', false],
  ])('%s', (text, want) => expect(found('privacy', `<p>${text}</p>`).includes('no-sharing')).toBe(want));

  it('reads what people read: no scripts, styles or comments, marks and entities as letters', () => {
    expect(wordsOfPage('<style>p{}</style><!-- STOP --><script>var x="HELP"</script><p>Caf&eacute; &amp; <b>Shoes</b>&#33;</p>')).toBe(
      'cafe & shoes',
    );
    expect(wordsOfPage('<p>Msg&nbsp;&amp;&nbsp;Data rates</p>')).toBe('msg & data rates');
  });

  it('finds a phone however it is written, or an address', () => {
    for (const text of ['+1 (845) 555-0142', '845.555.0142', 'write to someone@example.com'])
      expect(found('terms', `<p>${text}</p>`)).toContain('contact');
    expect(found('terms', '<p>845 555 0199</p>')).not.toContain('contact');
  });

  it('an empty frame of a page that builds itself is thin', () => {
    expect(judgePage('terms', '<div id="root"></div><script src="/app.js"></script>', FACTS).thin).toBe(true);
    expect(judgePage('terms', termsPage(PAGE, 'en'), FACTS).thin).toBe(false);
  });

  it('any text at all is judged without a fault', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2000 }), (html) => void judgePage('terms', html, FACTS)));
  });
});
