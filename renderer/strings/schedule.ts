import type { LatePolicy, TimeProblem } from '@domain/campaigns/schedule';

const people = (n: number, shown: string) => (n === 1 ? '1 person' : `${shown} people`);
const texts = (n: number, shown: string) => (n === 1 ? '1 text' : `${shown} texts`);

const late: Record<LatePolicy, string> = {
  ask: 'Ask me what to do',
  'send-late': 'Send it when it is on again, the same day within the hours',
  skip: 'Leave it out',
};

const problems: Record<TimeProblem, string> = {
  past: 'This time is over. Choose one that lies ahead.',
  'too-soon': 'This is too soon.',
  'too-far': 'This is too far ahead.',
};

const en = {
  title: 'When',
  now: 'Now',
  atTime: 'At a time',
  day: 'Day',
  time: 'Time',
  late: { label: 'If this computer is off then', options: late },
  shopTime: (zone: string) => `The clock in ${zone}, where the shop is`,
  gap: (at: string) => `Clocks go forward that night and skip this time. It leaves at ${at}.`,
  twice: 'Clocks go back that night and show this time twice. It leaves the first time.',
  problems,
  carrierSoon: 'Twilio needs at least 15 minutes. Choose a later time, or let this computer send it.',
  carrierFar: 'Twilio keeps texts for 34 days at most. Choose an earlier day, or let this computer send it.',
  closed: (first: string) => `None of them may be texted then. The first good time is ${first}.`,
  closedNever: 'None of them may be texted then.',
  take: 'Take that time',
  viaCarrier: 'Send even if this computer is off',
  viaCarrierHint: 'Twilio keeps the texts and sends them at that time. Usually this computer does, and has to be on.',
  viaCarrierHow: [
    'Who gets it is decided now, not at that time.',
    'Whoever says stop before then is taken out while this computer is on, at the latest when it is on again. If it stays off, a text that nobody took back still leaves.',
  ],
  viaCarrierFirst: (first: string, rest: string) =>
    `A first 20 get it at ${first}, the others from ${rest}. While this computer is on, bad results of the first take the others back; while it is off, nothing does.`,
  cannot: {
    'not-connected': 'Connect texting first.',
    'no-service':
      'Twilio keeps texts only in a Messaging Service, and your number has none of its own. In Twilio’s console make a Messaging Service, add only this number to it, then come back here.',
    'replies-lost': 'Your Messaging Service at Twilio would lose replies. Mend that under Settings → Texting first.',
    unreachable: 'Twilio could not be asked just now. Try again in a moment.',
  },
  asking: 'Asking Twilio …',
  ceiling: 'At most',
  ceilingUnit: 'people',
  ceilingHint: 'People may join the group until then.',
  ceilingSays: (n: number, shown: string, price: string) =>
    `Up to ${people(n, shown)} and ${price}. If it would be more, it asks you first and nothing leaves.`,
  tooFew: (shown: string) => `There are ${shown} today already.`,
  atThatTime: (n: number, shown: string) => `${people(n, shown)} at that time`,
  plan: (at: string) => `Plan it for ${at}`,

  waitsForYou: 'Waits for you',
  atTwilio: 'At Twilio',
  leaves: (at: string) => `leaves ${at}`,
  wasFor: (at: string) => `was planned for ${at}`,
  outlook: 'If it left today',
  outlookHint: 'Counted now. At its time everybody is counted once more.',
  outlookNow: 'Counted now, and once more when it leaves.',
  gets: (n: number, shown: string) => (n === 0 ? 'Nobody would get it' : `${people(n, shown)} would get it`),
  getsNobody: 'Everybody in the group was texted lately or may not be texted. “Look at it again” shows who and why.',
  getsNobodyYet: 'Today everybody in the group was texted lately or may not be texted. It may be different at its time.',
  held: (n: number, shown: string) => `${people(n, shown)} would be left out for comparison`,
  about: (price: string) => `about ${price}`,
  approved: (n: number, shown: string, price: string) => `You approved up to ${people(n, shown)} and ${price}.`,
  over: 'That is more than you approved: at its time it would ask you first.',
  lateSays: {
    ask: 'If this computer is off then, it asks you.',
    'send-late': 'If this computer is off then, it leaves once it is on again that day, within the hours.',
    skip: 'If this computer is off then, it is left out.',
  } satisfies Record<LatePolicy, string>,
  change: 'Change it',
  changeHint: 'It becomes a draft again.',
  move: 'Another time',
  sendNow: 'Send it now',
  cancel: 'Call it off',
  keep: 'Leave it as it is',
  cancelTitle: 'Call this campaign off?',
  cancelBody: 'Nothing has left. You can copy it later.',
  save: 'Save this time',
  sendNowTitle: 'Send it now?',
  sendNowBody: 'Everybody is counted once more. What you approved still holds.',

  missed: {
    missed: { title: 'It did not leave: this computer was off', body: 'Send it now, choose another time, or leave it.' },
    people: {
      title: 'It did not leave: more people than you approved',
      body: (now: string, ok: string) => `${now} people now, you approved ${ok}.`,
    },
    price: {
      title: 'It did not leave: it would cost more than you approved',
      body: (now: string, ok: string) => `${now} now, you approved ${ok}.`,
    },
    words: {
      title: 'It did not leave: its words are not those you checked',
      body: 'The offer, your shop’s name or a date in it changed. Look at it again.',
    },
    check: { title: 'It did not leave: something stands in the way', body: 'Look at it again: the review says what to mend.' },
    failed: {
      title: 'It did not leave: something went wrong while the texts were written down',
      body: 'Nothing left. Try again, or look at it once more.',
    },
    secondCopy: {
      title: 'It waits: another computer seems to send for this shop too',
      body: 'Texts of this shop left your account from somewhere else. Close Regulars there, or both would send this one. Then choose its time once more, or send it now.',
    },
    restored: { title: 'A backup was brought back', body: 'It waits until you say whether it may leave. See Settings → Backups.' },
  },
  look: 'Look at it again',
  skippedList: (name: string, at: string) => `“${name}” was left out: this computer was off ${at}, as you chose.`,
  open: 'Open',

  heldTitle: (n: number, shown: string) => `Twilio holds ${texts(n, shown)}`,
  heldHint: (at: string) => `The next leave ${at}, also while this computer is off.`,
  handing: (n: number, shown: string) => `${texts(n, shown)} still to be handed over`,
  calling: (n: number, shown: string) => `${texts(n, shown)} being called back from Twilio`,
  tooLate: (n: number, shown: string) => `${texts(n, shown)} had left before they could be called back`,
  changeHeldTitle: 'Take it back to change it?',
  changeHeldBody: 'Twilio is asked not to send what it holds. You go on with a copy; nobody gets both.',
  changeHeld: 'Take it back',
};

export type ScheduleWords = typeof en;
export const schedule = { en };
