import type { UtcMs, Zone } from '@domain/kernel';
import { matches, type PersonFacts } from '@domain/segments/evaluate';
import { explain } from '@domain/segments/explain';
import { FIXED_CUTS } from '@domain/segments/rfm';
import type { Condition, Rule } from '@domain/segments/rule';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const shop = { now: Date.UTC(2026, 10, 17, 16) as UtcMs, zone: 'America/New_York' as Zone, medianGapDays: 45, rfm: FIXED_CUTS };
const TAGS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const nobody: PersonFacts = {
  phone: null,
  phoneKind: 'unknown',
  phoneProblem: null,
  street: '',
  city: '',
  postalCode: '',
  email: null,
  language: 'en',
  linkCapable: 'unknown',
  birthday: null,
  tags: [],
  visits: 0,
  spend: 0,
  visits365: 0,
  spend365: 0,
  firstVisitAt: null,
  lastVisitAt: null,
  medianGapDays: null,
  gapCount: 0,
  sales: [],
  permitted: [],
  permission: 'never',
  redemptions: [],
  texts: [],
  repliedTo: [],
  lists: [],
};
/** Somebody for whom exactly these conditions hold. */
const person = fc.subarray(TAGS).map((tags): PersonFacts => ({ ...nobody, tags }));
const leaf = fc.constantFrom(...TAGS).map((tag): Condition => ({ is: 'tag', tag }));
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('rule'), { maxLength: 3 }).map((none) => ({ none })),
  ),
}));
const explained = (r: Rule, p: PersonFacts) => explain(r, (c) => matches(c, p, shop));

describe('why somebody belongs to a group', () => {
  it('agrees with the rule', () => {
    fc.assert(
      fc.property(rule, person, (r, p) => {
        expect(explained(r, p).belongs).toBe(matches(r, p, shop));
      }),
    );
  });

  it('names conditions that decide by themselves: whatever else were different, the answer would stay', () => {
    fc.assert(
      fc.property(rule, person, person, (r, p, other) => {
        const { belongs, because } = explained(r, p);
        const decided = new Set(because.map((b) => (b.condition.is === 'tag' ? b.condition.tag : '')));
        const tags = TAGS.filter((t) => (decided.has(t) ? p : other).tags.includes(t));
        expect(matches(r, { ...p, tags }, shop)).toBe(belongs);
      }),
    );
  });

  it('blames only what was not as wanted, and credits only what was', () => {
    fc.assert(
      fc.property(rule, person, (r, p) => {
        const { belongs, because } = explained(r, p);
        for (const b of because) expect(b.holds === b.wanted).toBe(belongs);
      }),
    );
  });
});
