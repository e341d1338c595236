import { csvCell } from '@domain/imports/cells';
import { expect, it } from 'vitest';

/*
 * Story: somebody signed up as "＝HYPERLINK(…)", written with the wide signs of a Japanese keyboard. The list of labels was opened in a
 * spreadsheet that reads them as the narrow ones, and the cell ran.
 */
it('a cell that a spreadsheet would run is defused in wide signs as well', () => {
  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']) expect(csvCell(`${sign}cmd|' /C calc'!A0`)).toMatch(/^"?'/);
  expect(csvCell('-12.50')).toBe('-12.50');
  expect(csvCell('Ana＝Bo')).toBe('Ana＝Bo');
});
