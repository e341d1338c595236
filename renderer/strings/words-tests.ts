import { counted, people } from './count';
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
  between: (range: string, outcome: keyof typeof did) => `With A, ${range} of every 100 ${did[outcome]} than with B.`,
  countsNote: 'It takes 50 people on each side and ten who did it.',
  head: ['', 'People', 'Did it', 'Share'],
  sides: { a: 'Wording A', b: 'Wording B' },
  outcome: { redeemed: 'Counted: used the code', came: 'Counted: came in' },
  goal: {
    title: 'Your goal',
    verdicts: {
      reached: 'Goal reached',
      'not-reached': 'Goal not reached',
      'cannot-tell': 'Goal: cannot tell yet',
      running: 'Goal: still running',
    },
    of: {
      visits: (reached: string, target: string) => `${people(reached)} came in, you hoped for ${target}.`,
      redemptions: (reached: string, target: string) => `${people(reached)} used the code, you hoped for ${target}.`,
      profit: (reached: string, target: string) => `Best guess of the profit: ${reached}; you hoped for ${target}.`,
    },
    unknown: (target: string) => `You hoped for ${target} profit; this campaign cannot show how much it was.`,
  },
  quarter: {
    title: 'The group untexted for a quarter',
    running: (q: string, n: string, day: string) => `${q}: ${n} so far. One verdict, after ${day}.`,
    waiting: (q: string, day: string) => `${q} is over. It is judged once the till file reaches ${day}.`,
    campaigns: (n: number) => (n === 1 ? '1 campaign' : `${n} campaigns`),
    counts: (q: string, x1: string, n1: string, x2: string, n2: string) =>
      `${q}: ${x1} of ${counted(n1, 'texted person', 'texted people')} bought, ${x2} of ${n2} untexted. Too few to say more.`,
    better: (q: string, est: string, low: string, high: string) =>
      `${q}: your texts brought about ${est} extra buyers (${low} to ${high}).`,
    fewer: (q: string, est: string, low: string, high: string) =>
      `${q}: with your texts about ${counted(est, 'fewer person', 'fewer people')} bought (${low} to ${high}).`,
    unclear: (q: string, range: string) => `${q}: too early to tell, ${range} buyers than without your texts.`,
    broken: (q: string) => `${q}: the group is not as it was drawn, so it is not compared.`,
    setting: 'Keep the same people untexted for a whole quarter',
    settingHint:
      'One in ten, drawn anew each quarter, gets no campaign at all, and neither cards nor e-mail lists. It tells what all your texts together bring. While it is on, campaigns draw no group of their own.',
  },
  size: {
    shows: (n: string, own: boolean) =>
      `This list can show a difference of about ${n} in 100 between the two wordings, no smaller one${own ? '' : ' (if about 5 in 100 come)'}.`,
    none: 'This list is too short to tell the two wordings apart: it takes at least 50 people on each side.',
    once: 'Judged once, when its days are over.',
  },
};
export type WordsTestWords = typeof en;
export const wordsTests: Catalogue<WordsTestWords> = { en };
