import type { AutomationKind } from '@domain/automations/kinds';
import type { Purpose } from '@domain/automations/ready';
import type { Terms } from '@domain/automations/terms';

/** How a kind's trigger gets its money, days and clubs. */
export interface TermsSay {
  money: (cents: number) => string;
  club: (slug: string) => string;
}

export interface KindWords {
  name: string;
  /** What it is for, in one line. */
  what: string;
  /** Its beginning, with the numbers it goes by. */
  trigger: (t: Terms, s: TermsSay) => string;
}

const days = (n: number) => (n === 1 ? '1 day' : `${n} days`);
const times = (n: number) => (n === 2 ? 'twice' : `${n} times`);
const around = (day: string) => (t: Terms) =>
  t.daysBefore === 0 ? `On ${day}` : t.daysBefore > 0 ? `${days(t.daysBefore)} before ${day}` : `${days(-t.daysBefore)} after ${day}`;
const quoted = (name: string, what: string) => (name === '' ? what : `“${name}”`);

export const purposes: Record<Purpose, string> = {
  new: 'New people',
  away: 'People who stay away',
  days: 'Days of their own',
  thanks: 'People who come often',
  rewards: 'Rewards and codes',
  asked: 'What they asked for',
};

export const kindWords: Record<AutomationKind, KindWords> = {
  'welcome-sign-up': {
    name: 'Welcome',
    what: 'A first hello after somebody signs up for texts, so that they know who writes and what for.',
    trigger: () => 'Somebody signs up for texts',
  },
  'welcome-purchase': {
    name: 'After the first purchase',
    what: 'Thanks somebody who bought for the first time. The second visit makes a regular.',
    trigger: () => 'Somebody buys for the first time',
  },
  'thank-you': {
    name: 'Thanks for coming more often',
    what: 'A thank-you when somebody comes clearly more often. They move to news and first pick: no percent off for 60 days.',
    trigger: (t) => `Somebody comes ${times(t.factor)} as often as before`,
  },
  late: {
    name: 'Later than usual',
    what: 'Follows each person’s own rhythm: whoever comes every 3 weeks is missed sooner than whoever comes twice a year.',
    trigger: (t) => `Not in for ${times(t.factor)} their own usual gap, and at least ${days(t.leastDays)}`,
  },
  lapsed: {
    name: 'Stayed away',
    what: 'One friendly word once somebody has really stayed away. Once per absence: the clock restarts at a visit.',
    trigger: (t) => `Not in for ${times(t.factor)} their own usual gap, and at least ${days(t.leastDays)}`,
  },
  birthday: {
    name: 'Birthday',
    what: 'A good wish around everybody’s birthday, once a year, without you remembering it.',
    trigger: around('their birthday'),
  },
  'bought-not': {
    name: 'Bought one thing, not the other',
    what: 'For what goes together: shirts and ties, coffee makers and filters.',
    trigger: (t) => `Bought ${quoted(t.name, 'one thing')}, and no ${quoted(t.notName, 'other')} since`,
  },
  'code-expiring': {
    name: 'Code about to end',
    what: 'Reminds people of a code they hold and have not used.',
    trigger: (t) => `An unused code of theirs ends in ${days(t.daysBefore)}`,
  },
  review: {
    name: 'How was it?',
    what: 'Asks whether all is well some days after a purchase, at most twice a year.',
    trigger: (t, s) => (t.leastSpend > 0 ? `Somebody buys for ${s.money(t.leastSpend)} or more` : 'Somebody buys something'),
  },
  anniversary: {
    name: 'Another year with you',
    what: 'Thanks people on the day they first bought, every year.',
    trigger: around('the yearly day of their first purchase'),
  },
  'new-arrival': {
    name: 'News for a club',
    what: 'You press “Tell them now” when something came in, and everybody of the club hears of it once.',
    trigger: (t, s) => (t.topic === '' ? 'You tell a club that something came in' : `You tell “${s.club(t.topic)}” that something came in`),
  },
  'not-collected': {
    name: 'Not collected yet',
    what: 'Reminds people of what they ordered and did not pick up.',
    trigger: () => 'Something ordered is ready and not collected',
  },
  'thing-due': {
    name: 'Something of theirs is due',
    what: 'Before a warranty ends, or a repair or check is due.',
    trigger: around('the day noted for it'),
  },
  're-buy': {
    name: 'Time to buy again',
    what: 'For things that are used up: by the usual days of each category, typed by you or seen in your sales.',
    trigger: (t) =>
      t.factor === 1
        ? 'The usual days since buying from a category are over'
        : `${times(t.factor)} the usual days since buying from a category are over`,
  },
  'wish-in': {
    name: 'Your size is in',
    what: 'Tells those who could not be told with the delivery: their texts of the month were used up, or they agreed only later.',
    trigger: () => 'What they wait for came in, and they could not be told then',
  },
  'reward-near': {
    name: 'Close to a reward',
    what: 'Tells people that little is missing to their reward.',
    trigger: (t) => `${t.count === 1 ? 'One more' : `${t.count} more`} to the next reward`,
  },
  'reward-ready': {
    name: 'Reward ready',
    what: 'Tells people that a reward waits for them.',
    trigger: () => 'A reward is earned and not used yet',
  },
  'points-expiring': {
    name: 'Points about to end',
    what: 'Tells people in time what they would lose.',
    trigger: (t) => `Points of theirs end in ${days(t.daysBefore)}`,
  },
};
