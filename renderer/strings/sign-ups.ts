import type { Catalogue } from './index';

const places: Record<'card' | 'poster' | 'bag' | 'receipt' | 'website' | 'instagram' | 'email' | 'topic' | 'custom', string> = {
  card: 'the counter card',
  poster: 'the poster',
  bag: 'the bag insert',
  receipt: 'the receipt',
  website: 'the website',
  instagram: 'Instagram',
  email: 'the e-mail signature',
  topic: 'a club’s word',
  custom: 'a sign of your own',
};

const en = {
  title: {
    rate: (n: string, best: string) => `${n} sign-ups per 100 sales; best: ${best}`,
    rateOnly: (n: string) => `${n} sign-ups per 100 sales`,
    best: (n: string, best: string) => `${n} people signed up; best: ${best}`,
    count: (n: string, one: boolean) => (one ? '1 person signed up' : `${n} people signed up`),
    none: 'Nobody has signed up in these weeks',
  },
  bestOf: (place: string, n: string) => `${place} (${n})`,
  nothing: 'Everyone who ticks the box, signs on paper or texts a word from one of your signs is counted here by the place it happened.',
  range: (low: string, high: string, sales: string, day: string) =>
    `Very likely between ${low} and ${high} per 100 sales, counted over ${sales} sales up to ${day}.`,
  few: (sales: string, one: boolean) => `${one ? '1 sale' : `${sales} sales`} in the till file for these weeks: too few to say “per 100”.`,
  noTill: 'How many per 100 sales shows once your till file covers these weeks.',
  imported: (n: string, one: boolean) => `${n} more ${one ? 'permission' : 'permissions'} came from a file you vouched for.`,
  over: 'Over',
  weeks: { 4: '4 weeks', 12: '12 weeks', 26: '26 weeks', 53: 'a year' } as Readonly<Record<number, string>>,
  save: 'Save as CSV',
  file: 'sign-ups.csv',
  savedAt: (path: string) => `Saved to ${path}`,
  kit: 'Open the sign-up kit',
  places,
  sources: {
    counter: 'the counter screen',
    display: 'the customer display',
    paper: 'paper',
    'catch-up': 'caught up afterwards',
    asked: 'asked by text, answered Y',
    import: 'vouched for from a file',
  } as Readonly<Record<string, string>>,
  word: (place: string, word: string) => `${place} (${word})`,
  unknownWord: (word: string) => `the word ${word}`,
  columns: { source: 'Where', count: 'Signed up', share: 'Of all', rate: 'Per 100 sales', range: 'Very likely' },
  chart: {
    head: ['Week of', 'Signed up', 'Sales'],
    name: 'Signed up',
    title: (n: string, week: string) => `Most in the week of ${week}: ${n}`,
  },
  staffTitle: 'Who asked',
  staffHint: 'Sign-ups in front of each person, and how many of those asked by text answered Y.',
  nobody: 'Nobody signed in',
  gone: 'Somebody who left',
  staffColumns: { name: 'Who', signedUp: 'Signed up', asked: 'Asked by text', answered: 'Answered Y', total: 'Together' },
  fewStaff: 'Few numbers: a slow week says nothing about anybody.',
  week: {
    line: (n: string, one: boolean, rate: string) => `${one ? '1 person' : `${n} people`} signed up, ${rate} per 100 sales.`,
    lineOnly: (n: string, one: boolean) => (one ? '1 person signed up.' : `${n} people signed up.`),
    see: 'See where',
  },
  zero: {
    title: (known: string, onList: string, one: boolean) =>
      `${known === '1' ? '1 person' : `${known} people`}, ${onList} may be texted${one ? '' : ' yet'}`,
    normal: 'That is normal. A number in the till is not permission; each person ticks the box themselves.',
    pace: (n: string, day: string) => `At ${n} sign-ups a day, 250 by ${day}: enough to measure what texts bring.`,
    usual: (n: string, day: string) =>
      `At ${n} sign-ups a day, a usual pace where everybody is asked, 250 by ${day}: enough to measure what texts bring.`,
    next: 'Next steps',
    kit: 'Put up a sign',
    kitBody: 'A card, a poster or a line on the receipt with a word to text.',
    signUp: 'Ask at the counter',
    signUpBody: 'F3 turns the screen to the customer. It takes ten seconds.',
    registration: 'Get approved by the carriers',
    registrationBody: 'It takes weeks, so start now. Sign-ups are kept until then.',
  },
};

export const signUps: Catalogue<typeof en> = { en };
export type SignUpsWords = typeof en;
