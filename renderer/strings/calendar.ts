import type { Catalogue } from './index';

const people = (n: number, shown: string) => (n === 1 ? '1 person' : `${shown} people`);
const texts = (n: number, shown: string) => (n === 1 ? '1 text' : `${shown} texts`);
const mails = (n: number, shown: string) => (n === 1 ? '1 e-mail' : `${shown} e-mails`);
const would = (n: number) => (n === 1 ? 'is' : 'are');

type Kind = 'campaign' | 'sending' | 'step' | 'automation' | 'order' | 'other';

const kinds: Record<Kind, string> = {
  campaign: 'Planned campaign',
  sending: 'Campaign being sent',
  step: 'Follow-up',
  automation: 'Automation',
  order: 'Reminder',
  other: 'Answers and confirmations',
};

const en = {
  title: 'Calendar',
  subtitle: 'What will be sent in the next 30 days, by everything',
  back: 'Campaigns',
  add: 'New campaign',
  label: 'The next 30 days',
  kinds,
  unnamed: { order: 'To fetch', other: 'Answers and confirmations' },
  people,
  texts,
  mails,
  total: (n: number, shown: string, price: string) => `${people(n, shown)} will hear from you, about ${price}`,
  nothing: 'Nothing will be sent in the next 30 days',
  nothingBody: 'Plan a campaign for a day, or switch on an automation. Holidays shops sell by stand on their days.',
  atMost: (shown: string) => `up to ${shown}`,
  more: (n: number) => `and ${n} more`,
  today: 'Today',
  page: 'The week is printed',
  law: {
    open: '',
    reason: 'Some texts wait on this day unless you typed a reason: your state bans it',
    closed: 'No marketing texts on this day in your state',
  },
  lawShort: { open: '', reason: 'quiet day', closed: 'no texts' },
  dayOf: (day: string) => `What leaves ${day}`,
  dayNothing: 'Nothing leaves on this day.',
  planHere: 'Plan a campaign',
  who: 'Who',
  whoOf: (name: string, day: string) => `${name}, ${day}`,
  open: 'Open',
  move: 'Move',
  gets: (n: number, shown: string) => `${people(n, shown)} get it`,
  getsAtMost: (n: number, shown: string) => `up to ${people(n, shown)}, if they do nothing before`,
  notOnceMore: 'counted once more when it leaves',
  leftOut: (n: number, shown: string) => `${people(n, shown)} will be left out`,
  crowdedTitle: (n: number, shown: string, days: number) =>
    n === 0 ? 'Nobody hears from you too often' : `${people(n, shown)} would get two texts within ${days} days, or more than promised`,
  crowdedHint: (days: number, promise: number) =>
    `Everybody has ${days} days of quiet after a text, and at most ${promise} a month, or what they were promised. So these get only one of the two.`,
  crowdedNone: (days: number) => `No two texts to one person are nearer than ${days} days.`,
  clash: {
    near: (n: number, shown: string, name: string, day: string) => `${people(n, shown)} ${would(n)} left out of “${name}” on ${day}`,
    because: (name: string, day: string) => `“${name}” comes on ${day}`,
    left: 'they had a text just before',
    month: 'their texts of that month are used up',
    monthBy: (name: string, day: string) => `“${name}” on ${day} is the last of that month they were promised`,
  },
  showAll: (shown: string) => `Show all ${shown}`,
  waiting: (n: number) => (n === 1 ? '1 planned campaign waits for you' : `${n} planned campaigns wait for you`),
  waitingOne: (name: string, day: string) => `“${name}” was planned for ${day} and did not leave.`,
  keys: 'Arrow keys move a planned campaign, Enter puts it there.',
  picked: (name: string, day: string) => `“${name}” to ${day}. Enter moves it, Escape leaves it.`,
  dropHere: (day: string) => `Put it on ${day}`,
  moveTitle: (name: string) => `Move “${name}”`,
  moveNote: 'Who gets it is counted once more at its time. What you approved still holds.',
  moveHere: 'Move it',
  moved: (name: string, day: string) => `“${name}” leaves ${day}`,
  again: 'Look at it again',
  againBody: 'A date in its words would be another one then, so the review is to be given once more.',
  dialogNone: 'Nobody.',
  reasonNear: (name: string, day: string) => `left out: “${name}” comes on ${day}`,
  reasonLeft: 'left out: had a text just before',
  reasonMonth: 'left out: the texts of that month are used up',
};

export type CalendarWords = typeof en;
export const calendar: Catalogue<CalendarWords> = { en };
