import { describe, expect, it } from 'vitest';
import { countedOtherwise, segmentTexts } from '../support/segment-texts';

describe('counting segments', () => {
  // twenty thousand of them: npm run bench -- freeze, and npm run soak -- rules
  it('is what the carrier’s own calculator says, most of all near the borders', () => {
    expect(countedOtherwise(segmentTexts(process.env['SOAK'] === 'rules' ? 20_000 : 1200))).toEqual([]);
  });
});
