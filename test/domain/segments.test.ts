import { readFileSync } from 'node:fs';
import type { UtcMs, Zone } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { describeRule, type Names } from '@domain/segments/describe';
import { READY_MADE } from '@domain/segments/ready-made';
import { FIXED_CUTS, quintileCuts, rfmClass, rfmCuts, rfmScores } from '@domain/segments/rfm';
import { daysSince, rhythmClass, shopMedianGap, startOfToday, usualGap } from '@domain/segments/rhythm';
import { birthdaysAhead, checkRule, dependsOnAbsence, inlineGroups, type Rule } from '@domain/segments/rule';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const vectors = JSON.parse(readFileSync(new URL('../fixtures/stat-vectors.json', import.meta.url), 'utf8')) as {
  rfm: { recency_days: number[]; frequency: number[]; spend: number[]; R: number[]; F: number[]; M: number[] };
};
const zone = 'America/New_York' as Zone;
const at = (iso: string) => Date.parse(iso) as UtcMs;
const now = at('2026-11-17T16:00:00Z');

describe('RFM', () => {
  const { recency_days: R, frequency: F, spend: M } = vectors.rfm;
  const one = (values: number[]) => values.map((value) => ({ value, count: 1 }));
  it('gives the reference scores, ties together', () => {
    const cuts = quintileCuts({ recency: one(R), frequency: one(F), spend: one(M) });
    const scores = R.map((r, i) => rfmScores({ recencyDays: r, frequency: F[i] ?? 0, spend: M[i] ?? 0 }, cuts));
    expect(scores.map((s) => s.r)).toEqual(vectors.rfm.R);
    expect(scores.map((s) => s.f)).toEqual(vectors.rfm.F);
    expect(scores.map((s) => s.m)).toEqual(vectors.rfm.M);
  });
  it('matches the counting definition on any shop', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 120 }), (values) => {
        const cuts = quintileCuts({ recency: one(values), frequency: one(values), spend: [] });
        for (const v of values) {
          const s = rfmScores({ recencyDays: v, frequency: v, spend: 0 }, cuts);
          const n = values.length;
          expect(s.f).toBe(Math.min(5, 1 + Math.floor((5 * values.filter((x) => x < v).length) / n)));
          expect(s.r).toBe(Math.min(5, 1 + Math.floor((5 * values.filter((x) => x > v).length) / n)));
        }
      }),
    );
  });
  it('uses fixed cut-offs in a small shop', () => {
    expect(rfmCuts({ recency: one(R), frequency: one(F), spend: one(M) })).toBe(FIXED_CUTS);
    const c = (recencyDays: number | null, frequency: number) => rfmClass({ recencyDays, frequency, spend: 0 }, FIXED_CUTS);
    expect([c(3, 9), c(80, 3), c(10, 1), c(170, 6), c(300, 1), c(10, 2), c(400, 0), c(null, 0)]).toEqual([
      'champions',
      'loyal',
      'new',
      'at-risk',
      'lapsed',
      'occasional',
      'lapsed',
      'none',
    ]);
  });
});

describe('rhythm', () => {
  it.each([
    [[14, 12, 35, 14], 14, 24.33],
    [[30], 30, 40],
    [[], null, 45],
    [[7, 7, 8, 6, 7, 9], 7, 16.5],
  ] as const)('gaps %j give the reference usual gap', (gaps, median, expected) => {
    expect(usualGap({ medianGapDays: median, gapCount: gaps.length }, 45)).toBeCloseTo(expected, 2);
  });
  it('calls nobody lapsed within 30 days, and nobody late at exactly twice the gap', () => {
    const today = startOfToday(now, zone);
    const c = (ago: number, median: number, count: number) =>
      rhythmClass({ lastVisitAt: (now - ago * DAY) as UtcMs, medianGapDays: median, gapCount: count }, 10, today);
    expect([c(20, 10, 5), c(21, 10, 5), c(31, 10, 5), c(30, 1, 1000), c(31, 1, 1000)]).toEqual([
      'usual',
      'later',
      'lapsed',
      'later',
      'lapsed',
    ]);
    expect(rhythmClass({ lastVisitAt: null, medianGapDays: null, gapCount: 0 }, 10, today)).toBe('never');
  });
  it('counts days by the shop’s calendar, also across a change of the clocks', () => {
    const today = startOfToday(now, zone);
    expect(daysSince(now, today)).toBe(0);
    expect(daysSince(at('2026-11-16T17:00:00Z'), today)).toBe(1);
    expect(daysSince(at('2026-10-31T04:00:00Z'), today)).toBe(17); // midnight of 31 October, summer time
  });
  it('weighs each person by the gaps they had', () => {
    expect(shopMedianGap([])).toBeNull();
    expect(
      shopMedianGap([
        { medianGapDays: 7, count: 9 },
        { medianGapDays: 60, count: 2 },
      ]),
    ).toBe(7);
  });
});

describe('rules', () => {
  const names: Names = { money: (n) => `$${n / 100}`, offer: () => '20% off', campaign: () => 'Boots week', group: () => 'Runners' };
  it.each<[Rule, string]>([
    [{ all: [] }, 'Everyone in your list.'],
    [
      {
        all: [
          { is: 'last-visit', op: 'within', days: 30 },
          { is: 'spend', op: 'at-least', amount: 5000 as never, days: null },
        ],
      },
      'People who came in the last 30 days and spent at least $50 in all.',
    ],
    [
      {
        all: [
          {
            any: [
              { is: 'tag', tag: 'VIP' },
              { is: 'rhythm', class: 'later' },
            ],
          },
          { none: [{ is: 'bought', what: 'item', name: 'Boots', days: 90, did: true }] },
        ],
      },
      'People who (are tagged “VIP” or are later than usual for them) and are not people who bought “Boots” in the last 90 days.',
    ],
    [{ is: 'visits', op: 'at-most', count: 0, days: 60 }, 'People who did not come in the last 60 days.'],
  ])('reads aloud: %#', (rule, sentence) => expect(describeRule(rule, names)).toBe(sentence));

  it('every ready-made group is a good rule with a sentence', () => {
    for (const g of READY_MADE) expect(describeRule(checkRule(g.rule), names)).toMatch(/\.$/);
  });

  it('refuses trees nobody can read', () => {
    let deep: Rule = { is: 'may-text', value: true };
    for (let i = 0; i < 8; i++) deep = { all: [deep] };
    expect(() => checkRule(deep)).toThrow('segment.bad-rule');
    expect(() => checkRule({ is: 'last-visit', op: 'within', days: 1.5 })).toThrow('segment.bad-rule');
    expect(() => checkRule({ all: Array.from({ length: 61 }, () => ({ is: 'may-text', value: true }) as const) })).toThrow(
      'segment.bad-rule',
    );
  });

  it('puts groups in place, and refuses a group that means itself', () => {
    const groups: Record<number, Rule> = { 1: { is: 'tag', tag: 'a' }, 2: { all: [{ is: 'group', segmentId: 2, member: true }] } };
    expect(inlineGroups({ is: 'group', segmentId: 1, member: false }, (id) => groups[id] ?? null)).toEqual({
      none: [{ is: 'tag', tag: 'a' }],
    });
    expect(() => inlineGroups({ is: 'group', segmentId: 2, member: true }, (id) => groups[id] ?? null)).toThrow('segment.bad-rule');
    expect(() => inlineGroups({ is: 'group', segmentId: 9, member: true }, (id) => groups[id] ?? null)).toThrow('segment.bad-rule');
  });

  it('knows when stale sales would mislead', () => {
    expect(dependsOnAbsence({ is: 'last-visit', op: 'over', days: 60 })).toBe(true);
    expect(dependsOnAbsence({ none: [{ is: 'last-visit', op: 'within', days: 60 }] })).toBe(true);
    expect(dependsOnAbsence({ none: [{ is: 'last-visit', op: 'over', days: 60 }] })).toBe(false);
    expect(
      dependsOnAbsence({
        all: [
          { is: 'tag', tag: 'a' },
          { is: 'visits', op: 'at-least', count: 3, days: 90 },
        ],
      }),
    ).toBe(false);
  });

  it('keeps a 29 February birthday on the 28th of ordinary years', () => {
    expect(birthdaysAhead(at('2027-02-27T17:00:00Z'), zone, 2)).toEqual(['02-27', '02-28', '02-29', '03-01']);
    expect(birthdaysAhead(at('2028-02-28T17:00:00Z'), zone, 1)).toEqual(['02-28', '02-29']);
  });
});
