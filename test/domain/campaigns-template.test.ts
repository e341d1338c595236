import { checkText } from '@domain/campaigns/checks';
import {
  greetingName,
  MERGE_FIELDS,
  type MergeCampaign,
  type MergePerson,
  mergeValues,
  parseTemplate,
  renderTemplate,
  STOP_LINE,
} from '@domain/campaigns/template';
import { AppError } from '@domain/errors';
import type { UtcMs, Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusal } from '../support/refusal';

const now = Date.parse('2026-11-17T16:00:00Z') as UtcMs;
const campaign: MergeCampaign = {
  shopName: 'Corner Shoes',
  shopZone: 'America/New_York' as Zone,
  code: 'K7M-4Q9X',
  offerEndsAt: Date.parse('2026-11-30T05:00:00Z') as UtcMs,
  now,
};
const ana = { firstName: 'Ana', lastItem: 'Leather boots', lastVisitAt: (now - 40 * 86_400_000) as UtcMs, sharesNumber: false };
const say = (body: string, person: Partial<typeof ana> = {}, stop: string | null = null) =>
  renderTemplate(parseTemplate(body), mergeValues({ ...ana, ...person }, campaign), stop);

describe('merge fields', () => {
  it('fills in what is known', () => {
    expect(say('{shop}: Hi {first name}, your {last item} miss you after {days since visit} days. Code {code} until {ends}.').text).toBe(
      'Corner Shoes: Hi Ana, your Leather boots miss you after 40 days. Code K7M-4Q9X until Sun, Nov 29.',
    );
  });

  it('falls back, and closes the gap when there is no fall-back', () => {
    expect(say('Hi {first name|there}, hello', { firstName: '' }).text).toBe('Hi there, hello');
    const r = say('Hi {first name}, your {last item} wait', { firstName: '', lastItem: null as unknown as string });
    expect(r.text).toBe('Hi, your wait');
    expect(r.missing).toEqual(['first name', 'last item']);
  });

  it('drops the name when a family shares the number', () => {
    expect(say('Hi {first name|there}!', { sharesNumber: true }).text).toBe('Hi there!');
  });

  it('folds accents in names, not in the owner’s words, and says so', () => {
    const r = say('¡Hola {first name}! Mañana “sale”', { firstName: 'Ángela' });
    expect(r.text).toBe('¡Hola Angela! Mañana "sale"');
    expect(r.changes).toContainEqual({ from: 'Á', to: 'A', count: 1 });
  });

  it('reads field names loosely and refuses unknown ones', () => {
    expect(say('{First  Name | you }').text).toBe('Ana');
    expect(() => parseTemplate('Hi {frist name}')).toThrowError(AppError);
    expect(say('a { b').text).toBe('a { b');
  });

  it('adds the stop line last', () => {
    expect(say('Hi', {}, STOP_LINE.en).text).toBe('Hi\nReply STOP to opt out.');
  });

  it('greets by name only with a name', () => {
    expect(['ANA', 'ana', 'McKay', 'JD', 'Ana Maria', 'WALK IN', 'guest 4', 'a@b.c', 'X', '5'].map(greetingName)).toEqual([
      'Ana',
      'Ana',
      'McKay',
      'JD',
      'Ana',
      '',
      '',
      '',
      '',
      '',
    ]);
  });
});

describe('checkText', () => {
  const check = (o: Partial<Parameters<typeof checkText>[0]>) => {
    const t = { body: 'Corner Shoes: 20% off boots', shopName: 'Corner Shoes', addStopLine: true, hasOffer: false, longest: 'x', ...o };
    return checkText(t).map((c) => `${c.level} ${c.code}`);
  };
  it.each<[string, Partial<Parameters<typeof checkText>[0]>, string[]]>([
    ['a good text', {}, []],
    ['nothing written', { body: ' ' }, ['stop empty-text']],
    ['a field that does not exist', { body: '{fist name}' }, ['stop unknown-field']],
    ['nobody speaks', { body: '20% off boots' }, ['stop who-speaks']],
    ['the shop by field, and nothing else', { body: '{shop}: hi' }, ['warn nothing-in-it']],
    ['the shop in capitals and accents', { body: 'CÓRNER SHOES: boots are in' }, []],
    ['no way out', { addStopLine: false }, ['warn no-stop-line']],
    ['the way out in own words', { addStopLine: false, body: 'Corner Shoes: hi. Text STOP to leave' }, []],
    ['a stranger’s short link', { body: 'Corner Shoes: see bit.ly/x1' }, ['stop short-link']],
    ['own link', { body: 'Corner Shoes: see cornershoes.example/sale' }, []],
    ['shouting', { body: 'Corner Shoes: BIG SALE THIS WEEKEND ONLY COME IN NOW' }, ['warn shouting']],
    ['three parts', { longest: 'a'.repeat(307) }, ['warn many-parts']],
    ['more than carriers take', { longest: 'a'.repeat(1601) }, ['stop too-long']],
    ['a reply word may be large', { body: 'Corner Shoes: new in, reply HOLD' }, []],
    ['a shortener of many', { body: 'Corner Shoes: see https://alturl.com/abc now' }, ['stop short-link']],
    ['a shop of its own whose name ends like a shortener', { body: 'Corner Shoes: see habit.ly.example and orbit.lyx' }, []],
    ['goods carriers never take', { body: 'Corner Shoes: new CBD balm' }, ['stop banned-trade']],
    ['goods for grown-ups', { body: 'Corner Shoes: wine and new boots' }, ['warn banned-trade']],
    ['loud signs', { body: 'Corner Shoes: new boots!!!' }, ['warn loud-signs']],
    ['too many pictures', { body: 'Corner Shoes: new boots 👢👢👢' }, ['warn loud-signs']],
    ['a code without an offer', { body: '{shop}: {code}' }, ['stop code-without-offer']],
    ['an offer nobody can use', { hasOffer: true }, ['warn offer-without-code']],
  ])('%s', (_, o, expected) => expect(check(o)).toEqual(expected));
});

describe('how a field is written', () => {
  const said = (body: string, extra: Partial<MergeCampaign> = {}, person: Partial<MergePerson> = {}) =>
    renderTemplate(parseTemplate(body), mergeValues({ ...ana, ...person }, { ...campaign, ...extra })).text;

  it('follows the colon', () => {
    expect(said('{last item:lower}, {last item:upper}, {last item:capital}, {last item:first}')).toBe(
      'leather boots, LEATHER BOOTS, Leather Boots, Leather',
    );
    expect(said('{ends:short} / {ends:day} / {Ends : Long} / {ends}')).toBe('11/29 / Sunday / Sunday, November 29 / Sun, Nov 29');
    expect(said('{ends} / {ends:long}', { language: 'es' })).toBe('dom, 29 de nov / domingo, 29 de noviembre');
    expect(said('{last item:lower|shoes}', {}, { lastItem: null })).toBe('shoes');
    expect(said('{first name:upper|there}', {}, { firstName: '' })).toBe('there');
  });

  it('is refused where it makes no sense, and points until a shop keeps them', () => {
    for (const bad of [
      '{code:lower}',
      '{link:upper}',
      '{ends:lower}',
      '{first name:short}',
      '{first name:}',
      '{ends:short:day}',
      '{nick name}',
    ])
      expect(
        refusal(() => parseTemplate(bad)),
        bad,
      ).toBe('campaign.unknown-field');
    const text = {
      body: '{shop}: {points} points, {reward} is yours',
      shopName: 'Corner Shoes',
      addStopLine: true,
      hasOffer: false,
      longest: '',
    };
    expect(checkText(text)).toEqual([{ code: 'no-points', level: 'stop' }]);
    expect(checkText({ ...text, hasPoints: true })).toEqual([]);
    const collected = () => ({ points: '240', reward: '$10 off' });
    expect(said('{points} points: {reward|a reward}', {}, { collected })).toBe('240 points: $10 off');
    expect(said('{points} points: {reward|a reward}')).toBe('points: a reward');
  });

  it('names whoever served them last, else the owner, never a till’s number', () => {
    const owned = { ownerName: 'Olga Ivanova' };
    expect(said('{staff}', owned, { servedBy: () => 'CLARA DIAZ' })).toBe('Clara');
    expect(said('{staff}', owned, { servedBy: () => 'Register 2' })).toBe('Olga');
    expect(said('{staff}', owned)).toBe('Olga');
    expect(said('{staff|us}')).toBe('us');
  });

  it('writes the shop’s number so that a tap calls it', () => {
    for (const typed of ['+12125550134', '(212) 555-0134', '1 212 555 0134', '212.555.0134'])
      expect(said('Call {phone}', { shopPhone: typed }), typed).toBe('Call 212-555-0134');
    expect(said('Call {phone}', { shopPhone: '+44 20 7946 0018' })).toBe('Call +44 20 7946 0018');
    expect(said('Call {phone|us}')).toBe('Call us');
  });

  const field = fc.constantFrom(...MERGE_FIELDS);
  const word = fc.stringMatching(/^[a-z ]{1,12}$/);
  it('never leaves a brace, a bar or a gap in what is sent, whatever is known of somebody', () => {
    const node = fc.oneof(
      word,
      fc.tuple(field, fc.option(word)).map(([f, fallback]) => (fallback === null ? `{${f}}` : `{${f}|${fallback}}`)),
    );
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 1, maxLength: 8 }),
        fc.record({
          firstName: fc.constantFrom('', 'Ana', 'WALK IN', '  josé luis '),
          lastItem: fc.constantFrom(null, 'Boots', ' wide   socks '),
          lastVisitAt: fc.constantFrom(null, now),
          sharesNumber: fc.boolean(),
        }),
        fc.constantFrom('', 'shop.example/t/k7m4q9xz'),
        (parts, person, link) => {
          const { text, missing } = renderTemplate(parseTemplate(parts.join(' ')), mergeValues(person, { ...campaign, link }), null);
          for (const odd of ['{', '}', '|', String.fromCharCode(0)]) expect(text).not.toContain(odd);
          expect(text).toBe(text.trim());
          if (missing.includes('link')) expect(link).toBe('');
          if (parts.includes('{link}') && link !== '') expect(text).toContain(link);
        },
      ),
    );
  });

  it('reads the same text the same way however names are spaced and capitalised', () => {
    const loose = fc.tuple(field, fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(loose, ([f, shout, wide]) => {
        const name = shout ? f.toUpperCase() : f;
        expect(parseTemplate(`{${wide ? ` ${name.replace(' ', '   ')}  ` : name}|x}`)).toEqual([{ field: f, fallback: 'x' }]);
      }),
    );
  });
});
