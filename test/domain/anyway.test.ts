import { type AnywayEvidence, comesAnyway, HABITS, habitOf, lookBack, SURELY } from '@domain/reports/anyway';
import { sayAnyway, suggestions } from '@renderer/strings/suggestions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const share = fc.integer({ min: 0, max: 400 }).chain((n) => fc.integer({ min: 0, max: n }).map((x) => ({ x, n })));
const evidence: fc.Arbitrary<AnywayEvidence> = fc.record({
  people: fc.integer({ min: 0, max: 2000 }),
  usual: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: HABITS, maxLength: HABITS }),
  before: fc.array(share, { minLength: HABITS, maxLength: HABITS }),
  campaigns: fc.array(
    fc.record({ text: share, control: share }).filter((s) => s.text.n > 0 && s.control.n > 0),
    { maxLength: 3 },
  ),
});
/** Most of 150 people in their rhythm come: nine of ten who were held out before. */
const clear: AnywayEvidence = {
  people: 212,
  usual: [150, 0, 0, 0],
  before: [
    { x: 0, n: 0 },
    { x: 0, n: 0 },
    { x: 0, n: 0 },
    { x: 0, n: 0 },
  ],
  campaigns: [{ text: { x: 370, n: 400 }, control: { x: 93, n: 100 } }],
};
const weeks = (x: number, n: number): AnywayEvidence => ({ ...clear, campaigns: [], before: [{ x, n }, ...clear.before.slice(1)] });

describe('may it say that they come anyway?', () => {
  it('says so from people who were held out', () => {
    const a = comesAnyway(clear);
    expect(a).toMatchObject({ people: 212, usual: 150, anyway: 140, rest: 62, from: 'held-out', seen: { x: 93, n: 100 } });
    expect(a && sayAnyway(a, '$1.24', suggestions.en, { n: String })).toEqual([
      'Of 212, 150 are in their usual rhythm, and about 140 of those come anyway. Text the other 62, who are late.',
      'That is $1.24, and no discount for people who were coming.',
      'Seen on people you left out of earlier texts like this: 93 of 100 in their usual rhythm came.',
    ]);
  });

  it('says so from the shop’s own rhythm where no campaign tells', () => {
    expect(comesAnyway(weeks(180, 200))).toMatchObject({ anyway: 135, rest: 62, from: 'rhythm', seen: { x: 180, n: 200 } });
  });

  it.each([
    ['two of three, but not surely', weeks(140, 200)],
    ['hardly half come', weeks(110, 200)],
    ['too few were looked at', weeks(60, 60)],
    ['people of another rhythm were looked at', { ...weeks(190, 200), usual: [0, 0, 0, 150] }],
    ['a small group', { ...clear, people: 45, usual: [40, 0, 0, 0] }],
    ['nobody is late', { ...clear, people: 150 }],
    ['hardly anybody is in their rhythm', { ...clear, usual: [20, 0, 0, 0] }],
    ['texts bring even these', { ...clear, campaigns: [{ text: { x: 396, n: 400 }, control: { x: 86, n: 100 } }] }],
    [
      'held-out people say otherwise than the rhythm',
      { ...weeks(195, 200), campaigns: [{ text: { x: 60, n: 100 }, control: { x: 55, n: 100 } }] },
    ],
  ] as [string, AnywayEvidence][])('is silent: %s', (_, e) => {
    expect(comesAnyway(e)).toBeNull();
  });

  it('never says it unless two of three surely come, and its numbers add up', () => {
    fc.assert(
      fc.property(evidence, (e) => {
        const a = comesAnyway(e);
        if (a === null) return;
        expect(a.usual + a.rest).toBe(a.people);
        expect(a.anyway).toBeLessThanOrEqual(a.usual);
        expect(a.atLeast).toBeLessThanOrEqual(a.anyway);
        expect(a.atLeast).toBeGreaterThanOrEqual(Math.floor(SURELY * a.usual));
        expect(a.seen.n).toBeGreaterThanOrEqual(50);
        expect(a.rest).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it('more people seen who came by themselves never silence it, as long as no text is judged', () => {
    fc.assert(
      fc.property(evidence, fc.nat({ max: HABITS - 1 }), (e, habit) => {
        const alone = { ...e, campaigns: [] };
        const more = { ...alone, before: e.before.map((s, i) => (i === habit ? { x: s.n, n: s.n } : s)) };
        if (comesAnyway(alone) !== null) expect(comesAnyway(more)).not.toBeNull();
      }),
    );
  });

  it('the order of campaigns says nothing', () => {
    fc.assert(
      fc.property(evidence, (e) => {
        expect(comesAnyway({ ...e, campaigns: [...e.campaigns].reverse() })).toEqual(comesAnyway(e));
      }),
    );
  });
});

describe('looking back at one person', () => {
  it('judges them by what was known that day, and by what came after it', () => {
    const weekly = [100, 107, 114, 121];
    expect(lookBack(weekly, 118, 14, 30)).toEqual({ habit: 2, came: true }); // half the shop’s usual gap, with two of their own
    expect(lookBack(weekly, 121, 14, 30)).toEqual({ habit: 2, came: false });
    expect(lookBack([], 118, 14, 30)).toBeNull();
    expect(lookBack([120], 118, 14, 30)).toBeNull(); // had never come by then
    expect(lookBack([20, 27, 34, 41], 118, 14, 10)).toBeNull(); // late by then
    expect(lookBack([100], 110, 14, 30)).toEqual({ habit: habitOf(30, 14), came: false }); // the shop's usual gap is all there is
  });

  it('days after the look never change who they were', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }).map((d) => d.sort((a, b) => a - b));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 7, max: 30 }), (d, asOf, window) => {
        const before = lookBack(
          d.filter((x) => x <= asOf),
          asOf,
          window,
          20,
        );
        const all = lookBack(d, asOf, window, 20);
        expect(all?.habit).toBe(before?.habit);
        expect(before?.came ?? false).toBe(false);
        expect(all?.came ?? false).toBe(all !== null && d.some((x) => x > asOf && x <= asOf + window));
      }),
    );
  });
});
