import { atOnce, sorting } from '@domain/turns';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it('sorts in turns as in one go, and equal ones keep their order', () => {
  const things = fc.integer({ min: 0, max: 5000 }).chain((n) => fc.array(fc.integer({ min: 0, max: 60 }), { minLength: n, maxLength: n }));
  fc.assert(
    fc.property(things, (numbers) => {
      const list = numbers.map((n, i) => ({ n, i }));
      const given = [...list];
      const compare = (a: { n: number }, b: { n: number }) => a.n - b.n;
      expect(atOnce(sorting(list, compare))).toEqual([...list].sort(compare));
      expect(list).toEqual(given);
    }),
    { numRuns: 20 },
  );
});
