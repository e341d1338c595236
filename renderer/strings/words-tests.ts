import type { Catalogue } from './index';

const did = { redeemed: 'used the code', came: 'came in' } as const;

const en = {
  title: 'Wording A against wording B',
  running: (day: string) =>
    `Judged once, after ${day}. Looking earlier finds a winner by chance one time in five, so it is not shown before.`,
  waiting: (day: string) => `The days are over. It is judged once the till file reaches ${day}.`,
  judged: (day: string) => `Judged once, ${day}; this answer stays.`,
  titles: {
    a: (n: string, low: string, high: string, outcome: keyof typeof did) =>
      `A did better: about ${n} more of every 100 ${did[outcome]} (${low} to ${high})`,
    b: (n: string, low: string, high: string, outcome: keyof typeof did) =>
      `B did better: about ${n} more of every 100 ${did[outcome]} (${low} to ${high})`,
    leaningA: 'Leaning to A, not certain',
    leaningB: 'Leaning to B, not certain',
    none: 'This list could not tell them apart',
    counts: 'Too few to say which is better',
    broken: 'The two sides are not as they were drawn, so they are not compared',
  },
  between: (low: string, high: string) => `The difference lies between ${low} and ${high} in every 100 (A minus B).`,
  countsNote: 'It takes 50 people on each side and ten who did it.',
  head: ['', 'People', 'Did it', 'Share'],
  sides: { a: 'Wording A', b: 'Wording B' },
  outcome: { redeemed: 'Counted: used the code', came: 'Counted: came in' },
  size: {
    shows: (n: string, own: boolean) =>
      `This list can show a difference of about ${n} in 100 between A and B, no smaller one${own ? '' : ' (if about 5 in 100 come)'}.`,
    none: 'This list is too short to tell A from B: it takes at least 50 people on each side.',
    once: 'Judged once, when its days are over.',
  },
};
export type WordsTestWords = typeof en;
export const wordsTests: Catalogue<WordsTestWords> = { en };
