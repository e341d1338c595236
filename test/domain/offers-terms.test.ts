import { addDays, localTime, shopDay, startOfDay } from '@domain/calendar';
import { type Cents, DAY, HOUR, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { makeCode, readCode } from '@domain/offers/code';
import { codesOfLife, LIVES } from '@domain/offers/lives';
import { type CodeEvent, mayOverride, moveCode, type RedeemFacts, refusalOf, worthNow } from '@domain/offers/may-redeem';
import { badField, EVERY_DAY, type OfferTerms, type OfferWindow } from '@domain/offers/offer';
import type { CodeState } from '@domain/offers/redemption';
import { codeWindow, onWeekday, phaseOf, uselessAt, weekdayOf, wrongMoment } from '@domain/offers/window';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NY = 'America/New_York' as Zone;
const at = (iso: string) => Date.parse(iso) as UtcMs;
const always: OfferWindow = { validDays: 14, fromDay: null, untilDay: null, weekdays: EVERY_DAY, fromMinute: null, untilMinute: null };
const plain: OfferTerms = {
  ...always,
  kind: 'percent',
  percent: 15,
  amount: null,
  item: '',
  bundle: null,
  points: null,
  minSpend: 0 as Cents,
  terms: '',
  items: [],
  categories: [],
  codeMode: 'personal',
  codeUses: 1,
  mostUses: null,
  membersOnly: false,
};

const zone = fc.constantFrom(
  ...(['America/New_York', 'America/Phoenix', 'Pacific/Honolulu', 'Europe/Madrid', 'Australia/Lord_Howe'] as Zone[]),
);
const instant = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }).map((n) => n as UtcMs);
const weekdays = fc.integer({ min: 1, max: EVERY_DAY });

describe('the window of a code', () => {
  it('ends at a midnight of the shop, on the last day it can be used, also across clock changes', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: 1, max: 60 }), weekdays, (z, given, validDays, days) => {
        const o = { ...always, validDays, weekdays: days };
        const { startsAt, endsAt } = codeWindow(o, given, z);
        expect(startsAt).toBeNull();
        expect(startOfDay(shopDay(endsAt, z), z)).toBe(endsAt);
        const last = shopDay((endsAt - 1) as UtcMs, z);
        const latest = addDays(shopDay(given, z), validDays);
        expect(last <= latest).toBe(true);
        if (uselessAt(o, given, z) === null) {
          expect(onWeekday(days, weekdayOf(last))).toBe(true);
          // no later day of the window could be used
          for (let d = addDays(last, 1); d <= latest; d = addDays(d, 1)) expect(onWeekday(days, weekdayOf(d))).toBe(false);
        } else expect(last).toBe(latest);
      }),
      { numRuns: 150 },
    );
  });

  it('of fixed dates is the same for everybody, whenever the text came', () => {
    fc.assert(
      fc.property(zone, instant, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (z, given, ahead, long) => {
        const fromDay = addDays(shopDay(given, z), ahead);
        const untilDay = addDays(fromDay, long);
        const { startsAt, endsAt } = codeWindow({ ...always, fromDay, untilDay }, given, z);
        expect(startsAt).toBe(ahead === 0 ? null : startOfDay(fromDay, z));
        expect(endsAt).toBe(startOfDay(addDays(untilDay, 1), z));
      }),
      { numRuns: 100 },
    );
  });

  it('knows an offer that is over, and one without a usable day', () => {
    const given = at('2026-11-18T12:00:00-05:00'); // a Wednesday
    const dates = { ...always, fromDay: '2026-11-01' as ShopDay, untilDay: '2026-11-17' as ShopDay };
    expect(uselessAt(dates, given, NY)).toBe('over');
    expect(phaseOf(dates, '2026-11-18' as ShopDay)).toBe('over');
    expect(phaseOf(dates, '2026-10-31' as ShopDay)).toBe('ahead');
    const mondays = { ...always, weekdays: 1 << 1, untilDay: '2026-11-20' as ShopDay };
    expect(uselessAt(mondays, given, NY)).toBe('no-day');
    expect(uselessAt({ ...mondays, untilDay: '2026-11-23' as ShopDay }, given, NY)).toBeNull();
    // good on Mondays until Sunday the 29th: it ends on the Monday
    expect(codeWindow({ ...mondays, untilDay: '2026-11-29' as ShopDay }, given, NY).endsAt).toBe(at('2026-11-24T00:00:00-05:00'));
  });

  it('asks for hours by the shop’s clock on days when it is changed', () => {
    const early = { weekdays: EVERY_DAY, fromMinute: 60, untilMinute: 120 };
    // half past one happens twice on 1 November 2026
    expect(wrongMoment(early, at('2026-11-01T01:30:00-04:00'), NY)).toBeNull();
    expect(wrongMoment(early, at('2026-11-01T01:30:00-05:00'), NY)).toBeNull();
    expect(wrongMoment(early, at('2026-11-01T02:00:00-05:00'), NY)).toBe('hours');
    // two o’clock does not happen on 8 March 2026: from 1:59 it is 3:00
    expect(wrongMoment(early, at('2026-03-08T01:59:00-05:00'), NY)).toBeNull();
    expect(wrongMoment(early, (at('2026-03-08T01:59:00-05:00') + 60_000) as UtcMs, NY)).toBe('hours');
    expect(wrongMoment({ ...early, weekdays: 1 << 1 }, at('2026-11-01T01:30:00-05:00'), NY)).toBe('weekday');
  });
});

const facts = (
  change: Partial<RedeemFacts>,
  offer: Partial<OfferTerms> = {},
  code: Partial<NonNullable<RedeemFacts['code']>> = {},
): RedeemFacts => {
  const now = at('2026-11-18T12:00:00-05:00');
  return {
    offer: { ...plain, ...offer },
    code: {
      state: 'issued',
      issuedAt: (now - DAY) as UtcMs,
      startsAt: null,
      expiresAt: (now + DAY) as UtcMs,
      uses: 1,
      used: 0,
      ...code,
    },
    shared: { usedByAll: 0, usedByPerson: 0 },
    giftUsedAt: null,
    lastTextAt: null,
    member: null,
    amount: null,
    at: now,
    now,
    zone: NY,
    ...change,
  };
};

describe('what speaks against redeeming', () => {
  const why = (f: RedeemFacts) => refusalOf(f)?.why ?? null;
  it('is asked of everything the offer says', () => {
    expect(why(facts({}))).toBeNull();
    expect(why(facts({}, {}, { startsAt: facts({}).now, expiresAt: facts({}).now }))).toBe('expired');
    expect(why(facts({}, {}, { startsAt: (facts({}).now + HOUR) as UtcMs }))).toBe('not-yet');
    expect(why(facts({}, { weekdays: 1 << 1 }))).toBe('weekday');
    expect(why(facts({}, { fromMinute: 0, untilMinute: 720 }))).toBe('hours');
    expect(why(facts({}, { fromMinute: 720, untilMinute: 780 }))).toBeNull();
    expect(why(facts({ amount: 3999 }, { minSpend: 4000 as Cents }))).toBe('min-spend');
    expect(why(facts({ amount: 4000 }, { minSpend: 4000 as Cents }))).toBeNull();
    expect(why(facts({}, { minSpend: 4000 as Cents }))).toBeNull();
    expect(why(facts({ member: false }, { membersOnly: true }))).toBe('members');
    expect(why(facts({ member: true }, { membersOnly: true }))).toBeNull();
    expect(why(facts({}, {}, { uses: 3, used: 2 }))).toBeNull();
    expect(why(facts({}, {}, { uses: 3, used: 3 }))).toBe('used');
    expect(why(facts({ giftUsedAt: facts({}).now }))).toBe('path-used');
    expect(why(facts({ giftUsedAt: facts({}).now }, {}, { uses: 3 }))).toBeNull();
    expect(why(facts({}, {}, { state: 'voided' }))).toBe('void');
  });

  it('of a shared code is asked of its dates, its number of uses and each member', () => {
    const shared = (offer: Partial<OfferTerms>, more: Partial<RedeemFacts> = {}) =>
      why({ ...facts(more, { codeMode: 'shared', ...offer }), code: null });
    expect(shared({})).toBeNull();
    expect(shared({ untilDay: '2026-11-18' as ShopDay })).toBeNull();
    expect(shared({ untilDay: '2026-11-17' as ShopDay })).toBe('expired');
    expect(shared({ fromDay: '2026-11-19' as ShopDay, untilDay: '2026-11-20' as ShopDay })).toBe('not-yet');
    const sent = (days: number) => ({ lastTextAt: (facts({}).now - days * 24 * HOUR) as UtcMs });
    expect(shared({ validDays: 14 }, sent(14))).toBeNull();
    expect(shared({ validDays: 14 }, sent(15))).toBe('expired');
    expect(shared({ mostUses: 5 }, { shared: { usedByAll: 5, usedByPerson: 0 } })).toBe('all-used');
    expect(shared({ membersOnly: true })).toBe('find-member');
    expect(shared({ membersOnly: true }, { member: true, shared: { usedByAll: 9, usedByPerson: 1 } })).toBe('member-used');
    expect(shared({ membersOnly: true, codeUses: 2 }, { member: true, shared: { usedByAll: 9, usedByPerson: 1 } })).toBeNull();
  });

  it('is the owner’s to wave through only where nothing is given twice', () => {
    for (const why of ['used', 'void', 'member-used'] as const) expect(mayOverride({ why })).toBe(false);
    expect(mayOverride({ why: 'all-used', most: 3 })).toBe(false);
    expect(mayOverride({ why: 'path-used', at: 0 as UtcMs })).toBe(false);
    expect(mayOverride({ why: 'weekday', weekdays: 3 })).toBe(true);
    expect(mayOverride({ why: 'expired', at: 0 as UtcMs })).toBe(true);
  });
});

describe('the states of a code', () => {
  const order: Record<CodeState, CodeState[]> = {
    issued: ['issued', 'redeemed', 'expired', 'voided'],
    redeemed: ['reversed', 'voided'],
    reversed: ['reversed', 'redeemed', 'expired', 'voided'],
    expired: ['issued', 'redeemed', 'expired'],
    voided: ['voided'],
  };

  it('only move along issued → redeemed → reversed | expired | voided, and uses never exceed what was given', () => {
    const step = fc.constantFrom('use', 'undo', 'void', 'wait' as const);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 40 }), (uses, steps) => {
        let now = 0;
        let state = 'issued' as CodeState;
        let used = 0;
        const code = () => ({ state, issuedAt: 0 as UtcMs, startsAt: null, expiresAt: 20 as UtcMs, uses, used });
        const go = (event: CodeEvent): boolean => {
          const next = moveCode(state, event);
          if (next === null) return false;
          expect(order[state]).toContain(next);
          state = next;
          return true;
        };
        for (const what of steps) {
          now++;
          if (what === 'use') {
            const refused = refusalOf({ ...facts({}), code: code(), at: now as UtcMs, now: now as UtcMs });
            if (refused === null) {
              expect(go(used + 1 >= uses ? 'last-use' : 'use')).toBe(true);
              used++;
            } else expect(['used', 'expired', 'void']).toContain(refused.why);
          } else if (what === 'undo' && used > 0 && go('undo')) used--;
          else if (what === 'void') go('void');
          expect(used).toBeLessThanOrEqual(uses);
          expect(state === 'redeemed').toBe(used === uses && state !== 'voided');
          if (now >= 20) expect(['issued', 'reversed']).not.toContain(worthNow({ state, expiresAt: 20 as UtcMs }, now as UtcMs));
        }
      }),
    );
  });

  it('a code that was called off is never good again', () => {
    for (const e of ['use', 'last-use', 'expire', 'void'] as CodeEvent[]) expect(moveCode('voided', e)).toBeNull();
  });
});

/** A small generator so that a failing code can be repeated from its seed. */
function bytesFrom(seed: number): (n: number) => Uint8Array {
  let s = seed >>> 0;
  return (n) =>
    Uint8Array.from({ length: n }, () => {
      s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
      return s >>> 24;
    });
}

describe('codes of several lives of a file', () => {
  const key = new TextEncoder().encode('the key of this shop');
  const draw = (epoch: number, n: number, k = key) => {
    const mine = codesOfLife(k, epoch);
    const bytes = bytesFrom(epoch * 7 + n);
    const out = new Set<string>();
    while (out.size < n) out.add(makeCode(bytes, mine));
    return out;
  };

  it('never meet: another epoch, or another computer with a copy, draws from other codes', () => {
    const all = [1, 2, 3, 9, LIVES].map((e) => draw(e, 4000));
    expect(new Set(all.flatMap((s) => [...s])).size).toBe(5 * 4000);
  });

  it('are spread over everything there is, and differently in every shop', () => {
    const firsts = new Map<string, number>();
    for (const c of draw(1, 4000)) firsts.set(c[0] ?? '', (firsts.get(c[0] ?? '') ?? 0) + 1);
    expect(firsts.size).toBe(29);
    for (const n of firsts.values()) expect(n).toBeLessThan((4000 / 29) * 2);
    const other = codesOfLife(new TextEncoder().encode('another shop'), 1);
    const same = codesOfLife(key, 1);
    let both = 0;
    for (let n = 0; n < 100_000; n++) if (other(n) && same(n)) both++;
    expect(both).toBeLessThan(300); // 100,000 / 32² ≈ 98 by chance
  });

  it('one typo is always caught, and never maps to another live code', () => {
    const live = draw(4, 3000);
    fc.assert(
      fc.property(fc.constantFrom(...live), fc.nat(6), fc.constantFrom(...'23456789ABCDEFGHJKMNPQRTVWXYZ01LIOUS'), (code, i, s) => {
        if (s === code[i]) return;
        const typed = code.slice(0, i) + s + code.slice(i + 1);
        expect(readCode(typed).kind).not.toBe('ok');
        expect(live.has(typed)).toBe(false);
      }),
    );
  });
});

describe('an offer as it is filled in', () => {
  it('is refused by the field that does not fit', () => {
    const bad = (change: Partial<OfferTerms>) => badField({ ...plain, ...change });
    expect(bad({})).toBeNull();
    expect(bad({ kind: 'bundle' })).toBe('bundle');
    expect(bad({ kind: 'bundle', bundle: { buy: 1, get: 0, percent: 0, forPrice: 3000 as Cents } })).toBe('bundle');
    expect(bad({ kind: 'bundle', bundle: { buy: 2, get: 0, percent: 0, forPrice: 3000 as Cents } })).toBeNull();
    expect(bad({ kind: 'bundle', bundle: { buy: 2, get: 1, percent: 0, forPrice: null } })).toBe('bundle');
    expect(bad({ kind: 'points', points: 0 })).toBe('points');
    expect(bad({ weekdays: 0 })).toBe('weekdays');
    expect(bad({ fromDay: '2026-11-02' as ShopDay })).toBe('untilDay');
    expect(bad({ fromDay: '2026-11-02' as ShopDay, untilDay: '2026-11-01' as ShopDay })).toBe('untilDay');
    expect(bad({ fromMinute: 600, untilMinute: 600 })).toBe('untilMinute');
    expect(bad({ fromMinute: 600 })).toBe('untilMinute');
  });

  it('says the weekday of a day wherever the computer stands', () => {
    fc.assert(
      fc.property(zone, instant, (z, now) => {
        expect(weekdayOf(shopDay(now, z))).toBe(localTime(now, z).weekday);
      }),
      { numRuns: 50 },
    );
  });
});
