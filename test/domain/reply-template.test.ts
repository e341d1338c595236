import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import { fillReply, hoursLine, REPLY_DEFAULTS, unknownFields } from '@domain/inbox/reply-template';
import { DEFAULT_SETTINGS } from '@domain/settings/settings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const values = { 'first name': 'Guadalupe', shop: 'Juniper & Main Street', hours: hoursLine(DEFAULT_SETTINGS.shop.hours, 'en') };

describe('kept answers', () => {
  it('those that come with the app are one text each, in both languages, with a long name and a shop of 20 letters', () => {
    for (const t of REPLY_DEFAULTS) {
      for (const body of [t.en, t.es]) {
        expect(unknownFields(body), t.key).toEqual([]);
        const said = fillReply(body, values);
        expect(countSegments(said), `${t.key}: ${said}`).toMatchObject({ segments: 1, encoding: 'GSM-7' });
        expect(toGsmFriendly(said).changes).toEqual([]);
        expect(said).not.toMatch(/[{}]/);
      }
    }
  });

  it('read well without a name too', () => {
    const nobody = { ...values, 'first name': '' };
    expect(fillReply('Hi {first name|there}, we are open. {shop}', nobody)).toBe('Hi there, we are open. Juniper & Main Street');
    expect(fillReply('Hola {first name}: abrimos {hours}.', nobody)).toMatch(/^Hola: abrimos Mon-Sat/);
    expect(fillReply('Muchas gracias, {first name}! {shop}', nobody)).toBe('Muchas gracias! Juniper & Main Street');
    expect(fillReply('{ First  Name | you }', nobody)).toBe('you');
  });

  it('what stands for nothing is told, and left as it is', () => {
    expect(unknownFields('Hi {firstname}, {shop} {}')).toEqual(['firstname', '']);
    expect(fillReply('Hi {firstname}', values)).toBe('Hi {firstname}');
  });

  it('a filled answer holds no blank of ours, whatever somebody is called', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }).filter((s) => !/[{}]/.test(s)),
        (name) => {
          expect(fillReply('Hi {first name|there}, {shop}', { ...values, 'first name': name })).not.toMatch(/\{/);
        },
      ),
    );
  });

  it('says a week in one line', () => {
    const h = (open: number, close: number) => ({ open: open * 60, close: close * 60 });
    expect(hoursLine([h(9, 18), h(9, 18), null, h(9, 18), h(9, 18), h(10, 16), null], 'en')).toBe(
      'Mon-Tue 9am-6pm, Thu-Fri 9am-6pm, Sat 10am-4pm',
    );
    expect(hoursLine([null, null, null, null, null, null, { open: 630, close: 750 }], 'es')).toBe('dom 10:30-12:30');
    expect(hoursLine([null, null, null, null, null, null, null], 'en')).toBe('');
  });
});
