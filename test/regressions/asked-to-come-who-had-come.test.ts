import { dependsOnAbsence } from '@domain/segments/rule';
import { expect, it } from 'vitest';

/*
 * "Come and see us for the first time" left on sales of last week: the group of those who never came was not taken for one that a visit of
 * yesterday would change, so nothing waited for the till file.
 */
it('whoever never came is absent, too', () => {
  expect(dependsOnAbsence({ is: 'rhythm', class: 'never' })).toBe(true);
  expect(dependsOnAbsence({ all: [{ is: 'rfm', class: 'none' }] })).toBe(true);
  // whoever has come stays so, whatever the till file will bring
  expect(dependsOnAbsence({ none: [{ is: 'rhythm', class: 'never' }] })).toBe(false);
  expect(dependsOnAbsence({ none: [{ is: 'rfm', class: 'none' }] })).toBe(false);
});
