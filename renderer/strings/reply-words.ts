import type { Catalogue } from './index';

const en = {
  title: 'Words people can answer with',
  hint: 'The shortest way to yes: “Reply HOLD” puts a task on the counter and answers by itself.',
  word: 'Word',
  means: 'What it does',
  kinds: { hold: 'Hold it', 'call-back': 'Call back', question: 'A question', other: 'To do' },
  days: 'Kept for',
  dayCount: (n: number) => (n === 1 ? '1 open day' : `${n} open days`),
  answerEn: 'Our answer (empty: the usual one)',
  answerEs: 'Our answer in Spanish (empty: the usual one)',
  answerHint: '{until} stands for the last day we keep it.',
  own: 'Change our answer',
  add: 'Add a word',
  first: 'Let people answer HOLD',
  remove: 'Remove',
  put: (word: string) => `Put “Reply ${word}” into the text`,
  text: { hold: (word: string) => `Reply ${word} and we keep it for you.`, other: (word: string) => `Reply ${word}.` },
  they: 'They answer',
  we: 'We answer at once',
  missing: (word: string) => `The text does not say “${word}” yet.`,
  bad: {
    shape: 'One word of letters and digits, two to twenty.',
    twice: 'This word stands here twice.',
    stop: 'This word already means something to phones or carriers. Take another.',
    join: 'This word is on one of your sign-up signs. Take another.',
    long: 'Our answer is longer than one text.',
  } as Record<string, string>,
};
export type ReplyWordsWords = typeof en;
export const replyWords: Catalogue<ReplyWordsWords> = { en };
