import { CHECK_CODES, checkText } from '@domain/campaigns/checks';
import { mendOf } from '@domain/campaigns/mend';
import { easter, retailDays, upcoming } from '@domain/campaigns/retail-calendar';
import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import { fieldsOf, parseTemplate, renderTemplate, STOP_LINE } from '@domain/campaigns/template';
import { fillIn, READY_TEXTS, retailText } from '@domain/campaigns/templates';
import { tidyReplyWord } from '@domain/inbox/campaign-words';
import type { ShopDay } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const look = (body: string, o: { addStopLine?: boolean; hasOffer?: boolean } = {}) =>
  checkText({ body, shopName: 'Corner Shoes', addStopLine: true, hasOffer: false, longest: body, ...o });

describe('one press mends what was found', () => {
  it.each<[string, string, { addStopLine?: boolean; hasOffer?: boolean }, string]>([
    ['who-speaks', 'New boots are in', {}, '{shop}: New boots are in'],
    ['short-link', '{shop}: new boots, see https://bit.ly/x1 today', {}, '{shop}: new boots, see today'],
    ['shouting', '{shop}: NEW BOOTS ARE IN. COME BY AND REPLY HOLD', {}, '{shop}: New boots are in. Come by and reply HOLD'],
    ['loud-signs', '{shop}: new boots!!! 👢👢👢', {}, '{shop}: new boots! 👢👢'],
    ['code-without-offer', '{shop}: new boots. Code {code}, until {ends}. Come by.', {}, '{shop}: new boots. Come by.'],
    ['offer-without-code', '{shop}: new boots.', { hasOffer: true }, '{shop}: new boots. Code {code}, until {ends}.'],
    ['unknown-field', '{shop}: hi {frist name|there}, new boots', {}, '{shop}: hi there, new boots'],
  ])('%s', (code, body, o, mended) => {
    expect(look(body, o).map((c) => c.code)).toContain(code);
    const mend = mendOf(code as (typeof CHECK_CODES)[number], body);
    expect(mend).toEqual({ body: mended });
    expect(look(mended, o).map((c) => c.code)).not.toContain(code);
  });

  it('never invents a field', () => {
    const known = (s: string) => {
      try {
        return fieldsOf(parseTemplate(s));
      } catch {
        return null;
      }
    };
    fc.assert(
      fc.property(fc.constantFrom(...CHECK_CODES), fc.string({ unit: 'binary', maxLength: 120 }), (code, text) => {
        const mend = mendOf(code, text);
        const before = known(text);
        if (mend === null || !('body' in mend) || before === null) return;
        const added = (known(mend.body) ?? []).filter((f) => !before.includes(f));
        const may: string[] = code === 'who-speaks' ? ['shop'] : code === 'offer-without-code' ? ['code', 'ends'] : [];
        expect(added.filter((f) => !may.includes(f))).toEqual([]);
      }),
    );
  });
});

describe('ready texts', () => {
  const all = [...READY_TEXTS, ...retailDays(2027).map(retailText)].map((t) => fillIn(t, { x: 'Shirts', y: 'Wedding Suits' }));
  it.each(all.map((t) => [t.key, t] as const))('%s passes its own checks, in two languages, in two parts at most', (_, t) => {
    for (const body of [t.en, t.es]) {
      expect(look(body, { hasOffer: t.offer })).toEqual([]);
      expect(toGsmFriendly(body).text).toBe(body);
      const values = { 'first name': 'Maximiliana', shop: 'Corner Shoes & More', code: 'K7M-4Q9X', ends: 'Sun, Nov 29' };
      const said = renderTemplate(parseTemplate(body), values as never, STOP_LINE[body === t.en ? 'en' : 'es']);
      const count = countSegments(said.text);
      expect(count.encoding).toBe('GSM-7');
      expect(count.segments).toBeLessThanOrEqual(2);
    }
  });
  it.each(all.map((t) => [t.key, t] as const))('%s asks for a word that can be answered with', (_, t) => {
    expect(t.en).toContain(t.reply.en);
    expect(t.es).toContain(t.reply.es);
    for (const word of [t.reply.en, t.reply.es]) expect(tidyReplyWord(word)).not.toBeNull();
  });
  it('what was typed into a blank does not become a field, and names keep their capitals', () => {
    const t = { ...(READY_TEXTS.find((x) => x.key === 'try-other') ?? READY_TEXTS[0]) } as (typeof READY_TEXTS)[number];
    expect(fillIn(t, { x: '{code}', y: 'BBQ Sauces' }).en).toContain('know us for code. Did you know we do BBQ sauces too?');
  });
});

describe('retail days', () => {
  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('Easter %i', (year, day) => expect(easter(year)).toBe(day));
  it('the moving days of 2026', () => {
    const on = Object.fromEntries(retailDays(2026).map((d) => [d.key, d.day]));
    expect(on).toMatchObject({
      'mothers-day': '2026-05-10',
      'memorial-day': '2026-05-25',
      'fathers-day': '2026-06-21',
      'labor-day': '2026-09-07',
      thanksgiving: '2026-11-26',
      'black-friday': '2026-11-27',
      'small-business-saturday': '2026-11-28',
    });
  });
  it('looks over the end of the year', () => {
    expect(upcoming('2026-12-20' as ShopDay, 14).map((d) => [d.key, d.inDays])).toEqual([
      ['christmas', 5],
      ['new-year', 12],
    ]);
  });
});
