import { BASE_WORDS, wordsFor, wordsKey } from '@domain/campaigns/parts';
import { changeBody, wordingsOf } from '@renderer/screens/campaigns/draft-parts';
import { expect, it } from 'vitest';

/*
 * The owner took the Spanish words out again; the second Spanish wording of a test, written from them, stayed. Half of those who read
 * Spanish would have got it, the other half English, and the test would have compared two languages.
 */
it('taking out the words of a language takes out what was written from them', () => {
  const words = (['es.a', 'es.b', 'en.b'] as const).map((k) => ({
    part: 1,
    language: k.slice(0, 2) as 'en' | 'es',
    arm: k.slice(3) as 'a' | 'b',
    links: 'any' as const,
    body: k,
  }));
  const other = { part: 2, language: 'es', arm: 'b', links: 'any', body: 'another part' } as const;
  const fields = { words: [...words, other] } as unknown as Parameters<typeof changeBody>[0];
  const left = changeBody(fields, 0, 'es.a.any', null);
  expect(left.words?.map((w) => `${w.part} ${wordsKey(w)}`)).toEqual(['1 en.b.any', '2 es.b.any']);
  const keys = wordingsOf({ ...fields, ...left }, 0).map(wordsKey);
  const ana = { language: 'es', linkCapable: 'unknown' } as const;
  expect(wordsFor(keys, ana, 'a')).toBe(BASE_WORDS);
  // one of the others goes alone
  expect(changeBody(fields, 0, 'es.b.any', null).words?.map(wordsKey)).toEqual(['es.a.any', 'en.b.any', 'es.b.any']);
});
