import type { Catalogue } from './index';

const en = {
  title: 'What opt-outs put at stake',
  nobody: 'Nobody stopped.',
  finding: (regulars: string, stopped: string, one: boolean) =>
    stopped === '1'
      ? regulars === '0'
        ? 'The one person who stopped was no regular'
        : 'The one person who stopped was a regular'
      : `${regulars} of the ${stopped} people who stopped ${one ? 'was a regular' : 'were regulars'}`,
  margin: (about: string, low: string, high: string) =>
    `Going by their own rhythm before, they left about ${about} of margin a year (${low} to ${high}).`,
  takings: (about: string, low: string, high: string) =>
    `Going by their own rhythm before, they spent about ${about} a year (${low} to ${high}). Type your margin and it becomes what you earned.`,
  tooFew: 'Too few visits stand behind them to say what that is worth.',
  came: (x: string, n: string) =>
    n === '1'
      ? x === '1'
        ? 'Stopping texts is not staying away: they have been in since.'
        : 'They have not been in since, and had a month for it.'
      : `Stopping texts is not staying away: of ${n} who have had a month to come, ${x} did.`,
  unknown: (n: string, one: boolean) => `${n} ${one ? 'is' : 'are'} not known well enough at the till to say.`,
  how: 'A regular came on three days or more in the year before, and was known for two months. The range is how far such sums stray when everybody keeps their rhythm. It is what is at stake, not what was lost.',
  table: 'Month by month',
  head: ['Month', 'Stopped', 'Regulars', 'A year of theirs, about'],
};

/** Owners only: English. */
export const lostRegulars: Catalogue<typeof en> = { en };
