import type { Catalogue } from './index';

const people = (n: number, shown: string) => (n === 1 ? '1 person' : `${shown} people`);
const texts = (n: number, shown: string) => (n === 1 ? '1 text' : `${shown} texts`);
const mails = (n: number, shown: string) => (n === 1 ? '1 e-mail' : `${shown} e-mails`);
const would = (n: number) => (n === 1 ? 'is' : 'are');

type Fixed = 'leaving' | 'at-carrier' | 'follow-up' | 'own-day' | 'order' | 'answers';
/** Why something stays on its day. */
const fixed: Record<Fixed, string> = {
  leaving: 'It leaves already: pause or stop it there.',
  'at-carrier': 'Twilio keeps its texts until then: take it back there to choose another day.',
  'follow-up': 'It goes so many days after the text before it.',
  'own-day': 'It goes by each person’s own day. Its rules say when.',
  order: 'It goes by the day the order was ready.',
  answers: 'Answers leave as soon as they may.',
};

const staysFor: Record<Fixed, string> = {
  leaving: 'on its way',
  'at-carrier': '',
  'follow-up': 'so many days after the text before',
  'own-day': 'by each person’s own day',
  order: 'by the day it was ready',
  answers: '',
};

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
  kept: 'Planned, kept by Twilio',
  fixed,
  /** The same beside it, short. */
  staysFor,
  stays: (name: string, why: string) => `“${name}” stays on its day. ${why}`,
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
  daySays: (day: string, n: number, shown: string) => (n === 0 ? `${day}: nothing leaves` : `${day}: ${people(n, shown)}`),
  planHere: 'Plan a campaign',
  who: 'Who',
  whoOf: (name: string, day: string) => `${name}, ${day}`,
  open: 'Open',
  move: 'Move',
  gets: (n: number, shown: string) => `${people(n, shown)} get it`,
  getsAtMost: (n: number, shown: string) => `up to ${people(n, shown)}, if they do nothing before`,
  from: (time: string) => `from ${time}`,
  at: (time: string) => `at ${time}`,
  leftOut: (n: number, shown: string) => `${people(n, shown)} will be left out`,
  later: (n: number, shown: string) => `${people(n, shown)} will get it later`,
  clock: (zone: string) => `Days and hours by the clock in ${zone}, where the shop is.`,
  crowdedTitle: (n: number, shown: string, days: number) =>
    n === 0 ? 'Nobody hears from you too often' : `${people(n, shown)} would get two texts within ${days} days, or more than promised`,
  crowdedHint: (days: number, promise: number) =>
    `Everybody has ${days} days of quiet after a text, and at most ${promise} a month, or what they were promised. So one of the two is left out, or comes later.`,
  crowdedNone: (days: number) => `No two texts to one person are nearer than ${days} days.`,
  clash: {
    near: (n: number, shown: string, name: string, day: string, last: string) =>
      `${people(n, shown)} ${would(n)} left out of “${name}” ${last === '' ? `on ${day}` : `between ${day} and ${last}`}`,
    later: (n: number, shown: string, name: string, day: string, last: string) =>
      `${people(n, shown)} ${n === 1 ? 'gets' : 'get'} “${name}” later than ${last === '' ? `on ${day}` : `due between ${day} and ${last}`}`,
    because: (name: string, day: string) => `“${name}” comes on ${day}`,
    tooNear: (name: string) => `“${name}” comes a few days before or after`,
    left: 'they had a text just before',
    month: 'their texts of that month are used up',
    monthBy: (name: string, day: string) => `“${name}” on ${day} is the last of that month they were promised`,
  },
  showAll: (shown: string) => `Show all ${shown}`,
  waiting: (n: number) => (n === 1 ? '1 planned campaign waits for you' : `${n} planned campaigns wait for you`),
  waitingOne: (name: string, day: string) => `“${name}” was planned for ${day} and did not leave.`,
  keys: 'Drag a planned campaign to another day, or take it there with the arrow keys and Enter.',
  picked: (name: string, day: string) => `“${name}” to ${day}. Enter moves it, Escape leaves it.`,
  moveTitle: (name: string) => `Move “${name}”`,
  moveNote: 'Who gets it is counted once more at its time. What you approved still holds.',
  moveHere: 'Move it',
  moved: (name: string, day: string) => `“${name}” leaves ${day}`,
  again: 'Look at it again',
  againBody: 'A date in its words would be another one then, so the review is to be given once more.',
  dialogNone: 'Nobody.',
  columns: { name: 'Name', when: 'When', why: 'Note', what: 'What they get' },
  reasonNear: (name: string, day: string) => `“${name}” on ${day}`,
  reasonLeft: 'had a text just before',
  reasonMonth: 'the texts of that month are used up',
  out: (why: string) => `left out: ${why}`,
  postponed: (day: string, why: string) => `gets it ${day}: ${why}`,
  load: {
    title: (most: number, n: number, shown: string) =>
      most === 1
        ? 'Nobody hears from you twice'
        : `${people(n, shown)} ${n === 1 ? 'hears' : 'hear'} from you ${most === 2 ? 'twice' : `${most} times`}, nobody more often`,
    row: (n: number) => (n === 1 ? 'Once' : n === 2 ? 'Twice' : `${n} times`),
    hint: 'In these 30 days, by text or e-mail. Word about an order is not counted.',
    who: (row: string) => `Who: ${row}`,
    dialog: (row: string) => `${row} in these 30 days`,
    item: (name: string, day: string) => `${name} (${day})`,
  },
};

export type CalendarWords = typeof en;
export const calendar: Catalogue<CalendarWords> = { en };
