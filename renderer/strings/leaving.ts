import type { Catalogue } from './index';

const texts = (n: string, one: boolean) => (one ? '1 text' : `${n} texts`);

const en = {
  title: {
    nobody: 'Nobody has left in the last 90 days',
    silent: (left: string, one: boolean) => `${left} ${one ? 'person has' : 'people have'} left in 90 days; nobody said why`,
    said: (n: string, left: string, why: string) => `${n} of the ${left} who left in 90 days said: ${why}`,
  },
  note: (per100: string, sent: string) => `${per100} of every 100 texts were followed by a stop within a week (${sent} texts in 90 days).`,
  nothing: 'When somebody asks to stop, they may say why: by text, at the counter, or to you. It is counted here.',
  reasons: { 'too-many': 'Too many texts', 'not-for-me': 'Not for them', other: 'Something else', none: 'Did not say' },
  lower: { 'too-many': 'too many texts', 'not-for-me': 'not for them', other: 'something else', none: 'nothing' },
  by: { months: 'By month', campaigns: 'By campaign', groups: 'By group' },
  byLabel: 'How to look at it',
  noCampaign: 'Nobody left within a week of a campaign in the last twelve months.',
  noGroup: 'Nobody left within a week of a text to one of your groups.',
  head: { months: 'Month', campaigns: 'Campaign', groups: 'Group', left: 'Left', texts: 'Texts' },
  remedies: {
    title: 'What you can do about it',
    'longer-spacing': {
      button: (after: number) => `Text less often: ${after} days apart`,
      for: (n: string) => `${n} said “too many texts”`,
      title: 'Texts further apart?',
      before: (n: number) => (n === 1 ? 'now: 1 day apart' : `now: ${n} days apart`),
      after: (n: number) => `then: ${n} days apart`,
      what: 'Nobody gets two marketing texts closer together than this, from whichever campaign. Campaigns already on their way obey it too.',
      done: (a: string, b: string) => `Texts further apart: ${a} → ${b} days`,
      go: 'Text less often',
    },
    'lower-promise': {
      button: (after: number) => `Promise fewer: ${after} a month`,
      for: () => '',
      title: 'Promise fewer texts?',
      before: (n: number) => `now: up to ${n} a month`,
      after: (n: number) => `then: up to ${n} a month`,
      what: 'Whoever signs up from now on is promised this. What was promised before stays as it was; people can ask for fewer at any time.',
      done: (a: string, b: string) => `Fewer promised to whoever signs up: ${a} → ${b} a month`,
      go: 'Promise fewer',
    },
    'topic-campaign': {
      button: 'Text one topic only',
      for: (n: string) => `${n} said “not for me”`,
      title: 'Text only those who care?',
      what: 'A draft about one topic: people who chose other topics do not get it. You write it and look at it before anything leaves.',
      which: 'Which topic?',
      go: 'Start the draft',
      name: (topic: string) => `About ${topic}`,
      done: (topic: string) => `A campaign about one topic: ${topic}`,
      undone: '',
    },
    'ask-topics': {
      button: 'Ask what people care about',
      done: 'Topics: looked at what people may choose',
    },
    cancel: 'Back',
    made: 'Done. Below you see whether it helps.',
  },
  done: {
    title: 'Did it help?',
    none: 'When you have changed something here, its effect is measured here: stops per 100 texts before and after.',
    undo: 'Put it back',
    undone: (at: string) => `put back ${at}`,
    since: (at: string, who: string) => (who ? `since ${at}, by ${who}` : `since ${at}`),
    rate: (x: string, n: string) => `${x} per 100 texts (${n} texts)`,
    before: 'Before',
    after: 'Since',
    effect: {
      fewer: (low: string, high: string) => `It helped: between ${low} and ${high} fewer stops per 100 texts.`,
      more: (low: string, high: string) =>
        `More people left: between ${low} and ${high} more stops per 100 texts. It may have other reasons.`,
      early: (low: string, high: string, more: string | null) =>
        `Too early to tell: between ${low} fewer and ${high} more per 100 texts${more === null ? '' : `. About ${more} more texts would tell`}.`,
      waiting: (sent: string, one: boolean, needed: string) =>
        `Too early to tell: ${texts(sent, one)} since then with a full week behind ${one ? 'it' : 'them'}. It takes ${needed} before and ${needed} after to compare.`,
      nothing: 'Nothing to compare with: no texts in the 90 days before.',
    },
    effectNote: 'A text counts when its week is over. Before and after are not drawn by lot: seasons and offers differ too.',
  },
};
export type LeavingWords = typeof en;
export const leaving: Catalogue<LeavingWords> = { en };
