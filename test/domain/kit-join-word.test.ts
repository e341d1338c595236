import { readReply } from '@domain/consent/reply';
import { mayBeJoinWord, tidyWord, WORD_MAX, wordsIn } from '@domain/kit/join-word';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a JOIN word', () => {
  it('never is a word that means something else, in any case, with an accent or a slip', () => {
    for (const taken of [
      ...['STOP', 'stopp', 'STPO', 'StopAll', 'UNSUBSCRIBE', 'unsuscribe', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'REMOVE'],
      ...['BASTA', 'BAJA', 'ALTO', 'CANCELAR', 'PARAR', 'SALIR', 'DETENER', 'HELP', 'HLP', 'INFO', 'AYUDA'],
      ...['START', 'UNSTOP', 'YES', 'yea', 'EMPEZAR', 'NOPE', 'NUNCA', 'LESS', 'MENOS', 'PREFS', 'EMAIL', 'HOLD', 'MENU'],
    ])
      expect(mayBeJoinWord(taken), taken).not.toBeNull();
    expect(mayBeJoinWord('Y')).toBe('too-short');
    expect(mayBeJoinWord('N')).toBe('too-short');
    expect(mayBeJoinWord('OPTOUT')).toBe('means-something');
    expect(mayBeJoinWord('ZAPATEAR', ['zapatear'])).toBe('means-something');
  });

  it('never is what people write in passing', () => {
    for (const said of ['hello', 'thanks', 'gracias', 'deals', 'news', 'receipt', 'hours', 'maybe'])
      expect(mayBeJoinWord(said), said).toBe('said-in-passing');
  });

  it('has a shape anybody can type', () => {
    expect(mayBeJoinWord('TWO WORDS')).toBe('characters');
    expect(mayBeJoinWord('CAFÉ')).toBe('characters');
    expect(mayBeJoinWord('1CLUB')).toBe('characters');
    expect(mayBeJoinWord('AB')).toBe('too-short');
    expect(mayBeJoinWord('A'.repeat(WORD_MAX + 1))).toBe('too-long');
    for (const good of ['JOIN', 'club', 'SHOECLUB', 'VIP2026', 'INSTACLUB']) expect(mayBeJoinWord(good), good).toBeNull();
  });

  it('whatever is allowed is read as nothing but a message or a wish to join', () => {
    const letters = fc.array(fc.constantFrom(...'ABEILMNOPSTUXY'), { minLength: 3, maxLength: 8 }).map((a) => a.join(''));
    fc.assert(
      fc.property(letters, (w) => {
        if (mayBeJoinWord(w) !== null) return;
        expect(['message', 'join']).toContain(readReply(w).meaning);
        expect(readReply(w).carrierWord).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('is found whatever the case, accents, punctuation and courtesies', () => {
    for (const body of ['bagclub', 'BagClub!', '"BAGCLUB"', ' bag club. ', 'Bág-Clúb', 'Hi, bagclub please', 'Text BAGCLUB', 'bagclub 👍'])
      expect(wordsIn(body), body).toContain('BAGCLUB');
    for (const body of ['is bagclub still a thing?', "don't bagclub", 'no bagclub', 'what does bagclub mean', '', '👍'])
      expect(wordsIn(body), body).not.toContain('BAGCLUB');
    expect(tidyWord('vip-2026')).toBe('VIP2026');
  });
});
