import type { ErrorCode, ErrorParams } from '@domain/errors';
import type { ErrorText } from './errors';
import { WORD_REFUSED } from './kit-refusals';

const word = (p: ErrorParams): string => (typeof p['word'] === 'string' && p['word'] !== '' ? p['word'] : 'This word');

/** What can go wrong with topics, sign-up words and wording. */
export const errorsOfKit: Record<Extract<ErrorCode, `kit.${string}`>, ErrorText> = {
  'kit.topic-not-found': { title: 'This topic is no longer here', next: 'Go back to the list.' },
  'kit.word-taken': {
    title: (p) => `${word(p)} already stands for something else`,
    next: 'Signs out there may still show it. Choose another word.',
  },
  'kit.word-refused': {
    title: (p) => `${word(p)} cannot be a sign-up word`,
    next: (p) => WORD_REFUSED[String(p['why'])] ?? 'Choose another word.',
  },
  'kit.word-printed': {
    title: (p) => `${word(p)} is the word now printed there`,
    safe: 'It still works.',
    next: 'Give that place another word first, then end this one.',
  },
  'kit.wording-refused': {
    title: 'These words leave out something people must be told',
    safe: 'The wording in use is as it was.',
    next: 'See the list beside the text: what has no tick is missing.',
  },
};
