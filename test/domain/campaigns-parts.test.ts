import { assignArms } from '@domain/attribution/holdout';
import {
  BASE_WORDS,
  firstMatch,
  isTested,
  parseWordsKey,
  WORDING_ARMS,
  WORDING_LANGUAGES,
  WORDING_LINKS,
  type WordingArm,
  type WordsKey,
  type WordsReader,
  wordsFor,
  wordsKey,
} from '@domain/campaigns/parts';
import { driftFrom, makeQuote, packReads, quotedPeople } from '@domain/campaigns/quote';
import type { CustomerId, Micros } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ALL_KEYS = WORDING_LANGUAGES.flatMap((language) =>
  WORDING_ARMS.flatMap((arm) => WORDING_LINKS.map((links) => wordsKey({ language, arm, links }))),
);
const others = fc.uniqueArray(fc.constantFrom(...ALL_KEYS.filter((k) => k !== BASE_WORDS)));
const reader = fc.record({
  language: fc.constantFrom<'en' | 'es'>('en', 'es'),
  linkCapable: fc.constantFrom<'yes' | 'no' | 'unknown'>('yes', 'no', 'unknown'),
});
const arm = fc.constantFrom<WordingArm>('a', 'b');

describe('which wording somebody reads', () => {
  const ana: WordsReader = { language: 'es', linkCapable: 'no' };
  const ben: WordsReader = { language: 'en', linkCapable: 'unknown' };

  it('is the part’s own unless another is meant for them', () => {
    expect(wordsFor([], ana, 'a')).toBe(BASE_WORDS);
    expect(wordsFor(['es.a.any'], ana, 'a')).toBe('es.a.any');
    expect(wordsFor(['es.a.any'], ben, 'a')).toBe(BASE_WORDS);
    expect(wordsFor(['en.a.no'], ana, 'a')).toBe('en.a.no');
    expect(wordsFor(['en.a.yes'], ana, 'a')).toBe(BASE_WORDS);
  });

  it('speaks their language before it suits their phone, and suits their phone before it takes part in a test', () => {
    expect(wordsFor(['es.a.any', 'en.a.no'], ana, 'a')).toBe('es.a.any');
    expect(wordsFor(['es.a.any', 'es.a.no', 'es.b.any'], ana, 'b')).toBe('es.a.no');
    expect(wordsFor(['en.b.any'], ben, 'b')).toBe('en.b.any');
    expect(wordsFor(['en.b.any'], ben, 'a')).toBe(BASE_WORDS);
    // nobody is asked to judge words in a language that is not theirs while there are words in it
    expect(isTested(['es.a.any', 'en.b.any'], ana)).toBe(false);
    expect(isTested(['es.a.any', 'en.b.any'], ben)).toBe(true);
  });

  it('is exactly one that exists and is meant for them, whatever wordings there are and in whatever order', () => {
    fc.assert(
      fc.property(others, reader, arm, fc.infiniteStream(fc.nat()), (keys, who, side, dice) => {
        const key = wordsFor(keys, who, side);
        expect([BASE_WORDS, ...keys]).toContain(key);
        const w = parseWordsKey(key);
        expect([who.language, 'en']).toContain(w?.language);
        expect([who.linkCapable, 'any']).toContain(w?.links);
        expect([side, 'a']).toContain(w?.arm);
        const shuffled = [...keys].map((k) => ({ k, at: dice.next().value })).sort((x, y) => Number(x.at) - Number(y.at));
        expect(
          wordsFor(
            shuffled.map((s) => s.k),
            who,
            side,
          ),
        ).toBe(key);
      }),
      { numRuns: 500 },
    );
  });
});

describe('who is in which part', () => {
  const lists = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), { minLength: 1, maxLength: 6 });

  it('is the first that holds them: everybody in exactly one, nobody lost, nobody added', () => {
    fc.assert(
      fc.property(lists, (groups) => {
        const members = groups.map((ids, i) => ({ position: i + 1, ids }));
        const parts = firstMatch(members);
        expect([...parts.keys()].sort((a, b) => a - b)).toEqual([...new Set(groups.flat())].sort((a, b) => a - b));
        for (const [id, part] of parts) {
          expect(groups[part - 1]).toContain(id);
          for (const earlier of groups.slice(0, part - 1)) expect(earlier).not.toContain(id);
        }
      }),
    );
  });

  it('changes with the order of the parts only for those in several of them', () => {
    fc.assert(
      fc.property(lists, (groups) => {
        const once = firstMatch(groups.map((ids, i) => ({ position: i, ids })));
        const turned = firstMatch([...groups].map((ids, i) => ({ position: i, ids })).reverse());
        for (const [id, part] of once) {
          const holds = groups.filter((g) => g.includes(id)).length;
          if (holds === 1) expect(turned.get(id)).toBe(part);
        }
        expect(turned.size).toBe(once.size);
      }),
    );
  });
});

describe('the sides of a test', () => {
  it('are balanced in every class to one person, and the same however the people are listed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 2, maxLength: 120 }), fc.boolean(), (strata, turn) => {
        const people = strata.map((stratum, i) => ({ id: (i + 1) as CustomerId, stratum, tillFixed: false }));
        const draw = { percent: 50, key: new Uint8Array([1, 2, 3]), testId: 'campaign:7:words' };
        const arms = assignArms({ ...draw, people });
        const b = people.filter((p) => arms.get(p.id) === 'control').length;
        expect(Math.abs(2 * b - people.length)).toBeLessThanOrEqual(2);
        for (const s of ['x', 'y', 'z']) {
          const own = people.filter((p) => p.stratum === s);
          expect(Math.abs(2 * own.filter((p) => arms.get(p.id) === 'control').length - own.length)).toBeLessThanOrEqual(2);
        }
        const again = assignArms({ ...draw, people: turn ? [...people].reverse() : people });
        expect([...again].sort()).toEqual([...arms].sort());
      }),
    );
  });
});

describe('a quote over several parts and wordings', () => {
  const person = fc.record({ part: fc.integer({ min: 1, max: 4 }), who: reader, side: arm, control: fc.boolean() });
  const setUp = fc.record({
    keys: fc.array(others, { minLength: 4, maxLength: 4 }),
    people: fc.array(person, { minLength: 1, maxLength: 30 }),
    // whoever drops out, and one change of each kind
    gone: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
  });
  const built = (s: { keys: WordsKey[][]; people: { part: number; who: WordsReader; side: WordingArm; control: boolean }[] }) => {
    const all = s.people.map((p, i) => ({
      ...p,
      id: (i + 1) * 3,
      reads: (side: WordingArm) => wordsFor(s.keys[p.part - 1] ?? [], p.who, side),
    }));
    const text = all.filter((p) => !p.control).map((p) => ({ id: p.id, part: p.part, words: p.reads(p.side) }));
    const quote = makeQuote({
      at: 1,
      words: 'w',
      ...packReads(
        text,
        all.filter((p) => p.control),
      ),
      holdoutPercent: 0,
      people: text.length,
      heldOut: all.length - text.length,
      segments: text.length,
      price: (text.length * 11_300) as Micros,
      perSegment: 11_300 as Micros,
      currency: 'USD',
    });
    const now = { words: 'w', reachable: all, price: quote.price as number, perSegment: 11_300, currency: 'USD' };
    return { all, text, quote, now };
  };

  it('keeps who reads what, to the person', () => {
    fc.assert(
      fc.property(setUp, (s) => {
        const { all, text, quote } = built(s);
        const read = quotedPeople(quote);
        expect([...read.text].map(([id, r]) => ({ id, ...r })).sort((a, b) => a.id - b.id)).toEqual(text);
        expect([...read.control].sort(([a], [b]) => a - b)).toEqual(all.filter((p) => p.control).map((p) => [p.id, p.part]));
      }),
    );
  });

  it('holds through drop-outs, and refuses whoever is new, changed parts or would read something else', () => {
    fc.assert(
      fc.property(setUp, fc.nat(), (s, pick) => {
        const { all, quote, now } = built(s);
        const left = all.filter((_, i) => !s.gone[i]);
        expect(driftFrom(quote, { ...now, reachable: left })).toBeNull();
        const one = all[pick % all.length];
        if (!one) return;
        const instead = (o: Partial<typeof one>) => all.map((p) => (p === one ? { ...p, ...o } : p));
        expect(driftFrom(quote, { ...now, reachable: instead({ part: one.part + 1 }) })).toBe('people');
        expect(driftFrom(quote, { ...now, reachable: [...all, { ...one, id: 1 }] })).toBe('people');
        if (!one.control)
          expect(driftFrom(quote, { ...now, reachable: instead({ reads: () => 'es.b.yes' as WordsKey }) })).toBe(
            one.reads(one.side) === 'es.b.yes' ? null : 'people',
          );
        expect(driftFrom(quote, { ...now, words: 'x' })).toBe('words');
        expect(driftFrom(quote, { ...now, price: now.price + 1 })).toBe('price');
        const { token, ...rest } = quote;
        expect(makeQuote(rest).token).toBe(token);
        if (rest.reads?.[0]) {
          const moved = rest.reads.map((r, i) => (i === 0 ? { ...r, part: r.part + 9 } : r));
          expect(makeQuote({ ...rest, reads: moved }).token).not.toBe(token);
        }
      }),
      { numRuns: 200 },
    );
  });
});
