import { AUTOMATION_KINDS } from '@domain/automations/kinds';
import { FIRST_ONES, PURPOSES, purposeOf, readyAutomation } from '@domain/automations/ready';
import { checkText } from '@domain/campaigns/checks';
import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import { describe, expect, it } from 'vitest';

/** As somebody with a usual name reads it. */
const read = (body: string) =>
  body
    .replace('{shop}', 'Corner Shoes')
    .replace(/\{first name[^}]*\}/, 'Maximilian')
    .replace('{code}', 'ABC-DEF')
    .replace('{ends}', 'Sun, Nov 29')
    .replace('{phone}', '(845) 555-0142')
    .replace(/\{[^}|]*\|([^}]*)\}/g, '$1');

describe('words of a new automation', () => {
  for (const kind of AUTOMATION_KINDS) {
    it(`${kind}: nothing stands in the way of them in either language, and they fit the cheap alphabet`, () => {
      const { en, es } = readyAutomation(kind);
      for (const body of [en, es]) {
        const hasOffer = kind === 'code-expiring'; // the code they hold
        const found = checkText({ body, shopName: 'Corner Shoes', addStopLine: true, hasOffer, hasPoints: true, longest: read(body) });
        expect(found.filter((c) => c.code !== 'nothing-in-it')).toEqual([]);
        const size = countSegments(toGsmFriendly(read(body)).text);
        expect([size.encoding, size.segments]).toEqual(['GSM-7', 1]);
      }
    });

    it(`${kind}: the answer it asks for is one it has`, () => {
      const { en, es, reply } = readyAutomation(kind);
      const asks = /\breply ([A-Z]+)/i.exec(en)?.[1] ?? null;
      expect(asks).toBe(reply?.en ?? null);
      if (reply) expect(es).toMatch(new RegExp(`[Rr]esponde ${reply.es}\\b`));
    });
  }

  it('promises no percent off: an offer is the owner’s to add', () => {
    for (const kind of AUTOMATION_KINDS) expect(Object.values(readyAutomation(kind)).join(' ')).not.toMatch(/%|percent|descuento/i);
  });
});

describe('what kinds are for', () => {
  it('every kind stands in one place', () => {
    const all = Object.values(PURPOSES).flat();
    expect([...all].sort()).toEqual([...AUTOMATION_KINDS].sort());
    expect(purposeOf('lapsed')).toBe('away');
    for (const k of FIRST_ONES) expect(all).toContain(k);
  });
});
