import { ERROR_CODES } from '@domain/errors';
import { errorWords } from '@renderer/strings/errors';
import { expect, it } from 'vitest';

it.each(ERROR_CODES)('%s says what happened and what to do, in both languages', (code) => {
  for (const language of ['en', 'es'] as const) {
    const said = errorWords(
      code,
      { seconds: 42, field: 'frist name', line: 812, most: 20, people: 12, en: 'Run club', es: 'Club de correr' },
      language,
    );
    expect(said.title.length).toBeGreaterThan(5);
    expect(said.next).toMatch(/[.!?]$/);
    expect(`${said.title} ${said.next} ${said.safe ?? ''}`).not.toMatch(/\b(contacts?|segments?|conversion|blast|undefined|null)\b/i);
  }
});

it('puts the seconds of a lock-out into the sentence', () => {
  expect(errorWords('session.too-many-tries', { seconds: 42 }).next).toContain('42');
});
