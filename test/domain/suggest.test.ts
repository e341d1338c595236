import type { CampaignId, SegmentId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { type KeepEvidence, keepOrChange, readyTextOf } from '@domain/reports/keep';
import {
  addBaskets,
  type Baskets,
  bestPair,
  type Candidate,
  changedSince,
  chooseSuggestions,
  kindOfRule,
  type LikeCampaign,
  SUGGESTION_KINDS,
  type SuggestionKind,
} from '@domain/reports/suggest';
import { partsOfText, textFor } from '@domain/reports/suggest-text';
import { takenSummary } from '@domain/reports/taken';
import { boughtNot, READY_MADE } from '@domain/segments/ready-made';
import { quarterly, sayKeep } from '@renderer/strings/quarterly';
import { sayLike, sayReason, sayTaken, suggestions } from '@renderer/strings/suggestions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NOW = 1_800_000_000_000 as UtcMs;
const w = suggestions.en;
const say = { n: String };

const like = (o: Partial<LikeCampaign> = {}): LikeCampaign => ({
  id: 1 as CampaignId,
  name: 'Suits',
  startedAt: (NOW - 60 * DAY) as UtcMs,
  texted: 120,
  came: 30,
  redeemed: 8,
  hasOffer: false,
  brought: null,
  compared: null,
  ...o,
});
const worked = { text: { x: 120, n: 400 }, control: { x: 20, n: 200 } };
const harmed = { text: { x: 20, n: 400 }, control: { x: 60, n: 200 } };
const tiny = { text: { x: 0, n: 20 }, control: { x: 0, n: 5 } };
const candidate = (kind: SuggestionKind, o: Partial<Candidate> = {}): Candidate => ({
  key: kind,
  kind,
  segmentId: 1 as SegmentId,
  pair: null,
  people: 100,
  mayBeTexted: 80,
  like: [],
  textedAt: null,
  anyway: null,
  ...o,
});
const keys = (cs: readonly Candidate[], off: Parameters<typeof chooseSuggestions>[1] = new Map()) =>
  chooseSuggestions(cs, off, NOW).map((c) => c.key);

describe('what could be texted next', () => {
  it('late people come first while nothing is known, and at most three', () => {
    expect(keys([...SUGGESTION_KINDS].reverse().map((k) => candidate(k)))).toEqual(['later', 'bought-not', 'lapsed']);
  });

  it('what was shown to bring people comes before that, what was shown to bring nobody not at all', () => {
    const found = chooseSuggestions(
      [
        candidate('later', { like: [like({ compared: harmed })] }),
        candidate('lapsed', { like: [like({ compared: tiny })] }),
        candidate('birthday', { like: [like({ compared: worked })] }),
      ],
      new Map(),
      NOW,
    );
    expect(found.map((c) => [c.key, c.because])).toEqual([
      ['birthday', 'shown'],
      ['lapsed', 'untried'], // nobody of so few says nothing
    ]);
  });

  it('never a group that was just texted, or of which almost nobody may be', () => {
    const at = (days: number) => (NOW - days * DAY) as UtcMs;
    expect(keys([candidate('later', { textedAt: at(20) }), candidate('lapsed', { textedAt: at(22) })])).toEqual(['lapsed']);
    expect(keys([candidate('later', { mayBeTexted: 4 }), candidate('lapsed', { mayBeTexted: 5 })])).toEqual(['lapsed']);
  });

  it('one that was put off comes back in time, with many more people, or with something newly measured', () => {
    const off = { people: 80, likeId: 1 as CampaignId, untilAt: (NOW + DAY) as UtcMs };
    const shown = (o: Partial<Candidate>, p = off) => keys([candidate('later', { like: [like()], ...o })], new Map([['later', p]])).length;
    expect(shown({})).toBe(0);
    expect(shown({ mayBeTexted: 119 })).toBe(0);
    expect(shown({ mayBeTexted: 120 })).toBe(1);
    expect(shown({ like: [like({ id: 2 as CampaignId }), like()] })).toBe(1);
    expect(shown({}, { ...off, untilAt: NOW })).toBe(1);
    expect(changedSince({ ...off, people: 6 }, candidate('later', { mayBeTexted: 15, like: [like()] }))).toBe(false); // ten more at least
  });

  it('each kind once, never more than three, never a group without people, whatever is known', () => {
    const any = fc.record({
      kind: fc.constantFrom(...SUGGESTION_KINDS),
      may: fc.nat({ max: 300 }),
      days: fc.option(fc.nat({ max: 60 })),
      known: fc.constantFrom(worked, harmed, tiny, null),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (many) => {
        const cs = many.map((m, i) =>
          candidate(m.kind, {
            key: `${m.kind}${i}`,
            mayBeTexted: m.may,
            textedAt: m.days === null ? null : ((NOW - m.days * DAY) as UtcMs),
            like: [like({ compared: m.known })],
          }),
        );
        const found = chooseSuggestions(cs, new Map(), NOW);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(new Set(found.map((c) => c.kind)).size).toBe(found.length);
        for (const c of found) {
          expect(c.mayBeTexted).toBeGreaterThanOrEqual(5);
          expect(c.pooled === null || c.pooled.high > 0).toBe(true);
        }
        const places = found.map((c) => (c.because === 'shown' ? 0 : 1));
        expect(places).toEqual([...places].sort());
      }),
    );
  });

  it('knows its own groups by their rules, narrowed or not', () => {
    for (const k of SUGGESTION_KINDS.filter((x) => x !== 'bought-not')) {
      const rule = READY_MADE.find((g) => g.key === k)?.rule;
      expect(rule && kindOfRule(rule), k).toBe(k);
      expect(rule && kindOfRule({ all: [rule, { none: [{ is: 'rhythm', class: 'usual' }] }] }), k).toBe(k);
    }
    const pair = boughtNot({ what: 'category', name: 'Shirts' }, { what: 'category', name: 'Suits' }, null);
    expect(kindOfRule(pair)).toBe('bought-not');
    expect(kindOfRule({ is: 'last-visit', op: 'over', days: 60 })).toBe('lapsed');
    expect(kindOfRule({ is: 'last-visit', op: 'over', days: 20 })).toBeNull();
    expect(kindOfRule({ all: [] })).toBeNull();
    expect(kindOfRule({ any: [{ is: 'rhythm', class: 'later' }] })).toBeNull();
  });
});

describe('bought this, never that', () => {
  const names = ['Shirts', 'Suits', 'Socks'];
  const shop = (people: readonly (readonly number[])[]): Baskets =>
    addBaskets(
      { people: 0, things: names.map((name) => ({ what: 'category' as const, name, buyers: 0 })), both: new Map() },
      [10, 11, 12],
      people.map((things) => ({ things: things.map((t) => t + 10) })),
    );
  const times = <T>(n: number, x: T): T[] => Array<T>(n).fill(x);

  it('finds the pair whose buyers are fond of each other, with how many of a hundred', () => {
    const b = shop([...times(60, [0, 1]), ...times(82, [0]), ...times(10, [1]), ...times(150, [2])]);
    expect(b.people).toBe(302);
    expect(bestPair(b)).toEqual({
      x: { what: 'category', name: 'Shirts' },
      y: { what: 'category', name: 'Suits' },
      ofBuyers: 42,
      ofAll: 23,
    });
  });

  it('says nothing where nothing stands out, or too few buy', () => {
    expect(bestPair(shop([...times(50, [0]), ...times(50, [1]), ...times(25, [0, 1])]))).toBeNull();
    expect(bestPair(shop([...times(10, [0, 1]), ...times(100, [2])]))).toBeNull();
    expect(bestPair(shop([]))).toBeNull();
  });

  it('is the same whoever is counted first', () => {
    const person = fc.uniqueArray(fc.integer({ min: 0, max: 2 }));
    fc.assert(
      fc.property(fc.array(person, { maxLength: 200 }), (people) => {
        expect(bestPair(shop(people))).toEqual(bestPair(shop([...people].reverse())));
      }),
    );
  });
});

describe('in words', () => {
  const brought = (low: number, high: number, best: number) => like({ brought: { code: 'too-early', best, low, high } });
  it('the reason, and what the last one like it did', () => {
    const pair = { x: { what: 'category', name: 'Shirts' }, y: { what: 'category', name: 'Suits' } } as const;
    expect(sayReason({ kind: 'bought-not', pair, people: 82 }, w, say)).toBe('82 people bought shirts and never suits.');
    expect(sayReason({ kind: 'birthday', pair: null, people: 1 }, w, say)).toBe('1 person has a birthday this month.');
    expect(sayLike(undefined, w, say)).toBe('You have not texted people like this before.');
    expect(sayLike(brought(3, 15, 9), w, say)).toBe('The last text like it brought 9.');
    expect(sayLike(brought(-9, -2, -5), w, say)).toBe('After the last text like it about 5 fewer came than would have.');
    expect(sayLike(brought(-2, 20, 9), w, say)).toBe(
      'What the last text like it brought is not settled: anywhere from 2 fewer to 20 more.',
    );
    expect(sayLike(like(), w, say)).toBe('After the last text like it 30 of 120 came; how many would have anyway is not known.');
    expect(sayLike(like({ hasOffer: true }), w, say)).toBe('After the last text like it 8 of 120 used the code.');
  });

  it('what became of suggestions that were taken', () => {
    expect(sayTaken(takenSummary([]), w, say)).toBeNull();
    expect(sayTaken(takenSummary([null]), w, say)).toBe('You took one suggestion. It is not measured yet.');
    const two = takenSummary([like({ compared: worked, texted: 420, came: 130 }), like({ texted: 30, came: 4 }), null]);
    expect(two).toMatchObject({ sent: 3, measured: 2, texted: 450, came: 134, extra: { best: 80 } });
    expect(sayTaken(two, w, say)).toMatch(
      /^Suggestions you took: 3, 2 measured\. 134 of 450 texted came\. About 80 of them because of the text;/,
    );
  });

  it('each begins with a ready-made text without blanks, and knows how many parts it takes', () => {
    const pair = { x: { what: 'item', name: 'Shirts' }, y: { what: 'item', name: 'Suits' } } as const;
    for (const k of SUGGESTION_KINDS) {
      const text = textFor(k, k === 'bought-not' ? pair : null);
      expect(text.en).not.toMatch(/\{[xy]\}/);
      expect(partsOfText(text, 'Elm Street Boots')).toBeGreaterThanOrEqual(1);
      expect(partsOfText(text, 'x'.repeat(200))).toBeGreaterThan(1);
    }
    expect(readyTextOf(textFor('bought-not', pair).en)).toBe('try-other');
    expect(readyTextOf(textFor('later', null).en)).toBe('miss-you');
    expect(readyTextOf('{shop}: Sale!')).toBeNull();
  });
});

describe('keep, change or switch off', () => {
  const e = (o: Partial<KeepEvidence> = {}): KeepEvidence => ({
    kind: 'text',
    campaigns: 2,
    delivered: 1000,
    stops: 4,
    redeemed: 60,
    withCode: true,
    compared: [],
    madeMoney: 0,
    lostMoney: 0,
    ...o,
  });
  const flat = { text: { x: 800, n: 20_000 }, control: { x: 805, n: 20_000 } };
  it.each([
    ['nothing known', e(), 'too-early', 'unknown'],
    ['made money', e({ madeMoney: 1 }), 'keep', 'made-money'],
    ['brings people', e({ compared: [worked] }), 'keep', 'brings'],
    ['one made money and one lost it', e({ madeMoney: 1, lostMoney: 1 }), 'too-early', 'unknown'],
    ['lost money', e({ lostMoney: 1, compared: [worked] }), 'off', 'lost-money'],
    ['keeps people away', e({ compared: [harmed] }), 'off', 'keeps-away'],
    ['people leave, though it makes money', e({ stops: 60, madeMoney: 1 }), 'off', 'leaving'],
    ['some leave', e({ stops: 35, madeMoney: 1 }), 'change', 'leaving-some'],
    ['brings nobody', e({ compared: [flat] }), 'change', 'nothing'],
    ['nobody uses the code', e({ redeemed: 5 }), 'change', 'unused'],
    ['there was no code', e({ redeemed: 0, withCode: false }), 'too-early', 'unknown'],
    ['too few texts', e({ delivered: 10, stops: 3, redeemed: 0 }), 'too-early', 'unknown'],
  ] as const)('%s', (_, evidence, verdict, reason) => {
    expect(keepOrChange(evidence)).toMatchObject({ verdict, reason });
  });

  it('never keeps what surely drives people off or lost money, nor switches off what has shown nothing', () => {
    const some = fc.constantFrom(worked, harmed, tiny, flat);
    const any = fc.record({
      delivered: fc.nat({ max: 3000 }),
      stops: fc.nat({ max: 200 }),
      compared: fc.array(some, { maxLength: 3 }),
      madeMoney: fc.nat({ max: 2 }),
      lostMoney: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(any, (o) => {
        const k = keepOrChange(e(o));
        if (k.verdict === 'keep') {
          expect(o.lostMoney).toBe(0);
          expect(o.madeMoney > 0 || (k.pooled?.low ?? 0) > 0).toBe(true);
        }
        if (o.compared.length === 0 && o.stops === 0 && o.lostMoney === 0) expect(k.verdict).not.toBe('off');
      }),
    );
  });

  it('says why and from what', () => {
    const line = { lastName: 'Suits', ...e({ compared: [worked] }), ...keepOrChange(e({ compared: [worked] })) };
    expect(sayKeep(line, quarterly.en, say)).toEqual([
      'It brings people who would not have come.',
      expect.stringMatching(
        /^2 measured campaigns, the last “Suits”: 1000 texts arrived\. Between \d+\.\d and \d+\.\d more of every 100 texted came\. 60 used the code\. 4 stopped\.$/,
      ),
    ]);
  });
});
